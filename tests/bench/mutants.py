"""Ten thousand damaged files of every format: each is read or refused in a sentence, and nobody is called or dies.
The address of a port that listens here is among what they are damaged with.

The same walls and the same code as an upload's, many files to a child (tests/geodata/hostile/batch.py). MUTANTS sets
another number.
"""

import os
import resource
import select
import socket
import sys
import time

from tests.geodata.hostile.batch import batched
from tests.geodata.hostile.mutants import naming, tried

MANY = 10_000
SEED = 20_261_124
MEMORY_MB = 512


def main() -> int:
    count, began = int(os.environ.get("MUTANTS", MANY)), time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as listener, batched() as batch:
        tally = tried(count, SEED, naming(f"http://127.0.0.1:{listener.getsockname()[1]}"))
        called = bool(select.select([listener], [], [], 0)[0])
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{count:,} mutants in {time.monotonic() - began:.0f} s: {tally.read:,} read, {tally.refused:,} refused in a "
        f"sentence; {batch.opened:,} by GDAL, whose process ended for {batch.ended:,}; {int(called)} connections; "
        f"most memory {memory:.0f} MB, limit {MEMORY_MB}"
    )
    return 1 if called or memory > MEMORY_MB else 0


if __name__ == "__main__":
    sys.exit(main())
