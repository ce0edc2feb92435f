"""Very many hostile files in one child: `reading.read` as it is, the sandbox's walls round each file's own fork.

Only the start of the process is shared. What opens a file, and what the parent makes of the answer, is the code that
every upload goes through.
"""

import os
import struct
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from geodata import sandbox
from geodata.sandbox import Request, Walls


class Batch:
    """Children that live for many files, one for each driver."""

    def __init__(self) -> None:
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.opened, self.ended = 0, 0

    def answer(self, files: Mapping[str, bytes], request: Request, walls: Walls = sandbox.STRANGER) -> bytes:
        child = self.children.get(request.driver) or sandbox.start("--many", stdin=subprocess.PIPE)
        self.children[request.driver] = child
        with tempfile.TemporaryDirectory(prefix="geodata-", dir=self._memory()) as folder:
            for name, data in files.items():
                (Path(folder) / name).write_bytes(data)
            child.stdin.write(sandbox.message(folder, request, walls).encode() + b"\n")
            child.stdin.flush()
            code, length = struct.unpack("<iI", child.stdout.read(8))
            found = child.stdout.read(length)
        self.opened += 1
        if code != 0:
            self.ended += 1
            raise sandbox.ended(code)
        return found

    def close(self) -> None:
        for child in self.children.values():
            child.stdin.close()
            child.wait(timeout=10)
            child.stdout.close()

    @staticmethod
    def _memory() -> str | None:
        return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@contextmanager
def batched() -> Iterator[Batch]:
    """Within, `reading.read` sends what needs GDAL to children that live on."""
    batch = Batch()
    try:
        with mock.patch.object(sandbox, "answer", batch.answer):
            yield batch
    finally:
        batch.close()
