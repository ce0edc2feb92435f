"""What was begun and never sent goes thirty days after the close, its files with it, and that is recorded."""

from datetime import timedelta

import sqlalchemy as sa

from consult import clock, jobs
from consult.audit import Deed
from consult.consultations.models import find
from consult.database import db
from consult.responses.drafts.drafts import Draft, begin
from consult.responses.form.files import HeldFile
from tests.responses import asking


def left(working, slug):
    with working(slug):
        return [len(db.session.scalars(sa.select(kind)).all()) for kind in (Draft, HeldFile)]


def test_unsent_drafts_and_their_files_go_thirty_days_after_the_close(app, working, monkeypatch):
    for slug in ("ash", "beck"):
        with working(slug):
            made = asking.consultation(last_day_in=42 if slug == "ash" else 60)
            draft, _ = begin(made)
            file = {"name": "a.pdf", "media_type": "application/pdf", "sha256": "x", "content": b"%PDF"}
            question = made.questions[0].id
            db.session.add(HeldFile(consultation_id=made.id, question_id=question, key=draft.key, **file))
    with working("ash"):
        closes = find("reg14").closes
    for later, there in ((timedelta(days=30, seconds=-1), [1, 1]), (timedelta(days=30), [0, 0])):
        monkeypatch.setattr(clock, "now", lambda at=closes + later: at)
        with app.app_context():
            jobs.run_rounds()
            jobs.run_rounds()
        assert left(working, "ash") == there
        assert left(working, "beck") == [1, 1]  # which is open for longer
    with working("ash"):
        [deed] = db.session.scalars(sa.select(Deed).where(Deed.act == "drafts.deleted"))
        assert deed.detail == {"reference": "reg14", "drafts": 1, "files": 1}
