"""Each thing that a forum application lacks names where the law asks for it."""

from dataclasses import replace
from datetime import date

import pytest

from consult.forums.completeness import REGULATION_8, SECTION_61F, Case, looked_at
from consult.forums.counting import AT_LEAST, tally
from consult.forums.models import ForumMember
from consult.spaces import law

ON = date(2026, 11, 25)
LIVES = ForumMember(name="A", lives=True, works=False, elected=False)
WORKS = ForumMember(name="B", lives=False, works=True, elected=False)
NEITHER = ForumMember(name="C", lives=False, works=False, elected=False)
WHOLE = Case(
    on=ON,
    name="Ash Hill Neighbourhood Forum",
    constitution=True,
    area_name="Ash Hill",
    outline=True,
    contact_name="Ada",
    contact=True,
    tally=tally([LIVES] * 20 + [WORKS]),
)


def lacks(case: Case) -> dict[str, str]:
    return {item.where: item.missing for item in looked_at(case) if not item.done}


def test_a_whole_application_lacks_nothing() -> None:
    assert lacks(WHOLE) == {}


@pytest.mark.parametrize(
    ("change", "where", "words"),
    [
        ({"name": ""}, "regulation 8(a)", "name"),
        ({"constitution": False}, "regulation 8(b)", "constitution"),
        ({"area_name": ""}, "regulation 8(c)", "name of the area"),
        ({"outline": False}, "regulation 8(c)", "Draw your area"),
        ({"area_in_the_way": "It has part of Cole parish in it."}, "regulation 8(c)", "Cole parish"),
        ({"contact_name": ""}, "regulation 8(d)", "at least one member"),
        ({"contact": False}, "regulation 8(d)", "email address"),
        ({"unanswered": ("Who may join",)}, "regulation 8(e)", "Who may join"),
        ({"tally": tally([LIVES] * 20)}, "section 61F(5)(c)", "1 more to go"),
        ({"tally": tally([LIVES] * 20 + [NEITHER])}, "section 61F(5)(c)", "20 of the 21 on the list"),
    ],
)
def test_each_lack_names_where_the_law_asks_for_it(change, where, words) -> None:
    found = lacks(replace(WHOLE, **change))
    assert list(found) == [where]
    assert words in found[where]


def test_somebody_who_lives_and_works_there_is_one_individual() -> None:
    both = ForumMember(name="D", lives=True, works=True, elected=False)
    found = tally([both])
    assert (found.counted, found.live, found.work) == (1, 1, 1)
    assert found.short_by == AT_LEAST - 1
    assert found.kinds_missing == ["an elected member"]


def test_the_lists_are_dated_and_have_their_source() -> None:
    for file in (REGULATION_8, SECTION_61F):
        for one in law.lists(file):
            assert one.since >= date(2011, 11, 15)  # the Localism Act received Royal Assent
            assert one.source.startswith("https://www.legislation.gov.uk/")
            assert len({point.key for point in one.points}) == len(one.points)
