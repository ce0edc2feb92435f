"""Once it is open, the database itself takes no change of what people are asked."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult.consultations.models import find
from consult.consultations.questions.leaves import QuestionPage
from consult.consultations.questions.pictures import picture_of
from consult.database import db, native
from consult.responses import manner
from tests.consultations.setting import DAY, NOON, ask, consultation, person
from tests.databases import GIVEN

PNG = b"\x89PNG\r\n\x1a\n"
SQLITE = not GIVEN
CHANGES = {
    "consultation": "UPDATE consultation SET {} WHERE reference = 'first'",
    "question": "UPDATE question SET {} WHERE reference = 'q1'",
    "question_page": "UPDATE question_page SET {} WHERE 1 = 1",
    "question_picture": "UPDATE question_picture SET {} WHERE 1 = 1",
    "manner": "UPDATE manner SET {} WHERE 1 = 1",
}
COLUMNS = {
    "consultation": ("title = 'x'", "last_day = NULL", "privacy_notice = ''", "publication = 'names'", "stage = 'x'"),
    "question": ("title = 'x'", "options = '[]'", "position = 9", "show_if = NULL", "reference = 'q7'"),
    "question_page": ("title = 'x'", "introduction = 'x'", "number = 4"),
    "question_picture": ("alt = 'x'", "sha256 = 'x'"),
    "manner": ("asks_equality = (1 = 0)",),
}  # fmt: skip


@pytest.fixture
def made(working, world):
    """One in Ash that has been opened, and its like in Beck that has not."""
    for slug in ("ash", "beck"):
        with working(slug):
            one = consultation()
            ask(one, "choice", "Which?", ("One", "Two"))
            one.head(1, "Your views", "In your own time.")
            one.questions[0].picture = picture_of(PNG, "A mill")
            manner.choose(one, person(world, slug), asks_equality=True, confirms_email=False)
    with working("ash"):
        find("first").open(person(world), now=NOON)


def changed(statement, one):
    native(
        sa.text(f"{statement} AND space_id = :space"), {"space": one.space_id.hex if SQLITE else one.space_id}
    )


def test_no_statement_changes_or_removes_what_is_asked(made, working):
    statements = [CHANGES[table].format(change) for table, some in COLUMNS.items() for change in some]
    statements += ["DELETE FROM question WHERE reference = 'q2'"]  # nothing hangs on it
    statements += [
        f"DELETE FROM {table} WHERE 1 = 1" for table in ("question_page", "question_picture", "manner")
    ]
    with working("ash"):
        for statement in statements:
            with pytest.raises(sa.exc.DBAPIError, match="has been opened"), db.session.begin_nested():
                changed(statement, find("first"))
    for statement in statements:
        with pytest.raises(ZeroDivisionError), working("beck"):
            changed(statement, find("first"))
            1 / 0  # noqa: B018


def test_the_consultation_itself_is_not_removed(made, working):
    with pytest.raises(sa.exc.DBAPIError), working("ash"):
        native(sa.text("DELETE FROM consultation"))


def test_nothing_is_added_to_what_is_asked(made, working):
    additions = {
        "a question": lambda one: ask(one, "text", "And another thing?"),
        "a heading": lambda one: db.session.add(
            QuestionPage(consultation_id=one.id, number=2, title="x", introduction="")
        ),
        "a picture": lambda one: setattr(one.questions[1], "picture", picture_of(PNG, "A pond")),
    }
    for add in additions.values():
        with pytest.raises(sa.exc.DBAPIError, match="has been opened"), working("ash"):
            add(find("first"))
            db.session.flush()
        with working("beck"):
            add(find("first"))


def test_a_row_is_not_carried_into_one_that_is_open(made, working):
    """Moving a question between two consultations of one space changes both."""
    with working("ash"):
        other = consultation(reference="second")
        known = other.questions[0].id
    with pytest.raises(sa.exc.DBAPIError, match="has been opened"), working("ash"):
        other, first = find("second"), find("first")
        question = next(each for each in other.questions if each.id == known)
        question.consultation_id, question.reference = first.id, "q9"
        db.session.flush()


def test_extending_and_closing_stay_possible(made, working, world):
    with working("ash"):
        one = find("first")
        one.extend(DAY + timedelta(days=50), "The hall was closed.", person(world), now=NOON)
        one.close(person(world), now=NOON + timedelta(days=20))
        assert one.state(NOON + timedelta(days=20)) == "closed"
