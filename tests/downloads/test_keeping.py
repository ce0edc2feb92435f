import hashlib
import io
import zipfile

import pytest
import sqlalchemy as sa

from consult import audit, clock, jobs
from consult.clearing import erasing
from consult.database import db, unit_of_work
from consult.downloads import keeping, making
from consult.downloads.models import Download, DownloadFile, DownloadPart
from consult.responses.models import Answer, Response
from tests.downloads import speaking
from tests.downloads.speaking import LIST, MARKED, about, fetched, made, rows
from tests.reports import scene


@pytest.fixture
def said(working):
    speaking.respond(working)


def erase_one(working, words: str) -> str:
    with working("ash"):
        whose = (
            sa.select(Response).join(Answer, Answer.response_id == Response.id).where(Answer.text == words)
        )
        response = db.session.scalars(whose.limit(1)).first()
        erasing.erase(response, "They asked.", None)
        return response.reference


def test_it_is_fetched_again_byte_for_byte_whatever_comes_in_meanwhile(said, sign_in, working):
    chair = sign_in("ash")
    address = made(chair, "xlsx")
    first = fetched(chair, address)
    with working("ash"):
        made_ = speaking_consultation()
        scene.respond(made_, 3, seed=99)
    again = fetched(sign_in("ash", "analyst"), address)
    assert again == first
    assert hashlib.sha256(first).hexdigest() in chair.page(address).text


def speaking_consultation():
    from tests.clearing.speaking import asked

    return asked()


def test_asking_and_every_fetching_is_on_record(said, sign_in, working):
    chair = sign_in("ash")
    address = made(chair, home="inside")
    fetched(chair, address)
    fetched(chair, address)
    with working("ash"):
        noted = db.session.scalars(
            sa.select(audit.Access).where(audit.Access.what.startswith("selection:"))
        ).all()
        assert len(noted) == 2
        assert noted[0].detail["selection"] == {"consultation": "reg14", "home": "inside"}
        assert noted[0].person_id is not None
        deed = db.session.scalars(sa.select(audit.Deed).where(audit.Deed.act == "download.asked")).one()
        assert deed.detail["selection"]["home"] == "inside"


def test_erased_words_are_gone_from_what_is_kept_and_the_new_file_says_so(said, sign_in, working, app):
    words = scene.NASTY[0]
    chair = sign_in("ash")
    addresses = [
        made(chair, format, rows=kind) for format in ("csv", "xlsx") for kind in ("points", "responses")
    ]
    before = [fetched(chair, address) for address in addresses]
    reference = erase_one(working, words)
    with working("ash"):
        assert not db.session.scalars(sa.select(DownloadPart)).all()
    assert chair.get(f"{addresses[0]}/file").status_code == 404
    assert "made anew" in chair.page(addresses[0]).text
    with app.app_context():
        jobs.run_due()
    for address, old in zip(addresses, before, strict=True):
        new = fetched(chair, address)
        assert new != old
        assert "Words in it" in chair.page(address).text or "words in it" in chair.page(address).text
    new = fetched(chair, addresses[0])
    assert "made anew" in about(new) and "made anew" not in about(before[0])
    mine = [row["comment"] for row in rows(new, "response-log.csv") if row["response"] == reference]
    assert mine and all(words not in comment for comment in mine)
    assert fetched(chair, addresses[0]) == new
    numbers = [len(rows(each, "response-log.csv")) for each in (before[0], new)]
    assert numbers[0] == numbers[1]
    assert speaking.line(about(before[0])) == speaking.line(about(new))


def test_a_file_that_cannot_be_made_anew_says_so(said, sign_in, working, app, monkeypatch):
    chair = sign_in("ash")
    address, other = made(chair), made(chair, "xlsx")
    erase_one(working, scene.NASTY[0])

    def fails(*given):
        raise OSError("The disk is full.")

    monkeypatch.setitem(making.WRITERS, "csv", (fails, *making.WRITERS["csv"][1:]))
    for _ in range(jobs.TRIES):
        assert "made anew" in chair.page(address).text
        with app.app_context():
            jobs.run_due()
            with unit_of_work():
                db.session.execute(sa.update(jobs.Job).values(due=clock.now()))
    page = chair.page(address)
    assert "could not be made" in page.text and "Choose the same again" in page.text
    assert 'http-equiv="refresh"' not in page.html
    assert chair.get(f"{address}/progress").json["done"] is True
    assert fetched(chair, other)


def test_what_is_erased_while_a_file_is_written_is_not_in_it(said, working, app, monkeypatch):
    words = scene.NASTY[0]
    with working("ash"):
        monkeypatch.setattr(making, "AT_ONCE", 0)
        making.ask(making.Filter(consultation="reg14"), "points", "csv", None)
    write, *rest = making.WRITERS["csv"]
    times = []

    def slowly(made_, said_):
        write(made_, said_)
        if not times:
            times.append(1)
            whose = sa.select(Response).join(Answer, Answer.response_id == Response.id)
            erasing.erase(
                db.session.scalars(whose.where(Answer.text == words).limit(1)).first(), "Asked.", None
            )

    monkeypatch.setitem(making.WRITERS, "csv", (slowly, *rest))
    with app.app_context():
        jobs.run_due()
    with working("ash"), keeping.fetched(db.session.scalars(sa.select(DownloadFile)).one()) as kept:
        content = kept.read()
    assert "made anew" in about(content)


def test_a_large_one_is_made_by_a_job_and_twice_is_once(said, sign_in, app, working, monkeypatch):
    monkeypatch.setattr(making, "AT_ONCE", 10)
    chair = sign_in("ash")
    address = made(chair)
    assert chair.get(f"{address}/progress").json["done"] is False
    assert 'http-equiv="refresh"' in chair.page(address).html
    assert chair.get(f"{address}/file").status_code == 404
    with app.app_context():
        jobs.run_due()
    assert chair.get(f"{address}/progress").json["done"] is True
    assert len(rows(fetched(chair, address), "response-log.csv")) > 10
    with working("ash"):
        download = db.session.scalars(sa.select(Download)).one()
        assert making.build(download) is None
        assert len(db.session.scalars(sa.select(DownloadFile)).all()) == 1


def test_large_bytes_are_kept_in_parts(said, sign_in, working, monkeypatch):
    monkeypatch.setattr(keeping, "A_PART", 100)
    chair = sign_in("ash")
    content = fetched(chair, made(chair))
    with working("ash"):
        parts = db.session.scalars(sa.select(DownloadPart.number)).all()
        assert len(parts) == -(-len(content) // 100)
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_a_removed_file_is_gone_and_stays_on_the_list(said, sign_in, working):
    chair = sign_in("ash")
    address = made(chair)
    assert chair.send(f"{address}/removal").status_code == 303
    assert chair.get(f"{address}/file").status_code == 404
    assert "Removed" in chair.page(LIST).text
    assert "no file" in chair.send(f"{address}/removal").text
    erase_one(working, scene.NASTY[0])
    assert "was removed" in chair.page(address).text


def test_a_space_keeps_only_so_much(said, sign_in, monkeypatch):
    chair = sign_in("ash")
    made(chair)
    monkeypatch.setattr(keeping, "ROOM", 10)
    assert "Remove some" in speaking.asked(chair).text


def test_nobody_else_selects_or_fetches(said, sign_in):
    address = made(sign_in("ash"), format="csv")
    for space, role in (("ash", "viewer"), ("beck", "chair"), ("northam", "officer"), ("dell", "chair")):
        stranger = sign_in(space, role)
        for page in (
            LIST,
            f"{LIST}selection?consultation=reg14",
            address,
            f"{address}/file",
            f"{address}/progress",
        ):
            assert stranger.get(page).status_code in (403, 404)
        assert speaking.asked(stranger).status_code in (403, 404)
        assert stranger.send(f"{address}/removal").status_code in (403, 404)


def test_an_officer_selects_of_the_authoritys_own_and_another_chair_of_theirs_alone(said, sign_in):
    officer = sign_in("northam", "officer")
    assert officer.get("/a/northam/downloads/selection?consultation=reg14").status_code == 404
    assert officer.get("/a/northam/downloads/selection").status_code == 404
    assert "Nothing to download yet" in officer.page("/a/northam/downloads/").text
    address = made(sign_in("ash"))
    beck = sign_in("beck")
    elsewhere = address.replace("/f/ash/", "/f/beck/")
    assert beck.get(elsewhere).status_code == beck.get(f"{elsewhere}/file").status_code == 404
    assert MARKED.encode() not in fetched(sign_in("ash"), address)


def test_no_cell_is_a_formula_and_every_word_is_as_it_was_written(said, sign_in, working):
    chair = sign_in("ash")
    content = fetched(chair, made(chair))
    archive = zipfile.ZipFile(io.BytesIO(content))
    text = archive.read("response-log.csv").decode("utf-8-sig")
    assert '"=1+1' not in text and "\n=" not in text
    with working("ash"):
        written = set(db.session.scalars(sa.select(Answer.text).where(Answer.text != "")))
    said_ = {row["comment"].split("\n\nSuggested")[0] for row in rows(content, "response-log.csv")}
    assert said_ & written
    book = zipfile.ZipFile(io.BytesIO(fetched(chair, made(chair, "xlsx"))))
    sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 3
    assert all("<f>" not in sheet and "<f " not in sheet for sheet in sheets)
    assert "Selected of them" in sheets[0]
