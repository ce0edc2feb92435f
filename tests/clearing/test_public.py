"""Nothing is public until a person has cleared it, and then only the redacted layer, as far as the policy goes."""

import html
import json
import re

import pytest
import sqlalchemy as sa

from consult.access import PUBLIC, declared
from consult.accounts.models import Person
from consult.clearing import deciding, public
from consult.clearing.comments import comments_of
from consult.clearing.models import Clearance, Redaction
from consult.database import db
from consult.feedback import publications
from consult.feedback.snapshots import freeze
from consult.reports.building import pack
from consult.responses.models import Answer, Place, SettingAside
from consult.web.errors import Refused
from tests.clearing import speaking
from tests.responses import asking

HERE = "/f/ash/consultations/reg14/"


def rows_of(response):
    return [*response.answers, *response.places]


def test_nothing_is_public_before_a_person_has_cleared_it(opened, working):
    with working("ash"):
        response = speaking.respond()
        assert [public.words_of(row) for row in rows_of(response)] == [None, None, None]
        assert public.name_of(response) is None
        assert public.said(speaking.asked()) == []


def test_the_public_reads_the_redacted_layer_and_the_original_stays(opened, working, chair):
    with working("ash"):
        response = speaking.respond(speaking.ALL_OF_IT)
        speaking.clear_all(response, chair())
        stance, text = response.answers
        assert public.words_of(text) == (
            "Write to [email address removed] or ring [telephone number removed], at [postcode removed].\n"
            "Yours, [name removed]"
        )
        assert public.words_of(stance, "suggested_change").startswith("Instead: Write to [email")
        assert text.text == speaking.ALL_OF_IT
        kinds = {redaction.kind: redaction.proposed for redaction in db.session.scalars(sa.select(Redaction))}
        # What is the sender's own needs nobody's approval: the notice promises it.
        assert kinds == {"phone": "rule", "email": "notice", "postcode": "notice", "name": "notice"}


def test_a_person_may_take_out_more_and_take_it_back(opened, working, chair):
    with working("ash"):
        response = speaking.respond("Old Mrs Brown lives by the mill with her cat.")
        comment = comments_of(response)[1]
        text = comment.parts["text"]
        spans = {"text": deciding.personal.everywhere_in(text, "with her cat")}
        deciding.clear(comment, spans, "Tells who it is", chair())
        [answer] = [row for row in response.answers if row.id == comment.id]
        assert public.words_of(answer) == "Old Mrs Brown lives by the mill [personal details removed]."
        again = comments_of(response)[1]
        assert [r.proposed for r in again.decision.redactions] == ["person"]
        deciding.clear(again, {}, "", chair())
        assert public.words_of(answer) == text
        assert [c.number for c in db.session.scalars(sa.select(Clearance).order_by(Clearance.number))] == [
            1,
            2,
        ]
        deciding.reopen(comments_of(response)[1], chair())
        assert public.words_of(answer) is None


def test_what_is_withheld_is_not_public_and_needs_a_reason(opened, working, chair):
    with working("ash"):
        response = speaking.respond()
        comment = comments_of(response)[0]
        with pytest.raises(Refused, match="Give the reason"):
            deciding.withhold(comment, "", chair())
        deciding.withhold(comment, "Abusive", chair())
        assert public.words_of(response.answers[0]) is None


@pytest.mark.parametrize("kind", ["withdrawn", "duplicate", "excluded"])
def test_what_is_set_aside_is_public_no_more(opened, working, chair, kind):
    with working("ash"):
        response = speaking.respond()
        speaking.clear_all(response, chair())
        assert public.said(speaking.asked())
        db.session.add(SettingAside(response_id=response.id, kind=kind, reason="as they asked"))
        db.session.flush()
        db.session.expire(response)
        assert [public.words_of(row) for row in rows_of(response)] == [None, None, None]
        assert public.said(speaking.asked()) == []


@pytest.mark.parametrize(
    ("publication", "name"), [("names", "Ann Mary Other, The Mill Ltd"), ("redacted", None)]
)
def test_names_are_public_where_the_policy_is_names(opened, working, chair, publication, name):
    with working("ash"):
        response = speaking.respond(f"I am {speaking.SIGNATURE}.", organisation="The Mill Ltd")
        speaking.clear_all(response, chair())
        assert public.name_of(response) == name
        named = [said.name for said in public.said(speaking.asked())]
        assert named == [name or ""] * 3


@pytest.mark.parametrize("publication", ["names"])
def test_a_name_with_more_than_a_name_in_it_is_not_published(opened, working, chair):
    with working("ash"):
        response = speaking.respond(name=f"Ann {speaking.PHONE}", organisation="Mill Ltd")
        speaking.clear_all(response, chair())
        assert public.name_of(response) == "Mill Ltd"


@pytest.mark.parametrize("publication", ["summaries"])
def test_summaries_publish_nobodys_words(opened, working, chair):
    with working("ash"):
        response = speaking.respond()
        with pytest.raises(Refused, match="summaries only"):
            deciding.clear(comments_of(response)[0], {}, "", chair())


@pytest.mark.parametrize("publication", ["names", "redacted", "summaries"])
@pytest.mark.parametrize("cleared", [False, True])
def test_what_is_planted_in_every_field_is_in_no_public_pack(opened, working, chair, publication, cleared):
    with working("ash"):
        consultation, snapshot = planted_everywhere(cleared and publication != "summaries", chair)
        files = pack(consultation, snapshot, public=True)
        full = pack(consultation, snapshot)
    assert speaking.EMAIL in full["statement.html"].decode()  # the test would find it
    for name, content in files.items():
        if not name.endswith((".pdf", ".gpkg")):
            assert found_in(content, publication) == [], name
    shown = cleared and publication != "summaries"
    assert ("[email address removed]" in files["statement.html"].decode()) == shown


@pytest.mark.parametrize(
    ("publication", "cleared"), [("names", True), ("redacted", True), ("summaries", False)]
)
def test_what_is_planted_in_every_field_is_on_no_page_and_in_no_file_for_everyone(
    opened, app, working, client, chair, publication, cleared
):
    with working("ash"):
        planted_everywhere(cleared, chair)
    client.inspect = False  # the same pages are looked at elsewhere
    walked = dict(walk(app, client))
    assert {at: found for at, content in walked.items() if (found := found_in(content, publication))} == {}
    assert {HERE, f"{HERE}results", f"{HERE}comments", f"{HERE}respond", "/f/ash/", "/"} <= walked.keys()
    assert ("[email address removed]" in walked[f"{HERE}comments"].decode()) == cleared


def planted_everywhere(cleared, chair):
    """A person, a second who put a telephone number for a name, and a business; closed, and its results published."""
    consultation = speaking.asked()
    about = {"organisation": speaking.PHONE, "client": speaking.SIGNATURE, "external_id": speaking.EMAIL}
    about["address"] = f"12 High Street\n{speaking.POSTCODE}"
    unsigned = speaking.ALL_OF_IT.replace(f"\nYours, {speaking.SIGNATURE}", "")
    heard = [
        speaking.respond(speaking.ALL_OF_IT, **about),
        speaking.respond(unsigned, key="two", **about | {"name": f"{speaking.EMAIL} {speaking.PHONE}"}),
        speaking.respond(unsigned, key="three", kind="business", **about),
    ]
    for response in heard if cleared else ():
        speaking.clear_all(response, chair())
    asking.close(consultation)
    publications.publish(consultation, chair())
    return consultation, freeze(consultation, chair())


def found_in(content, policy):
    text = content.decode("utf-8-sig", "replace").casefold()
    named = [word for word in speaking.PLANTED if policy != "names" or word != speaking.SIGNATURE]
    return [word for word in (*named, "12 High Street") if word.casefold() in text]


def walk(app, client):
    """(address, content) of all that everyone may open: each public route that asks for no more than the consultation,
    and whatever is linked from there."""
    waiting = [
        rule.rule.replace("<space:space>", "f/ash").replace("<reference>", "reg14")
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and declared(app.view_functions[rule.endpoint]) == PUBLIC
    ]
    waiting, seen = [at for at in waiting if "<" not in at], set()
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        answer = client.get(at)
        yield at, answer.data
        if answer.mimetype == "text/html":
            links = re.findall(r'(?:href|src|data-[a-z-]+)="(/[^"#]*)', answer.get_data(as_text=True))
            waiting += [html.unescape(link) for link in links if not link.startswith("/static/")]


def test_comments_are_public_only_with_the_final_results(opened, working, client, chair):
    with working("ash"):
        speaking.clear_all(speaking.respond(), chair())
    assert client.get(f"{HERE}comments").status_code == 404
    with working("ash"):
        publications.publish(speaking.asked(), chair())
    assert client.get(f"{HERE}comments").status_code == 404
    with working("ash"):
        asking.close(speaking.asked())
        publications.publish(speaking.asked(), chair())
    assert "Keep the mill." in client.page(f"{HERE}comments").text
    assert "Read the comments" in client.page(f"{HERE}results").text
    assert client.get("/f/beck/consultations/reg14/comments").status_code == 404


def test_the_public_counts_are_the_same_whatever_was_cleared(opened, working, chair):
    with working("ash"):
        consultation = speaking.asked()
        response = speaking.respond()
        asking.close(consultation)
        snapshot = freeze(consultation, None)
        before = pack(consultation, snapshot, public=True)
        speaking.clear_all(response, chair())
        after = pack(consultation, snapshot, public=True)
    for name in ("figures.json", "responses.csv", "response-log.csv", "places.geojson"):
        assert before[name] == after[name]
    assert json.loads(after["figures.json"])["reconciliation"]["counted"] == 1


def test_a_comment_of_beck_is_not_ashs(opened, working, chair, world):
    with working("beck"):
        theirs = speaking.respond("Only in Beck.")
        speaking.clear_all(theirs, db.session.get_one(Person, world.person["beck", "chair"]))
        assert len(public.said(speaking.asked())) == 3
    with working("ash"):
        assert public.said(speaking.asked()) == []
        assert db.session.scalars(sa.select(Answer)).all() == []
        assert db.session.scalars(sa.select(Place)).all() == []
