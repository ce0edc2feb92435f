"""Files to read or download, kept in the database so that every web worker has them."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column

from consult import clock
from consult.database import Base, db
from consult.tenancy import Owned, link_to
from consult.web.errors import Refused

if TYPE_CHECKING:
    from consult.plans.models import PlanVersion

TYPES: Final = {  # what people call a file with such an ending
    "docx": "Word",
    "xlsx": "Excel",
    "odt": "OpenDocument text",
    "ods": "OpenDocument spreadsheet",
    "jpg": "JPEG picture",
    "jpeg": "JPEG picture",
    "png": "PNG picture",
}


class Document(Owned, Base):
    """A file of one version, with the name that people see."""

    __tablename__ = "document"
    __table_args__ = (sa.UniqueConstraint("space_id", "version_id", "name"),)
    version_id: Mapped[UUID] = link_to("plan_version")
    name: Mapped[str]
    title: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    size: Mapped[int] = column_property(sa.func.length(content))  # bytes; the file itself stays where it is
    at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def kind(self) -> str:
        """“PDF”, “Word”."""
        ending = self.name.rpartition(".")[2]
        return TYPES.get(ending, ending.upper())

    @property
    def size_words(self) -> str:
        """“340 KB”, “2.1 MB”."""
        return size_words(self.size)


def size_words(size: int) -> str:
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1_000:,.0f} KB" if size < 999_500 else f"{size / 1_000_000:,.1f} MB"


class WithDocuments:
    """What a version does with its documents; whoever changes them holds the plan (`draft_version`)."""

    id: Any  # Mapped, in the model, as are the others
    documents: Any
    reread: Any
    refuse_frozen: Any

    def document(self, name: str) -> Document | None:
        return next((document for document in self.documents if document.name == name), None)

    def add_document(self, name: str, title: str, media_type: str, content: bytes) -> Document:
        self.refuse_frozen()
        if self.document(name):
            raise Refused(f"There is already a file called {name}. Remove it first, or rename yours.")
        sha256 = hashlib.sha256(content).hexdigest()
        document = Document(
            version_id=self.id, name=name, title=title, media_type=media_type, sha256=sha256, content=content
        )
        db.session.add(document)
        self.reread()
        return document

    def copy_documents(self, following: "PlanVersion") -> None:
        for document in self.documents:
            following.add_document(document.name, document.title, document.media_type, document.content)
