"""What changed between two versions, and who may read which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.plans.comparing import compare
from consult.plans.differing import MOST_COMPARED, difference, pieces
from consult.plans.models import draft_version, latest_version
from consult.plans.seen import may_be_seen
from tests.responses import asking

WORDS = st.text(st.sampled_from("ab c\n"), max_size=60)


@given(WORDS, WORDS)
def test_the_pieces_give_either_wording_back(before, after):
    found = pieces(before, after)
    assert "".join(words for kind, words in found if kind != "added") == before
    assert "".join(words for kind, words in found if kind != "removed") == after


def test_words_differ_by_the_word_and_a_passage_too_long_as_a_whole():
    assert pieces("about 45 homes", "about 30 homes") == (
        ("same", "about "), ("removed", "45"), ("added", "30"), ("same", " homes"),
    )  # fmt: skip
    long = int(MOST_COMPARED**0.5) + 2
    assert [kind for kind, _ in pieces("a " * long, "b " + "a " * long)] == ["removed", "added"]


def test_markup_in_the_words_is_only_words(app):
    with app.test_request_context():
        assert "<script>" not in difference("<script>", "<script>x")


def changed(found):
    return {change.shown.key: change.states for group in found.values() for change in group}


@pytest.fixture
def versions(working):
    with working("ash"):
        first = draft_version()
        homes, green = first.add_section("Homes", "Words."), first.add_section("Green")
        for reference in ("H1", "H2", "H3"):
            first.add_policy(reference, "A policy", "", "Many homes.", homes)
        first.add_policy("G1", "Trees", section=green)
        first.freeze()
        second = draft_version()
        second.rewrite(second.policy("H1"), "H1", "A policy", "", "Many **homes**.")
        second.place(second.policy("H2"), second.section("section-green"))
        second.remove(second.policy("H3"))
        second.add_policy("N1", "New")
        second.move_section(second.section("section-green"), -1)


def test_added_removed_moved_and_changed_are_told_apart(working, versions, app):
    with working("ash"), app.test_request_context():
        second = latest_version()
        first = second.plan.versions[0]
        found = compare(first, second)
        states = changed(found)
        assert states.pop("section-green") != states.pop("section-homes")  # one of the two has moved
        assert states == {
            "policy-h1": ["changed"],
            "policy-h2": ["moved"],
            "policy-h3": ["removed"],
            "policy-n1": ["added"],
            "policy-g1": ["same"],
        } | ({"policy-g1": ["moved"]} if states["policy-g1"] == ["moved"] else {})
        (bold,) = [change for change in found["policy"] if change.shown.key == "policy-h1"]
        assert bold.unseen


def test_the_page_compares_and_leaves_out_what_is_the_same(sign_in, versions):
    chair = sign_in("ash", "chair")
    page = chair.page("/f/ash/plan/comparison").text
    assert "H3 A policy" in page and "Not changed" in page
    assert "Not changed" not in chair.page("/f/ash/plan/comparison?from=1&to=2&only=changed").text
    assert chair.get("/f/ash/plan/comparison?from=9").status_code == 404
    assert chair.get("/f/ash/plan/comparison?from=x").status_code == 404


def test_what_nobody_was_asked_about_is_for_members_alone(client, sign_in, versions):
    for path in ("read", "read/1", "read/2", "read/1/map.svg", "comparison"):
        assert client.get(f"/f/ash/plan/{path}").status_code == 404
        assert sign_in("beck", "chair").get(f"/f/ash/plan/{path}").status_code == 404
    assert "Preview" in sign_in("ash", "viewer").page("/f/ash/plan/read").text


def test_everyone_reads_the_version_that_a_consultation_opened_on(client, working):
    with working("ash"):
        made = asking.consultation()
        version = made.plan_version
        assert may_be_seen(version)
        key = version.policies[0].key
        second = draft_version()
        second.remove(second.policies[0])
    page = client.get("/f/ash/plan/read").text
    assert f'id="{key}"' in page
    assert "In plain English" in page
    assert "whole area" in page
    assert client.get("/f/ash/plan/read/2").status_code == 404
    assert client.get("/f/ash/plan/read/1/map.svg").status_code == 200
    assert client.get("/f/ash/plan/comparison?from=1&to=2").status_code == 404
