"""Looking for what is unusual, by a job: what was found and is still there stays, what is new is added, and what nobody
has looked at yet and is no longer found is marked as gone. So a search may be made any number of times."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import audit
from consult.consultations.models import Consultation
from consult.consultations.questions.minutes import minutes
from consult.database import alone, db, new_id
from consult.flags.finding import Arrival, Finding, findings
from consult.flags.models import GONE, Flag, Flagged, FlagReview
from consult.flags.rules import thresholds_of
from consult.flags.standing import Standing, flags_of
from consult.responses.form.frozen import paper_of
from consult.responses.models import Replacement, Response, SettingAside
from consult.responses.networks import networks_of
from consult.responses.searches import searching

FLAGS = "flags"


@searching(FLAGS)
def look(consultation: Consultation, by: Any) -> dict[str, Any]:
    """How many flags are new, in `new`."""
    db.session.flush()
    alone(f"flags of {consultation.id}")
    found = findings(
        arrivals(consultation), takes_seconds(consultation), thresholds_of(consultation), consultation.closes
    )
    new = note(consultation, found)
    audit.record("flags.searched", consultation.reference, by=by, new=new)
    return {"new": new}


def arrivals(consultation: Consultation) -> Iterator[Arrival]:
    """Those that nobody has set aside."""
    aside = sa.exists().where(
        SettingAside.space_id == Response.space_id, SettingAside.response_id == Response.id
    )
    mine = sa.select(Response).where(Response.consultation_id == consultation.id, ~aside)
    responses = list(db.session.scalars(mine))
    ids = sa.select(Response.id).where(Response.consultation_id == consultation.id)
    changed = set(
        db.session.scalars(sa.select(Replacement.response_id).where(Replacement.response_id.in_(ids)))
    )
    known = networks_of(consultation)
    for one in responses:
        own = one.channel == "web" and one.entered_by_id is None
        timed = one.begun is not None and one.id not in changed  # a change is made in seconds
        yield Arrival(
            id=one.id,
            received=one.received,
            own_device=own,
            took_seconds=(one.received - one.begun).total_seconds() if timed and one.begun else None,
            network=known.get(one.id, ""),
            late=one.late,
        )


def takes_seconds(consultation: Consultation) -> float:
    """As people are told before they begin."""
    paper = paper_of(consultation)
    told = [head.introduction for head in paper.headings]
    return minutes(paper.questions, list(paper.policies), told) * 60.0


def note(consultation: Consultation, found: list[Finding]) -> int:
    """Writes down what is new; how many flags."""
    known = flags_of(consultation)
    decided: dict[str, set[UUID]] = {}
    for flag in known:
        if not flag.waits:
            decided.setdefault(flag.rule.key, set()).update(flag.responses)
    wanted = [(one, frozenset(one.responses) - decided.get(one.rule, set())) for one in found]
    wanted = [(one, new) for one, new in wanted if new]
    there = {(one.rule, new) for one, new in wanted}
    open_ = {(flag.rule.key, flag.responses): flag for flag in known if flag.waits}
    for key, flag in open_.items():
        if key not in there:
            gone(flag)
    added = [(one, new) for one, new in wanted if (one.rule, new) not in open_]
    for one, new in added:
        add(consultation, one, sorted(new))
    db.session.flush()
    return len(added)


def gone(flag: Standing) -> None:
    reason = "A later search did not find it any more."
    db.session.add(FlagReview(flag_id=flag.id, decision=GONE, reason=reason))


def add(consultation: Consultation, finding: Finding, responses: Iterable[UUID]) -> None:
    flag = Flag(
        id=new_id(), consultation_id=consultation.id, rule=finding.rule, evidence=dict(finding.evidence)
    )
    db.session.add(flag)
    db.session.flush()
    db.session.add_all(Flagged(flag_id=flag.id, response_id=response) for response in responses)
