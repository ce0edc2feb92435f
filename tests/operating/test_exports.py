"""A space exported whole holds every table that is its own, and nothing of another."""

import hashlib
import io
import json
import os
import zipfile

import pytest
import sqlalchemy as sa

from consult import clock, jobs
from consult.clearing import erasing
from consult.consultations.models import Consultation
from consult.database import db
from consult.operating import exporting
from consult.responses.drafts import drafts
from consult.responses.form.files import HeldFile
from tests.clearing import speaking
from tests.responses import asking
from tests.tenancy.everything import classes
from tests.tenancy.planted import plant

HERE = "/f/ash/record/export"


@pytest.fixture
def full(planted, working):
    """Ash has a row in every table; another space has its own."""
    with working("dell"):
        plant("heron")


def consultation_here():
    return db.session.scalars(sa.select(Consultation)).one()


def exported(app, client):
    assert client.post(HERE).status_code == 303
    with app.app_context():
        jobs.run_due()
    answer = client.get(f"{HERE}/file")
    assert answer.status_code == 200
    content = answer.data
    answer.close()
    return zipfile.ZipFile(io.BytesIO(content))


def test_it_holds_every_table_of_the_space_and_nothing_of_another(app, world, full, sign_in):
    archive = exported(app, sign_in("ash"))
    names = archive.namelist()
    assert {f"tables/{table.name}.jsonl" for _, table in classes()} <= set(names)
    theirs = (world.space["dell"].hex.encode(), world.person["dell", "chair"].hex.encode(), b"heron")
    for name in names:
        content = archive.read(name)
        assert not [word for word in theirs if word in content], name
    response = archive.read("tables/response.jsonl").splitlines()
    assert len(response) == 2
    assert "kestrel" in response[1].decode()


def test_its_checksums_hold_and_its_files_are_files(app, full, sign_in):
    archive = exported(app, sign_in("ash"))
    sums = dict(line.split("  ")[::-1] for line in archive.read("MANIFEST.sha256").decode().splitlines())
    assert set(sums) == set(archive.namelist()) - {"MANIFEST.sha256"}
    for name, digest in sums.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    columns, row = (json.loads(line) for line in archive.read("tables/document.jsonl").splitlines())
    files = [cell for cell in row if str(cell).startswith("files/document/")]
    assert columns
    assert files
    assert files[0] in archive.namelist()
    assert "1  response: One response" in archive.read("README.txt").decode()


def test_no_key_to_a_door_is_in_it(app, full, sign_in):
    archive = exported(app, sign_in("ash"))
    columns, row = (json.loads(line) for line in archive.read("tables/invitation.jsonl").splitlines())
    assert row[columns.index("token_hash")] == ""


def test_no_form_is_in_it_that_nobody_sent_and_no_key_of_one_that_was(opened, app, sign_in, client, working):
    """With the key of a form its receipt could be asked for, and the response be withdrawn as if by its sender."""
    client.send(asking.URL, q4="What they sent", idempotency_key="the-key-of-what-was-sent")
    with working("ash"):
        drafts.begin(consultation_here(), fields={"q4": ["what nobody has sent yet"]})
        db.session.flush()
        (draft,) = db.session.scalars(sa.select(drafts.Draft).where(drafts.Draft.sent_as_id.is_(None)))
        question = consultation_here().questions[0]
        db.session.add(
            HeldFile(
                consultation_id=draft.consultation_id,
                question_id=question.id,
                key=draft.key,
                name="my-letter.pdf",
                media_type="application/pdf",
                sha256="0" * 64,
                content=b"a file that nobody has sent yet",
            )
        )
        keys = [draft.key, "the-key-of-what-was-sent"]
    archive = exported(app, sign_in("ash"))
    for name in archive.namelist():
        content = archive.read(name).decode("utf-8", "replace")
        held = [word for word in (*keys, "nobody has sent yet", "my-letter") if word in content]
        assert not held, name
    assert "What they sent" in archive.read("tables/answer.jsonl").decode()


def test_only_who_answers_for_the_data_may_have_it(app, full, sign_in):
    exported(app, sign_in("ash"))
    for address in (HERE, f"{HERE}/file"):
        assert sign_in("ash", "organiser").get(address).status_code == 403
        assert sign_in("beck").get(address).status_code == 404
        assert sign_in("operator").get(address).status_code == 404
    assert sign_in("beck").get("/f/beck/record/export/file").status_code == 404


def test_a_second_press_makes_no_second_one(app, sign_in, world):
    client = sign_in("ash")
    client.post(HERE)
    client.post(HERE)
    assert "It is being made" in client.get(HERE).text
    with app.app_context():
        assert jobs.run_due() == 1
    assert "Download it" in client.get(HERE).text


def test_an_erasure_takes_the_exports_with_it(opened, app, sign_in, working, chair):
    with working("ash"):
        speaking.with_everything(chair())
    client = sign_in("ash")
    exported(app, client)
    with working("ash"):
        erasing.erase(speaking.only(), "They asked.", chair())
    assert client.get(f"{HERE}/file").status_code == 404


def test_one_that_nobody_fetched_goes_after_a_week(app, sign_in, world):
    client = sign_in("ash")
    exported(app, client)
    with app.app_context():
        exporting.forget_old()
        (path,) = exporting.folder().glob("*.zip")
        long_ago = (clock.now() - exporting.KEPT_FOR).timestamp() - 1
        os.utime(path, (long_ago, long_ago))
        exporting.forget_old()
    assert client.get(f"{HERE}/file").status_code == 404
    assert "Make the file" in client.get(HERE).text


def test_what_was_erased_while_it_was_made_is_in_none(opened, app, sign_in, working, chair, monkeypatch):
    with working("ash"):
        speaking.with_everything(chair())
    sign_in("ash").post(HERE)
    counted = iter([0, 1])
    monkeypatch.setattr(exporting, "erasures", lambda: next(counted))
    with app.app_context():
        jobs.run_due()
        assert not list(exporting.folder().iterdir())
