"""Each thing that a submission lacks names the regulation that asks for it."""

from dataclasses import replace
from datetime import date

import pytest

from consult.spaces import law
from consult.submitting.completeness import CONDITIONS, REGULATION_15, Case, looked_at

WHOLE = Case(
    on=date(2026, 11, 25),
    area="Ash Hill, NA-0001",
    consultation="“The draft plan” has closed.",
    copy="Sent on 3 March 2026.",
    statement="Built on 3 May 2026",
    plan="Version 2 as written here",
    answered="6 conditions answered",
    environment="report",
    environmental_report="sea.pdf",
)
CHANGES = replace(WHOLE, kind="modification", changes_nature="no", modification=True)


def lacks(case: Case) -> dict[str, str]:
    return {item.where: item.missing for item in looked_at(case) if not item.done}


def test_whole_proposals_lack_nothing() -> None:
    assert lacks(WHOLE) == {}
    assert lacks(CHANGES) == {}


@pytest.mark.parametrize(
    ("change", "where", "words"),
    [
        ({"area": ""}, "regulation 15(1)(a)", "designated first"),
        ({"statement": ""}, "regulation 15(1)(b)", "consultation statement"),
        ({"plan": ""}, "regulation 15(1)(c)", "plan"),
        ({"unanswered": ("National policy",)}, "regulation 15(1)(d)", "National policy"),
        ({"environment": ""}, "regulation 15(1)(e)", "environmental report"),
        ({"environmental_report": ""}, "regulation 15(1)(e)", "environmental report"),
        ({"environment": "none"}, "regulation 15(1)(e)", "the day of the determination and its reasons"),
        ({"environment": "none", "determined": True}, "regulation 15(1)(e)", "Give its reasons"),
        ({"consultation": ""}, "regulation 14(a)", "Consult on the draft plan first"),
        ({"undecided": ("The Coal Authority",)}, "regulation 14(b)", "The Coal Authority"),
        ({"untold": ("Network Rail",)}, "regulation 14(b)", "no proof"),
        ({"copy": ""}, "regulation 14(c)", "authority"),
        ({"not_qualifying": "It ended."}, "section 38A of the Planning and Compulsory Purchase Act 2004", "It ended"),
    ],
)  # fmt: skip
def test_each_lack_names_the_regulation(change, where, words) -> None:
    found = lacks(replace(WHOLE, **change))
    assert list(found) == [where]
    assert words in found[where]


@pytest.mark.parametrize(
    ("change", "words"), [({"changes_nature": ""}, "Say whether"), ({"modification": False}, "reasons")]
)
def test_a_modification_has_its_statement(change, words) -> None:
    found = lacks(replace(CHANGES, **change))
    assert list(found) == ["regulation 15(1)(f)"]
    assert words in found["regulation 15(1)(f)"]


def test_a_new_plan_is_not_asked_for_a_modification_statement() -> None:
    assert "modification" not in {item.key for item in looked_at(WHOLE)}


def test_the_conditions_changed_in_march_2026_and_both_lists_are_kept() -> None:
    for file in CONDITIONS.values():
        assert [one.since for one in law.lists(file)][-1] == date(2026, 3, 25)
        before = law.in_force(file, date(2026, 3, 24))
        after = law.in_force(file, date(2026, 3, 25))
        assert before is not after
        assert {point.key for point in before.points} < {point.key for point in after.points}
        assert after.check
    assert law.since(CONDITIONS["plan"], date(2012, 4, 6)).since == date(2012, 4, 6)
    assert len(law.in_force(REGULATION_15, date(2026, 1, 1)).points) == 6
