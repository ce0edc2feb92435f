"""The statement tells of the body's other consultations too."""

from datetime import timedelta

from consult import clock
from consult.consultations.publicity.publicising import Publicity
from consult.database import db
from consult.feedback.snapshots import freeze
from consult.reports import others
from consult.reports.building import material
from tests.reports import scene
from tests.responses import asking

EARLY = {"plan": False, "area_version_id": None, "stage": "early_engagement"}


def told(made, snapshot, public=False):
    return list(others.sections(material(made, snapshot, public)))


def lines(section):
    return [line for block in section.blocks for line in getattr(block, "items", [])]


def test_those_that_had_opened_are_told_with_their_events_and_no_other_body_s(working):
    with working("beck"):
        asking.consultation(reference="theirs", title="Beck speaks", opened=clock.now(), **EARLY)
    with working("ash"):
        early = asking.consultation(
            reference="early", title="Your place", opened=clock.now() - timedelta(days=50), **EARLY
        )
        about = {"kind": "event", "what": "A drop-in", "where": "The hall", "how_many": 31}
        db.session.add(Publicity(consultation_id=early.id, from_day=clock.today(), **about))
        asking.drafted(reference="later", title="Not yet", **EARLY)
        made = scene.consultation()
        snapshot = freeze(made, None)
        first, *rest = told(made, snapshot)
        assert first.heading == "The other consultations"
        assert [section.heading for section in rest] == ["Your place"]
        assert any("A drop-in; The hall; 31 came" in line for line in lines(rest[0]))
        asking.consultation(reference="after", title="Afterwards", opened=clock.now(), **EARLY)
        assert [section.heading for section in told(made, snapshot)[1:]] == ["Your place"]


def test_a_body_that_held_no_other_says_nothing_of_it(working):
    with working("ash"):
        made = scene.consultation()
        assert told(made, freeze(made, None)) == []
