import re
from itertools import product

import pytest

from consult.downloads.choosing import Chosen
from consult.downloads.filters import Filter
from consult.feedback import tallies
from consult.feedback.facts import CONNECTIONS, HOMES, STANCES
from tests.clearing.speaking import asked as consultation
from tests.downloads import speaking
from tests.downloads.speaking import LIST, about, fetched, line, made, rows

FILTERS = [
    *({"home": home} for home in HOMES),
    *({"connection": one} for one in (*CONNECTIONS, "none")),
    *({"channel": one} for one in ("web", "paper", "email")),
    *({"kind": one} for one in ("individual", "landowner", "business")),
    {"received_from": "2026-01-01", "received_to": "2030-01-01"},
    {"received_from": "2031-01-01"},
    {"home": "outside", "kind": "individual", "channel": "web"},
]


@pytest.fixture
def said(working):
    speaking.respond(working)


def test_every_selection_accounts_for_each_response(said, working):
    with working("ash"):
        for filters in FILTERS:
            adds_up(filters)


def adds_up(filters):
    chosen = Chosen.now(Filter.of(filters), consultation())
    counts = chosen.counts
    assert counts.line.adds_up
    assert counts.line.counted == counts.counted.responses
    assert counts.line.received == sum(map(len, chosen.voices(chosen.among)))
    name = next((f"{k}={v}" for k, v in filters.items() if k in tallies.SPLITS), None)
    if name and len(filters) == 1:
        figure = {f.filter: f for f in tallies.figures(chosen.facts) if f.key == "counted"}[name]
        assert counts.counted.ids_sha256 == figure.ids_sha256
        assert counts.counted.people == figure.people


def test_the_halves_of_a_selection_make_the_whole(said, working):
    with working("ash"):
        whole = Chosen.now(Filter(), consultation()).counts
        parts = [Chosen.now(Filter(home=home), consultation()).counts for home in HOMES]
        assert sum(part.line.received for part in parts) == whole.line.received == 40
        assert sum(part.counted.people for part in parts) == whole.counted.people
        assert sum(part.points.value for part in parts) == whole.points.value


def test_a_policys_objections_are_those_of_its_figure(said, working):
    with working("ash"):
        made = consultation()
        policy = made.policies[0].reference
        for stance, home in product(STANCES, ("", *HOMES)):
            chosen = Chosen.now(Filter(policy=policy, stance=stance, home=home), made)
            key = f"{made.questions[0].reference}.{policy}.{stance}"
            figures = {(f.key, f.filter): f for f in tallies.figures(chosen.facts)}
            figure = figures[key, f"home={home}" if home else ""]
            assert chosen.counts.counted.ids_sha256 == figure.ids_sha256
            assert chosen.counts.counted.responses == figure.responses


def test_the_page_says_how_much_is_selected_and_the_file_says_the_same(said, sign_in, working):
    analyst = sign_in("ash", "analyst")
    page = analyst.page(f"{LIST}selection?consultation=reg14&home=outside&stance=object")
    assert "Home outside the area" in page.text
    address = made(analyst, home="outside", stance="object")
    content = fetched(analyst, address)
    log = rows(content, "response-log.csv")
    assert log and all(row["home"] == "outside" and row["stance"] == "object" for row in log)
    received, *parts = line(about(content))
    assert received == sum(parts) == len({row["response"] for row in log})
    with working("ash"):
        counts = Chosen.now(Filter(home="outside", stance="object"), consultation()).counts
    assert f"{counts.counted.responses} responses of {counts.counted.people} people" in about(content)
    for words in (
        "Where they live: Home outside the area",
        "Made",
        "by Analyst of Ash",
        "Snapshot (SHA-256)",
    ):
        assert words in about(content)
    assert "Where they live: Home outside the area" in analyst.page(address).text


def test_rows_of_responses_have_a_column_for_each_question(said, sign_in):
    found = rows(fetched(sign_in("ash"), made(sign_in("ash"), rows="responses")), "responses.csv")
    assert len(found) == 40
    assert list(found[0])[:3] == ["reference", "received", "channel"]
    assert list(found[0])[-1].startswith("q")


HOSTILE = [
    {"home": "x' OR 1=1 --"},
    {"stance": "<script>alert(1)</script>"},
    {"policy": "=HYPERLINK(1)"},
    {"kind": "مرحبا%F0%9F%8E%89%00"},
    {"received_from": "yesterday"},
    {"received_from": "2026-02-30"},
    {"received_from": "2026-03-02", "received_to": "2026-03-01"},
    {"received_to": "99999-01-01"},
]


def test_what_cannot_be_chosen_is_said_beside_the_field_and_nothing_is_made(said, sign_in):
    chair = sign_in("ash")
    for filters in HOSTILE:
        query = "&".join(f"{name}={value}" for name, value in filters.items())
        answer = chair.get(f"{LIST}selection?consultation=reg14&{query}")
        assert answer.status_code == 422, filters
        assert "There is a problem" in answer.text
        assert speaking.asked(chair, **filters).status_code == 422
        assert "<script>alert" not in answer.text


def test_nothing_selected_is_refused(said, sign_in):
    answer = speaking.asked(sign_in("ash"), received_from="2040-01-01")
    assert "Nothing is selected" in answer.text


def test_a_kind_of_file_must_be_chosen(said, sign_in):
    chair = sign_in("ash")
    assert speaking.asked(chair, format="").status_code == 422
    assert speaking.asked(chair, format="exe").status_code == 422


def test_whoever_counts_the_rows_of_a_file_finds_what_it_says_of_itself(said, sign_in):
    content = fetched(sign_in("ash"), made(sign_in("ash"), policy="", stance=""))
    became, people = {}, {}
    for row in rows(content, "response-log.csv"):
        became[row["response"]] = row["status"]
        people[row["response"]] = int(row["people"])
    counted = [reference for reference, status in became.items() if status == "counted"]
    said_of_itself = re.search(r"([\d,]+) responses of ([\d,]+) people", about(content))
    assert said_of_itself
    assert [int(number) for number in said_of_itself.groups()] == [
        len(counted),
        sum(people[reference] for reference in counted),
    ]
    assert set(became.values()) > {"counted"}
