"""100,000 responses × 25 columns as an Excel workbook. Limits: 25 s of CPU, and 60 MB over what the process held."""

import resource
import sys
import time
from datetime import UTC, datetime

from consult.reports.workbook import Sheet, workbook

NUMBER, COLUMNS = 100_000, 25
CPU, MB = 25.0, 60.0
WORDS = "I would like to see more trees & slower traffic by the school. "


def rows():
    for number in range(NUMBER):
        yield [
            f"R-{number}",
            number,
            *(f"{WORDS}{number}" if at % 5 == 0 else f"o{at}" for at in range(COLUMNS - 2)),
        ]


def held() -> float:
    scale = 1024 if sys.platform == "linux" else 1024 * 1024  # kilobytes there, bytes on macOS
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def main() -> int:
    columns = [f"c{at}" for at in range(COLUMNS)]
    when = datetime(2027, 5, 1, tzinfo=UTC)
    workbook("Warm", "Us", when, [Sheet("One", columns, [next(rows())])])
    base, began = held(), time.process_time()
    made = workbook("Responses", "Us", when, [Sheet("Responses", columns, rows())])
    cpu, over = time.process_time() - began, held() - base
    print(
        f"{NUMBER:,} rows, {len(made) / 1e6:.1f} MB: {cpu:.1f} s of CPU ({cpu / CPU:.2f} of the limit), "
        f"{over:.0f} MB over the base ({over / MB:.2f} of the limit)"
    )
    return 0 if cpu <= CPU and over <= MB else 1


if __name__ == "__main__":
    sys.exit(main())
