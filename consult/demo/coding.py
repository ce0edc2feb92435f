"""Highfold's analyst has read the first evening's worth of what people wrote, and sorted it into themes."""

from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from consult.consultations.models import Consultation
from consult.database import db
from consult.demo import consulting, past, people
from consult.demo.consulting import Scene
from consult.demo.library import shelf
from consult.points.coder import Coder
from consult.points.passages import Passage, Wanted, passage_at
from consult.points.queue import page_of
from consult.points.readers import Readers
from consult.points.spans import EVERYTHING, sentences
from consult.points.standing import standing_in
from consult.spaces.models import Space

AN_EVENING: Final = 48
NEXT_EVENING: Final = 30  # responses that the analyst has taken on
READ_DAYS_AGO: Final = 22


def read(body: Space, scene: Scene) -> int:
    """The number of passages that were read."""
    analyst = people.typist_of(scene.space)
    with past.working(body, analyst, past.on(past.day(READ_DAYS_AGO), 20)):
        consultation = consulting.of(scene)
        coder = Coder(consultation, analyst)
        marks = write_frame(coder)
        for passage in first_evening(consultation):
            sort(coder, passage, marks)
        db.session.flush()
        Readers(consultation, analyst).give(analyst, NEXT_EVENING)
    return AN_EVENING


def write_frame(coder: Coder) -> dict[UUID, list[str]]:
    """Each theme with the words by which it is known again."""
    written: dict[str, UUID] = {}
    for position, theme in enumerate(shelf("themes")["theme"]):
        more: dict[str, Any] = {
            name: theme[name] for name in ("definition", "includes", "excludes") if name in theme
        }
        parent = written.get(theme.get("under", ""))
        written[theme["label"]] = coder.write(theme["label"], position=position, parent_id=parent, **more)
    return {written[theme["label"]]: theme["marks"] for theme in shelf("themes")["theme"]}


def first_evening(consultation: Consultation) -> list[Passage]:
    rows, _ = page_of(consultation, Wanted(), 1, AN_EVENING)
    return [found for row in rows if (found := passage_at(consultation, row.id)) is not None]


def sort(coder: Coder, passage: Passage, marks: dict[UUID, list[str]]) -> None:
    """Cut where a sentence begins another theme; what raises none says so."""
    said = [(span, known(span.of(passage.written), marks)) for span in sentences(EVERYTHING, passage.written)]
    starts = [span for (_, before), (span, now) in pairwise(said) if before and now - before]
    if starts:
        coder.cut(passage, starts)
    for point in standing_in(passage, coder.frame):
        raised = known(point.span.of(passage.written), marks)
        coder.code(passage, point.letter, raised or {coder.nothing()})


def known(words: str, marks: dict[UUID, list[str]]) -> set[UUID]:
    said = f" {words.casefold()} "
    return {theme for theme, given in marks.items() if any(mark in said for mark in given)}
