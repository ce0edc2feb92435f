"""What a selection says, to read: as a Word document and as a tagged PDF, by question and policy."""

from collections.abc import Iterator
from typing import IO

from consult.consultations.words import moment
from consult.downloads.choosing import Chosen
from consult.downloads.telling import FULL, Statement, sentence_of
from consult.reports import appendix, document, typesetting, word
from consult.reports.document import Facts, Section, Words
from consult.spaces.models import standing

MOST = 2_000  # rows: a document of more is not read, and takes minutes to set
NOTHING = "None of what is selected is in words."


def docx(made: IO[bytes], said: Statement) -> None:
    made.write(word.docx(of(said)))


def pdf(made: IO[bytes], said: Statement) -> None:
    made.write(typesetting.pdf(of(said)))


def of(said: Statement) -> document.Statement:
    return document.Statement(cover(said), list(sections(said)), said.at)


def cover(said: Statement) -> document.Cover:
    consultations = [each.consultation.title for each in said.chosen]
    return document.Cover(
        body=standing().name,
        title="A selection of responses",
        about=consultations[0] if len(consultations) == 1 else f"{len(consultations)} consultations",
        plan="",
        dates=sentence_of(said.filter),
        layer=FULL,
        as_of=f"Made on {moment(said.at)} UK time by {said.by}",
        snapshot=", ".join(each.snapshot.sha256 for each in said.chosen if each.snapshot),
    )


def sections(said: Statement) -> Iterator[Section]:
    yield Section("About this document", [Facts(said.told())])
    for each in said.chosen:
        yield from of_one(each)


def of_one(each: Chosen) -> Iterator[Section]:
    written = [point for point in each.points() if point.words]
    yield Section(each.consultation.title, [] if written else [Words(NOTHING)], appendix=True)
    for question in each.facts.questions:
        mine = [point for point in written if point.question == question.reference]
        if mine:
            heading = f"{question.reference}. {question.title}"
            yield Section(heading, list(appendix.quotes(mine, each.facts)), level=2)
