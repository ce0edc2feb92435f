"""Publishing results: figures that somebody has decided everyone may see, frozen as they stood.

While a consultation is still open only its headline is published: two versions of a small group, a few responses
apart, would tell what those few said.
"""

from dataclasses import asdict
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import audit, clock
from consult.consultations.models import Consultation
from consult.database import alone, db
from consult.feedback import tallies
from consult.feedback.facts import Facts
from consult.feedback.models import Publication, Snapshot
from consult.feedback.snapshots import facts_of, freeze
from consult.spaces.models import standing
from consult.tenancy import here
from consult.web.errors import Refused

PUBLIC_SPLITS = ("home", "connection")


def figures_for_everyone(facts: Facts, *, final: bool) -> list[tallies.Figure]:
    """What may be told of the groups, on the results page and in every public report alike: `final` once it has
    closed."""
    return tallies.figures(facts, public=True, splits=PUBLIC_SPLITS if final else ())


def current(space_id: UUID, consultation_id: UUID) -> Publication | None:
    """What everyone may see now. Publications are readable everywhere, so the space is always asked for."""
    return db.session.scalar(
        sa.select(Publication)
        .where(
            Publication.space_id == space_id,
            Publication.consultation_id == consultation_id,
            Publication.ended.is_(None),
        )
        .order_by(Publication.at.desc())
        .limit(1)
    )


def publish(consultation: Consultation, by: Any) -> Publication:
    """Publishes the figures as they stand; an earlier publication ends."""
    take_turns(consultation)
    state = consultation.state()
    if state not in ("open", "closed"):
        raise Refused("There are no results to publish before the consultation has opened.")
    before = current(here(), consultation.id)
    if before is not None:
        before.ended, before.ended_by_id = clock.now(), by.id
    snapshot = freeze(consultation, by)
    publication = published(consultation, snapshot, by, final=state == "closed")
    consultation.note_results(publication.at if state == "closed" else None)
    if before is None or before.figures.get("final") != publication.figures["final"]:
        consultation.tell_followers("results")
    audit.record("results.published", consultation.title, by=by, sha256=snapshot.sha256)
    return publication


def take_turns(consultation: Consultation) -> None:
    db.session.flush()  # `alone` reads everything afresh
    alone(f"results {consultation.id}")


def published(consultation: Consultation, snapshot: Snapshot, by: Any, *, final: bool) -> Publication:
    space = standing()
    publication = Publication(
        authority_id=space.authority_id or space.id,
        consultation_id=consultation.id,
        snapshot_id=snapshot.id,
        figures=public_figures(facts_of(snapshot), final=final),
        by_id=by.id,
    )
    db.session.add(publication)
    db.session.flush()
    return publication


def public_figures(facts: Facts, *, final: bool) -> dict[str, Any]:
    """All that is published: what was asked, and the numbers. No words, no places, no names."""
    return {
        "snapshot": facts.sha256,
        "final": final,
        "reconciliation": asdict(tallies.reconciliation(facts)),
        "questions": [asdict(question) for question in facts.questions],
        "policies": [asdict(policy) for policy in facts.policies],
        "figures": [asdict(figure) for figure in figures_for_everyone(facts, final=final)],
    }


def end(consultation: Consultation, by: Any) -> None:
    """Takes the results back from the public page; what was published stays on record."""
    take_turns(consultation)
    publication = current(here(), consultation.id)
    if publication is None:
        raise Refused("The results of this consultation are not published.")
    publication.ended, publication.ended_by_id = clock.now(), by.id
    consultation.note_results(None)
    audit.record("results.withdrawn", consultation.title, by=by)
