"""One closed consultation with words to read, in each of two forums."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.database import db
from consult.points.coder import Coder
from consult.points.passages import passage_at
from consult.responses.models import Answer, Place, Response, SettingAside
from tests.feedback import stored

LETTER = "I like the green. The road is too fast!"
SAID = (  # response, words on policy H1, suggested change, anything else
    ("R-AAAA-AA", LETTER, "Move the road.", "Thank you."),
    ("R-BBBB-BB", "Too many homes", "", ""),
    ("R-CCCC-CC", "", "", "More trees, please"),
    ("R-DDDD-DD", "The same again", "", ""),
)


@pytest.fixture
def said(app, world, working):
    """Both forums hold the same words; returns the ids of ash's answers by response and question."""
    for slug in ("ash", "beck"):
        with working(slug):
            consultation = stored.consultation()
            write(consultation)
    with working("ash"):
        rows = db.session.execute(
            sa.select(Response.reference, Answer.id, Answer.question_id).join(
                Response, Response.id == Answer.response_id
            )
        ).all()
        names = {q.id: q.reference for q in db.session.scalars(sa.select(Consultation)).one().questions}
        return {(reference, names[question]): id_ for reference, id_, question in rows}


def write(consultation):
    questions = {question.reference: question for question in consultation.questions}
    policy = consultation.plan_version.policies[0]
    for minute, (reference, on_policy, change, otherwise) in enumerate(SAID):
        response = Response(
            consultation_id=consultation.id,
            reference=reference,
            key=reference,
            received=stored.OPENED + timedelta(minutes=minute),
        )
        db.session.add(response)
        db.session.flush()
        about = {"response_id": response.id}
        if on_policy:
            db.session.add(
                Answer(
                    **about,
                    question_id=questions["q3"].id,
                    policy_id=policy.id,
                    stance="object",
                    text=on_policy,
                    suggested_change=change,
                )
            )
        if otherwise:
            db.session.add(Answer(**about, question_id=questions["q4"].id, text=otherwise))
        if reference == "R-DDDD-DD":
            db.session.add(SettingAside(**about, kind="duplicate", reason="Sent twice"))
        if reference == "R-BBBB-BB":
            db.session.add(
                Place(**about, question_id=questions["q5"].id, words="By the mill", easting=1.0, northing=2.0)
            )
    db.session.flush()


@pytest.fixture
def coding(working, world):
    """`with coding() as (coder, passage):` is one unit of work of the analyst of ash; `passage(id)` reads one."""

    @contextmanager
    def at_work(slug="ash", role="analyst"):
        with working(slug):
            consultation = db.session.scalars(sa.select(Consultation)).one()
            person = db.session.get(Person, world.person[slug, role])
            yield Coder(consultation, person), lambda id_: passage_at(consultation, id_)

    return at_work


@pytest.fixture
def reader(sign_in, said):
    return sign_in("ash", "analyst")


@pytest.fixture
def letter(said):
    return f"/f/ash/coding/{said['R-AAAA-AA', 'q3']}"
