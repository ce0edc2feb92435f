"""What an organiser records about how people heard of a consultation."""

from contextlib import closing
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import RadioField, StringField, TextAreaField, ValidationError

from consult import clock
from consult.consultations.opening.gate import long
from consult.consultations.publicity.publicising import KINDS, Publicity
from consult.plans.forms import KINDS as FILES
from consult.plans.forms import TEN_MEGABYTES, plain_name, refused
from consult.web.days import DayField, a_day
from consult.web.emails import an_email
from consult.web.forms import Form, at_most, required

A_YEAR_AHEAD = timedelta(days=366)
MOST_PEOPLE = 10_000_000


class PublicityRecordForm(Form):
    kind = RadioField("What was it?", [required("Choose what it was.")], choices=[*KINDS.items()])
    what = StringField(
        "In a few words",
        [required("Say in a few words what it was."), at_most(200, "This")],
        description="Such as “Leaflet with a summary of each policy, through every door”.",
    )
    where = TextAreaField(
        "Where (optional)",
        [at_most(500, "The place")],
        description="For a place where the proposals can be seen, also when it is open.",
    )
    from_day = DayField("From which day?", "The first day", validators=[a_day("Enter the day.")])
    to_day = DayField("Until which day? (optional)", "The last day")
    times = StringField(
        "At what time? (optional)",
        [at_most(100, "The time")],
        description="Such as “2pm to 7pm”. An event that lies ahead is shown to everyone, with its time and place.",
    )
    access = TextAreaField(
        "How can people get in? (optional)",
        [at_most(500, "This")],
        description="Such as “Step-free, with a hearing loop. Bus 12 stops outside.”",
    )
    how_many = StringField(
        "How many? (optional)",
        description="Leaflets delivered, posters put up, or people who came.",
    )
    link = StringField(
        "A link that shows it (optional)",
        [at_most(500, "The link")],
        description="Such as the article, or the page that announced it.",
    )
    file = FileField(
        "A document that shows it (optional)",
        description="A photograph, the leaflet or the printer’s bill: PDF, Word, JPEG or PNG, 10 MB at most.",
    )

    def __init__(self, begun: date, statutory: bool, record: Publicity | None = None) -> None:
        super().__init__(obj=record)
        self.begun, self.statutory, self.record = begun, statutory, record
        self.document: dict[str, Any] = {}

    def validate_from_day(self, field: DayField) -> None:
        if field.data and field.data > clock.today() + A_YEAR_AHEAD:
            raise ValidationError("The first day is more than a year away. Check the year.")
        if field.data and field.data.year < 2012:
            raise ValidationError("The first day is before neighbourhood planning began. Check the year.")

    def validate_to_day(self, field: DayField) -> None:
        if field.data and self.from_day.data and field.data < self.from_day.data:
            raise ValidationError("The last day is before the first.")
        if field.data and field.data > clock.today() + 3 * A_YEAR_AHEAD:
            raise ValidationError("The last day is more than three years away. Check the year.")

    def validate_how_many(self, field: StringField) -> None:
        text = (field.data or "").replace(",", "")
        if text and not (
            text.isascii() and text.isdecimal() and int(text[:9]) <= MOST_PEOPLE and len(text) < 9
        ):
            raise ValidationError("Enter a whole number from 0 to 10,000,000, such as 1,200.")

    def validate_link(self, field: StringField) -> None:
        if field.data:
            parts = split(field.data)
            if parts is None or parts.scheme not in ("http", "https") or not parts.netloc:
                raise ValidationError("Enter a whole web address, such as https://example.org/news.")

    def validate_file(self, field: FileField) -> None:
        uploaded: FileStorage | None = field.data
        if not uploaded:
            return
        with closing(uploaded):
            name, content = plain_name(uploaded.filename or ""), uploaded.read(TEN_MEGABYTES + 1)
        kind = FILES.get(name.rpartition(".")[2].lower())
        if refusal := refused(name, kind, content):
            raise ValidationError(refusal)
        assert kind is not None
        self.document = {"evidence_name": name, "evidence_type": kind.media_type, "evidence": content}

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        kept = bool(self.record and self.record.evidence_name)
        day = self.from_day.data
        if (
            valid
            and self.statutory
            and day
            and day < self.begun
            and not (self.link.data or self.document or kept)
        ):
            self.from_day.errors = [
                f"This consultation was set up on {long(self.begun)}. For an earlier day, add a link or a document "
                "that shows it: the six weeks may be counted from it."
            ]
            return False
        return valid

    def takes_away(self, record: Publicity) -> bool:
        """Whether a link or a document that shows it would be gone, or another in its place."""
        other_link = bool(record.link) and self.link.data != record.link
        return other_link or bool(record.evidence_name and self.document)

    def fill(self, record: Publicity) -> None:
        for name in ("kind", "what", "where", "from_day", "to_day", "times", "access", "link"):
            setattr(record, name, self[name].data)
        record.how_many = int(self.how_many.data.replace(",", "")) if self.how_many.data else None
        for name, value in self.document.items():
            setattr(record, name, value)


def split(address: str) -> Any:
    try:
        return urlsplit(address)
    except ValueError:
        return None


class FollowForm(Form):
    email = StringField(_l("Email address"), [required(_l("Enter your email address.")), an_email])
