from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from consult import audit, clock
from consult.consultations.models import find
from consult.database import db
from consult.responses.models import Answer, Place, Response
from consult.responses.tables.sheet import ABOUT
from tests.responses import asking
from tests.responses.asking import URL

HEAD = ",".join([*ABOUT, "q1.H1", "q1.H1.reason", "q1", "q2", "q3", "q4", "q5"])
GOOD = (
    'A1,2026-01-05,paper,individual,"Ann, Other",,ann@example.org,BA1 1AA,live;work,2,-2.345,51.4,By the mill,'
    'Support with changes,"Two\nlines",LGS 3: object,Yes,trees; Homes,"=1+1 <b>café</b>",'
)


def table(*lines: str) -> bytes:
    return ("\r\n".join([HEAD, *lines]) + "\r\n").encode()


@pytest.fixture
def run(app, opened, tmp_path):
    def import_(content: bytes, where: str = "ash/reg14"):
        path = tmp_path / "received.csv"
        path.write_bytes(content)
        result = app.test_cli_runner().invoke(args=["responses", "import", where, str(path)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return import_


def count(working, model=Response) -> int:
    with working("ash"):
        return db.session.scalar(sa.select(sa.func.count(model.id)))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_row_becomes_a_response_with_everything_in_it(run, working, mark):
    result = run(mark + table(GOOD))
    assert (result.exit_code, result.stdout) == (0, "accepted 1\nalready there 0\nrefused 0\n")
    with working("ash"):
        response = db.session.scalars(sa.select(Response)).one()
        assert (response.name, response.people, response.channel, response.home) == (
            "Ann, Other",
            2,
            "paper",
            "inside",
        )
        assert clock.uk(response.received).date().isoformat() == "2026-01-05"
        assert response.connection == ["live", "work"]
        said = {(a.stance, a.choice, a.text) for a in response.answers}
        assert said == {
            ("support_with_changes", None, "Two\nlines"),
            ("object", None, ""),
            (None, "yes", ""),
            (None, "trees", ""),
            (None, "homes", ""),
            (None, None, "=1+1 <b>café</b>"),
        }
        assert {a.policy.reference for a in response.answers if a.policy} == {"H1", "LGS 3"}
        assert [place.words for place in response.places] == ["By the mill"]
        assert db.session.scalars(sa.select(audit.Deed).where(audit.Deed.act == "responses.imported")).one()


def test_running_it_twice_adds_nothing(run, working):
    run(table(GOOD))
    again = run(table(GOOD, GOOD.replace("A1,", "A2,")))
    assert again.stdout == "accepted 1\nalready there 1\nrefused 0\n"
    assert count(working) == 2
    assert count(working, Place) == 2


def test_a_row_that_says_something_else_than_what_is_there_is_refused_and_changes_nothing(run, working):
    run(table(GOOD))
    for said, otherwise in (
        ("trees", "buses"),
        ("2026-01-05", "2026-01-06"),
        ("paper", "email"),
        ("51.4", "51.41"),
    ):
        again = run(table(GOOD.replace(said, otherwise)))
        assert (again.exit_code, again.stdout.splitlines()[:3]) == (
            1,
            ["accepted 0", "already there 0", "refused 1"],
        )
        assert "row 2: external_id A1 was received already, as R-" in again.stdout
        assert "says something else" in again.stdout
    assert count(working) == 1


def test_what_another_import_stored_at_the_same_moment_is_judged_the_same(run, working, monkeypatch):
    run(table(GOOD, row(external_id="A2")))
    monkeypatch.setattr(
        "consult.responses.tables.importing.those_there", lambda *about: {}
    )  # as it looked before
    again = run(table(GOOD, row(external_id="A2", q4="Something else"), row(external_id="A3")))
    assert again.stdout.startswith(
        "accepted 1\nalready there 1\nrefused 1\nrow 3: external_id A2 was received already"
    )
    assert count(working) == 3


def test_a_letter_of_no_given_day_is_already_there_on_any_later_day(run, working, monkeypatch):
    run(table(row()))
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=3))
    assert run(table(row())).stdout.startswith("accepted 0\nalready there 1")


def test_nobody_takes_the_place_of_a_letter_that_is_still_to_be_imported(run, client, working):
    """A form's own key comes from whoever sends it: it may not be that of a row."""
    for key in ("import:A1", "import:A1".upper(), "x" * 40, "{" + str(uuid4()) + "}"):
        assert client.send(URL, q4="Not that letter", idempotency_key=key).status_code == 303
    assert run(table(GOOD)).stdout == "accepted 1\nalready there 0\nrefused 0\n"
    with working("ash"):
        keys = {r.key for r in db.session.scalars(sa.select(Response)) if not r.external_id}
        assert all(str(UUID(key)) == key for key in keys)
    assert count(working) == 5


SECOND = GOOD.replace("Ann, Other", "Bob")


@pytest.mark.parametrize(
    ("second", "which"), [(GOOD, "and says the same"), (SECOND, "and says something else")]
)
def test_one_id_twice_in_a_file_goes_in_once_and_is_refused_the_second_time(run, working, second, which):
    result = run(table(GOOD, second))
    assert result.stdout.startswith(
        "accepted 1\nalready there 0\nrefused 1\nrow 3: external_id A1 stands in row 2"
    )
    assert which in result.stdout
    with working("ash"):
        assert db.session.scalars(sa.select(Response)).one().name == "Ann, Other"


def test_one_id_twice_is_seen_however_far_apart_the_rows_are(run, working):
    lines = [row(external_id=f"A{number}") for number in range(300)]
    result = run(table(*lines, row(external_id="A0", q4="Something else"), row(q4="")))
    assert result.stdout.startswith(
        "accepted 300\nalready there 0\nrefused 2\nrow 302: external_id A0 stands in row 2"
    )


def test_what_arrived_today_is_received_now_while_noon_is_ahead(run, working, monkeypatch):
    morning = clock.start_of(clock.today()) + timedelta(hours=9)
    monkeypatch.setattr(clock, "now", lambda: morning)
    today, yesterday = clock.today(), clock.today() - timedelta(days=1)
    run(
        table(
            row(external_id="today", received=f"{today}"), row(external_id="before", received=f"{yesterday}")
        )
    )
    with working("ash"):
        received = {r.external_id: r.received for r in db.session.scalars(sa.select(Response))}
        assert received == {"today": morning, "before": morning - timedelta(hours=21)}


def row(**cells: str) -> str:
    """A row that answers q4, with some cells changed."""
    names = HEAD.split(",")
    values = {"external_id": "X", "q4": "Hello"} | {
        name.replace("__", "."): cell for name, cell in cells.items()
    }
    return ",".join(values.get(name, "") for name in names)


REFUSED = [
    ({"external_id": ""}, "it has no external_id"),
    ({"q4": ""}, "it answers no question"),
    ({"channel": "pigeon"}, "channel “pigeon” is not one of: web, paper"),
    ({"kind": "alien"}, "kind “alien” is not one of"),
    ({"received": "yesterday"}, "received “yesterday” is not a day"),
    ({"received": "2999-01-01T00:00"}, "is in the future"),
    ({"received": "2099-01-01"}, "received “2099-01-01” is in the future"),
    ({"received": "1/1/2099"}, "is in the future"),
    ({"received": "0001-01-01"}, "is before 6 April 2012"),
    ({"received": "0001-01-01T00:00"}, "is before 6 April 2012"),
    ({"received": "5 April 2012"}, "is before 6 April 2012"),
    ({"postcode": "nowhere"}, "postcode “nowhere” is not a postcode"),
    ({"people": "-3"}, "people “-3” is not a whole number"),
    ({"people": "9" * 30}, "is not a whole number"),
    ({"connection": "live;moon"}, "connection “moon” is not one of"),
    ({"email": "ann"}, "is not an email address"),
    ({"email": "a,b@example.org"}, "is not an email address"),
    ({"lon": "NaN", "lat": "NaN"}, "as numbers"),
    ({"lon": "51.4", "lat": "-2.3"}, "the wrong way round"),
    ({"lon": "151.4", "lat": "-2.3"}, "not in Great Britain"),
    ({"q2": "Perhaps"}, "q2 “Perhaps” is not one of its answers: Yes; No"),
    ({"q2": "yes;no"}, "q2 takes one answer"),
    ({"q1": "ZZ9: support"}, "names “ZZ9”, which is not a policy here"),
    ({"q1": "object"}, "q1 “object” names no policy: write it as in “H1: object”"),
    ({"q1": "H1: support; object"}, "q1 “object” names no policy"),
    ({"q1": ": object"}, "q1 “: object” names no policy"),
    ({"q1": "H1: adore"}, "q1.H1 “adore” is not one of: support"),
    ({"q1": "H1: support; H1: object"}, "q1 names H1 twice"),
    ({"q1": "H1: support", "q1__H1": "object"}, "q1 and q1.H1 say different things of H1"),
    ({"q1__H1": "adore"}, "q1.H1 “adore” is not one of"),
    ({"q4": "x" * 20_001}, "q4 is too long: 20,001 characters"),
]


@pytest.mark.parametrize(("cells", "reason"), REFUSED)
def test_a_row_that_cannot_be_taken_is_named_with_its_reason_and_leaves_nothing(run, working, cells, reason):
    result = run(table(GOOD, row(**cells)))
    assert result.exit_code == 1
    assert "accepted 1" in result.stdout
    refusal = result.stdout.splitlines()[-1]
    assert refusal.startswith("row 3: ")
    assert reason in refusal
    assert count(working) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (table(GOOD).decode().encode("utf-16-le"), "not a CSV table"),
        (
            table(GOOD, "é").decode().encode("latin-1") + "é".encode(),
            "Line 3 of the file is not UTF-8, and other",
        ),
        (b"\x00\x01\x02,", "not a CSV table"),
        (b"name,q4\nAnn,Hello\n", "one of them must be external_id"),
        (b"external_id,q9\nA,Hello\n", "“q9” is no column of ours and no question here"),
        (b"external_id,q1.reason\nA,Hello\n", "“q1.reason” is no column of ours"),
        (b"external_id,q4,q4\nA,Hello,You\n", "The column q4 is there twice."),
        (b'external_id,q4\nA,"Hello\n', "not readable as CSV"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_with_a_sentence(run, working, content, sentence):
    result = run(content)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "Traceback" not in result.output
    assert count(working) == 0


@pytest.mark.parametrize("where", ["nowhere/reg14", "ash/reg15", "ash", "/", ""])
def test_a_wrong_name_is_a_sentence(run, where):
    result = run(table(GOOD), where)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_a_missing_file_is_a_sentence(app, opened):
    result = app.test_cli_runner().invoke(args=["responses", "import", "ash/reg14", "/nowhere/at-all.csv"])
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


def test_what_arrived_after_the_close_is_late(run, working):
    with working("ash"):
        asking.close(find("reg14"), at=clock.now() - timedelta(days=5))
    late = (clock.today() - timedelta(days=4)).isoformat()
    in_time = (clock.today() - timedelta(days=6)).isoformat()
    run(table(row(external_id="late", received=late), row(external_id="fine", received=in_time)))
    with working("ash"):
        assert {r.external_id: r.late for r in db.session.scalars(sa.select(Response))} == {
            "late": True,
            "fine": False,
        }


def test_two_thousand_rows_go_in_once(run, working):
    lines = [GOOD.replace("A1,", f"A{number},") for number in range(2_000)]
    assert run(table(*lines)).stdout == "accepted 2000\nalready there 0\nrefused 0\n"
    assert count(working, Answer) == 12_000
    assert run(table(*lines)).stdout == "accepted 0\nalready there 2000\nrefused 0\n"


def test_the_help_names_every_column(app):
    told = app.test_cli_runner().invoke(args=["responses", "import", "--help"]).stdout
    assert all(column in told for column in ABOUT)
    assert "q1.H1.reason" in told
