"""The bars of a statement, drawn as SVG: one function for single bars and for bars in parts."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consult.reports.document import Picture
from geodata.svg import element, text

WIDE, SIZE = 640, 13
LINE, BAR, GAP = 18, 16, 12
LABEL_LETTERS = 84
FONT = "Libertinus Serif, Georgia, serif"
INK, TRACK = "#1c2b25", "#eceae3"
# A fill and the line drawn over it: nothing is told by colour alone.
LOOKS = (
    ("#1b6b4a", ""),
    ("#6b8f2f", "M0 8 8 0"),
    ("#b04a1f", "M4 0v8M0 4h8"),
    ("#596b86", "M0 4h8"),
)


@dataclass(frozen=True)
class Bar:
    """One row: what it is, and its number in parts; None is a number that is kept back."""

    label: str
    parts: tuple[int | None, ...]

    @property
    def whole(self) -> int:
        return sum(part or 0 for part in self.parts)

    @property
    def number(self) -> str:
        return "[c]" if None in self.parts else f"{self.whole:,}"

    def says(self, names: Sequence[str]) -> str:
        if len(names) < 2:
            return f"{self.label}: {self.number}."
        told = (f"{name} {part or 0:,}" for name, part in zip(names, self.parts, strict=True))
        return f"{self.label}: {', '.join(told)}."


def bars(title: str, rows: Sequence[Bar], names: Sequence[str] = ()) -> Picture:
    """A bar for each row. With `names` of its parts each bar is a whole; without, the longest is the measure."""
    most = max((row.whole for row in rows), default=0)
    drawn, top = (key(names), 30) if len(names) > 1 else ("", 0)
    for row in rows:
        against = row.whole if len(names) > 1 else most
        piece, height = one(row, top, against)
        drawn, top = drawn + piece, top + height
    says = " ".join([f"{title}.", *(row.says(names) for row in rows)])
    return Picture(title, says, svg(drawn, max(top, 1), says))


def svg(drawn: str, high: int, says: str) -> str:
    return element(
        "svg",
        definitions() + drawn,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_label=says,
        viewBox=f"0 0 {WIDE} {high}",
        width=WIDE,
        height=high,
        font_family=FONT,
        font_size=SIZE,
        fill=INK,
    )


def definitions() -> str:
    return element("defs", "".join(pattern(number, line) for number, (_, line) in enumerate(LOOKS) if line))


def pattern(number: int, line: str) -> str:
    over = element("path", d=line, stroke="#ffffff", stroke_width=1.2, fill="none")
    return element("pattern", over, id=f"look-{number}", width=8, height=8, patternUnits="userSpaceOnUse")


def filled(look: int, **place: Any) -> str:
    fill, line = LOOKS[look]
    ground = element("rect", fill=fill, **place)
    return ground + (element("rect", fill=f"url(#look-{look})", **place) if line else "")


def key(names: Sequence[str]) -> str:
    wide = WIDE / len(names)
    return "".join(
        filled(at, x=at * wide, y=2, width=18, height=13) + words(name, at * wide + 24, 13)
        for at, name in enumerate(names)
    )


def one(row: Bar, top: int, against: int) -> tuple[str, int]:
    """A row drawn from `top` down, and its height."""
    lines = textwrap.wrap(row.label, LABEL_LETTERS, max_lines=2, placeholder=" …") or [""]
    drawn = "".join(words(line, 0, top + 13 + LINE * at) for at, line in enumerate(lines))
    drawn += words(row.number, WIDE, top + 13, text_anchor="end", font_weight="bold")
    level = top + LINE * len(lines) + 1
    drawn += element("rect", x=0, y=level, width=WIDE, height=BAR, fill=TRACK)
    at = 0.0
    for look, part in enumerate(row.parts):
        if part and against:
            wide = WIDE * part / against
            drawn += filled(look, x=at, y=level, width=wide, height=BAR)
            at += wide
    return drawn, LINE * len(lines) + BAR + GAP


def words(said: str, x: float, y: float, **attributes: str) -> str:
    return element("text", text(said), x=float(x), y=float(y), **attributes)
