"""The index of what people wrote: it finds what was found before and more, keeps itself right, knows no neighbour."""

import pytest
import sqlalchemy as sa

from consult.accounts.models import Person
from consult.clearing import erasing
from consult.consultations.models import find
from consult.database import db, native, on_postgresql
from consult.feedback import word_index
from consult.feedback.search import Wanted, in_context, passages
from consult.points.coder import Coder
from consult.points.passages import passage_at
from consult.responses.models import Answer, Response
from tests.feedback import stored

HERE = "/f/ash/consultations/reg14/feedback/words"
SEARCH = "/f/ash/feedback/search"
HOSTILE = [
    '"', '""', '"""', "'", "(", ")", "*", "^lane", "lane*", "-lane", "NEAR(lane floods)", "text:lane", "{text}:x",
    "AND", "OR", "NOT", "lane AND", "lane OR OR floods", "\\", "%", "_", "%%%", "a" * 10_000, "lane " * 2_000,
    "\x00", "lane\x00floods", ":part", "$1", "&&", "|", "!", "<->", "'; DROP TABLE answer; --", "\U0001f600",
    "“”", "“lane", "=", "+", "--", "/*", "é", "ﬁ", "İ", "ß", "\u202e",
]  # fmt: skip


@pytest.fixture
def made(working):
    for space in ("ash", "beck"):
        with working(space):
            stored.of_every_fate(stored.consultation())
    with working("ash"):
        made = find("reg14")
        stored.respond(
            made, 40, stored.written(made, "Café life in Flood Lane: STRAßE, 50% off_peak."), channel="paper"
        )
        stored.respond(made, 42, stored.written(made, "zebracrossing at the quagmire"))
        stored.respond(made, 41, stored.written(made, "زمین کا پانی"))


def texts(words, **wanted):
    consultation = find("reg14")
    among = frozenset(db.session.scalars(sa.select(Response.id)))
    return [passage.text for passage in passages(consultation, Wanted(among, words, **wanted))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("FLOODS", "The lane floods <b>every</b> winter."),
        ("oods <b>ev", "The lane floods <b>every</b> winter."),
        ("e l", "The lane floods <b>every</b> winter."),
        ("SUM(1)", "=SUM(1) the green is lovely"),
        ("=s", "=SUM(1) the green is lovely"),
        ("50%", "Café life in Flood Lane: STRAßE, 50% off_peak."),
        ("f_p", "Café life in Flood Lane: STRAßE, 50% off_peak."),
        ("CAFÉ", "Café life in Flood Lane: STRAßE, 50% off_peak."),
        ("پانی", "زمین کا پانی"),
        ("ford in mill", "The ford in Mill Lane"),
        ("uphill", "Move the homes uphill."),
    ],
)
def test_what_a_reading_through_would_find_is_found(made, working, words, expected):
    with working("ash"):
        assert expected in texts(words)
        everything = texts("")
        assert {text for text in everything if words.casefold() in text.casefold()} <= set(texts(words))


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("flooding", 2),
        ("winter lane", 1),
        ("lane winter flood", 1),
        ("“flood lane”", 1),
        ('"lane flood"', 1),
        ("winter summer", 0),
        ("lane", 3),
    ],
)
def test_words_are_found_in_whatever_form_and_order(made, working, words, number):
    with working("ash"):
        assert len(texts(words)) == number


def test_a_change_is_found_by_its_own_words_and_not_by_those_beside_it(made, working):
    with working("ash"):
        assert texts("uphill") == ["Move the homes uphill."]
        assert texts("winter") == ["The lane floods <b>every</b> winter."]


def test_no_word_of_a_neighbour_is_known(made, working):
    with working("beck"):
        consultation = find("reg14")
        stored.respond(consultation, 60, stored.written(consultation, "A badger of beck"))
        assert len(texts("badger")) == 1
    with working("ash"):
        assert word_index.found("badger") == set()
        assert word_index.found("ba") == word_index.found("qéq") == set()
        ours = set(db.session.scalars(sa.select(Answer.id)))
        assert {id_ for id_, _ in word_index.found("lovely")} <= ours


def in_the_segments(piece):
    """Whether the letters stand anywhere in what FTS5 keeps on the disk, deleted or not."""
    blocks = native(sa.text("SELECT block FROM response_search_stem_data")).scalars().all()
    return piece in b"".join(bytes(block) for block in blocks)


def test_what_was_erased_is_in_no_corner_of_the_index(made, working):
    with working("ash"):
        assert on_postgresql() or in_the_segments(b"uagmir")
        for reference in ("R010", "R042"):
            response = db.session.scalar(sa.select(Response).where(Response.reference == reference))
            erasing.erase(response, "They asked.", db.session.scalar(sa.select(Person)))
    with working("ash"):
        assert texts("uphill") == texts("winter") == texts("ford") == texts("quagmire") == []
        assert len(texts("[erased]")) == 4
        rows = native(sa.text("SELECT text FROM response_search")).scalars().all()
        assert not [text for text in rows if "zebra" in text]
        assert on_postgresql() or not in_the_segments(b"uagmir")


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_has_an_answer(made, sign_in, typed):
    client = sign_in("ash", "analyst")
    for address in (HERE, SEARCH):
        assert client.get(address, query_string={"q": typed}).status_code == 200


def test_every_consultation_is_searched_at_once_and_each_hit_leads_to_its_response(made, working, sign_in):
    with working("ash"):
        early = stored.consultation(reference="early")
        stored.respond(early, 1, stored.written(early, "The early lane"))
    page = sign_in("ash", "analyst").page(f"{SEARCH}?q=lane")
    assert "4 passages with “lane”" in page.text
    assert [mark.text for mark in page.tree.iter("mark")].count("lane") >= 2
    links = [a.get("href") for a in page.tree.iter("a")]
    assert "/f/ash/consultations/early/responses/R001" in links
    assert "canary" not in sign_in("ash", "analyst").page(f"{SEARCH}?q=canary").html.replace(
        "“canary”", ""
    ).replace('value="canary"', "").replace("q=canary", "")


def test_the_channel_and_the_theme_are_filters(made, working, sign_in):
    with working("ash"):
        consultation = find("reg14")
        answer = db.session.scalar(sa.select(Answer).where(Answer.text.contains("lovely")))
        coder = Coder(consultation, db.session.scalar(sa.select(Person)))
        theme = coder.write("Green places")
        coder.code(passage_at(consultation, answer.id), "", {theme})
    client = sign_in("ash", "analyst")
    page = client.page(f"{HERE}?theme={theme}")
    assert "1 passage in counted responses" in page.text
    assert "lovely" in page.text
    assert "1 passage in counted responses" in client.page(f"{HERE}?channel=paper").text
    assert "Nothing found" in client.page(f"{HERE}?channel=paper&theme={theme}").text
    links = [a.get("href") for a in client.page(f"{HERE}?q=lane&stance=object").tree.iter("a")]
    assert [
        link for link in links if "q=lane" in link and "stance=object" in link and "channel=paper" in link
    ]


def test_what_was_found_in_another_form_is_marked():
    pieces = in_context("The lane floods every winter", "flooding")
    assert [piece for piece, hit in pieces if hit] == ["floods"]


@pytest.mark.parametrize("role", ["viewer"])
def test_only_those_who_may_read_responses_search(made, sign_in, client, role):
    assert sign_in("ash", role).get(f"{SEARCH}?q=lane").status_code == 403
    assert sign_in("beck", "chair").get(f"{SEARCH}?q=lane").status_code == 404
    assert client.get(f"{SEARCH}?q=lane").status_code in (302, 404)
