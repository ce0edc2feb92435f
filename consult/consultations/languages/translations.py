"""A consultation in another language, by its organisers: one record for each language.

The English is what the consultation says, and what its responses are counted by; a translation is a layer over it.
Until the opening it is changed like everything else. After that only what is missing can be added, each time as a
record of its own: people have answered what they were shown, and with the day of their response and the days of the
additions one can tell to the end what that was. What was translated from words that have changed since is not shown.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import audit, clock
from consult.accounts.models import Person
from consult.consultations.languages.passages import Passage, passages_of
from consult.database import Base, InsertOnly, db
from consult.tenancy import Owned, gathered, link_to
from consult.web.languages import ENGLISH, languages

Said = dict[
    str, dict[str, str]
]  # key of the passage: what is said, and the mark of the English that it is made `of`


class TranslationAddition(Owned, InsertOnly, Base):
    """What was put into that language after the opening."""

    __tablename__ = "translation_addition"
    translation_id: Mapped[UUID] = link_to("translation")
    words: Mapped[Said] = mapped_column(sa.JSON(), default=dict)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class Translation(Owned, Base):
    __tablename__ = "translation"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id", "language"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    language: Mapped[str]  # a code of languages.toml
    words: Mapped[Said] = mapped_column(sa.JSON(), default=dict)
    at: Mapped[datetime] = mapped_column(default=clock.now)  # when it was last written
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    additions: Mapped[list[TranslationAddition]] = gathered(
        "Translation", "TranslationAddition.translation_id", order_by="TranslationAddition.at"
    )

    @property
    def said(self) -> Said:
        """Everything that it says; what was there first stays."""
        found: Said = {}
        for words in (self.words, *(addition.words for addition in self.additions)):
            found = words | found
        return found

    @property
    def edition(self) -> tuple[UUID, int]:
        """Changes with what it says, from the opening on."""
        return self.id, len(self.additions)

    def of(self, passage: Passage) -> str:
        """That passage in this language; nothing where nobody translated it, or the English has changed since."""
        told = self.said.get(passage.key)
        return told["said"] if told and told["of"] == passage.mark else ""


class Translated:
    """What a consultation does with its translations."""

    id: Any  # Mapped, in the model
    reference: Any
    opening: Any
    take: Any

    @property
    def translations(self) -> list[Translation]:
        mine = sa.select(Translation).where(Translation.consultation_id == self.id)
        return sorted(db.session.scalars(mine), key=lambda each: languages()[each.language].english)

    def translation_in(self, code: str) -> Translation | None:
        if code == ENGLISH:
            return None
        mine = sa.select(Translation).where(
            Translation.consultation_id == self.id, Translation.language == code
        )
        return db.session.scalar(mine)

    @property
    def translated_into(self) -> list[str]:
        """The codes of the languages that it is in, besides English."""
        mine = sa.select(Translation.language).where(Translation.consultation_id == self.id)
        return sorted(db.session.scalars(mine), key=lambda code: languages()[code].english)

    def translate(self, code: str, given: Mapping[str, str | None], by: Person) -> int:
        """Writes it in that language: `given` has words by the key of their passage, empty where there are none, and
        None where they stay as they are. After the opening what is there stays, and the rest is added. Gives the number
        of passages that were written."""
        self.take()
        translation = self.translation_in(code) or begun(self.id, code)
        passages = {passage.key: passage for passage in passages_of(self)}
        written = {
            key: {"said": words, "of": passages[key].mark}
            for key, words in given.items()
            if words and key in passages
        }
        stay = {key: told for key, told in translation.words.items() if given.get(key, "") is None}
        number = add(translation, written, by) if self.opening else rewrite(translation, stay | written, by)
        about = {"reference": self.reference, "language": code, "passages": number}
        audit.record("consultation.translated", languages()[code].english, by=by, **about)
        return number


def begun(consultation_id: UUID, code: str) -> Translation:
    translation = Translation(consultation_id=consultation_id, language=code, words={})
    db.session.add(translation)
    db.session.flush()
    return translation


def rewrite(translation: Translation, written: Said, by: Person) -> int:
    translation.words, translation.at, translation.by_id = written, clock.now(), by.id
    return len(written)


def add(translation: Translation, written: Said, by: Person) -> int:
    there = translation.said
    new = {key: words for key, words in written.items() if key not in there}
    if new:
        db.session.add(TranslationAddition(translation_id=translation.id, words=new, by_id=by.id))
        db.session.flush()
        db.session.expire(translation, ["additions"])
    return len(new)
