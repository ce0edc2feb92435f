"""What can be selected, and as which file."""

from collections.abc import Iterable, Sequence
from typing import Any

import wtforms
from wtforms import validators

from consult.consultations.models import Consultation
from consult.consultations.stages import STAGES
from consult.downloads.filters import Filter, bodies
from consult.feedback.coded import Coded
from consult.feedback.facts import Facts
from consult.feedback.words import CHANNELS, GROUPS, KINDS, STANCES
from consult.web.days import DayField
from consult.web.forms import Form

ANY = ("", "Any")
ROWS = {
    "points": "One row for each comment and place",
    "responses": "One row for each response, with a column for each question",
}
OF_THE_DISTRICT = "releases"  # not selected here: `officers/aggregate_files.py` makes it
ROW_WORDS = ROWS | {OF_THE_DISTRICT: "One row for each release of the district"}
FORMATS = {
    "xlsx": "Excel workbook (XLSX)",
    "csv": "CSV, with what it holds beside it (zip)",
    "docx": "Word (DOCX): the comments, to read and edit",
    "pdf": "PDF: the comments, to read and print",
    "gpkg": "GeoPackage: the places, for mapping software",
    "geojson": "GeoJSON: the places, for a web map",
}
Options = Sequence[tuple[str, Any]]


class SelectionForm(Form):
    """Read from the address, so that a selection can be shared."""

    class Meta(Form.Meta):
        csrf = False

    stage = wtforms.SelectField("Stage", default="")
    body = wtforms.SelectField("Body", default="")
    policy = wtforms.SelectField("Policy", default="")
    stance = wtforms.SelectField("Stance", default="")
    theme = wtforms.SelectField("Theme", default="")
    kind = wtforms.SelectField("Who they are", default="")
    home = wtforms.SelectField("Where they live", default="")
    connection = wtforms.SelectField("Connection with the area", default="")
    channel = wtforms.SelectField("How the response came", default="")
    received_from = DayField("Received on or after", "The first day")
    received_to = DayField("Received on or before", "The last day")

    def offer(self, **options: Options) -> None:
        """A field that offers nothing to choose is not asked."""
        for name in [field.name for field in self if isinstance(field, wtforms.SelectField)]:
            if options.get(name):
                self[name].choices = [ANY, *options[name]]
            else:
                del self[name]

    def validate_received_to(self, field: Any) -> None:
        first = self.received_from.data
        if first and field.data and field.data < first:
            raise validators.ValidationError("Enter a day that is not before the first one.")

    def filter(self, reference: str) -> Filter:
        chosen: dict[str, Any] = {field.name: field.data for field in self if field.data}
        return Filter(consultation=reference, **chosen)


class FileForm(Form):
    rows = wtforms.RadioField("What is a row", choices=list(ROWS.items()), default="points")
    format = wtforms.RadioField(
        "File",
        choices=list(FORMATS.items()),
        validators=[validators.InputRequired("Choose the kind of file.")],
    )


def of_one(consultation: Consultation, facts: Facts, coded: Coded) -> dict[str, Options]:
    """What can be chosen of one consultation."""
    policies = [(policy.reference, f"{policy.reference} {policy.title}") for policy in facts.policies]
    return of_people(facts.kinds, facts.channels) | {
        "policy": policies,
        "stance": list(STANCES.items()) if policies else [],
        "theme": [(theme.label, theme.label) for theme in coded.matters],
    }


def of_several(consultations: list[Consultation], every: Iterable[Facts]) -> dict[str, Options]:
    """Of all of them: themes and policies are each consultation's own."""
    facts = list(every)
    kinds, channels = ({word for each in facts for word in getattr(each, of)} for of in ("kinds", "channels"))
    stages = dict.fromkeys(each.stage for each in consultations)
    return of_people(sorted(kinds), sorted(channels)) | {
        "stage": [(stage, STAGES[stage].words if stage in STAGES else stage) for stage in stages],
        "body": list(bodies(consultations)),
        "stance": list(STANCES.items()) if any(each.policies for each in facts) else [],
    }


def of_people(kinds: Iterable[str], channels: Iterable[str]) -> dict[str, Options]:
    return {
        "kind": [(kind, KINDS.get(kind, kind)) for kind in kinds],
        "home": list(GROUPS["home"].items()),
        "connection": list(GROUPS["connection"].items()),
        "channel": [(channel, CHANNELS.get(channel, channel)) for channel in channels],
    }
