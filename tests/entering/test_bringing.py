import csv
import io
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import audit, clock, jobs
from consult.consultations.models import find
from consult.database import db
from consult.entering import bringing, forgetting
from consult.entering.models import HeldTable
from consult.responses.models import Answer, Response
from consult.responses.tables import importing
from consult.responses.tables.sheet import ABOUT
from tests.entering.conftest import HOME
from tests.inspector import Page
from tests.responses import asking

IMPORTS = f"{HOME}imports"


def table(*rows, heading="external_id,received,q2,q4"):
    return "\r\n".join([heading, *rows, ""]).encode()


GOOD = ("A1,14/3/2026,Yes,=1+1", "A2,2026-03-15,no,Keep the mill")


def handed_in(client, content, name="letters.csv"):
    return client.send(IMPORTS, file=(io.BytesIO(content), name))


@pytest.fixture
def bring(sign_in, opened):
    """Hands a file in and takes it in: the two answers."""
    client = sign_in("ash", "analyst")

    def both(content):
        there = handed_in(client, content).headers["Location"]
        return client.page(there), client.send(f"{there}/taking-in")

    return both


def count(working, model=Response):
    with working("ash"):
        return db.session.scalar(sa.select(sa.func.count(model.id)))


def test_a_file_is_looked_over_and_then_brought_in_once(bring, working):
    page, answer = bring(table(*GOOD))
    assert "these 2 responses" in page.text
    assert answer.status_code == 303
    page, answer = bring(table(*GOOD))
    assert "Every row of it is there already" in page.text
    assert answer.status_code == 303
    assert (count(working), count(working, Answer), count(working, HeldTable)) == (2, 4, 0)
    with working("ash"):
        assert "=1+1" in db.session.scalars(sa.select(Answer.text)).all()
        deed = db.session.scalars(sa.select(audit.Deed).where(audit.Deed.act == "responses.imported")).one()
        assert deed.person_id is not None


def test_looking_over_stores_no_response(sign_in, opened, working):
    client = sign_in("ash")
    client.page(handed_in(client, table(*GOOD)).headers["Location"])
    assert count(working) == 0


def test_every_mistake_is_named_by_its_row_and_then_nothing_goes_in(bring, working):
    page, answer = bring(
        table(*GOOD, "A1,14/3/2026,Yes,", "A4,31/2/2026,Yes,", "A5,1/1/2099,Yes,", "A6,,Perhaps,", "A7,,,")
    )
    for sentence in (
        "Row 4: external_id A1 stands in row 2 already",
        "Row 5: received “31/2/2026” is not a day",
        "Row 6: received “1/1/2099” is in the future",
        "Row 7: q2 “Perhaps” is not one of its answers",
        "Row 8: it answers no question",
    ):
        assert sentence in page.text
    assert "Bring in" not in page.html
    assert answer.status_code == 409
    assert count(working) == 0


def test_two_hundred_mistakes_are_shown_and_the_rest_counted(bring):
    page, _ = bring(table(*(f"A{number},never,Yes," for number in range(203))))
    assert len(re.findall(r"Row \d+:", page.text)) == 200
    assert "And 3 more." in page.text


@pytest.mark.parametrize("how", ["page", "command"])
def test_an_import_that_is_cut_off_leaves_nothing(bring, app, opened, working, monkeypatch, tmp_path, how):
    """In the second of its portions."""
    content = table(*(f"A{number},14/3/2026,Yes," for number in range(300)))
    made, composed = [], importing.composed

    def cut_off(*about):
        made.append(about)
        if len(made) > 270:
            raise ConnectionResetError("cut off")
        return composed(*about)

    monkeypatch.setattr(importing, "composed", cut_off)
    if how == "page":
        with pytest.raises(ConnectionResetError):
            bring(content)
    else:
        (tmp_path / "letters.csv").write_bytes(content)
        args = ["responses", "import", "ash/reg14", str(tmp_path / "letters.csv")]
        assert isinstance(app.test_cli_runner().invoke(args=args).exception, ConnectionResetError)
    assert len(made) > 270
    assert count(working) == 0


def test_what_another_stored_meanwhile_under_the_same_name_stops_all_of_it(
    sign_in, opened, working, monkeypatch
):
    client = sign_in("ash")
    first = handed_in(client, table(GOOD[0])).headers["Location"]
    client.send(f"{first}/taking-in")
    second = handed_in(client, table("A1,14/3/2026,No,Otherwise", GOOD[1])).headers["Location"]
    monkeypatch.setattr(importing, "those_there", lambda *about: {})  # as it looked before
    assert client.send(f"{second}/taking-in").status_code == 409
    assert count(working) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (table(), "The file has no rows under its heading."),
        (table("A1,,Yes,Café") + b"A2,,Yes,Caf\xe9", "Line 3 of the file is not UTF-8, and other lines are"),
        (table("A1,,Yes,Caf\x00"), "in LibreOffice as Text CSV"),
        (b"PK\x03\x04 and no workbook", "The file is no Excel workbook that can be read"),
        (table("A1;Yes", heading="external_id;q2"), "The columns are not separated by commas"),
        (table("Yes", heading="q2"), "one of them must be external_id"),
        (table("A1,x", heading="external_id,q9"), "“q9” is no column of ours"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_in_a_sentence(sign_in, opened, working, content, sentence):
    answer = handed_in(sign_in("ash"), content)
    assert answer.status_code == 422
    assert sentence in Page(answer).text
    assert count(working, HeldTable) == 0


def test_what_was_taken_for_granted_about_the_letters_is_shown(bring, working):
    page, answer = bring(table("A1,,Yes,Keep the Café").decode().encode("cp1252"))
    assert "it was read as Windows-1252" in page.text
    assert "Line 2 then says “A1,,Yes,Keep the Café”" in page.text
    assert answer.status_code == 303
    with working("ash"):
        assert "Keep the Café" in db.session.scalars(sa.select(Answer.text)).all()


def test_a_file_that_was_not_decided_about_is_found_again_by_whoever_handed_it_in(sign_in, opened):
    there = handed_in(sign_in("ash"), table(*GOOD)).headers["Location"]
    assert there in sign_in("ash").page(IMPORTS).html
    assert there not in sign_in("ash", "analyst").page(IMPORTS).html


def test_a_file_that_is_too_large_is_refused(sign_in, opened, working, monkeypatch):
    monkeypatch.setattr(bringing, "MEGABYTE", 10)
    answer = handed_in(sign_in("ash"), table(*GOOD))
    assert answer.status_code == 422
    assert "The file is larger than" in Page(answer).text
    assert count(working, HeldTable) == 0


def test_letters_are_late_by_the_day_on_which_they_came(bring, working):
    with working("ash"):
        asking.close(find("reg14"), at=clock.now() - timedelta(days=5))
    days = [clock.today() - timedelta(days=ago) for ago in (6, 4)]
    bring(b"\xef\xbb\xbf" + table(*(f"{day},{day},Yes," for day in days)))
    with working("ash"):
        lateness = {r.external_id: r.late for r in db.session.scalars(sa.select(Response))}
        assert lateness == {str(days[0]): False, str(days[1]): True}


def test_the_table_to_fill_in_has_every_column_and_is_taken(sign_in, opened):
    client = sign_in("ash")
    empty = client.get(f"{IMPORTS}/table.csv").data.decode("utf-8-sig")
    heading = next(csv.reader(io.StringIO(empty)))
    assert heading[: len(ABOUT)] == list(ABOUT)
    assert {"q1", "q1.H1", "q1.LGS 3.change", "q4"} <= set(heading)
    row = ",".join({"external_id": "A1", "q4": "Hello"}.get(name, "") for name in heading)
    assert handed_in(client, (empty + row).encode("utf-8-sig")).status_code == 303


def test_a_file_is_forgotten_and_another_takes_the_place_of_the_first(sign_in, opened, working):
    client = sign_in("ash")
    for _ in range(2):
        there = handed_in(client, table(*GOOD)).headers["Location"]
    assert count(working, HeldTable) == 1
    assert client.send(f"{there}/forgetting").status_code == 303
    assert (count(working), count(working, HeldTable)) == (0, 0)


def test_nobody_else_sees_or_takes_a_file(client, sign_in, opened, working):
    there = handed_in(sign_in("ash"), table(*GOOD)).headers["Location"]
    assert client.get(there).status_code == 302
    assert sign_in("ash", "viewer").get(there).status_code == 403
    beck, elsewhere = sign_in("beck"), there.replace("/ash/", "/beck/")
    assert beck.get(elsewhere).status_code == 404
    assert beck.send(f"{elsewhere}/taking-in").status_code == 404
    assert count(working) == 0


def test_a_file_that_nobody_decides_about_is_forgotten_after_thirty_days(sign_in, opened, working):
    handed_in(sign_in("ash", "analyst"), table(*GOOD))
    with working("ash"):
        wanted = sa.select(jobs.Job).where(jobs.Job.kind == "responses.import_ends")
        job = db.session.scalars(wanted).one()
        assert job.due >= clock.now() + timedelta(days=29)
        assert forgetting.ends(job) == {"forgotten": 1}
        assert forgetting.ends(job) == {"forgotten": 0}
    assert count(working, HeldTable) == 0
