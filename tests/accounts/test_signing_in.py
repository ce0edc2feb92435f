import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock
from consult.accounts.models import Person, SignIn
from consult.database import db

CHAIR = "chair@ash.example.org"
PASSWORD = "three odd words together"


def set_password(client, new=PASSWORD, **more):
    return client.send("/account/password", new_password=new, new_password_confirm=new, **more)


def test_a_mailed_code_signs_in_and_signing_out_ends_it(enter):
    client = enter(CHAIR)
    assert "Ash Hill Neighbourhood Forum" in client.page("/account").text
    assert client.send("/sign-out").status_code == 302
    assert client.get("/account").status_code == 302


def test_a_code_works_once(app, enter, code_for):
    enter(CHAIR)
    used = code_for(CHAIR)
    again = app.test_client().send("/sign-in", identity=CHAIR, passcode=used)
    assert again.status_code == 422
    assert "do not go together" in again.text


def test_after_a_code_was_used_the_next_one_differs_and_works(app, enter, code_for):
    enter(CHAIR)
    first = code_for(CHAIR)
    enter(CHAIR)
    assert code_for(CHAIR) != first


def test_a_code_is_too_old_after_its_ten_minutes(app, client, code_for, monkeypatch):
    from passlib import totp

    client.send("/sign-in/code", identity=CHAIR)
    code, now = code_for(CHAIR), totp._time.time()
    monkeypatch.setattr(totp.TOTP, "now", staticmethod(lambda: now + 11 * 60))
    assert client.send("/sign-in", identity=CHAIR, passcode=code).status_code == 422


def test_a_cookie_stolen_before_signing_out_is_dead_afterwards(app, enter):
    client = enter(CHAIR, remember="y")
    stolen = app.test_client()
    for cookie in client._cookies.values():
        stolen.set_cookie(cookie.key, cookie.value)
    assert stolen.get("/account").status_code == 200
    client.send("/sign-out")
    assert stolen.get("/account").status_code == 302


def test_an_ended_device_is_signed_out_and_nobody_ends_anothers(app, enter, sign_in):
    phone, laptop = enter(CHAIR), enter(CHAIR)
    page = laptop.page("/account/devices")
    assert page.text.count("Sign this device out") == 2
    with app.app_context():
        ids = [s.id for s in db.session.scalars(sa.select(SignIn).order_by(SignIn.began))]
    stranger = sign_in("beck", "chair")
    assert stranger.send(f"/account/devices/{ids[0]}/ending").status_code == 404
    assert phone.get("/account").status_code == 200
    assert laptop.send(f"/account/devices/{ids[0]}/ending").status_code == 303
    assert phone.get("/account").status_code == 302


def test_a_sign_in_lasts_thirty_days(enter, monkeypatch):
    client = enter(CHAIR, remember="y")
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=31))
    assert client.get("/account").status_code == 302


def test_known_and_unknown_addresses_get_the_same_answer(app, client, mailed):
    def answers(email):
        client = app.test_client()
        wrong = client.send("/sign-in", identity=email, passcode="not the password")
        sent = client.send("/sign-in/code", identity=email)
        page = client.get("/sign-in")
        reset = client.send("/reset-password", email=email)
        made = client.send("/account/new", name="Somebody", email=email)

        def same(html):
            return re.sub(r'nonce="[^"]*"|name="csrf_token" value="[^"]*"', "", html.replace(email, "…"))

        return [
            (r.status_code, r.headers.get("Location"), same(r.text)) for r in (wrong, sent, page, reset, made)
        ]

    assert answers(CHAIR) == answers("nobody@ash.example.org")
    assert len([m for m in mailed() if m["to"] == CHAIR]) == len(
        [m for m in mailed() if m["to"] == "nobody@ash.example.org"]
    )


def test_making_an_account_proves_the_address_before_anything(app, client, code_for):
    response = client.send("/account/new", name="Nora New", email=" Nora@New.example.org ", next="/start")
    assert response.status_code == 303
    assert response.location == "/sign-in?next=/start"
    assert client.get("/account").status_code == 302
    assert "nora@new.example.org" in client.get(response.location).text
    signed = client.send(
        "/sign-in", identity="nora@new.example.org", passcode=code_for("nora@new.example.org"), next="/start"
    )
    assert signed.location == "/start"
    assert "Nora New" in client.page("/account").text


def test_an_account_is_made_once_whoever_asks(app, client):
    for name in ("First", "Second"):
        client.send("/account/new", name=name, email="twice@example.org")
    client.send("/account/new", name="Impostor", email=CHAIR.upper())
    with app.app_context():
        names = db.session.scalars(sa.select(Person.name).where(Person.email == "twice@example.org")).all()
        assert names == ["First"]
        assert db.session.scalar(sa.select(Person.name).where(Person.email == CHAIR)) == "Chair of Ash"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/%09/evil.example",
        "http://localhost.evil.example/",
        "/\t/evil.example",
        "evil.example",
    ],
)
def test_signing_in_leads_only_to_our_own_pages(client, code_for, wanted):
    client.send("/sign-in/code", identity=CHAIR, next=wanted)
    response = client.send("/sign-in", identity=CHAIR, passcode=code_for(CHAIR), next=wanted)
    assert response.status_code == 302
    assert response.location.startswith("/")
    assert not response.location.startswith(("//", "/\\", "/\t"))


def test_a_password_can_be_set_and_used_and_signs_the_others_out(app, enter):
    client, other = enter(CHAIR), enter(CHAIR)
    assert client.page("/account/password").status == 200
    assert set_password(client).status_code == 302
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    newcomer = app.test_client()
    assert newcomer.send("/sign-in", identity=CHAIR, passcode=PASSWORD).status_code == 302
    assert newcomer.get("/account").status_code == 200
    wrong = set_password(newcomer, "another three odd words", password="not it at all, sorry")
    assert wrong.status_code == 422
    assert "not your password now" in wrong.text
    assert set_password(newcomer, "another three odd words", password=PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("", "", "Enter a password"),
        ("short", "short", "at least 12 characters"),
        ("x" * 10_000, "x" * 10_000, "200 characters or fewer"),
        ("three odd words", "three even words", "not the same"),
    ],
)
def test_a_poor_password_gets_a_sentence(enter, first, second, sentence):
    client = enter(CHAIR)
    response = client.send("/account/password", new_password=first, new_password_confirm=second)
    assert response.status_code == 422
    assert sentence in response.text


def test_a_password_is_reset_by_a_link_that_works_once(app, client, mailed, enter):
    signed_in = enter(CHAIR)
    assert client.send("/reset-password", email=CHAIR).status_code == 200
    path = re.search(r"http://localhost(/reset-password/\S+)", mailed()[-1]["text"]).group(1)
    assert client.page(path).status == 200
    differing = client.send(path, password=PASSWORD, password_confirm="other words entirely")
    assert differing.status_code == 422
    assert client.send(path, password=PASSWORD, password_confirm=PASSWORD).status_code == 302
    assert signed_in.get("/account").status_code == 302
    assert "has just been changed" in mailed()[-1]["text"]
    assert (
        client.send(path, password="yet more odd words", password_confirm="yet more odd words").location
        == "/reset-password"
    )
    assert client.send("/sign-in", identity=CHAIR, passcode=PASSWORD).status_code == 302


def app_code(app, secret):
    with app.app_context():
        return app.extensions["security"].totp_factory.generate_totp_password(secret)


def test_an_authenticator_app_guards_the_next_sign_in_and_recovery_codes_work_once(app, enter, code_for):
    client = enter(CHAIR)
    assert client.page("/account/authenticator").status == 200
    shown = client.send("/account/authenticator", setup="authenticator")
    assert "data:image/svg+xml" in shown.text
    wrong = client.send("/sign-in/authenticator", code="000000")
    assert wrong.status_code == 422
    assert "not right" in wrong.text
    with client.session_transaction() as session:
        secret = session["tf_totp_secret"]
    assert (
        client.send("/sign-in/authenticator", code=app_code(app, secret)).location
        == "/account/recovery-codes"
    )
    codes = re.findall(
        r"<code>([^<]+)</code>", client.send("/account/recovery-codes", generate_new_codes="1").text
    )
    assert len(codes) == 8
    assert codes[0] in client.get("/account/recovery-codes?show_codes=1").text

    def half_in():
        newcomer = app.test_client()
        newcomer.send("/sign-in/code", identity=CHAIR)
        assert (
            "/sign-in/authenticator"
            in newcomer.send("/sign-in", identity=CHAIR, passcode=code_for(CHAIR)).location
        )
        assert newcomer.get("/account").status_code == 302
        return newcomer

    newcomer = half_in()
    assert newcomer.page("/sign-in/authenticator").status == 200
    assert newcomer.page("/sign-in/recovery").status == 200
    assert newcomer.send("/sign-in/recovery", code="0000-0000-0000").status_code == 422
    assert newcomer.send("/sign-in/recovery", code=codes[0]).status_code == 302
    assert newcomer.get("/account").status_code == 200
    assert half_in().send("/sign-in/recovery", code=codes[0]).status_code == 422
    assert client.send("/account/authenticator", setup="disable").status_code == 302
    assert "Off" in client.page("/account").text


def test_what_guards_the_account_asks_again_after_an_hour(sign_in, code_for):
    client = sign_in("ash", "chair")
    for path in ("/account/authenticator", "/account/recovery-codes", "/account/password"):
        response = client.get(path)
        assert response.status_code == 302
        assert response.location.startswith("/sign-in/again")
    assert client.page("/sign-in/again?next=/account/password").status == 200
    assert client.send("/sign-in/again", passcode="wrong").status_code == 422
    sent = client.send("/sign-in/again/code", next="/account/password")
    assert sent.location == "/sign-in/again?next=/account/password"
    done = client.send("/sign-in/again?next=/account/password", passcode=code_for(CHAIR))
    assert done.location == "/account/password"
    assert client.get("/account/password").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/us-signin",
        "/us-setup",
        "/us-verify-link?id=1&code=2",
        "/verify",
        "/tf-rescue",
        "/tf-select",
        "/refresh-token",
        "/login",
        "/logout",
        "/fs-static/x",
        "/account/authenticator/token",
        "/register/x",
    ],
)
def test_the_other_routes_of_the_library_are_not_there(client, sign_in, path):
    assert client.get(path).status_code in (404, 405)
    assert sign_in("ash", "chair").get(path).status_code in (404, 405)


def test_no_get_of_signing_in_writes(app, client, sign_in):
    chair = sign_in("ash", "chair")
    for path in (
        "/sign-in",
        "/reset-password",
        "/account/new",
        "/sign-in/again",
        "/sign-in/authenticator",
        "/sign-in/recovery",
        "/reset-password/nonsense",
        "/account",
        "/account/devices",
        "/account/name",
        "/account/authenticator",
    ):
        assert client.get(path).status_code in (200, 302, 303)
        assert chair.get(path).status_code in (200, 302, 303)
    assert chair.get("/account").status_code == 200


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "not an address",
        "x" * 10_000 + "@example.org",
        "a@b",
        "<b>@example.org",
        "\x00",
        "a\nb@example.org",
    ],
)
def test_a_wrong_address_gets_a_sentence_and_keeps_the_name(client, bad):
    for path, fields in (
        ("/account/new", {"name": "Nora", "email": bad}),
        ("/sign-in/code", {"identity": bad}),
        ("/reset-password", {"email": bad}),
    ):
        response = client.send(path, **fields)
        assert response.status_code == 422, path
        assert "email address" in response.text
    assert 'value="Nora"' in client.send("/account/new", name="Nora", email=bad).text
    assert client.send("/sign-in", identity=bad, passcode="x\x00y").status_code == 422


def test_a_name_is_text_whatever_it_holds(app, sign_in):
    client = sign_in("ash", "chair")
    assert client.send("/account/name", name="").status_code == 422
    assert "100 characters or fewer" in client.send("/account/name", name="x" * 10_000).text
    for name, shown in (
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('=HYPERLINK("x")', "=HYPERLINK(&#34;x&#34;)"),
        ("N\x00ul", "Nul"),
        ("{ { 7 * 7 } }", "{ { 7 * 7 } }"),
    ):
        assert client.send("/account/name", name=name).status_code == 303
        page = client.get("/account").text
        assert shown in page
        assert "<script>alert" not in page


def test_guessing_is_stopped_for_the_account_that_is_guessed(app, client, counting):
    statuses = [client.send("/sign-in", identity=CHAIR, passcode=str(n)).status_code for n in range(11)]
    assert statuses == [422] * 10 + [429]
    assert client.send("/sign-in", identity="chair@beck.example.org", passcode="x").status_code == 422


def test_nobody_is_flooded_with_mail(client, counting, mailed):
    statuses = [client.send("/sign-in/code", identity=CHAIR).status_code for _ in range(6)]
    assert statuses == [303] * 5 + [429]
    assert len(mailed()) == 5


@pytest.mark.parametrize("address", ["/sign-in", "/sign-in/code"])
def test_where_tries_cannot_be_counted_nobody_tries_and_the_page_says_so(
    client, sign_in, counting, mailed, monkeypatch, tmp_path, address
):
    monkeypatch.setattr(counting, "path", tmp_path)  # a folder holds no hits
    answer = client.send(address, identity=CHAIR, passcode="1234 5678")
    assert answer.status_code == 503
    assert "We cannot sign anybody in just now" in answer.text
    assert mailed() == []
    assert client.get("/sign-in").status_code == 200
    assert sign_in("ash").get("/account").status_code == 200


def test_an_old_cookie_does_not_move_the_count_to_somebody_else(app, counting):
    """Guesses are counted for the account that is guessed at, whatever else the browser still holds."""
    statuses = []
    for number in range(11):
        guesser = app.test_client()
        with guesser.session_transaction() as session:
            session["_user_id"], session["tf_user_id"] = f"an old token {number}", f"somebody {number}"
        statuses.append(
            guesser.post("/sign-in", data={"identity": CHAIR, "passcode": "1234 5678"}).status_code
        )
    assert statuses == [422] * 10 + [429]


def test_no_form_is_read_from_json(client, sign_in):
    """What looks at a form would not see it: how often an account is tried, what was not asked."""
    assert (
        client.post("/sign-in", json={"identity": "chair@ash.example.org", "passcode": "1"}).status_code
        == 415
    )
    assert sign_in("ash").post("/f/ash/settings", json={"name": "Taken"}).status_code == 415
