"""What the body agreed to reply stands in the log, as it was when the responses were frozen."""

from consult import clock
from consult.feedback.snapshots import freeze
from consult.issues.deciding import agree, decide
from consult.reports.building import material
from consult.reports.considered import sections
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


def test_the_statement_says_how_each_issue_was_considered(issue, at_work):
    with at_work() as (consultation, person):
        decision = decide(consultation, issue, person, **WORDS)
        before = freeze(consultation, None)
        agree(consultation, decision, person, clock.today(), "minute 7")
        after = freeze(consultation, None)
        decide(consultation, issue, person, **WORDS | {"reply": "On second thoughts."})
        assert material(consultation, before, False).answered == []
        (one,) = material(consultation, after, False).answered
        assert (one.name, one.summary, one.minute) == ("1. Fast cars", "People find it fast.", "minute 7")
        assert (one.figure.value, one.figure.responses) == (2, 2)
        for public, raised in ((False, "2 responses, 2 people"), (True, "Fewer than 5 responses")):
            said = str(list(sections(material(consultation, after, public), "(d) How it was considered")))
            assert all(words in said for words in ("We agree.", "A new sentence.", "minute 7", raised))
            assert "On second thoughts" not in said
