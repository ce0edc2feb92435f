"""The Easy Read version of what a consultation is about: short sentences, each beside a picture of what it says."""

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from consult.consultations.questions.pictures import media_type_of
from consult.database import Base, db, new_id
from consult.tenancy import Owned, link_to
from consult.web.errors import Refused

MOST_LINES = 60
MOST_BYTES_TOGETHER = 12 * 1024 * 1024  # of pictures: people print it, and fetch it on a phone
PICTURE = ("media_type", "sha256", "content")


class EasyReadLine(Owned, Base):
    """A sentence or two, and the picture beside it."""

    __tablename__ = "easy_read_line"
    consultation_id: Mapped[UUID] = link_to("consultation")
    position: Mapped[int]
    words: Mapped[str]
    alt: Mapped[str]  # what the picture shows, for whoever cannot see it
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)

    def show(self, content: bytes) -> None:
        """Puts this picture in the place of the one before."""
        self.content, self.size = content, len(content)
        self.media_type, self.sha256 = media_type_of(content), hashlib.sha256(content).hexdigest()

    def copy_to(self, consultation: Any) -> "EasyReadLine":
        names = ("position", "words", "alt", "size", *PICTURE)
        copied = {name: getattr(self, name) for name in names}
        return EasyReadLine(id=new_id(), consultation_id=consultation.id, **copied)


class SaidSimply:
    """What a consultation does with its Easy Read version. The caller has taken it to be changed."""

    id: Any
    easy_read: Any  # Mapped, in the model

    def say_simply(self, words: str, alt: str, content: bytes) -> EasyReadLine:
        """Adds a sentence at the end. Raises Refused where it would be one too many."""
        if len(self.easy_read) >= MOST_LINES:
            raise Refused(
                f"An Easy Read version has at most {MOST_LINES} sentences: it is meant to be short."
            )
        line = EasyReadLine(consultation_id=self.id, position=len(self.easy_read) + 1, words=words, alt=alt)
        line.show(content)
        db.session.add(line)
        self.reread_easy_read()
        self.refuse_if_heavy()
        return line

    def say_instead(self, line: EasyReadLine, words: str, alt: str, content: bytes | None) -> None:
        """No picture given: the one that is there stays. Raises Refused where the pictures are too large together."""
        line.words, line.alt = words, alt
        if content:
            line.show(content)
        self.reread_easy_read()
        self.refuse_if_heavy()

    def say_elsewhere(self, line: EasyReadLine, places: int) -> None:
        """Moves a sentence up (-1) or down (1)."""
        order = list(self.easy_read)
        at = order.index(line)
        beyond = at + places
        if 0 <= beyond < len(order):
            order[at], order[beyond] = order[beyond], order[at]
        self.number_easy_read(order)

    def say_no_more(self, line: EasyReadLine) -> None:
        db.session.delete(line)
        self.number_easy_read([other for other in self.easy_read if other is not line])

    def number_easy_read(self, order: Sequence[EasyReadLine]) -> None:
        for position, line in enumerate(order, 1):
            line.position = position
        self.reread_easy_read()

    def refuse_if_heavy(self) -> None:
        if sum(line.size for line in self.easy_read) > MOST_BYTES_TOGETHER:
            raise Refused(
                "The pictures are larger than 12 MB together. Save this one smaller and choose it again."
            )

    def reread_easy_read(self) -> None:
        db.session.flush()
        db.session.expire(self, ["easy_read"])
