"""An organiser's picture on paper: as a drawing that holds it, since typst takes no other bytes from words."""

import base64
import struct
from collections.abc import Iterator

from consult.consultations.questions.pictures import media_type_of

MOST_PIXELS = 30_000_000  # a photograph of a good camera; a small file can claim to be far larger
FRAMES = frozenset(
    {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
)  # ISO/IEC 10918-1
ALONE = frozenset({0x01, *range(0xD0, 0xDA)})  # markers without a length


def drawn(content: bytes) -> str:
    """An SVG of the picture's own shape; nothing where it is no picture that can be printed."""
    size = size_of(content)
    if size is None:
        return ""
    wide, high = size
    data = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}">'
        f'<image width="{wide}" height="{high}" href="data:{media_type_of(content)};base64,{data}"/></svg>'
    )


def size_of(content: bytes) -> tuple[int, int] | None:
    """Pixels wide and high, as its first bytes say; None where they say nothing sensible."""
    readers = {"image/png": png, "image/jpeg": jpeg, "image/webp": webp}
    try:
        wide, high = readers[media_type_of(content)](content)
    except (KeyError, struct.error, StopIteration, IndexError, ValueError):
        return None
    return (wide, high) if wide > 0 and high > 0 and wide * high <= MOST_PIXELS else None


def png(content: bytes) -> tuple[int, int]:
    wide, high = struct.unpack_from(">II", content, 16)
    return wide, high


def jpeg(content: bytes) -> tuple[int, int]:
    start = next(at for marker, at in segments(content) if marker in FRAMES)
    high, wide = struct.unpack_from(">HH", content, start + 3)
    return wide, high


def segments(content: bytes) -> Iterator[tuple[int, int]]:
    """Each marker of a JPEG, and where what belongs to it begins."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker")
        marker = content[at + 1]
        at += 2
        if marker == 0xFF:
            at -= 1
        elif marker not in ALONE:
            yield marker, at
            at += struct.unpack_from(">H", content, at)[0]


def webp(content: bytes) -> tuple[int, int]:
    form = content[12:16]
    if form == b"VP8X":
        return little(content[24:27]) + 1, little(content[27:30]) + 1
    if form == b"VP8L":
        bits = little(content[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 ":
        wide, high = struct.unpack_from("<HH", content, 26)
        return wide & 0x3FFF, high & 0x3FFF
    raise ValueError("no picture")


def little(content: bytes) -> int:
    return int.from_bytes(content, "little")
