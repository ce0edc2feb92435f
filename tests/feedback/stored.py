"""A small consultation in the database, with one response of every fate, put there row by row."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from consult.consultations.models import Announcement, Closing, Consultation, Opening, Question
from consult.database import db, new_id
from consult.plans.models import Plan, PlanVersion, Policy
from consult.responses.models import Answer, Place, Response, SettingAside
from consult.spaces.models import standing

OPENED = datetime(2026, 3, 2, 0, tzinfo=UTC)
CLOSED = datetime(2026, 4, 20, 23, tzinfo=UTC)
QUESTIONS = (
    (
        "q1",
        "choice",
        "Do you agree with the vision?",
        [{"key": "yes", "label": "Yes"}, {"key": "no", "label": "No"}],
    ),
    (
        "q2",
        "choices",
        "What matters?",
        [{"key": "homes", "label": "Homes"}, {"key": "green", "label": "Green space"}],
    ),
    ("q3", "stance", "What do you think of each policy?", []),
    ("q4", "text", "Anything else?", []),
    ("q5", "place", "Where?", []),
)


def consultation(state: str = "closed", reference: str = "reg14") -> Consultation:
    """A regulation 14 consultation of the space we stand in: draft, announced, open or closed."""
    version = plan_version()
    made = Consultation(
        reference=reference,
        stage="regulation_14",
        title="Our draft plan",
        last_day=date(2026, 4, 20) if state != "open" else date(2099, 1, 1),
        plan_version_id=version.id,
    )
    db.session.add(made)
    db.session.flush()
    for position, (name, kind, title, options) in enumerate(QUESTIONS):
        db.session.add(
            Question(
                consultation_id=made.id,
                reference=name,
                kind=kind,
                title=title,
                options=options,
                position=position,
            )
        )
    if state != "draft":
        announce(made)
    db.session.flush()
    if state in ("open", "closed"):
        db.session.add(Opening(consultation_id=made.id, at=OPENED))
    if state == "closed":
        db.session.add(Closing(consultation_id=made.id, at=CLOSED))
    db.session.flush()
    db.session.expire(made)
    return made


def plan_version() -> PlanVersion:
    plan = Plan(title="The plan")
    db.session.add(plan)
    db.session.flush()
    version = PlanVersion(plan_id=plan.id, number=1)
    db.session.add(version)
    db.session.flush()
    for position, (reference, title) in enumerate((("H1", "Homes"), ("GS1", "Green spaces"))):
        db.session.add(Policy(version_id=version.id, reference=reference, title=title, position=position))
    db.session.flush()
    return version


def announce(made: Consultation) -> None:
    space = standing()
    db.session.add(
        Announcement(
            authority_id=space.authority_id or space.id,
            consultation_id=made.id,
            reference=made.reference,
            title=made.title,
            stage=made.stage,
            first_publicised=date(2026, 3, 2),
            opens=OPENED,
            opened=OPENED,
            closes=CLOSED,
        )
    )


def respond(made: Consultation, number: int, *said: object, aside: str = "", **about: object) -> UUID:
    """One response; `said` is rows without their response: Answer(…) and Place(…)."""
    response = Response(
        id=new_id(),
        consultation_id=made.id,
        reference=f"R{number:03}",
        key=f"key {number}",
        **{
            "received": OPENED + timedelta(days=number % 20, minutes=number),
            "connection": ["live"],
            "home": "inside",
        }
        | about,
    )
    db.session.add(response)
    for position, row in enumerate(said):
        row.response_id, row.position = response.id, position
        db.session.add(row)
    if aside:
        db.session.add(SettingAside(response_id=response.id, kind=aside, reason="Sent twice"))
    db.session.flush()
    return response.id


def asked(made: Consultation, reference: str) -> UUID:
    return next(question.id for question in made.questions if question.reference == reference)


def chosen(made: Consultation, reference: str, choice: str) -> Answer:
    return Answer(question_id=asked(made, reference), choice=choice)


def stance(made: Consultation, policy: str, what: str | None, text: str = "", change: str = "") -> Answer:
    about = next(p.id for p in made.policies if p.reference == policy)
    return Answer(
        question_id=asked(made, "q3"), policy_id=about, stance=what, text=text, suggested_change=change
    )


def written(made: Consultation, text: str) -> Answer:
    return Answer(question_id=asked(made, "q4"), text=text)


def pinned(made: Consultation, easting: float | None, northing: float | None, words: str = "") -> Place:
    return Place(question_id=asked(made, "q5"), easting=easting, northing=northing, words=words)


def of_every_fate(made: Consultation) -> None:
    """Twelve who are counted (one couple, one business), then a duplicate, a late one, one withdrawn, one excluded."""
    for number in range(10):
        home = "inside" if number < 8 else "outside"
        respond(made, number, chosen(made, "q1", "yes" if number < 9 else "no"), home=home)
    objection = stance(made, "H1", "object", "The lane floods <b>every</b> winter.", "Move the homes uphill.")
    respond(made, 10, objection, pinned(made, 400100.0, 300100.0, "The ford in Mill Lane"), people=2)
    respond(
        made,
        11,
        stance(made, "GS1", "support"),
        written(made, "=SUM(1) the green is lovely"),
        kind="business",
    )
    respond(made, 12, written(made, "Said twice, canary"), aside="duplicate")
    respond(made, 13, written(made, "Too late, canary"), late=True)
    respond(made, 14, aside="withdrawn")
    respond(made, 15, aside="excluded", late=True)
