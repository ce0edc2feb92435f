"""The Easy Read version of a demo consultation, with pictures that are drawn here: flat shapes, each of one thing."""

import struct
import zlib
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from consult.consultations.models import Consultation

WIDE, HIGH, FINER = 320, 240, 3  # px, and how many times finer it is drawn, for smooth edges
PAPER, INK, GREEN, RED, BLUE, SKIN = "f4f1e8", "2e3a40", "5c8a4a", "a8543b", "3f6f94", "d9a77c"

Where = NDArray[np.bool_]
Drawing = list[tuple[Where, str]]
down, across = np.mgrid[0 : HIGH : 1 / FINER, 0 : WIDE : 1 / FINER]


def box(left: int, top: int, right: int, bottom: int) -> Where:
    return (across >= left) & (across < right) & (down >= top) & (down < bottom)


def disc(x: int, y: int, radius: int) -> Where:
    return (across - x) ** 2 + (down - y) ** 2 <= radius**2


def roof(middle: int, top: int, bottom: int, half: int) -> Where:
    return (down >= top) & (down < bottom) & (abs(across - middle) <= half * (down - top) / (bottom - top))


def house(x: int, y: int) -> Drawing:
    return [
        (box(x, y, x + 90, y + 80), "e8d8b4"),
        (roof(x + 45, y - 50, y + 2, 58), RED),
        (box(x + 36, y + 36, x + 56, y + 80), INK),
        (box(x + 12, y + 14, x + 32, y + 34), BLUE),
        (box(x + 60, y + 14, x + 80, y + 34), BLUE),
    ]


def tree(x: int, y: int) -> Drawing:
    return [(box(x - 7, y, x + 7, y + 70), "6f5137"), (disc(x, y - 20, 42), GREEN)]


def person(x: int, colour: str) -> Drawing:
    shoulders = disc(x, 165, 44) & (down < 165)
    return [(shoulders, colour), (box(x - 44, 164, x + 44, 220), colour), (disc(x, 85, 32), SKIN)]


def homes() -> Drawing:
    return [*house(45, 125), *house(185, 125), (box(0, 205, WIDE, HIGH), GREEN)]


def green_places() -> Drawing:
    return [(box(0, 190, WIDE, HIGH), "8fb27c"), *tree(80, 130), *house(125, 120), *tree(265, 130)]


def people() -> Drawing:
    return [*person(90, BLUE), *person(230, GREEN)]


def letter() -> Drawing:
    sheet, rim = box(44, 64, 276, 186), box(40, 60, 280, 190)
    words = [(box(84, y, right, y + 6), INK) for y, right in ((112, 210), (130, 190), (148, 150))]
    return [(rim, INK), (sheet, "ffffff"), (box(236, 76, 264, 110), RED), *words]


def calendar() -> Drawing:
    places = [(74 + 36 * (n % 5), 108 + 36 * (n // 5)) for n in range(15)]
    days = [(box(x, y, x + 24, y + 24), INK if n == 14 else "d5d0c0") for n, (x, y) in enumerate(places)]
    rings = [(box(x, 36, x + 10, 66), INK) for x in (100, 210)]
    return [(box(60, 50, 260, 222), "ffffff"), (box(60, 50, 260, 92), RED), *days, *rings]


LINES: Final[tuple[tuple[str, Callable[[], Drawing], str], ...]] = (
    ("We are {body}.\nWe are writing a plan for the place where you live.", homes, "Two houses"),
    ("The plan says where new homes can go.\nIt says which places stay green.", green_places, "A house and trees"),
    ("We want to know what you think.", people, "Two people"),
    ("You can tell us on paper or on the internet.", letter, "A letter"),
    ("There is a last day to tell us.\nIt is at the end of this page.", calendar, "A calendar, its last day marked"),
)  # fmt: skip


def write(consultation: Consultation, body: str) -> None:
    for words, drawing, alt in LINES:
        consultation.say_simply(words.format(body=body), alt, png(drawing()))


def png(drawing: Drawing) -> bytes:
    """The shapes over one another, the first lowest, as a PNG file."""
    fine = np.empty((*across.shape, 3))
    fine[:] = rgb(PAPER)
    for where, colour in drawing:
        fine[where] = rgb(colour)
    pixels = fine.reshape(HIGH, FINER, WIDE, FINER, 3).mean(axis=(1, 3)).round().astype(np.uint8)
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks)


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
