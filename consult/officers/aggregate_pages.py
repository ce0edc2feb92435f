"""The district's consultations compared: tables, charts and a map, and the same as a file that is kept."""

from typing import Any
from uuid import UUID

import wtforms
from flask import Blueprint, g, redirect, render_template, request, url_for
from wtforms import validators

from consult.access import Act, needs
from consult.accounts import sessions
from consult.areas import maps
from consult.areas.models import RegisterEntry
from consult.feedback.disclosure import SMALLEST
from consult.feedback.facts import HOMES
from consult.feedback.words import BARS, GROUPS
from consult.officers import aggregate_files, comparing, district
from consult.officers.comparing import Asked, Row
from consult.reports.models import Release
from consult.web.days import DayField
from consult.web.forms import Form

pages = Blueprint("aggregate", __name__)
HERE = "/<space:space>/aggregate"
CLASSES = ((100, "count-4", "100 and more"), (50, "count-3", "50 to 99"), (20, "count-2", "20 to 49"))
LOWEST = ("count-1", "1 to 19")
FORMATS = {"xlsx": "Excel workbook (XLSX)", "csv": "CSV, with what it holds beside it (zip)"}


class DatesForm(Form):
    """Read from the address."""

    class Meta(Form.Meta):
        csrf = False

    released_from = DayField("Released on or after", "The first day")
    released_to = DayField("Released on or before", "The last day")

    def validate_released_to(self, field: Any) -> None:
        first = self.released_from.data
        if first and field.data and field.data < first:
            raise validators.ValidationError("Enter a day that is not before the first one.")


class FileForm(Form):
    format = wtforms.RadioField(
        "Kind of file",
        choices=list(FORMATS.items()),
        validators=[validators.InputRequired("Choose the kind of file.")],
    )


@pages.get(HERE)
@needs(Act.OVERSEE)
def show() -> Any:
    return shown(DatesForm(request.args), FileForm())


@pages.post(HERE)
@needs(Act.OVERSEE)
def make() -> Any:
    """What is compared is in the address, the kind of file in the form."""
    dates, file = DatesForm(request.args), FileForm()
    if not (dates.validate() and file.validate_on_submit()):
        return shown(dates, file)
    releases = district.releases()
    asked = asked_for(releases, dates)
    rows = comparing.of_district(releases, asked)
    download = aggregate_files.keep(
        rows, address_of(asked), told(releases, asked), file.format.data, sessions.me()
    )
    return redirect(url_for("downloads.one", download_id=download.id), 303)


def shown(dates: DatesForm, file: FileForm) -> Any:
    """Nothing is compared while a day was not understood."""
    right, releases = dates.validate(), district.releases()
    asked = asked_for(releases, dates) if right else Asked()
    rows = comparing.of_district(releases, asked) if right else []
    bodies = comparing.by_body(rows)
    page = render_template(
        "officers/aggregate.html",
        releases=releases,
        rows=rows,
        whole=comparing.together("All of them", rows),
        stages=comparing.by_stage(rows),
        bodies=bodies,
        every_stage={each.stage: district.stage_words(each.stage) for each in releases},
        every_body=dict(sorted(((each.space_id, each.body) for each in releases), key=lambda one: one[1])),
        asked=asked,
        address=address_of(asked),
        dates=dates,
        file=file,
        homes=[(home, GROUPS["home"][home]) for home in HOMES],
        stances=stances_chart(comparing.by_stage(rows)),
        responses=[{"label": row.label, "value": row.responses, "href": ""} for row in bodies.values()],
        map=map_of(bodies),
        smallest=SMALLEST,
        right=right,
    )
    return (page, 422) if not right or file.errors else page


def asked_for(releases: list[Release], dates: DatesForm) -> Asked:
    """A stage or a body that nobody has released anything of is no filter."""
    stage, body = request.args.get("stage", ""), request.args.get("body", "")
    bodies = {str(each.space_id): each.space_id for each in releases}
    return Asked(
        stage=stage if stage in {each.stage for each in releases} else "",
        body=bodies.get(body),
        first=dates.released_from.data,
        last=dates.released_to.data,
        every=request.args.get("releases") == "every",
    )


def address_of(asked: Asked) -> dict[str, str]:
    named: dict[str, Any] = {
        "stage": asked.stage,
        "body": asked.body,
        "released_from": asked.first,
        "released_to": asked.last,
        "releases": "every" if asked.every else "",
    }
    return {name: str(value) for name, value in named.items() if value}


def told(releases: list[Release], asked: Asked) -> list[tuple[str, str]]:
    """What is compared, as people read it."""
    body = next((each.body for each in releases if each.space_id == asked.body), "")
    said = [
        ("Stage", district.stage_words(asked.stage) if asked.stage else ""),
        ("Body", body),
        ("Released on or after", str(asked.first or "")),
        ("Released on or before", str(asked.last or "")),
        ("Releases", "Every one, earlier ones too" if asked.every else "The latest of each consultation"),
    ]
    return [(name, words) for name, words in said if words]


def stances_chart(stages: list[Row]) -> list[dict[str, Any]]:
    return [
        {"label": row.label, "values": {BARS[key]: number for key, number in row.stances.items()}, "href": ""}
        for row in stages
        if any(row.stances.values())
    ]


def map_of(bodies: dict[UUID, Row]) -> dict[str, Any] | None:
    """The areas on the register, shaded by how many responses the shown releases have."""
    entries = district.register()
    if not entries:
        return None
    seen = sorted(
        (seen_as(entry, bodies.get(entry.space_id)) for entry in entries), key=lambda one: one.style
    )
    extent = maps.extent_of([one.geometry for one in seen], g.space.id)
    words = {"caption": "Responses by body", "description": "The table “By body” says the same."}
    return maps.with_key(maps.on_map(extent, maps.together(seen), ground=g.space, **words), seen)


def seen_as(entry: RegisterEntry, row: Row | None) -> maps.Seen:
    """A number and a shade, so that nothing is told by colour alone."""
    if row is None:
        return maps.Seen(entry.geometry, "count-few", "Nothing released", entry.name)
    style, words = next(((style, words) for least, style, words in CLASSES if row.responses >= least), LOWEST)
    return maps.Seen(entry.geometry, style, words, f"{entry.name}: {row.responses:,}")
