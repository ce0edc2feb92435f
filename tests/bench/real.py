"""The whole of the real comments through `tests/reports/test_real_coded.py`, which takes a sample elsewhere: imported,
coded on the pages one by one, reported and verified. Needs the shared data beside the project. No limit of its own: it
passes or it does not."""

import os
import subprocess
import sys

EVERY = "5572"


def main() -> int:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n0",
        "--durations=2",
        "tests/reports/test_real_coded.py",
    ]
    return subprocess.run(command, env=os.environ | {"REAL_COMMENTS": EVERY}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
