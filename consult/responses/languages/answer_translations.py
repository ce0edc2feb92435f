"""What people wrote, in English: a layer over their words, which stay as they are and are what was said.

For those who code, search or report: `translations_of(consultation)` and `translations_in(response ids)` give the
newest English of each passage. A better translation is a further record; the earlier ones stay.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import audit, clock
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.database import Base, InsertOnly, db
from consult.responses.form.telling import Told
from consult.responses.models import Response
from consult.tenancy import Owned, link_to
from consult.web.languages import languages

BY_A_PERSON = "person"


class AnswerTranslation(Owned, InsertOnly, Base):
    """One passage of a response in English: of an answer its `text` or `suggested_change`, of a place its `words`."""

    __tablename__ = "answer_translation"
    __erased__ = ("DELETE", "response_id")
    response_id: Mapped[UUID] = link_to("response")
    answer_id: Mapped[UUID | None] = link_to("answer", nullable=True)
    place_id: Mapped[UUID | None] = link_to("place", nullable=True)
    part: Mapped[str]  # text, suggested_change, words
    language: Mapped[str]  # of the original, as whoever translated it says: a code of languages.toml
    text: Mapped[str]
    method: Mapped[str] = mapped_column(default=BY_A_PERSON)
    by: Mapped[str]  # their name as it was then
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    @property
    def key(self) -> tuple[UUID | None, str]:
        """Which passage it is of, as in `Original.key`."""
        return self.answer_id or self.place_id, self.part

    @property
    def from_language(self) -> str:
        return languages()[self.language].english


@dataclass(frozen=True)
class Original:
    """A passage of a response as it was written."""

    row_id: UUID
    part: str
    words: str
    about: str
    of_a_place: bool = False

    @property
    def key(self) -> tuple[UUID, str]:
        return self.row_id, self.part

    @property
    def name(self) -> str:
        """Of its field."""
        return f"{self.row_id.hex}-{self.part}"


def originals_of(response: Response) -> list[Original]:
    """What there is to translate: everything that somebody wrote, in order."""
    found = []
    for answer in response.answers:
        if answer.question.kind == "file":
            continue
        title = f"{answer.policy.reference} {answer.policy.title}" if answer.policy else answer.question.title
        found.append(Original(answer.id, "text", answer.text, title))
        found.append(
            Original(answer.id, "suggested_change", answer.suggested_change, f"{title}: what to change")
        )
    for place in response.places:
        found.append(Original(place.id, "words", place.words, place.question.title, of_a_place=True))
    return [original for original in found if original.words]


def translations_in(responses: Iterable[UUID]) -> dict[tuple[UUID | None, str], AnswerTranslation]:
    """The newest translation of each passage of these responses that has one."""
    wanted = AnswerTranslation.response_id.in_(list(responses))
    return newest(sa.select(AnswerTranslation).where(wanted))


def translations_of(consultation: Consultation) -> dict[tuple[UUID | None, str], AnswerTranslation]:
    """The same for all responses of a consultation, by `(id of the answer or place, part)`."""
    there = sa.and_(
        Response.id == AnswerTranslation.response_id, Response.space_id == AnswerTranslation.space_id
    )
    wanted = sa.select(AnswerTranslation).join(Response, there)
    return newest(wanted.where(Response.consultation_id == consultation.id))


def newest(wanted: Any) -> dict[tuple[UUID | None, str], AnswerTranslation]:
    in_order = wanted.order_by(AnswerTranslation.at, AnswerTranslation.id)
    return {translation.key: translation for translation in db.session.scalars(in_order)}


def with_translations(response: Response, told: list[Told]) -> list[Told]:
    """What was said, and under each passage that has one its translation and who made it."""
    known = translations_in([response.id])
    waiting = [(each.words, known[each.key]) for each in originals_of(response) if each.key in known]
    found = []
    for entry in told:
        lines: list[tuple[str, str]] = []
        for label, words in entry.lines:
            lines.append((label, words))
            made = next((pair for pair in waiting if pair[0] == words), None)
            if made:
                waiting.remove(made)
                lines.append((f"Translation by {made[1].by}, from {made[1].from_language}", made[1].text))
        found.append(Told(entry.about, lines))
    return found


def translate(response: Response, language: str, given: dict[str, str], by: Person) -> int:
    """Adds what is new; `given` has the English by `Original.name`. The original is not touched."""
    response.take()
    known = translations_in([response.id])
    number = 0
    for original in originals_of(response):
        words, before = given.get(original.name, ""), known.get(original.key)
        if words and (before is None or (before.text, before.language) != (words, language)):
            whose = {"place_id" if original.of_a_place else "answer_id": original.row_id}
            told = {"part": original.part, "language": language, "text": words}
            db.session.add(
                AnswerTranslation(
                    response_id=response.id, **whose, **told, by=by.display_name, by_id=by.id, at=clock.now()
                )
            )
            number += 1
    if number:
        audit.record("response.translated", response.reference, by=by, language=language, passages=number)
    return number
