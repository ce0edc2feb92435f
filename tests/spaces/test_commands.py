import re

import sqlalchemy as sa

from consult.accounts.models import Operator, Person
from consult.database import db
from consult.spaces.models import Space


def test_an_operator_is_invited(app, client, mailed):
    run = app.test_cli_runner()
    for _ in range(2):
        done = run.invoke(args=["operators", "invite", "First@service.example.org"])
        assert done.exit_code == 0, done.output
    assert "/sign-in" in done.output
    assert mailed()[-1]["to"] == "first@service.example.org"
    with app.app_context():
        person = db.session.scalar(sa.select(Person).where(Person.email == "first@service.example.org"))
        assert isinstance(person.operator, Operator)
    client.send("/sign-in/code", identity="first@service.example.org")
    code = re.search(r"\d{4} \d{4}", mailed()[-1]["text"]).group()
    client.send("/sign-in", identity="first@service.example.org", passcode=code)
    assert client.get("/operator").status_code == 200


def test_an_officer_is_invited_and_accepts(app, sign_in, mailed):
    run = app.test_cli_runner()
    done = run.invoke(args=["officers", "invite", "northam", "chair@beck.example.org"])
    assert done.exit_code == 0, done.output
    path = re.search(r"http://\S+?(/a/\S+)", done.output).group(1)
    assert path in mailed()[-1]["text"]
    officer = sign_in("beck", "chair")
    assert officer.send(path).status_code == 303
    assert officer.get("/a/northam/bodies").status_code == 200


def test_an_authority_is_made_only_when_it_is_named(app):
    run = app.test_cli_runner()
    missing = run.invoke(args=["officers", "invite", "westmoor", "o@westmoor.example.org"])
    assert missing.exit_code == 2
    assert missing.output.strip().splitlines() == [
        "There is no authority “westmoor”. To make it, add --name and its full name."
    ]
    made = run.invoke(
        args=["officers", "invite", "westmoor", "o@westmoor.example.org", "--name", "Westmoor Council"]
    )
    assert made.exit_code == 0
    with app.app_context():
        assert db.session.scalar(sa.select(Space.kind).where(Space.slug == "westmoor")) == "authority"


def test_nonsense_gets_one_sentence(app):
    run = app.test_cli_runner()
    for args in (
        ["operators", "invite", "nonsense"],
        ["officers", "invite", "ash", "o@example.org"],
        ["officers", "invite", "Not A Slug", "o@example.org", "--name", "X"],
    ):
        done = run.invoke(args=args)
        assert done.exit_code == 2
        assert len(done.output.strip().splitlines()) == 1


def test_an_application_leaves_the_commands_of_their_modules_as_they_are(app):
    """Wrapped in place, they would be wrapped once more for every application that one process makes."""
    from consult.spaces.commands import officers

    assert "invoke" not in vars(officers)
    assert "invoke" in vars(app.cli.commands["officers"])
