"""The spaces that a token opens, and their consultations."""

from typing import Any

import sqlalchemy as sa
from flask import Response, abort, g, url_for

from consult import access
from consult.access import Act, needs, signed_in
from consult.api import paging
from consult.api.describing import ADDRESS, MOMENT, NUMBER, TEXT, described, listed, record, several
from consult.api.models import ACTS
from consult.api.pages import CONSULTATION, HERE, answer, page, pages
from consult.consultations.models import Consultation
from consult.database import db
from consult.spaces.models import Space, memberships_of

A_SPACE = record(path=TEXT, name=TEXT, kind=TEXT, role=TEXT, acts=several(TEXT), url=ADDRESS)
A_QUESTION = record(
    reference=TEXT,
    kind=TEXT,
    title=TEXT,
    options=several(record(key=TEXT, label=TEXT)),
)
IN_SHORT = {
    "reference": TEXT,
    "title": TEXT,
    "stage": TEXT,
    "state": {"enum": ["draft", "announced", "open", "closed"]},
    "opens": MOMENT,
    "closes": MOMENT,
    "url": ADDRESS,
}
A_CONSULTATION = record(
    **IN_SHORT,
    summary=TEXT,
    questions=several(A_QUESTION),
    policies=several(record(reference=TEXT, title=TEXT)),
)


@pages.get("/v1/spaces")
@signed_in
@described("The spaces that this token opens", record(items=several(A_SPACE), count=NUMBER))
def spaces() -> Response:
    paging.only(())
    mine = [(each.space, each) for each in memberships_of(g.key.person) if g.key.opens(each.space)]
    items = [about_space(space, membership) for space, membership in mine]
    return answer({"items": items, "count": len(items)})


def about_space(space: Space, membership: Any) -> dict[str, Any]:
    return {
        "path": space.path,
        "name": space.name,
        "kind": space.kind,
        "role": membership.role,
        "acts": [act.name for act in ACTS if access.may(membership.role, act) and g.key.allows(act)],
        "url": url_for("api.consultations", space=space, _external=True),
    }


@pages.get(f"{HERE}/consultations")
@needs(Act.LOOK)
@described("The consultations of a space, drafts too", listed(record(**IN_SHORT)), paged=True)
def consultations() -> Response:
    paging.only(paging.PARAMETERS)
    found, cursor = paging.rows(paging.asked(), sa.select(Consultation), Consultation.at, Consultation.id)
    return page([in_short(each) for each in found], cursor)


@pages.get(CONSULTATION)
@needs(Act.LOOK)
@described("A consultation, with its questions as they are asked", A_CONSULTATION)
def consultation(reference: str) -> Response:
    paging.only(())
    found = consultation_at(reference)
    questions = [
        {
            "reference": each.reference,
            "kind": each.kind,
            "title": each.title,
            "options": [
                {"key": str(option["key"]), "label": str(option["label"])} for option in each.options or ()
            ],
        }
        for each in found.questions
    ]
    policies = [{"reference": each.reference, "title": each.title} for each in found.policies]
    return answer(in_short(found) | {"summary": found.summary, "questions": questions, "policies": policies})


def consultation_at(reference: str) -> Consultation:
    found = db.session.scalar(sa.select(Consultation).where(Consultation.reference == reference))
    if found is None:
        abort(404)
    return found


def in_short(found: Consultation) -> dict[str, Any]:
    opens, closes = found.opens, found.closes
    return {
        "reference": found.reference,
        "title": found.title,
        "stage": found.stage,
        "state": found.state(),
        "opens": opens.isoformat() if opens else None,
        "closes": closes.isoformat() if closes else None,
        "url": url_for("api.consultation", reference=found.reference, _external=True),
    }
