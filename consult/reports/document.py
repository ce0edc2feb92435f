"""What a statement is made of: sections of blocks, in plain words. One model, set as a PDF and as a web page."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Words:
    """One paragraph."""

    text: str
    kind: str = "words"


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    items: list[str]
    kind: str = "points"


@dataclass(frozen=True)
class Facts:
    """Names and what they are: the dates, the line that reconciles."""

    rows: list[tuple[str, str]]
    kind: str = "facts"


@dataclass(frozen=True)
class Table:
    """The first column names its row; the others are numbers."""

    caption: str
    headings: list[str]
    rows: list[list[str]]
    kind: str = "table"


@dataclass(frozen=True)
class Picture:
    """A chart or a map. `says` stands for it where it cannot be seen."""

    caption: str
    says: str
    svg: str
    kind: str = "picture"


@dataclass(frozen=True)
class Number:
    value: str
    label: str


@dataclass(frozen=True)
class Numbers:
    """The headline, large."""

    items: list[Number]
    kind: str = "numbers"


@dataclass(frozen=True)
class Quoted:
    """What one response said, word for word."""

    who: str
    text: str
    kind: str = "quoted"


Block = Words | Points | Facts | Table | Picture | Numbers | Quoted


@dataclass(frozen=True)
class Section:
    heading: str
    blocks: list[Block]
    level: int = 1
    appendix: bool = False


@dataclass(frozen=True)
class Cover:
    body: str
    title: str
    about: str
    plan: str
    dates: str
    layer: str  # what this copy is
    as_of: str
    snapshot: str
    own: str = ""  # what the body wrote for it


@dataclass(frozen=True)
class Statement:
    cover: Cover
    sections: list[Section] = field(default_factory=list)
    written: Any = None  # the moment of the snapshot, which dates every file
