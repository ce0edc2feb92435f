import pytest
import sqlalchemy as sa

from consult.audit import Deed
from consult.database import db
from consult.spaces.founding import proposed
from consult.spaces.models import Admission, Membership, Space

FORM = {"kind": "forum", "name": "Elm Lane Neighbourhood Forum", "authority": "northam", "slug": ""}


def test_somebody_starts_a_space_and_its_authority_admits_it(app, sign_in, mailed, working):
    founder, officer, stranger = sign_in("dell", "viewer"), sign_in("northam", "officer"), app.test_client()
    assert founder.page("/start").status == 200
    response = founder.send("/start", **FORM)
    assert (response.status_code, response.location) == (303, "/f/elm-lane/")
    assert mailed()[-1]["to"] == "officer@northam.example.org"
    assert "http://localhost/a/northam/bodies" in mailed()[-1]["text"]
    assert "being set up" in founder.page("/f/elm-lane/").text
    assert "Elm Lane" not in stranger.page("/").text
    assert "Waits to be admitted" in founder.page("/account").text

    page = officer.page("/a/northam/bodies")
    assert page.text.index("Waiting for you") < page.text.index("Elm Lane") < page.text.index("Admitted")
    assert officer.send("/a/northam/bodies/elm-lane/admission").status_code == 303
    assert officer.send("/a/northam/bodies/elm-lane/admission").status_code == 303
    assert "Elm Lane" in stranger.page("/").text
    with app.app_context():
        space_id = db.session.scalar(sa.select(Space.id).where(Space.slug == "elm-lane"))
    from consult import tenancy

    with app.app_context(), tenancy.inside(space_id):
        assert [m.role for m in db.session.scalars(sa.select(Membership))] == ["chair"]
        assert [d.act for d in db.session.scalars(sa.select(Deed))] == ["space.started"]
        assert len(db.session.scalars(sa.select(Admission)).all()) == 1
    with working("northam"):
        assert [d.act for d in db.session.scalars(sa.select(Deed))] == ["body.admitted"]


def test_what_an_unadmitted_space_says_is_not_shown_to_strangers(app, sign_in):
    founder = sign_in("dell", "viewer")
    founder.send("/start", **FORM)
    founder.send(
        "/f/elm-lane/settings", name="Elm Lane", about="Cheap watches", contact_email="a@example.org"
    )
    assert "Cheap watches" in founder.page("/f/elm-lane/").text
    page = app.test_client().page("/f/elm-lane/")
    assert "Cheap watches" not in page.text
    assert "a@example.org" not in page.text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("kind", "", "Choose what it is"),
        ("kind", "authority", "Choose one of the answers"),
        ("name", "", "Enter its name"),
        ("name", "x" * 10_000, "100 characters or fewer"),
        ("authority", "", "Choose the authority"),
        ("authority", "ash", "Choose one of the answers"),
        ("slug", "ash", "is in use already"),
        ("slug", "../etc", "small letters, numbers and hyphens"),
        ("slug", "x" * 10_000, "63 at most"),
        ("slug", "<b>", "small letters"),
    ],
)
def test_a_wrong_field_gets_a_sentence_and_the_rest_is_kept(sign_in, field, value, sentence):
    response = sign_in("dell", "viewer").send("/start", **(FORM | {field: value}))
    assert response.status_code == 422
    assert sentence in response.text
    if field != "name":
        assert "Elm Lane Neighbourhood Forum" in response.text


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Old Mill Neighbourhood Forum", "old-mill"),
        ("The Parish Council of St. Mary’s", "of-st-marys"),
        ("Llanfairpwllgwyngyll & Côte", "llanfairpwllgwyngyll-cote"),
        ("Parish Council", "parish"),
        ("江戸", "space"),
        ("<script>", "script"),
        ("=1+1", "1-1"),
    ],
)
def test_an_address_is_made_from_the_name(name, slug):
    assert proposed(name) == slug


def test_two_bodies_of_one_name_get_two_addresses(sign_in):
    founder = sign_in("dell", "viewer")
    assert founder.send("/start", **FORM).location == "/f/elm-lane/"
    assert founder.send("/start", **FORM).location == "/f/elm-lane-2/"


def test_nobody_fills_the_service_with_spaces(sign_in):
    founder = sign_in("dell", "viewer")
    assert [founder.send("/start", **FORM).status_code for _ in range(6)] == [303] * 5 + [422]


def test_an_authority_acts_on_bodies_of_its_own_district_alone(sign_in):
    officer = sign_in("southby", "officer")
    assert "Ash Hill" not in officer.page("/a/southby/bodies").text
    for what in ("admission", "designation"):
        assert officer.send(f"/a/southby/bodies/ash/{what}").status_code == 404
        assert officer.send(f"/a/northam/bodies/ash/{what}").status_code == 404
    assert sign_in("northam", "viewer").get("/a/northam/bodies").status_code == 403
    assert sign_in("ash", "chair").get("/f/ash/bodies").status_code == 403


def test_an_officer_records_the_designation_of_a_forum(sign_in, working):
    officer = sign_in("northam", "officer")
    assert officer.page("/a/northam/bodies/ash/designation").status == 200
    done = officer.post("/a/northam/bodies/ash/designation", data={"on": ["14", "3", "2026"]})
    assert done.status_code == 303
    assert "Designated on 14 March 2026, until 14 March 2031" in officer.page("/a/northam/bodies").text
    assert officer.get("/a/northam/bodies/cole/designation").status_code == 404
    with working("northam"):
        assert [d.act for d in db.session.scalars(sa.select(Deed))] == ["forum.designated"]


@pytest.mark.parametrize(
    "parts",
    [
        [],
        ["2026"],
        ["", "", ""],
        ["31", "2", "2026"],
        ["a", "b", "c"],
        ["1", "1", "2999"],
        ["1", "1", "1999"],
        ["1"] * 9,
    ],
)
def test_a_wrong_day_gets_a_sentence(sign_in, parts):
    response = sign_in("northam", "officer").post("/a/northam/bodies/ash/designation", data={"on": parts})
    assert response.status_code == 422
    assert "day of the designation" in response.text


def test_the_operator_sees_every_space_and_may_admit(app, sign_in):
    sign_in("dell", "viewer").send("/start", **FORM)
    operator = sign_in("operator")
    assert "Elm Lane" in operator.page("/operator").text
    assert operator.send("/operator/spaces/elm-lane/admission").status_code == 303
    assert operator.send("/operator/spaces/northam/admission").status_code == 404
    assert "Elm Lane" in app.test_client().page("/").text
    assert sign_in("ash", "chair").get("/operator").status_code == 404
    assert sign_in("ash", "chair").send("/operator/spaces/ash/admission").status_code == 404


def test_a_stranger_cannot_have_letters_sent_in_their_own_words(sign_in, app, mailed):
    """Before it is admitted a space is anybody's: few invitations a day, and nobody's name writes lines of its own."""
    dell = sign_in("dell", "viewer")
    dell.post("/account/name", data={"name": "Consult Security.\r\nYour account will be closed.\r\n"})
    dell.send("/start", **FORM)
    page = "/f/elm-lane/members/invitation"
    answers = [
        dell.post(page, data={"email": f"p{n}@example.net", "role": "viewer"}).status_code for n in range(6)
    ]
    assert answers == [303] * 5 + [422]
    assert "tomorrow" in dell.post(page, data={"email": "p9@example.net", "role": "viewer"}).text
    (letter, *_) = [m["text"] for m in mailed() if m["to"] == "p0@example.net"]
    assert "Consult Security. Your account will be closed. (viewer@dell.example.org) invites you" in letter
