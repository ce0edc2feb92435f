"""What people wrote, in English: a layer beside their words, which nothing changes."""

import pytest
import sqlalchemy as sa

from consult.consultations.models import find
from consult.database import db
from consult.responses.languages.answer_translations import (
    AnswerTranslation,
    originals_of,
    translate,
    translations_in,
    translations_of,
)
from consult.responses.models import Answer, Response
from tests.consultations.setting import person
from tests.inspector import Page
from tests.responses.asking import URL
from tests.responses.test_respond import stored

LIST = URL.removesuffix("respond") + "responses/"
SAID = {
    "q4": "چکی کو رہنے دیں",
    "q5.words": "پل کے پاس",
    "q1": ["H1"],
    "q1.H1": "object",
    "q1.H1.reason": "بہت گھر",
}


@pytest.fixture
def said(client, opened, working):
    client.send(URL, **SAID)
    client.send(URL.replace("/ash/", "/beck/"), q4="چکی")
    return f"{LIST}{stored(working)[0].reference}"


def names(working):
    with working("ash"):
        return {each.words: each.name for each in originals_of(db.session.scalar(sa.select(Response)))}


def test_it_stands_beside_the_original_with_who_made_it(said, sign_in, working):
    chair, name = sign_in("ash"), names(working)["چکی کو رہنے دیں"]
    page = chair.page(f"{said}/translation")
    assert {"چکی کو رہنے دیں", "پل کے پاس", "بہت گھر"} == set(names(working))
    assert "چکی کو رہنے دیں" in page.text
    answer = chair.send(f"{said}/translation", **{"from": "ur", name: "Leave the mill"})
    assert answer.status_code == 303
    shown = chair.page(said)
    assert "چکی کو رہنے دیں" in shown.text
    assert "Translation by Chair of Ash, from Urdu Leave the mill" in shown.text
    with working("ash"):
        (made,) = db.session.scalars(sa.select(AnswerTranslation))
        assert (made.method, made.part, made.language) == ("person", "text", "ur")
        answer = db.session.get_one(Answer, (made.space_id, made.answer_id))
        assert answer.text == "چکی کو رہنے دیں"


def test_a_better_one_is_added_and_the_earlier_kept_and_saving_again_adds_nothing(said, sign_in, working):
    chair, name = sign_in("ash"), names(working)["پل کے پاس"]
    for words in ("By a bridge", "By a bridge", "Near the bridge"):
        chair.send(f"{said}/translation", **{"from": "ur", name: words})
    with working("ash"):
        assert [
            t.text for t in db.session.scalars(sa.select(AnswerTranslation).order_by(AnswerTranslation.at))
        ] == [
            "By a bridge",
            "Near the bridge",
        ]
        found = translations_of(find("reg14"))
        assert [each.text for each in found.values()] == ["Near the bridge"]
        assert found == translations_in([db.session.scalar(sa.select(Response.id))])
    assert "By a bridge" not in sign_in("ash").page(said).text


def test_neither_the_answer_nor_its_translation_can_be_changed(said, working, world):
    with working("ash"):
        response = db.session.scalar(sa.select(Response))
        original = originals_of(response)[0]
        translate(response, "ur", {original.name: "Words"}, person(world))
    for change in (
        sa.update(AnswerTranslation).values(text="other"),
        sa.delete(AnswerTranslation),
        sa.update(Answer).values(text="other"),
    ):
        with pytest.raises(sa.exc.DatabaseError, match="never changed"), working("ash"):
            db.session.execute(change.execution_options(synchronize_session=False))


def test_the_language_has_to_be_given_and_what_was_written_is_not_lost(said, sign_in, working):
    name = names(working)["بہت گھر"]
    for language in ("", "en", "xx"):
        answer = sign_in("ash").send(f"{said}/translation", **{"from": language, name: "Too many homes"})
        assert answer.status_code == 422
        page = Page(answer)
        assert "Say which language it was written in." in page.text and "Too many homes" in page.text
    answer = sign_in("ash").send(f"{said}/translation", **{"from": "ur", name: "x" * 20_001})
    assert "This is too long: 20,001 characters" in Page(answer).text
    with working("ash"):
        assert list(db.session.scalars(sa.select(AnswerTranslation))) == []


def test_only_who_reads_responses_sees_it_and_only_who_clears_them_writes_it(said, client, sign_in, working):
    name = names(working)["بہت گھر"]
    there = f"{said}/translation"
    assert client.get(there).status_code == 302
    for who in (sign_in("beck"), sign_in("cole")):
        assert who.get(there).status_code == 404
        assert who.post(there, data={"from": "ur", name: "x"}).status_code == 404
    assert sign_in("ash", "viewer").get(there).status_code == 403
    beck = sign_in("beck")
    with working("beck"):
        reference = db.session.scalar(sa.select(Response.reference))
    beck.post(
        f"{LIST.replace('/ash/', '/beck/')}{reference}/translation", data={"from": "ur", name: "stolen"}
    )
    with working("beck"):
        assert list(db.session.scalars(sa.select(AnswerTranslation))) == []
