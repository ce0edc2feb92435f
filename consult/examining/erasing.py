"""When somebody's words are erased, they leave the bundles that are kept here: each is made anew from the same
representations, without them, and says so."""

from typing import Any

import sqlalchemy as sa

from consult import audit, clock
from consult.clearing.erasing import erasing
from consult.consultations.models import Consultation
from consult.database import alone, db
from consult.examining.building import bundles_of, post_job, remove_files
from consult.examining.models import PublicSet, RepresentationsPublication


@erasing
def remove_from_bundles(consultation: Consultation, by: Any) -> None:
    """The files go at once; a job makes them again. One that is being made at this moment is begun anew, since it may
    hold what was read before."""
    for bundle in bundles_of(consultation):
        alone(f"bundle {bundle.id}")
        had = bundle.sha256
        remove_files(bundle)
        bundle.built, bundle.erased, bundle.sha256 = None, clock.now(), ""
        post_job(bundle)
        audit.record("bundle.erased_from", consultation.title, by=by, number=bundle.number, sha256=had)
    published = sa.select(RepresentationsPublication.id).where(
        RepresentationsPublication.consultation_id == consultation.id
    )
    for publication_id in list(db.session.scalars(published.order_by(RepresentationsPublication.id))):
        # One that is being set at this moment was read before: its worker keeps it first, and then it goes.
        db.session.flush()
        alone(f"public set of {publication_id}")
        for kept in db.session.scalars(
            sa.select(PublicSet).where(PublicSet.publication_id == publication_id)
        ):
            db.session.delete(kept)
    db.session.flush()
