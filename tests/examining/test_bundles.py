"""The examiner's bundle: all of it, indexed, unredacted, as it stood; made anew without what was erased."""

import hashlib
import io
import re
import zipfile
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock
from consult.clearing.erasing import erase
from consult.database import db
from consult.examining import reading
from consult.examining.models import Bundle, BundleFile, BundleReader
from consult.responses.models import Response
from consult.web import cells
from consult.web.errors import Refused
from tests.conftest import signed_in_client
from tests.consultations.setting import person
from tests.examining import scene

AT = "/a/northam/consultations/reg16/"
OFFICE = f"{AT}examination/"


@pytest.fixture
def bundle(references, officer, performed) -> str:
    """The address of the first bundle, built."""
    made = officer.send(f"{OFFICE}bundles/")
    assert made.status_code == 303, made.text
    performed()
    return str(made.location)


def contents(working) -> dict[str, bytes]:
    with working("northam"):
        last = sa.select(Bundle).order_by(Bundle.number.desc()).limit(1)
        return {file.name: file.content for file in db.session.scalars(last).one().files}


def response_of(reference: str) -> Response:
    return db.session.scalars(sa.select(Response).where(Response.reference == reference)).one()


def name_examiner(officer, **changes):
    day = clock.today() + timedelta(days=60)
    said = {"called": "Edith Examiner", "email": "edith@example.org", "capacity": "examiner"}
    return officer.send(f"{OFFICE}readers", **(said | {"until": day.isoformat()} | changes))


@pytest.fixture
def examiner(bundle, officer, app, working):
    """Signed in as the person that was named, and the address of her page."""
    assert name_examiner(officer).status_code == 303
    with working("northam"):
        reader = db.session.scalars(sa.select(BundleReader)).one()
        person_id, at = reader.person_id, f"/a/northam/examinations/{reader.id}"
    client = signed_in_client(app, person_id)
    client.at = at
    return client


def test_it_waits_for_the_close(world, working, officer):
    scene.opened(world, working)
    assert "once the consultation has closed" in officer.send(f"{OFFICE}bundles/").text


def test_it_has_everything_that_regulation_17_names(bundle, references, working, officer):
    files = contents(working)
    assert "1-plan-proposal/c-plan.html" in files
    assert "2-regulation-15/b-statement.pdf" in files
    assert "2-regulation-15/b-proof-of-notices.csv" in files  # what everyone else does not see
    for name in ("plain", "late", "waiting", "withheld", "excluded"):
        page = files[f"3-representations/{references[name]}.html"].decode()
        for planted in (scene.EMAIL, scene.PHONE, scene.SIGNATURE, "7 Hidden Row"):
            assert planted in page
    assert f"3-representations/{references['withdrawn']}.html" not in files
    assert files[f"3-representations/{references['plain']}/1-{scene.SIGNATURE}.pdf"]
    assert files[f"3-representations/{references['plain']}/2-sheet.pdf"]
    assert "Received after the close" in files[f"3-representations/{references['late']}.html"].decode()
    assert files["3-representations/representations.pdf"].startswith(b"%PDF")
    assert "R-" in officer.page(bundle).text


def test_its_index_lists_every_file_with_its_checksum_in_the_order_of_references(bundle, references, working):
    files = contents(working)
    rows = {row["file"]: row for row in cells.rows_of(files["index.csv"])}
    for name, content in files.items():
        if not name.startswith("index") and name != "MANIFEST.sha256":
            assert rows[name]["sha256"] == hashlib.sha256(content).hexdigest()
    pages = [row["representation"] for name, row in rows.items() if name.endswith(".html")]
    assert pages == sorted(pages)
    assert files["index.pdf"].startswith(b"%PDF")
    index = files["index.html"].decode()
    assert f"{references['withdrawn']}: withdrawn by whoever sent it" in index
    assert f"{references['late']} (late)" in index


def test_its_manifest_is_true(bundle, working):
    files = contents(working)
    manifest = files.pop("MANIFEST.sha256").decode()
    assert dict(reversed(line.split("  ", 1)) for line in manifest.splitlines()) == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }


def test_a_second_follows_new_facts_and_the_first_stays(bundle, officer, performed, working):
    first = contents(working)
    with working("northam"):
        scene.represent("since", "It came since.")
    officer.send(f"{OFFICE}bundles/")
    performed()
    second = contents(working)
    assert len(second) == len(first) + 1
    with working("northam"):
        kept = db.session.scalars(sa.select(Bundle).where(Bundle.number == 1)).one()
        assert {file.name: file.content for file in kept.files} == first


def test_an_erasure_takes_the_words_out_of_it_and_it_says_so(bundle, references, working, world, performed):
    with working("northam"):
        scene.represent("since", "It came since the bundle was made.")
        erase(response_of(references["plain"]), "They asked", person(world, "northam", "officer"))
        assert db.session.scalars(sa.select(BundleFile)).all() == []
    performed()
    files = contents(working)
    page = files[f"3-representations/{references['plain']}.html"].decode()
    assert "All words of it were erased on" in page
    for planted in (*scene.PLANTED, scene.KEPT):
        assert planted not in page
    assert not any(name.startswith(f"3-representations/{references['plain']}/") for name in files)
    assert "words were taken out of it" in files["index.html"].decode()
    assert not any(b"It came since" in content for content in files.values())


# Who may fetch it.


def test_who_is_named_is_told_and_fetches_it_and_each_fetch_is_noted(examiner, officer, mailed):
    (told,) = [mail for mail in mailed() if mail["to"] == "edith@example.org"]
    assert "/examinations" in told["text"]
    assert f'href="{examiner.at}"' in examiner.page("/examinations").html
    page = examiner.page(examiner.at)
    (whole,) = [link for link in links(page) if link.endswith("all.zip")]
    with examiner.get(whole) as answer, zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert "index.html" in archive.namelist()
        assert archive.testzip() is None
    one = next(link for link in links(page) if "/files/" in link)
    assert examiner.get(one).status_code == 200
    seen = officer.page(OFFICE).text
    assert "Edith Examiner" in seen
    assert "Bundle 1: all of it" in seen
    assert seen.count("Bundle 1: file") == 1


def links(page) -> list[str]:
    return re.findall(r'href="([^"]+)"', page.html)


def addresses(examiner) -> list[str]:
    page = examiner.page(examiner.at)
    return [examiner.at, *(link for link in links(page) if "/files/" in link or link.endswith("all.zip"))][:4]


def test_nobody_else_gets_anything_of_it_by_any_address(examiner, sign_in, client):
    every = addresses(examiner)
    others = [
        sign_in("northam", "officer"), sign_in("northam", "analyst"), sign_in("southby", "officer"),
        sign_in("ash"), sign_in("beck"), sign_in("operator"),
    ]  # fmt: skip
    for who in others:
        for address in every:
            assert who.get(address).status_code == 404
            assert who.get(address.replace("/a/northam/", "/a/southby/")).status_code == 404
    for address in every:
        assert client.get(address).status_code == 302
        assert "sign-in" in client.get(address).location


def test_the_examiner_gets_nothing_else_of_the_space(examiner, bundle):
    for path in (OFFICE, bundle, f"{AT}responses/", f"{AT}setup", "/a/northam/district", f"{AT}clearing/"):
        assert examiner.get(path).status_code == 404


def test_a_revoked_examiner_gets_nothing(examiner, officer):
    every = addresses(examiner)
    reader_id = examiner.at.rpartition("/")[2]
    assert officer.send(f"/a/northam/bundle-readers/{reader_id}/ending").status_code == 303
    for address in every:
        assert examiner.get(address).status_code == 404
    assert "Nothing is handed to you now" in examiner.page("/examinations").text


def test_it_ends_with_its_day(examiner, working):
    every = addresses(examiner)
    with working("northam"):
        db.session.scalars(sa.select(BundleReader)).one().until = clock.today() - timedelta(days=1)
    for address in every:
        assert examiner.get(address).status_code == 404


def test_a_reader_of_one_space_stops_nobody_of_another(examiner, sign_in):
    reader_id = examiner.at.rpartition("/")[2]
    for who, space in ((("southby", "officer"), "a/southby"), (("ash", "chair"), "f/ash")):
        assert sign_in(*who).send(f"/{space}/bundle-readers/{reader_id}/ending").status_code == 404


def test_what_is_wrong_with_a_name_is_said(references, officer):
    past = (clock.today() - timedelta(days=1)).isoformat()
    assert "must be today or later" in name_examiner(officer, until=past).text
    assert name_examiner(officer, called="").status_code == 422
    assert name_examiner(officer).status_code == 303
    assert "is named already" in name_examiner(officer).text


def test_naming_somebody_who_is_named_is_refused(references, working, world):
    with working("northam"):
        by = person(world, "northam", "officer")
        given = {"email": "edith@example.org", "called": "Edith", "capacity": "examiner", "by": by}
        reading.name(scene.asked(), until=clock.today(), **given)
        with pytest.raises(Refused, match="named already"):
            reading.name(scene.asked(), until=clock.today(), **given)


def test_a_document_can_be_added_to_the_next_bundle(bundle, officer, performed, working):
    with open(__file__, "rb") as words:
        refused = officer.send(
            f"{OFFICE}documents", title="A letter", file=(io.BytesIO(words.read()), "a.pdf")
        )
    assert refused.status_code == 422
    given = {"title": "A letter that followed", "file": (io.BytesIO(b"%PDF-1.7 a letter"), "letter.pdf")}
    assert officer.send(f"{OFFICE}documents", **given).status_code == 303
    assert "4-other-documents/1-letter.pdf" not in contents(working)
    officer.send(f"{OFFICE}bundles/")
    performed()
    assert "4-other-documents/1-letter.pdf" in contents(working)
