"""What an organiser writes into the plan."""

import re
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage
from wtforms import RadioField, StringField, TextAreaField, ValidationError, validators

from consult import clock
from consult.areas.forms import DraftForm
from consult.plans.models import PlanVersion
from consult.plans.site_words import ONE
from consult.plans.sites import OwnerContact, Site
from consult.web.days import DayField, a_day
from consult.web.forms import Form, at_most, optional, required

TEN_MEGABYTES = 10 * 1024 * 1024
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


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


def field_name(label: str, usual: str) -> StringField:
    return StringField(label, [at_most(100, "The field’s name")], default=usual)


class SiteForm(DraftForm):
    """What a site is; its outline is drawn, pasted or uploaded as the area's is."""

    reference = StringField(
        "Reference",
        [required("Enter the site’s reference, such as LGS-1."), at_most(20, "The reference")],
        description="As in your plan, such as H2 or LGS-1.",
    )
    name = StringField(
        "Name",
        [required("Enter the name of the site."), at_most(150, "The name")],
        description="As people there call it.",
    )
    kind = RadioField(
        "What is it?",
        [required("Choose what kind of site it is.")],
        choices=[*ONE.items()],
    )
    notes = TextAreaField(
        "Evidence",
        [at_most(10_000, "The evidence")],
        description="Why this land, and how you know. For a local green space: how near it is to the people it serves, "
        "what makes it demonstrably special to them, and that it is local and not an extensive tract of land. "
        "Residents read this, so name no owner here.",
    )

    def __init__(self, version: PlanVersion | None, site: Site | None = None) -> None:
        names = ("reference", "name", "kind", "notes")
        super().__init__(data={name: getattr(site, name) for name in names} if site else None)
        others = version.sites if version else []
        self.taken = {other.reference.casefold() for other in others if other is not site}

    def validate_reference(self, field: StringField) -> None:
        refuse_odd(field)
        if field.data.casefold() in self.taken:
            raise ValidationError(f"There is already a site {field.data}. Give this one another reference.")

    @property
    def words(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in ("reference", "name", "kind", "notes")}


class ImportForm(Form):
    """A file of many sites, and which of its fields say what."""

    file = FileField(
        "The file with the sites",
        [FileRequired("Choose a file.")],
        description="GeoJSON, KML, GML, GeoPackage, a zipped Shapefile or CSV: a hundred sites at most, up to 10 MB.",
    )
    reference_field = field_name("Field with the reference", "reference")
    name_field = field_name("Field with the name", "name")
    kind_field = field_name("Field with the kind", "kind")
    notes_field = field_name("Field with the evidence", "notes")
    kind = RadioField(
        "What are those for which the file does not say it?", choices=[*ONE.items()], validators=[optional()]
    )


class OwnerContactForm(Form):
    on = DayField(
        "When", "The day", validators=[a_day("Enter the day on which you were in touch, such as 14 3 2027.")]
    )
    how = StringField(
        "How",
        [required("Say how you were in touch, such as by letter."), at_most(150, "This")],
        description="For example: by letter to the address in the land registry.",
    )
    whom = StringField(
        "With whom",
        [required("Say whom you were in touch with."), at_most(300, "This")],
        description="Only those who write the plan see this. It is never published.",
    )
    answer = TextAreaField(
        "What they answered",
        [at_most(10_000, "The answer")],
        description="Leave it empty until there is an answer.",
    )

    def __init__(self, contact: OwnerContact | None = None) -> None:
        super().__init__(obj=contact)

    def validate_on(self, field: DayField) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError("The day must be today or in the past.")

    @property
    def words(self) -> dict[str, Any]:
        return {"on": self.on.day, **{name: self[name].data or "" for name in ("how", "whom", "answer")}}


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


def refuse_odd(field: StringField) -> None:
    """A reference stands in addresses."""
    if not REFERENCE.fullmatch(field.data):
        raise ValidationError(
            "Use only letters, numbers, full stops and hyphens in the reference, such as H1."
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
