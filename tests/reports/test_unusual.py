"""What a report says of unusual patterns: numbers, as they stood at its snapshot."""

from consult import clock
from consult.feedback.snapshots import freeze
from consult.reports import unusual
from consult.reports.building import material
from consult.reports.document import Table
from tests.flags.conftest import at_work, came, flag_named, looked, reviewer  # noqa: F401


def told(consultation, snapshot, public=False):
    blocks = list(unusual.told(material(consultation, snapshot, public)))
    return [block.rows if isinstance(block, Table) else block.text for block in blocks]


def test_nothing_is_said_before_anybody_has_looked(at_work):  # noqa: F811
    with at_work() as (consultation, person):
        assert told(consultation, freeze(consultation, person)) == []


def test_what_was_found_decided_and_the_headline_without_it(at_work, looked):  # noqa: F811
    with at_work() as (consultation, person):
        before = freeze(consultation, person)
        said = told(consultation, before)
        assert ["Many within minutes from one network: nobody has decided yet", "9"] in said[1]
        assert ["Several from one network: noted only, since sharing a network is normal", "5"] in said[1]
        assert said[2][:2] == [["Responses counted", "46", "35"], ["People they speak for", "46", "35"]]
        assert any(row[1:] == ["9", "0"] for row in said[2])
        for rule, decision in (("network_burst", "nothing"), ("quick", "left")):
            reviewer(flag_named(consultation, rule), person).decide(decision, "Known to us.")
        assert clock.now() > before.at and told(consultation, before) == said
        now = told(consultation, freeze(consultation, person))
        assert ["Sent much sooner than it can be read: counted and told of", "2"] in now[1]
        assert now[2][0] == ["Responses counted", "46", "44"]
        assert "Known to us." not in str(now)


def test_the_public_version_shows_the_headline_alone(at_work, looked):  # noqa: F811
    with at_work() as (consultation, person):
        said = told(consultation, freeze(consultation, person), public=True)
        assert [row[0] for row in said[2]] == ["Responses counted", "People they speak for"]
