"""Words on a map, each placed where it runs into no other."""

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.styles import FONT, Style
from geodata.svg import element, text
from geodata.view import Box, View

# Half an em is the mean width of a letter in the font we ask for; the rest is room for wider substitutes.
LETTER_EM = 0.56
CLEAR_PX = 3.0
LONGEST = 60


@dataclass(frozen=True)
class Label:
    """Words at a pixel. Beside a dot they stand to its right; otherwise they are centred."""

    words: str
    x: float
    y: float
    look: Style

    @property
    def beside(self) -> bool:
        return self.look.radius not in (0, Style.radius)

    @property
    def shown(self) -> str:
        return self.words if len(self.words) <= LONGEST else f"{self.words[: LONGEST - 1]}…"

    def box(self) -> Box:
        width, height = LETTER_EM * self.look.text_size * len(self.shown), self.look.text_size
        left = self.x + self.look.radius + CLEAR_PX if self.beside else self.x - width / 2
        return left, self.y - height / 2, left + width, self.y + height / 2

    def drawn(self) -> str:
        left, _, _, bottom = self.box()
        return element(
            "text",
            text(self.shown),
            x=left if self.beside else self.x,
            y=bottom - self.look.text_size * 0.15,
            font_family=FONT,
            font_size=self.look.text_size,
            font_weight="bold" if self.look.bold else "",
            font_style="italic" if self.look.italic else "",
            text_anchor="start" if self.beside else "middle",
            fill=self.look.text,
            stroke="#ffffff",
            stroke_width=3,
            stroke_opacity="0.85",
            stroke_linejoin="round",
            paint_order="stroke",
        )


def placed(wanted: Sequence[Label], view: View, taken: Sequence[Box] = ()) -> list[Label]:
    """The labels that fit inside the picture, clear of what is `taken` and of those before them, in order."""
    kept: list[Label] = []
    taken = list(taken)
    for label in wanted:
        box = label.box()
        fits = box[0] >= 0 and box[1] >= 0 and box[2] <= view.width_px and box[3] <= view.height_px
        if fits and not any(_meet(box, other) for other in taken):
            kept.append(label)
            taken.append(box)
    return kept


def _meet(one: Box, other: Box) -> bool:
    apart = (
        one[2] + CLEAR_PX < other[0]
        or other[2] + CLEAR_PX < one[0]
        or one[3] + CLEAR_PX < other[1]
        or other[3] + CLEAR_PX < one[1]
    )
    return not apart
