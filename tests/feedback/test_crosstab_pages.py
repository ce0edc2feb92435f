"""The page of any two facts side by side, its numbers, and its table for a spreadsheet."""

import csv
import io

import pytest

from consult.accounts.models import Person
from consult.audit import Access
from consult.consultations.models import find
from consult.database import db
from consult.feedback import coded, coding_taken, crossing, tallies
from consult.points.coder import Coder
from consult.points.passages import Wanted, passage_at
from consult.points.queue import page_of
from tests.feedback import stored

HERE = "/f/ash/consultations/reg14/feedback/crosstab"


@pytest.fixture
def made(working):
    with working("ash"):
        stored.of_every_fate(stored.consultation())


def table_of(page):
    return {
        " ".join(row.find("th").text.split()): [
            "".join(cell.itertext()).strip() for cell in row.findall("td")
        ]
        for row in page.tree.find(".//tbody")
    }


def test_two_facts_stand_side_by_side_with_their_totals(made, sign_in):
    page = sign_in("ash", "analyst").page(f"{HERE}?rows=q1&columns=home")
    rows = table_of(page)
    assert [cell.split()[0] for cell in rows["Yes"]] == ["8", "1", "0", "9"]
    assert [cell.split()[0] for cell in rows["Chose nothing"]] == ["2", "0", "0", "2"]
    assert [cell.split()[0] for cell in rows["Everybody"]] == ["10", "2", "0", "12"]
    assert "(13" in rows["Everybody"][-1]
    assert "this is not a survey of everybody, and not a vote. Nothing is weighted." in page.text
    assert "12 of the 16 received" in page.text


@pytest.mark.parametrize(
    "query", ["rows=q1&columns=home", "rows=policy&columns=stance", "rows=connection", ""]
)
def test_every_number_opens_to_that_many_responses(made, sign_in, query):
    client = sign_in("ash", "analyst")
    links = [
        a for a in client.page(f"{HERE}?{query}").tree.iter("a") if "/crosstab/responses" in a.get("href", "")
    ]
    assert len(links) >= 2
    for link in links:
        assert len(list(client.page(link.get("href")).tree.find(".//tbody"))) == int(link.text), link.get(
            "href"
        )


@pytest.mark.parametrize(
    "query",
    ["rows=moon&columns=q9", "rows=home&columns=home", "rows=%00&columns=%27%22", f"rows={'a' * 5000}"],
)
def test_what_cannot_be_compared_is_the_first_table(made, sign_in, query):
    client = sign_in("ash", "analyst")
    for page in ("", ".csv", "/responses"):
        assert client.get(f"{HERE}{page}?{query}").status_code == 200
    assert "Where people live" in client.page(f"{HERE}?{query}").text


def test_a_cell_that_is_not_there_has_no_responses(made, sign_in):
    assert "No responses" in sign_in("ash", "analyst").page(f"{HERE}/responses?rows=home&row=moon").text


def test_before_anything_came_in_there_is_nothing_to_compare(working, sign_in):
    with working("ash"):
        stored.consultation("open")
    assert "Nothing to compare yet" in sign_in("ash", "analyst").page(HERE).text


def test_the_table_can_be_taken_along_and_that_is_noted(made, sign_in, working):
    answer = sign_in("ash", "analyst").get(f"{HERE}.csv?rows=q1&columns=home")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0][0] == "Do you agree with the vision? / Where people live"
    assert rows[0][-2:] == ["Everybody, responses", "Everybody, people"]
    assert rows[1] == ["Yes", "8", "8", "1", "1", "0", "0", "9", "9"]
    with working("ash"):
        noted = db.session.query(Access).one()
        assert noted.what == "comparison of answers, reg14"
        assert noted.detail["rows"] == "q1"


def test_an_answer_that_looks_like_a_formula_is_none_in_the_table(working, sign_in):
    with working("ash"):
        made = stored.consultation("draft")
        question = next(q for q in made.questions if q.reference == "q1")
        question.options = [{"key": "yes", "label": "=1+1"}]
        question.title = "@SUM(A1)"
        db.session.flush()
        stored.respond(made, 1, stored.chosen(made, "q1", "yes"))
    text = sign_in("ash", "analyst").get(f"{HERE}.csv?rows=q1").data.decode("utf-8-sig")
    assert '"\'@SUM(A1) / Everybody"' in text
    assert '"\'=1+1"' in text


@pytest.mark.parametrize("page", ["", ".csv", "/responses"])
def test_only_those_who_may_read_responses_see_any_of_it(made, sign_in, client, page):
    assert sign_in("ash", "viewer").get(HERE + page).status_code == 403
    assert sign_in("beck", "chair").get(HERE + page).status_code == 404
    assert client.get(HERE + page).status_code in (302, 404)


def test_a_theme_stands_beside_any_other_fact_as_often_as_it_is_raised(made, working, sign_in, world):
    with working("ash"):
        consultation = find("reg14")
        coder = Coder(consultation, db.session.get(Person, world.person["ash", "analyst"]))
        rows, _ = page_of(consultation, Wanted(), 1, 50)
        roads, trees = coder.write("Roads"), coder.write("Trees")
        coder.write("Nobody raises it")
        for at, row in enumerate(rows):
            coder.code(passage_at(consultation, row.id), "", {roads, trees} if at % 3 == 0 else {roads})
        facts, coding = tallies.take(consultation), coding_taken.take(consultation)
        found = {(f.key, f.filter): (f.responses, f.people) for f in coded.figures(facts, coding)}
        theme = next(coded.dimension(facts, coding))
        table = crossing.cross(facts, theme, crossing.dimensions(facts)["home"])
        raised = {
            label: int(line[-1]) for (_, label), line in zip(theme.groups, table.responses[:-1], strict=True)
        }
        assert raised["Roads"] > raised["Trees"] > raised["Nobody raises it"] == 0
        for at, each in enumerate(coding.matters):
            cells = list(zip(table.responses[at].tolist(), table.people[at].tolist(), strict=True))
            groups = [f"home={home}" for home, _ in table.columns.groups]
            assert cells == [found[each.key, group] for group in (*groups, "")]
    page = sign_in("ash", "analyst").page(f"{HERE}?rows=theme&columns=home")
    assert sorted(table_of(page)) == ["Everybody", "No theme", "Nobody raises it", "Roads", "Trees"]
    opened = sign_in("ash", "analyst").page(f"{HERE}/responses?rows=theme&row=1")
    assert len(list(opened.tree.find(".//tbody"))) == raised["Roads"]


def test_every_answer_at_once_is_the_topline(made, sign_in):
    rows = table_of(sign_in("ash", "analyst").page(f"{HERE}?rows=answers&columns=home"))
    assert [cell.split()[0] for cell in rows["Do you agree with the vision?: Yes"]] == ["8", "1", "0", "9"]
    assert [cell.split()[0] for cell in rows["Everybody"]] == ["10", "2", "0", "12"]
