"""A consultation to answer: a square area, two policies, a site, and a question of each kind."""

from datetime import datetime, timedelta
from typing import Any

import shapely

from consult import clock
from consult.areas.models import Area, AreaVersion, Postcode
from consult.consultations.models import Announcement, Closing, Consultation, Opening, Question
from consult.database import db
from consult.plans.models import Plan, PlanVersion, Policy
from consult.plans.sites import Site
from consult.tenancy import here
from geodata.boundary import canonical

SQUARE = shapely.box(375_000, 165_000, 377_000, 167_000)
INSIDE, OUTSIDE = "BA1 1AA", "BA2 2BB"
URL = "/f/ash/consultations/reg14/respond"
QUESTIONS = (
    ("q1", "stance", "What do you think of each policy?", ()),
    ("q2", "choice", "Should the plan go on?", ("Yes", "No")),
    ("q3", "choices", "What matters most?", ("Homes", "Trees", "Buses")),
    ("q4", "text", "Anything else?", ()),
    ("q5", "place", "Where is it?", ()),
)


def consultation(
    opened: datetime | None = None,
    last_day_in: int = 42,
    reference: str = "reg14",
    plan: bool = True,
    first_policy: str = "Homes & gardens",
    **changes: Any,
) -> Consultation:
    """Stands in the space it is made in; opened ten days ago unless told otherwise."""
    made = drafted(last_day_in, reference, plan, first_policy, **changes)
    return open_it(made, opened)


def drafted(
    last_day_in: int = 42,
    reference: str = "reg14",
    plan: bool = True,
    first_policy: str = "Homes & gardens",
    **changes: Any,
) -> Consultation:
    """Before its opening, after which the database takes no change of what it asks."""
    said: dict[str, Any] = {
        "reference": reference,
        "stage": "regulation_14",
        "title": "The draft plan",
        "summary": "Tell us.",
        "privacy_notice": "We keep it safe.",
        "contact_email": "plan@ash.example.org",
        "last_day": clock.today() + timedelta(days=last_day_in),
        "area_version_id": area().id,
        "plan_version_id": version(first_policy).id if plan else None,
    }
    made = add(Consultation(**(said | changes)))
    for position, (name, kind, title, options) in enumerate(QUESTIONS, 1):
        listed = [{"key": option.lower(), "label": option} for option in options]
        add(
            Question(
                consultation_id=made.id,
                reference=name,
                kind=kind,
                title=title,
                options=listed,
                position=position,
            )
        )
    db.session.expire(made)
    return made


def open_it(made: Consultation, opened: datetime | None = None) -> Consultation:
    opened = opened or clock.now() - timedelta(days=10)
    assert made.last_day is not None
    db.session.flush()  # what is asked is written before its opening
    add(Opening(consultation_id=made.id, at=opened))
    add(
        Announcement(
            consultation_id=made.id,
            authority_id=here(),
            reference=made.reference,
            title=made.title,
            stage=made.stage,
            first_publicised=opened.date(),
            opens=opened,
            opened=opened,
            closes=clock.end_of(made.last_day),
        )
    )
    db.session.expire(made)
    return made


def close(made: Consultation, at: datetime | None = None) -> None:
    add(Closing(consultation_id=made.id, at=at or clock.now()))
    db.session.expire(made)


def add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def area() -> AreaVersion:
    kept = add(Area(name="Ash"))
    outline = canonical(SQUARE)
    return add(AreaVersion(area_id=kept.id, number=1, outline=outline, hectares=400, source="drawn"))


def version(first_policy: str = "Homes & gardens") -> PlanVersion:
    plan = add(Plan(title="The Ash plan"))
    made = add(PlanVersion(plan_id=plan.id, number=1))
    for position, (name, title) in enumerate((("H1", first_policy), ("LGS 3", "Mill Meadow")), 1):
        add(
            Policy(
                version_id=made.id,
                reference=name,
                title=title,
                summary="In short.",
                text="In full.",
                position=position,
            )
        )
    add(
        Site(
            version_id=made.id,
            reference="S1",
            name="The Yard",
            kind="housing allocation",
            outline=canonical(shapely.box(375_500, 165_500, 375_600, 165_600)),
            hectares=1.0,
        )
    )
    made.freeze()
    return made


def postcodes() -> None:
    add(Postcode(code="BA11AA", easting=376_000, northing=166_000))
    add(Postcode(code="BA22BB", easting=390_000, northing=166_000))


FULL = {
    "q1": ["H1"],
    "q1.H1": "object",
    "q1.H1.reason": "Too many\r\nhomes",
    "q1.H1.change": "Fewer",
    "q2": "yes",
    "q3": ["trees", "buses"],
    "q4": "Keep the mill. <script>alert(1)</script> =1+1",
    "q5.lon": "-2.345",
    "q5.lat": "51.4",
    "q5.words": "By the bridge",
    "name": "Ann Other",
    "email": "ann@example.org",
    "postcode": "ba1 1aa",
    "connection": ["live"],
    "kind": "individual",
}
