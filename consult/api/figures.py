"""The figures of a consultation, as `feedback/tallies.py` counts them: nothing is counted here."""

from dataclasses import asdict
from typing import Any

from flask import Response

from consult import clock
from consult.access import Act, needs
from consult.api import paging
from consult.api.describing import MOMENT, NUMBER, TEXT, described, record, several
from consult.api.pages import CONSULTATION, answer, noted, pages
from consult.api.spaces import consultation_at
from consult.feedback import coded as themes
from consult.feedback import coding_taken, tallies

COUNT: dict[str, Any] = {"type": ["integer", "null"], "description": "None where it is kept back"}
A_FIGURE = record(
    key=TEXT,
    filter=TEXT,
    responses=COUNT,
    people=COUNT,
    value=COUNT,
    suppressed={"type": "boolean"},
    ids_sha256=TEXT,
)
RECONCILIATION = record(
    **dict.fromkeys(("received", "counted", "duplicates", "late", "withdrawn", "excluded"), NUMBER)
)


@pages.get(f"{CONSULTATION}/figures")
@needs(Act.READ_RESPONSES)
@described(
    "Every figure as it stands now, with the line that reconciles it",
    record(at=MOMENT, facts_sha256=TEXT, reconciliation=RECONCILIATION, figures=several(A_FIGURE)),
    words="received = counted + duplicates + late + withdrawn + excluded. Keys and filters are those of figures.json.",
)
def figures(reference: str) -> Response:
    paging.only(())
    consultation = consultation_at(reference)
    facts, coded = tallies.take(consultation), coding_taken.take(consultation)
    found = [*tallies.figures(facts), *themes.figures(facts, coded)]
    said = {
        "at": clock.now().isoformat(),
        "facts_sha256": facts.sha256,
        "reconciliation": asdict(tallies.reconciliation(facts)),
        "figures": [asdict(figure) for figure in found],
    }
    return noted(answer(said), f"figures of {consultation.title}")
