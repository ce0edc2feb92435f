"""Sections with policies in them: numbered, moved, kept from version to version; what is frozen stays."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from consult.database import Base, db, unit_of_work
from consult.plans.models import PlanVersion, draft_version, latest_version
from consult.plans.reading import gone_from
from consult.web.errors import Refused
from tests.house.test_migrations import ONLY_SQLITE
from tests.house.test_migrations import one_more as one_more


def outline(version):
    return [
        (entry.number, entry.section.title if entry.section else "", [p.reference for p in entry.policies])
        for entry in version.outline()
    ]


def two_deep():
    version = draft_version()
    homes = version.add_section("Homes", "Words.")
    where = version.add_section("Where", level=2)
    version.add_section("Green", level=1)
    version.add_policy("H1", "One", section=where)
    version.add_policy("H2", "Two", section=homes)
    return version


def test_sections_are_numbered_and_policies_follow_them(working):
    with working("ash"):
        version = two_deep()
        assert outline(version) == [("1", "Homes", ["H2"]), ("1.1", "Where", ["H1"]), ("2", "Green", [])]
        assert [policy.reference for policy in version.policies] == ["H2", "H1"]
        version.add_policy("X1", "Loose")
        assert outline(version)[-1] == ("", "", ["X1"])


def test_a_section_moves_with_what_is_beneath_it(working):
    with working("ash"):
        version = two_deep()
        version.move_section(version.section("section-green"), -1)
        assert outline(version) == [("1", "Green", []), ("2", "Homes", ["H2"]), ("2.1", "Where", ["H1"])]
        version.move_section(version.section("section-green"), 1)
        assert [number for number, *_ in outline(version)] == ["1", "1.1", "2"]


def test_no_section_stands_more_than_one_level_below_the_one_before(working):
    with working("ash"):
        version = draft_version()
        version.add_section("Deep", level=3)
        version.add_section("Deeper", level=3)
        assert [number for number, *_ in outline(version)] == ["1", "1.1"]


def test_a_removed_section_leaves_its_policies_to_the_one_before(working):
    with working("ash"):
        version = two_deep()
        version.remove_section(version.section("section-where"))
        assert outline(version) == [("1", "Homes", ["H2", "H1"]), ("2", "Green", [])]


def test_keys_last_whatever_becomes_of_titles_and_what_is_gone_is_known(working):
    with working("ash"):
        first = two_deep()
        first.freeze()
        second = draft_version()
        assert [s.key for s in second.sections] == [s.key for s in first.sections]
        assert outline(second) == outline(first)
        second.rewrite(second.policy("H1"), "H9", "Renamed", "", "")
        assert second.policy_by_key("policy-h1").reference == "H9"
        second.change_section(second.section("section-homes"), "Houses", "", 1)
        second.remove(second.policy("H2"))
        again = second.add_policy("H2", "Another")
        assert again.key == "policy-h2-2"
        gone = gone_from(second, [first, second])
        assert [(each.key, each.name, each.number) for each in gone] == [("policy-h2", "H2 Two", 1)]


def test_a_frozen_version_refuses_every_change_and_keeps_its_title(working):
    with working("ash"):
        first = two_deep()
        first.add_document("a.pdf", "A", "application/pdf", b"%PDF-")
        first.freeze()
        title, policy, section = first.title, first.policy("H1"), first.sections[0]
        for act in (
            lambda: first.add_policy("Z1", "Z"),
            lambda: first.rewrite(policy, "H1", "Z", "", ""),
            lambda: first.move(policy, 1),
            lambda: first.place(policy, None),
            lambda: first.link_sites(policy, []),
            lambda: first.remove(policy),
            lambda: first.remove(first.documents[0]),
            lambda: first.add_document("b.pdf", "B", "application/pdf", b"%PDF-"),
            lambda: first.retitle("Z"),
            lambda: first.add_section("Z"),
            lambda: first.change_section(section, "Z", "", 1),
            lambda: first.move_section(section, 1),
            lambda: first.remove_section(section),
        ):
            with pytest.raises(Refused, match="stays as it is"):
                act()
        draft_version().retitle("The new plan")
        db.session.flush()
        assert (first.title, latest_version().title) == (title, "The new plan")


@pytest.mark.parametrize("table", ["policy", "section", "document", "plan_version"])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_it_too(app, working, table, act):
    with working("ash"):
        first = two_deep()
        first.add_document("a.pdf", "A", "application/pdf", b"%PDF-")
        first.freeze()
    known = Base.metadata.tables[table]
    statement = sa.update(known).values(id=known.c.id) if act == "update" else sa.delete(known)
    asked = pytest.raises(sa.exc.DBAPIError, match="were asked about this version")
    with app.app_context(), unit_of_work(), asked, db.engine.begin() as connection:
        connection.execute(statement)


def test_the_database_takes_nothing_new_into_a_frozen_version(app, working):
    with working("ash"):
        version = two_deep()
        version.freeze()
        row = {"space_id": version.space_id, "version_id": version.id, "key": "z", "title": "z"}
    row |= {"id": version.id, "text": "", "level": 1, "position": 9}
    asked = pytest.raises(sa.exc.DBAPIError, match="were asked about this version")
    with app.app_context(), unit_of_work(), asked, db.engine.begin() as connection:
        connection.execute(sa.insert(Base.metadata.tables["section"]), row)


def test_policies_of_old_get_a_key_that_follows_their_reference(app, working):
    with working("ash"):
        draft_version().add_policy("H.1", "Dot")
        latest_version().add_policy("H-1", "Dash")
        latest_version().freeze()
        draft_version().rewrite(draft_version().policy("H.1"), "H.1", "Dot", "", "New")
    with app.app_context():
        downgrade(revision="0006")
        upgrade()
    with working("ash"):
        first, second = db.session.scalars(sa.select(PlanVersion).order_by(PlanVersion.number))
        keys = {policy.reference: policy.key for policy in first.policies}
        assert sorted(keys.values()) == ["policy-h-1", "policy-h-1-2"]
        assert keys == {policy.reference: policy.key for policy in second.policies}
        assert first.frozen_title == first.plan.title


REBUILT = """
    with op.batch_alter_table("plan_version", recreate="always") as table:
        table.add_column(sa.Column("colour", sa.Text()))
"""


@ONLY_SQLITE
def test_the_locks_do_not_stop_their_table_from_being_made_anew(app, working, one_more):
    with working("ash"):
        two_deep().freeze()
    with app.app_context():
        one_more(REBUILT.strip())
        asked = pytest.raises(sa.exc.DBAPIError, match="were asked")
        with unit_of_work(), asked, db.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM policy")
