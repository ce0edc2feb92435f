"""Well-known text (OGC 06-103r4) -> the pieces of one feature, checked as it is read.

shapely's own reader follows nested collections until the process dies of it. This one knows six kinds and one
collection of them, so that it never goes deeper than the text of a MultiPolygon does.
"""

import math
import re
from collections.abc import Iterator
from typing import Any

from geodata.findings import Unreadable
from geodata.geojson import NESTING, Piece

KINDS = {kind.upper(): kind for kind in NESTING}
TOKEN = re.compile(r"\s*+(?:([A-Za-z]++)|([(),]))")
# To the bracket that closes, over those of a MultiPoint's positions.
LINE = re.compile(r"((?:[^()]++|\([^()]*+\))*+)\)")
BRACKETED = re.compile(r"\(([^()]*+)\)")
NUMBERS = re.compile(r"[0-9eE+\-.,\s]*+\Z")
SRID = re.compile(r"\s*SRID=\d{1,6};", re.IGNORECASE)
MODIFIERS = ("Z", "M", "ZM")


def pieces(text: str, label: str) -> tuple[Piece, ...]:
    """The simple geometries in one WKT, an EWKT's leading SRID passed over. Raises Unreadable."""
    start = SRID.match(text)
    return tuple(_Reader(text[start.end() :] if start else text, label).feature())


class _Reader:
    def __init__(self, text: str, label: str) -> None:
        self.text, self.label, self.at = text, label, 0

    def feature(self) -> Iterator[Piece]:
        kind = self.kind()
        if kind == "GEOMETRYCOLLECTION":
            yield from self.collection()
        else:
            yield self.piece(kind)
        if self.text[self.at :].strip():
            raise self.fault()

    def collection(self) -> Iterator[Piece]:
        self.expect("(")
        while True:
            kind = self.kind()
            if kind == "GEOMETRYCOLLECTION":
                raise Unreadable(f"{self.label} is a collection inside a collection: export it as a polygon.")
            yield self.piece(kind)
            if self.token() != ",":
                break
        self.expect(")", again=True)

    def kind(self) -> str:
        word = self.token().upper()
        for modifier in MODIFIERS:  # “POLYGONZ” as well as “POLYGON Z”
            if word.removesuffix(modifier) in KINDS:
                word = word.removesuffix(modifier)
        if word not in KINDS and word != "GEOMETRYCOLLECTION":
            raise Unreadable(
                f"{self.label} is not a shape in WKT that we know, “{word[:40]}”: "
                "write its outline as POLYGON or MULTIPOLYGON."
            )
        return word

    def piece(self, word: str) -> Piece:
        kind = KINDS[word]
        self.at = self.after_modifier()
        if self.token().upper() == "EMPTY":
            raise Unreadable(
                f"{self.label} has nothing drawn in it: draw its area, or leave it out of the file."
            )
        self.expect("(", again=True)
        listed = self.listed(NESTING[kind] if kind != "Point" else 1)
        return Piece(self.label, kind, listed[0] if kind == "Point" else listed)

    def after_modifier(self) -> int:
        found = TOKEN.match(self.text, self.at)
        return found.end() if found and (found[1] or "").upper() in MODIFIERS else self.at

    def listed(self, depth: int) -> list[Any]:
        """What is between brackets, the opening one already read: positions, or lists of them."""
        if depth == 1:
            return self.positions()
        found: list[Any] = []
        while True:
            self.expect("(")
            found.append(self.listed(depth - 1))
            mark = self.token()
            if mark == ")":
                return found
            if mark != ",":
                raise self.fault()

    def positions(self) -> list[list[float]]:
        """Positions up to the closing bracket. Each of a MultiPoint's may stand in brackets of its own."""
        found = LINE.match(self.text, self.at)
        if not found:
            raise self.fault()
        line = found[1]
        if "(" in line or ")" in line:
            line = re.sub(BRACKETED, r"\1", line)
        if not NUMBERS.match(line):
            raise self.fault()
        self.at = found.end()
        return [self.position(written.split()) for written in line.split(",")]

    def position(self, numbers: list[str]) -> list[float]:
        """Two to four numbers, of which heights and measures are left out."""
        if not 2 <= len(numbers) <= 4:
            raise Unreadable(f"{self.label} has a point that is not two numbers: export the file again.")
        try:
            x, y = float(numbers[0]), float(numbers[1])
        except ValueError as error:
            raise self.fault() from error
        if math.isinf(x) or math.isinf(y):
            raise Unreadable(f"{self.label} has a number too large to use: export the file again.")
        return [x, y]

    def token(self) -> str:
        found = TOKEN.match(self.text, self.at)
        if not found:
            raise self.fault()
        self.last, self.at = found[0].strip(), found.end()
        return self.last

    def expect(self, token: str, *, again: bool = False) -> None:
        if (self.last if again else self.token()) != token:
            raise self.fault()

    def fault(self) -> Unreadable:
        return Unreadable(
            f"{self.label} is not proper WKT: it stops making sense at character {self.at + 1:,}; "
            "export the file again."
        )
