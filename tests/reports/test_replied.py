"""What the body agreed to reply stands in the log, as it was when the responses were frozen."""

from consult import clock
from consult.feedback.snapshots import freeze
from consult.issues.deciding import agree, decide
from consult.reports.building import material
from tests.issues.conftest import WORDS
from tests.issues.conftest import at_work as at_work
from tests.issues.conftest import coded as coded
from tests.issues.conftest import issue as issue
from tests.issues.conftest import said as said

AGREED = ("Traffic", "We agree.\n\nIt is true.", "The plan changes", "A new sentence.")


def replied(consultation, snapshot):
    logged = material(consultation, snapshot, False).logged
    return [
        (";".join(p.themes), p.reply.text, p.reply.outcome, p.reply.plan_change)
        for p in logged
        if p.reply.text
    ]


def test_only_what_was_agreed_by_then_is_a_reply(issue, at_work):
    with at_work() as (consultation, person):
        decision = decide(consultation, issue, person, **WORDS)
        before = freeze(consultation, None)
        agree(consultation, decision, person, clock.today(), "7")
        after = freeze(consultation, None)
        assert replied(consultation, before) == []
        assert replied(consultation, after) == [AGREED, AGREED]
