"""Small pictures of each kind, as files."""

import struct
import zlib


def png(wide: int = 6, high: int = 4) -> bytes:
    rows = b"".join(b"\0" + b"\x20\x80\x40" * wide for _ in range(high))
    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
