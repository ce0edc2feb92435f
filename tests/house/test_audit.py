"""The record of what was done is a chain: whatever is changed, removed or put in is found, and an erasure is not taken
for that."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from consult import audit, jobs
from consult.audit import Deed, Link
from consult.catalogue import never_changed
from consult.database import db, unit_of_work

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def sealed(working):
    """Three deeds each in two spaces, in two seals; a fourth waits."""
    for slug in ("ash", "beck"):
        with working(slug):
            audit.record("plan.begun", "The plan", reason="It was time")
            audit.record("area.drawn", "The area", hectares=12.5, of=["a", "ü"])
            assert audit.seal() == 2
        with working(slug):
            audit.record("plan.ended", "The plan")
            assert audit.seal() == 1
            assert audit.seal() == 0
            audit.record("later", "Not sealed yet")


@pytest.fixture
def tamper(app):
    """Raw SQL, as somebody with the owner's rights would: the triggers are off."""

    def change(statement, **values):
        with app.app_context(), unit_of_work(), db.engine.begin() as connection:
            for table in ("deed", "audit_link"):
                for drop in list(never_changed(table, connection.dialect.name))[::2]:
                    connection.exec_driver_sql(drop)
            assert connection.execute(statement, values).rowcount in (1, -1)  # PostgreSQL counts no inserts

    return change


def table(name):
    return Deed.metadata.tables[name]


def faults(working, known="", slug="ash"):
    with working(slug):
        return audit.verify(known)


def of(world, act):
    return sa.and_(table("deed").c.space_id == world.space["ash"], table("deed").c.act == act)


def test_what_nobody_touched_holds(sealed, working):
    assert faults(working) == []
    with working("ash"):
        links = list(db.session.scalars(sa.select(Link).order_by(Link.number)))
        assert [link.number for link in links] == [1, 2, 3]
        assert [link.previous for link in links] == ["", links[0].hash, links[1].hash]
        assert audit.head() == links[-1].hash
        assert len(set(audit.head())) > 5
    with working("beck"):
        assert audit.head() not in {link.hash for link in links}


@pytest.mark.parametrize(
    "change",
    [
        {"act": "plan.kept"},
        {"by": "Somebody Else"},
        {"subject": "Another"},
        {"at": LONG_AGO},
        {"detail": {"reason": "It was not"}},
        {"detail": {"reason": audit.ERASED}, "salt": ""},
        {"salt": "another"},
    ],
    ids=str,
)
def test_a_changed_deed_is_found(sealed, working, tamper, world, change):
    tamper(sa.update(table("deed")).where(of(world, "plan.begun")).values(change))
    assert any(change.get("act", "plan.begun") in fault for fault in faults(working))
    assert faults(working, slug="beck") == []


def test_a_deed_that_is_gone_is_found_with_its_link_or_without(sealed, app, working, tamper, world):
    with working("ash"):
        first, second, third = db.session.scalars(sa.select(Link).order_by(Link.number))
        head, ids = audit.head(), [(each.id, each.deed_id) for each in (first, second, third)]
    link, deed = table("audit_link"), table("deed")
    tamper(sa.delete(link).where(link.c.id == ids[1][0]))
    tamper(sa.delete(deed).where(deed.c.id == ids[1][1]))
    assert any("missing" in fault for fault in faults(working))
    tamper(sa.delete(link).where(link.c.id == ids[2][0]))
    tamper(sa.delete(deed).where(deed.c.id == ids[2][1]))
    assert faults(working) == []  # all that came after is gone too: only a head that was kept tells
    assert any(head in fault for fault in faults(working, known=head))


def test_a_deed_whose_link_stays_is_missed(sealed, app, working, tamper, world):
    deed, link = table("deed"), table("audit_link")
    with app.app_context():
        elsewhere = sa.select(deed.c.id).where(of(world, "later"))
        with db.engine.connect() as connection:
            other = connection.execute(elsewhere).scalar_one()
            wanted = connection.execute(sa.select(deed.c.id).where(of(world, "plan.ended"))).scalar_one()
    tamper(sa.update(link).where(link.c.deed_id == wanted).values(deed_id=other))
    assert any("does not fit" in fault for fault in faults(working))


def planted(world, at):
    words = {"by": "Nobody", "act": "planted", "subject": "x", "detail": {}, "salt": ""}
    return sa.insert(table("deed")).values(space_id=world.space["ash"], id=uuid4(), at=at, **words)


def test_a_deed_that_was_put_in_is_found_before_it_is_sealed_and_after(sealed, working, tamper, world):
    tamper(planted(world, LONG_AGO))
    assert any("put in" in fault for fault in faults(working))
    with working("ash"):
        assert audit.seal() == 2
    assert any("planted" in fault and "dated before" in fault for fault in faults(working))


def test_a_link_that_was_put_in_is_found(sealed, working, tamper, world):
    with working("ash"):
        last = audit.last_link()
        waiting = db.session.scalars(sa.select(Deed).where(Deed.act == "later")).one()
        forged = {"deed_id": waiting.id, "number": 9, "at": last.at, "previous": last.hash}
        forged |= {"detail_sha256": waiting.detail_sha256, "hash": "x", "space_id": world.space["ash"]}
    tamper(sa.insert(table("audit_link")).values(id=uuid4(), **forged))
    assert len(faults(working)) == 2


def test_the_worker_seals_every_space(sealed, app, working):
    with app.app_context():
        jobs.run_rounds()
    for slug in ("ash", "beck"):
        with working(slug):
            assert audit.last_link().number == 4
            assert audit.verify() == []


def test_two_that_seal_at_once_make_one_chain(sealed, working):
    """Whoever comes second finds nothing left, or what came meanwhile."""
    with working("ash"):
        assert audit.seal() == 1
    with working("ash"):
        assert audit.seal() == 0
        assert audit.verify() == []


def test_a_deed_of_a_slow_act_is_no_forgery(sealed, working):
    """An import takes minutes from its moment to its commit, and others are sealed meanwhile."""
    with working("ash"):
        record = Deed(
            at=audit.last_link().at - timedelta(minutes=20), by="the service", act="slow", subject="x"
        )
        db.session.add(record)
    assert faults(working) == []
    with working("ash"):
        audit.seal()
    assert faults(working) == []


@pytest.mark.parametrize(("arguments", "code", "said"), [
    ([], 0, "The record holds."),
    (["ash"], 0, "The record holds."),
    (["nowhere"], 2, "There is no space"),
    (["ash", "--head", "f" * 64], 1, "stands nowhere"),
    (["--head", "f" * 64], 2, "give the space"),
])  # fmt: skip
def test_the_command_verifies(sealed, app, arguments, code, said):
    result = app.test_cli_runner().invoke(args=["audit", "verify", *arguments])
    assert (result.exit_code, said in result.output) == (code, True), result.output


def test_the_command_and_the_page_say_what_is_wrong(sealed, app, tamper, world, sign_in):
    chair = sign_in("ash")
    assert "The record holds" in chair.page("/f/ash/record").text
    tamper(sa.update(table("deed")).where(of(world, "area.drawn")).values(subject="Another area"))
    result = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert result.exit_code == 1
    assert "area.drawn" in result.output
    assert "does not hold" in chair.page("/f/ash/record").text
    assert "The record holds" in sign_in("northam", "officer").page("/a/northam/record").text
    assert sign_in("ash", "organiser").get("/f/ash/record").status_code == 403
    assert sign_in("beck").get("/f/ash/record").status_code == 404
