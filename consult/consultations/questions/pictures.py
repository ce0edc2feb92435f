"""A picture beside a question: kept as it was sent, known by its own bytes, and never without words for it."""

import hashlib
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from consult.database import Base
from consult.tenancy import Owned, link_to

MOST_BYTES = 2 * 1024 * 1024
SIGNATURES = {
    "image/png": (b"\x89PNG\r\n\x1a\n", 0),
    "image/jpeg": (b"\xff\xd8\xff", 0),
    "image/webp": (b"WEBP", 8),
}


class QuestionPicture(Owned, Base):
    __tablename__ = "question_picture"
    question_id: Mapped[UUID] = link_to("question")
    media_type: Mapped[str]
    alt: Mapped[str]  # what it shows, for whoever cannot see it
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)

    def copy(self) -> "QuestionPicture":
        names = ("media_type", "alt", "sha256", "content")
        return QuestionPicture(**{name: getattr(self, name) for name in names})


def media_type_of(content: bytes) -> str:
    """What a picture is, told by its first bytes; nothing where it is none that browsers are sure to show."""
    for media_type, (mark, at) in SIGNATURES.items():
        if content[at : at + len(mark)] == mark and (at == 0 or content[:4] == b"RIFF"):
            return media_type
    return ""


def picture_of(content: bytes, alt: str) -> QuestionPicture:
    about: dict[str, Any] = {"media_type": media_type_of(content), "alt": alt}
    return QuestionPicture(content=content, sha256=hashlib.sha256(content).hexdigest(), **about)
