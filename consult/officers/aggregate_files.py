"""The comparison as a file that is kept, with what it holds: one row a release, and one a stage."""

import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, Any

from consult import audit, clock
from consult.consultations.words import moment
from consult.database import db, new_id
from consult.downloads import keeping, tables
from consult.downloads.models import Download
from consult.downloads.telling import sentence_of
from consult.feedback.facts import HOMES, STANCES
from consult.officers import comparing
from consult.officers.comparing import Row
from consult.officers.district import stage_words
from consult.reports import workbook
from consult.reports.building import MEDIA_TYPES
from consult.reports.workbook import Cell, Sheet
from consult.spaces.models import standing
from consult.web import cells

KEPT_BACK = "[c]"
NOT_TOLD = "[earlier release]"
LINE = tuple(comparing.NOTHING)
NUMBERS = (*LINE, "people", *(f"home_{home}" for home in HOMES), *STANCES)
COLUMNS = ("body", "consultation", "title", "stage", "released", *NUMBERS)
STAGES = ("stage", "releases", *NUMBERS)
RULE = (
    f"{KEPT_BACK}: fewer than five, or kept back beside such a number so that it cannot be worked out. Homes are told "
    f"from one release of each consultation only ({NOT_TOLD} stands elsewhere), since two that are a few responses "
    "apart would tell who came in between. Totals add only numbers that are shown. Rule: each table protected within "
    "itself (Gusfield 1988), linked tables and differencing as in Hundepool et al., Statistical Disclosure "
    "Control (2012)."
)
MEANS = (
    "Responses and people are those counted. Stances are added over all policies: whoever took one on three policies "
    "is in three. Whoever wished to respond did: this is not a survey, and no figure is a vote."
)
Told = list[tuple[str, str]]


def keep(rows: list[Row], selection: dict[str, str], told: Told, format_: str, by: Any) -> Download:
    """Raises Refused where there is no room."""
    keeping.refuse_when_full()
    whole = comparing.together("", rows)
    download = Download(
        id=new_id(),
        selection=selection,
        in_words=[list(pair) for pair in told],
        rows="releases",
        format=format_,
        counts={
            "releases": whole.line
            | {"responses": whole.responses, "people": whole.people, "raised": len(rows)}
        },
        at=clock.now(),
        by_id=by.id,
    )
    db.session.add(download)
    audit.record(
        "download.asked", "Aggregate of releases", by=by, selection=selection, rows="releases", format=format_
    )
    db.session.flush()
    about = list(information(download, rows, told, by))
    name = f"{standing().slug}-aggregate-{download.at:%Y-%m-%d}"
    with keeping.waiting() as made:
        if format_ == "csv":
            csv(made, rows, about)
            keeping.keep(download, made, f"{name}.zip", "application/zip")
        else:
            xlsx(made, rows, about, download)
            keeping.keep(download, made, f"{name}.xlsx", MEDIA_TYPES[".xlsx"])
    db.session.expire(download, ["files"])
    return download


def information(download: Download, rows: list[Row], told: Told, by: Any) -> Iterator[tuple[str, str]]:
    line = comparing.together("", rows).line
    yield "What this is", "The consultations of the district, compared from what was released"
    yield "Authority", standing().name
    yield "Made", f"{moment(download.at)} UK time, by {by.display_name}"
    yield "Selection", sentence_of(told)
    yield "Releases", f"{len(rows):,}"
    yield (
        "Every response accounted for",
        f"{line['received']:,} received = " + " + ".join(f"{line[name]:,} {name}" for name in LINE[1:]),
    )
    for row in rows:
        if row.release:
            yield f"Release of {row.release.body}", f"{row.label}: {row.release.id}, snapshot {snapshot(row)}"
    yield "Small numbers", RULE
    yield "Method and limits", MEANS


def snapshot(row: Row) -> str:
    return str(row.release.figures.get("snapshot", "")) if row.release else ""


def csv(made: IO[bytes], rows: Sequence[Row], about: Told) -> None:
    text = "".join(f"{name}\n  {' '.join(words.split())}\n\n" for name, words in about)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        tables.put(archive, tables.ABOUT, [text.encode("utf-8", "replace")])
        tables.put(archive, "releases.csv", cells.lines(COLUMNS, map(release_row, rows)))
        tables.put(archive, "stages.csv", cells.lines(STAGES, map(stage_row, comparing.by_stage(rows))))


def xlsx(made: IO[bytes], rows: Sequence[Row], about: Told, download: Download) -> None:
    sheets = [
        Sheet("Information", ("About this file", ""), about, (34, 110)),
        Sheet("Releases", COLUMNS, map(release_row, rows), (30, 14, 36, 30, 12)),
        Sheet("Stages", STAGES, map(stage_row, comparing.by_stage(rows)), (36,)),
    ]
    workbook.write(made, "Aggregate of releases", standing().name, download.at, sheets)


def release_row(row: Row) -> list[Cell]:
    release = row.release
    assert release is not None
    day = clock.uk(release.at).date().isoformat()
    return [
        release.body,
        release.consultation_reference,
        row.label,
        stage_words(release.stage),
        day,
        *numbers(row),
    ]


def stage_row(row: Row) -> list[Cell]:
    return [row.label, row.number, *numbers(row)]


def numbers(row: Row) -> list[Cell]:
    hidden = KEPT_BACK if row.tells_homes else NOT_TOLD
    homes = [hidden if row.homes[home] is None else row.homes[home] or 0 for home in HOMES]
    return [*row.line.values(), row.people, *homes, *row.stances.values()]
