"""A consultation of an authority is begun from what it was handed: an application or a submission, with what its
records carry through the wall and nothing that is read in the body's space."""

import hashlib
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from consult import audit, clock
from consult.accounts.models import Person
from consult.areas import models as areas
from consult.consultations.drafting import begin
from consult.consultations.handed.proposals import KINDS, Proposal, ProposalDocument, proposal_from
from consult.consultations.handed.publicity_period import whole_parish
from consult.consultations.models import Consultation
from consult.consultations.stages import STAGES
from consult.database import db, new_id
from consult.plans import taken_in
from consult.spaces.models import Space
from consult.web.errors import Refused
from geodata.boundary import from_wkb

LONGEST_TITLE: Final = 120
SUMMARIES: Final = {
    "area": """{body} has applied for {name} to be designated as its neighbourhood area: the area that a neighbourhood \
plan would be for.

We want to hear what you think of the area and of its edge before we decide. We may designate all of it or some of it. \
What a plan would say is not decided now.""",
    "forum": """{body} has applied to be the neighbourhood forum for {name}: the body that would write the \
neighbourhood plan.

We want to hear what you think before we decide. Its name, its constitution, its area and how it meets the conditions \
are below.""",
    "submission": """{body} has submitted its plan, {name}, to us. Before an independent examiner looks at it, \
everyone can say what they think of it.

The examiner looks at whether the plan meets the basic conditions that the law sets. Say which policy you mean, and \
what should change.""",
}


@dataclass(frozen=True)
class File:
    name: str
    title: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Given:
    """What came through the wall. `outline` is WKB in EPSG:27700; `said` as in Proposal; sections, sites and policies
    as `plans.taken_in` wants them; consultees as they are added to a consultation."""

    kind: str  # area, forum, submission
    source_id: UUID
    body: Space
    received: datetime
    title: str
    name: str  # of the area, or of the plan
    outline: bytes | None
    said: list[dict[str, Any]]
    documents: list[File] = field(default_factory=list)
    sections: Sequence[dict[str, Any]] = ()
    sites: Sequence[dict[str, Any]] = ()
    policies: Sequence[dict[str, Any]] = ()
    consultees: Sequence[dict[str, str]] = ()
    names_bodies: bool = True
    variant: str = ""
    area_name: str = ""  # where that is not the name


def publicise(given: Given, by: Person) -> Consultation:
    """Begins the consultation where the authority stands. Raises Refused where it is publicised already, and for the
    whole of a parish (regulation 5A)."""
    stage = STAGES[KINDS[given.kind]]
    asked = stage.point("whole_parish", clock.today())
    if asked and given.outline and whole_parish(given.body, from_wkb(given.outline)):
        raise Refused(
            f"{given.body.name} applies for the whole of its parish: {asked.where} has you designate it without "
            "publicity, so there is nothing to publicise."
        )
    summary = SUMMARIES[given.kind].format(body=given.body.name, name=given.name)
    title = textwrap.shorten(given.title, LONGEST_TITLE, placeholder=" …")
    made = begin(stage.key, title, summary, "", by, given.variant)
    if proposal_from(given.source_id):
        raise Refused("This has been publicised already: its consultation is on this page.")
    statement = stage.point("statement", clock.today())
    made.statement = statement.note if statement else ""
    if given.outline:
        made.area_version_id = areas.take_in(given.outline, given.area_name or given.name).id
    take_in_plan(made, given)
    keep(made, given)
    for consultee in given.consultees:
        made.consult(by, **consultee)
    said = {"reference": made.reference, "body": given.body.slug, "kind": given.kind}
    audit.record("consultation.taken_in", title, by=by, **said)
    made.reread()
    return made


def take_in_plan(made: Consultation, given: Given) -> None:
    """The plan to comment on; one that came as files alone has no policies to ask about."""
    if given.policies or given.sections:
        taken = taken_in.take_in(given.name, given.policies, given.sections, given.sites)
        made.plan_version_id = taken.id
    if given.policies:
        return
    for question in [each for each in made.questions if each.kind == "stance"]:
        made.ask_no_more(question)


def keep(made: Consultation, given: Given) -> None:
    proposal = Proposal(
        id=new_id(),
        consultation_id=made.id,
        kind=given.kind,
        body_id=given.body.id,
        body=given.body.name,
        source_id=given.source_id,
        received=given.received,
        said=given.said,
        names_bodies=given.names_bodies,
    )
    db.session.add(proposal)
    db.session.flush()
    for position, file in enumerate(given.documents, 1):
        about = {"name": file.name, "title": file.title, "media_type": file.media_type}
        checksum, size = hashlib.sha256(file.content).hexdigest(), len(file.content)
        document = ProposalDocument(
            proposal_id=proposal.id, position=position, sha256=checksum, size=size, content=file.content, **about
        )  # fmt: skip
        db.session.add(document)
    db.session.flush()
