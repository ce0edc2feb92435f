"""Representations are published by a person, after the close, as they were cleared: nothing else is ever public."""

import json
import shutil
import subprocess
import threading

import pytest
import sqlalchemy as sa

from consult import jobs
from consult.clearing import hiding
from consult.clearing.erasing import erase
from consult.consultations.models import find
from consult.database import db
from consult.examining import publishing
from consult.examining.models import PublicSet
from consult.responses.models import Response
from consult.web import cells
from tests.consultations.setting import person
from tests.examining import scene
from tests.responses import asking

AT = "/a/northam/consultations/reg16/"
PUBLIC, OFFICE = f"{AT}representations/", f"{AT}examination/"
FILES = ("representations.csv", "representations.pdf")


def publish(officer, performed) -> None:
    assert officer.send(f"{OFFICE}publication").status_code == 303
    performed()


def letters_of(pdf: bytes) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed")
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def response_of(reference: str) -> Response:
    return db.session.scalars(sa.select(Response).where(Response.reference == reference)).one()


def test_nothing_is_public_before_a_person_publishes(references, client, sign_in):
    for who in (client, sign_in("ash"), sign_in("southby", "officer"), sign_in("northam", "officer")):
        for name in ("", *FILES):
            assert who.get(f"{PUBLIC}{name}").status_code == 404


def test_it_waits_for_the_close(world, working, officer, client):
    scene.opened(world, working)
    assert "once the consultation has closed" in officer.send(f"{OFFICE}publication").text
    assert client.get(PUBLIC).status_code == 404


def test_everyone_reads_each_by_its_reference_as_it_was_cleared(references, officer, performed, client):
    publish(officer, performed)
    page = client.page(PUBLIC)
    assert references["plain"] in page.text
    assert scene.KEPT in page.text
    assert "H1 New homes" in page.text
    assert "Object" in page.text
    assert "Received after the close" in page.text
    assert references["withdrawn"] not in page.text
    assert references["excluded"] not in page.text
    assert scene.WITHHELD not in page.text
    assert "Not read yet" not in page.text
    assert f'href="{PUBLIC}"' in client.page(AT).html


def test_public_files_hold_no_personal_detail(references, officer, performed, client):
    publish(officer, performed)
    table = client.get(f"{PUBLIC}representations.csv")
    pdf = client.get(f"{PUBLIC}representations.pdf")
    assert (table.status_code, pdf.status_code) == (200, 200)
    everything = [
        client.page(PUBLIC).html,
        client.page(f"{PUBLIC}?policy=H1").html,
        client.page(AT).html,
        table.get_data(as_text=True),
        letters_of(pdf.data),
    ]
    for words in everything:
        flat = " ".join(words.split())
        for planted in (*scene.PLANTED, scene.WITHHELD, "Not read yet", "Taken back", "Rude"):
            assert planted not in flat
    rows = cells.rows_of(table.data)
    assert {row["representation"] for row in rows} == {
        references[name] for name in ("plain", "late", "waiting", "withheld")
    }
    assert {row["stance"] for row in rows if row["words"]} <= {"object", ""}


@pytest.mark.parametrize("publication", ["names"])
def test_names_are_there_where_the_policy_is_names_and_nothing_else(references, officer, performed, client):
    publish(officer, performed)
    for words in (client.page(PUBLIC).text, client.get(f"{PUBLIC}representations.csv").text):
        assert scene.SIGNATURE in words
        for planted in (scene.EMAIL, scene.PHONE, scene.ADDRESS, scene.POSTCODE, "BA11AA"):
            assert planted not in words


@pytest.mark.parametrize("publication", ["summaries"])
def test_where_only_summaries_are_published_nobodys_words_are(references, officer, performed, client):
    publish(officer, performed)
    page = client.page(PUBLIC).text
    assert "numbers and summaries only" in page
    for reference in references.values():
        assert reference not in page
    assert cells.rows_of(client.get(f"{PUBLIC}representations.csv").data) == []


def test_one_policy_can_be_looked_for(references, officer, performed, client):
    publish(officer, performed)
    assert scene.KEPT in client.page(f"{PUBLIC}?policy=H1").text
    assert "Nothing to read yet" in client.page(f"{PUBLIC}?policy=G1").text


def test_what_is_hidden_or_erased_since_is_gone_at_once(
    references, officer, performed, client, working, world
):
    publish(officer, performed)
    with working("northam"):
        by = person(world, "northam", "officer")
        hiding.hide(response_of(references["plain"]), "other", "They asked", by)
    assert client.get(f"{PUBLIC}representations.pdf").status_code == 404  # the old one would show it
    assert references["plain"] not in client.page(PUBLIC).text
    with client.application.app_context():
        jobs.run_rounds()
    pdf = client.get(f"{PUBLIC}representations.pdf")
    assert references["plain"] not in letters_of(pdf.data)
    assert references["late"] in letters_of(pdf.data)
    with working("northam"):
        erase(response_of(references["late"]), "They asked", person(world, "northam", "officer"))
    assert client.get(f"{PUBLIC}representations.pdf").status_code == 404
    assert scene.KEPT not in client.page(PUBLIC).text


def test_what_is_erased_while_the_pdf_is_set_is_not_kept_in_it(
    references, officer, performed, working, world, monkeypatch
):
    """Whoever sets it has read the words before they were erased, and would keep them for good."""

    def in_another_window() -> None:
        with working("northam"):
            erase(response_of(references["late"]), "They asked", person(world, "northam", "officer"))

    window, made = threading.Thread(target=in_another_window), []

    def slowly(sheet, name, given, written) -> bytes:
        if name != "representations":
            return b"another sheet"
        if not made:
            window.start()
            window.join(1.5)
        made.append(json.dumps(given).encode())
        return made[-1]

    monkeypatch.setattr(publishing.typesetting, "pdf", slowly)
    officer.send(f"{OFFICE}publication")
    performed()
    window.join()
    assert scene.KEPT.encode() in made[0]
    with working("northam"):
        kept = db.session.scalars(sa.select(PublicSet.content)).all()
    assert made[0] not in kept


def test_they_can_be_taken_back(references, officer, performed, client):
    publish(officer, performed)
    officer.send(f"{OFFICE}publication/ending")
    for name in ("", *FILES):
        assert client.get(f"{PUBLIC}{name}").status_code == 404


def test_the_overview_names_what_is_left_and_what_comes_next(references, officer, performed, working, world):
    page = officer.page(OFFICE)
    assert "1 representation waits to be read and redacted" in page.text
    assert "6 representations" in page.text
    with working("northam"):
        scene.clear(response_of(references["waiting"]), person(world, "northam", "officer"))
    publish(officer, performed)
    assert "Everyone can read them" in officer.page(OFFICE).text
    assert f'href="{OFFICE}"' in officer.page(f"{AT}setup").html


def test_only_a_consultation_under_regulation_16_has_it(working, sign_in):
    with working("ash"):
        asking.consultation()
        reference = find("reg14").reference
    chair = sign_in("ash")
    at = f"/f/ash/consultations/{reference}/"
    for path in ("representations/", "examination/", "examination/readers"):
        assert chair.get(at + path).status_code == 404
    for path in ("examination/publication", "examination/bundles/"):
        assert chair.send(at + path).status_code == 404
