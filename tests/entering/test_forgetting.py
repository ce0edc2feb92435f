import io
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from consult.consultations.models import find
from consult.database import db
from consult.entering.forgetting import forget_tables, remove_scans
from consult.entering.models import HeldTable
from consult.entering.scans import scans_of
from consult.responses.models import Response
from tests.entering.conftest import HOME

TABLE = b"external_id,q4\r\nA1,Hello\r\n"


def test_files_that_wait_are_forgotten_in_their_own_consultation(sign_in, opened, working):
    for slug in ("ash", "beck"):
        there = HOME.replace("/ash/", f"/{slug}/") + "imports"
        assert sign_in(slug).send(there, file=(io.BytesIO(TABLE), "letters.csv")).status_code == 303
    with working("ash"):
        assert (forget_tables(find("reg14")), forget_tables(find("reg14"))) == (1, 0)
        assert db.session.scalars(sa.select(HeldTable)).all() == []
    with working("beck"):
        assert db.session.scalars(sa.select(HeldTable.name)).one() == "letters.csv"


def test_a_scan_is_found_by_its_response_and_removed_only_in_an_erasure(sign_in, batch, working):
    for words in ("One", "Two"):
        form = {"q4": words, "channel": "event", "idempotency_key": str(uuid4())}
        scan = (io.BytesIO(b"%PDF-" + words.encode()), "sheet.pdf")
        sign_in("ash").send(f"/f/ash/batches/{batch}/sheets", scan=scan, **form)
    with working("ash"):
        responses = db.session.scalars(sa.select(Response)).all()
        assert len({scan.sha256 for each in responses for scan in scans_of(each)}) == 2
        assert [len(scans_of(each)) for each in responses] == [1, 1]
    with pytest.raises(DatabaseError), working("ash"):  # nobody erases it here
        remove_scans(db.session.scalars(sa.select(Response)).first())
        db.session.flush()
