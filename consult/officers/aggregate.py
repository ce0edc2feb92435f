"""One table of the figures of every release: the district's consultations side by side. Small numbers stay kept back,
as they were when the report was released, and groups are told from one release of each consultation
(`disclosure.py`); nothing is added up here."""

from collections.abc import Iterable, Iterator
from typing import Any

from consult import clock
from consult.feedback.board import Board, names_of
from consult.feedback.words import group_words
from consult.officers import disclosure
from consult.officers.comparing import Consultation, consultation_of
from consult.officers.district import stage_words
from consult.reports.models import Release
from consult.web import cells

LINE = ("received", "counted", "duplicates", "late", "withdrawn", "excluded")
COLUMNS = (
    "release", "released", "latest", "body", "consultation", "title", "stage", *LINE,
    "key", "measure", "filter", "group", "responses", "people", "value", "suppressed",
)  # fmt: skip


def table(releases: Iterable[Release]) -> bytes:
    """`releases` newest first: of two reports of one consultation, the first is the latest."""
    found = list(releases)
    by_consultation: dict[Consultation, list[Release]] = {}
    for release in found:
        by_consultation.setdefault(consultation_of(release), []).insert(0, release)
    rows: list[list[Any]] = []
    for release in found:
        of_it = by_consultation[consultation_of(release)]
        tells = disclosure.groups_from([each.figures for each in of_it])
        rows += rows_of(release, latest=release is of_it[-1], groups=of_it.index(release) == tells)
    return cells.table(COLUMNS, rows)


def rows_of(release: Release, *, latest: bool, groups: bool) -> Iterator[list[Any]]:
    said = release.figures
    if not said.get("figures"):
        return
    names = names_of(Board.published(said))
    about = [
        str(release.id),
        clock.uk(release.at).date().isoformat(),
        "yes" if latest else "no",
        release.body,
        release.consultation_reference,
        release.title,
        stage_words(release.stage),
        *(said["reconciliation"][name] for name in LINE),
    ]
    for figure in said["figures"] if groups else [each for each in said["figures"] if not each["filter"]]:
        numbers = ["" if figure[name] is None else figure[name] for name in ("responses", "people", "value")]
        group = group_words(figure["filter"]) if figure["filter"] else ""
        kept = "yes" if figure["suppressed"] else "no"
        yield [*about, figure["key"], names.get(figure["key"], ""), figure["filter"], group, *numbers, kept]
