import io
from uuid import uuid4

import pytest
import sqlalchemy as sa

from consult.audit import Access
from consult.database import db
from consult.entering import scans
from consult.entering.models import Scan
from consult.responses.form.files import sha256_of
from consult.responses.models import Response
from tests.inspector import Page

PDF = b"%PDF-1.7\n1 0 obj\n"


def key_in(client, batch, content, name="../sheet 1.exe", **change):
    form = {"q2": "yes", "channel": "event", "idempotency_key": str(uuid4())} | change
    return client.send(f"/f/ash/batches/{batch}/sheets", scan=(io.BytesIO(content), name), **form)


@pytest.fixture
def scanned(sign_in, batch, working):
    assert key_in(sign_in("ash", "analyst"), batch, PDF).status_code == 303
    with working("ash"):
        return db.session.scalars(sa.select(Scan)).one().id


def test_a_scan_is_kept_by_what_it_is_and_given_out_as_a_download(sign_in, scanned):
    answer = sign_in("ash").get(f"/f/ash/scans/{scanned}")
    assert answer.data == PDF
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sheet 1.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_download_is_noted_without_a_name_that_may_be_somebodys(sign_in, batch, working):
    """The access log is written once, and outlives an erasure."""
    assert key_in(sign_in("ash", "analyst"), batch, PDF, name="Ann Mary Other.pdf").status_code == 303
    with working("ash"):
        known = db.session.scalars(sa.select(Scan)).one()
        assert known.name == "Ann Mary Other.pdf"
        address = f"/f/ash/scans/{known.id}"
    assert sign_in("ash").get(address).status_code == 200
    with working("ash"):
        noted = db.session.scalars(sa.select(Access)).one()
        assert "Other" not in f"{noted.what} {noted.detail}"


def test_a_scan_is_for_members_of_its_space(client, sign_in, scanned):
    assert client.get(f"/f/ash/scans/{scanned}").status_code == 302
    assert sign_in("ash", "viewer").get(f"/f/ash/scans/{scanned}").status_code == 403
    assert sign_in("beck").get(f"/f/beck/scans/{scanned}").status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<script>alert(1)</script>", "The scan is not a PDF, JPEG or PNG file."),
        (b"", "The scan is not a PDF, JPEG or PNG file."),
        (PDF + b"x" * 1000, "The scan is larger than 5 MB."),
    ],
)
def test_what_is_no_scan_is_refused_and_what_was_typed_stays(
    sign_in, batch, working, monkeypatch, content, sentence
):
    monkeypatch.setattr(scans, "MOST_BYTES", 1000)
    answer = key_in(sign_in("ash"), batch, content, q4="By the bridge")
    assert answer.status_code == 422
    assert sentence in Page(answer).text
    assert "By the bridge" in answer.text
    with working("ash"):
        assert db.session.scalars(sa.select(Response)).all() == []


def test_a_scan_can_come_later_and_the_same_comes_once(sign_in, batch, working):
    client = sign_in("ash")
    client.send(f"/f/ash/batches/{batch}/sheets", q2="yes", channel="event", idempotency_key=str(uuid4()))
    with working("ash"):
        response = db.session.scalars(sa.select(Response.id)).one()
    for _ in range(2):
        answer = client.send(f"/f/ash/entries/{response}/scans", scan=(io.BytesIO(PDF), "sheet.pdf"))
        assert answer.status_code == 303
    assert client.send(f"/f/ash/entries/{response}/scans").status_code == 409
    with working("ash"):
        assert db.session.scalars(sa.select(Scan.sha256)).all() == [sha256_of(PDF)]
