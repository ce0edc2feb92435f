"""What an organiser writes into the plan."""

import re
from contextlib import closing
from dataclasses import dataclass

from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage
from wtforms import StringField, TextAreaField, ValidationError, validators

from consult.plans.models import PlanVersion, Policy
from consult.web.forms import Form, at_most, required

TEN_MEGABYTES = 10 * 1024 * 1024
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
# A response says `q1.H1.reason` of policy H1: a policy called H1.reason would be taken for it.
TAKEN_ENDINGS = {"reason", "change", "support", "object", "comment"}


@dataclass(frozen=True)
class Kind:
    media_type: str
    starts: bytes  # what such a file begins with


KINDS = {
    "pdf": Kind("application/pdf", b"%PDF-"),
    "docx": Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    "odt": Kind("application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
    "ods": Kind("application/vnd.oasis.opendocument.spreadsheet", b"PK\x03\x04"),
    "jpg": Kind("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": Kind("image/jpeg", b"\xff\xd8\xff"),
    "png": Kind("image/png", b"\x89PNG\r\n"),
}


class TitleForm(Form):
    title = StringField(
        "Title of the plan", [required("Enter the title of the plan."), at_most(150, "The title")]
    )


class PolicyForm(Form):
    reference = StringField(
        "Reference",
        [required("Enter the policy’s reference, such as H1."), at_most(20, "The reference")],
        description="As in your plan, such as H1 or ENV-2.",
    )
    title = StringField("Title", [required("Enter the policy’s title."), at_most(150, "The title")])
    summary = TextAreaField(
        "In plain English",
        [at_most(600, "The summary")],
        description="One or two sentences. Residents read this first, when they choose what to comment on.",
    )
    text = TextAreaField(
        "The policy itself",
        [at_most(30_000, "The policy")],
        description="Paste its wording from your plan. Leave an empty line between paragraphs.",
    )

    def __init__(self, version: PlanVersion | None, policy: Policy | None = None) -> None:
        super().__init__(obj=policy)
        others = version.policies if version else []
        self.taken = {other.reference.casefold() for other in others if other is not policy}

    def validate_reference(self, field: StringField) -> None:
        if not REFERENCE.fullmatch(field.data):
            raise ValidationError(
                "Use only letters, numbers, full stops and hyphens in the reference, such as H1."
            )
        ending = field.data.rpartition(".")[2]
        if ending.casefold() in TAKEN_ENDINGS:
            raise ValidationError(
                f"A reference cannot end in “{ending}”: responses use that word themselves."
            )
        if field.data.casefold() in self.taken:
            raise ValidationError(f"There is already a policy {field.data}. Give this one another reference.")


class DocumentForm(Form):
    title = StringField(
        "What is it called?",
        [required("Enter what the document is called."), at_most(150, "The name")],
        description="As people will see it, such as “Draft neighbourhood plan”.",
    )
    file = FileField(
        "The file",
        [FileRequired("Choose a file")],
        description="PDF, Word, Excel, OpenDocument, JPEG or PNG, 10 MB at most. A PDF is best for residents.",
    )

    def __init__(self, version: PlanVersion | None) -> None:
        super().__init__()
        self.version = version

    def validate_file(self, field: FileField) -> None:
        uploaded: FileStorage = field.data
        with closing(uploaded):
            self.name, self.content = plain_name(uploaded.filename or ""), uploaded.read(TEN_MEGABYTES + 1)
        self.kind = KINDS.get(self.name.rpartition(".")[2].lower())
        refusal = refused(self.name, self.kind, self.content)
        if refusal:
            raise validators.StopValidation(refusal)
        if self.version and self.version.document(self.name):
            raise ValidationError(
                f"There is already a file called {self.name}. Remove it first, or rename yours."
            )


def plain_name(filename: str) -> str:
    """A file's name, fit for an address; its ending stays."""
    stem, _, ending = filename.replace("\\", "/").rpartition("/")[2].rpartition(".")
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", stem or ending).strip("-")[:80]
    return f"{stem or 'document'}.{re.sub(r'[^a-z0-9]', '', ending.lower())[:10]}"


def refused(name: str, kind: Kind | None, content: bytes) -> str:
    """Why a file is not taken, in one sentence; empty when it is."""
    if kind is None:
        return "Choose a PDF, Word, Excel, OpenDocument, JPEG or PNG file"
    if not content:
        return f"{name} is empty. Choose another file"
    if len(content) > TEN_MEGABYTES:
        return f"{name} is larger than 10 MB. Make it smaller, or split it in two"
    if not content.startswith(kind.starts):
        return f"{name} is not what its ending says. Save it again as a PDF and choose that"
    return ""
