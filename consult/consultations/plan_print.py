"""The plan that people are asked about, as a PDF that is set once and kept."""

from typing import Any

from consult.consultations.paper.prints import Sheet, prints
from consult.consultations.siting import area_of
from consult.plans import printing
from consult.spaces.models import standing


@prints("plan")
def plan(consultation: Any, language: str, draft: bool) -> Sheet | None:
    version = consultation.plan_shown
    if version is None or not (version.sections or version.policies):
        return None
    body = consultation.proposal.body if consultation.proposal else ""
    note = "Draft: not open yet. Do not hand it out." if draft else ""
    given = printing.said(version, area_of(consultation), standing(), body, note)
    return Sheet(printing.SHEET, "plan", given)
