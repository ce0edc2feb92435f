"""Every way we know of reaching another space's rows through the ORM, tried from inside a neighbour's space.

A probe may return rows (none may carry the neighbour's word), or raise; whatever it does, the neighbour's rows are
the same afterwards. Each row's text carries the word “kestrel”, which belongs to Ash Hill alone.
"""

import hashlib
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from consult import guard, tenancy
from consult.consultations.models import Consultation, Question
from consult.database import db, unit_of_work
from consult.plans.models import Plan, PlanVersion, Policy
from consult.responses.models import Answer, Response
from consult.spaces.models import Membership, Space
from consult.tenancy import NoSpace, WallBreach
from tests.conftest import app_on
from tests.tenancy.planted import plant

WORD = "kestrel"
PROBES = {}


def probe(function):
    PROBES[function.__name__] = function
    return function


@probe
def select_everything(s, ash, beck):
    return s.scalars(sa.select(Plan)).all()


@probe
def select_by_id(s, ash, beck):
    return s.scalars(sa.select(Plan).where(Plan.id == ash.plan)).all()


@probe
def select_by_their_space(s, ash, beck):
    return s.scalars(sa.select(Plan).where(Plan.space_id == ash.space)).all()


@probe
def select_with_or_true(s, ash, beck):
    return s.scalars(sa.select(Plan).where(sa.or_(sa.true(), Plan.id == ash.plan))).all()


@probe
def select_a_column(s, ash, beck):
    return s.scalars(sa.select(Plan.title)).all()


@probe
def select_a_labelled_expression(s, ash, beck):
    return s.scalars(sa.select((Plan.title + " seen").label("seen"))).all()


@probe
def count_rows(s, ash, beck):
    count = s.scalar(sa.select(sa.func.count()).select_from(Response))
    assert count == 1


@probe
def count_by_column(s, ash, beck):
    assert s.scalar(sa.select(sa.func.count(Response.id))) == 1


@probe
def aggregate_text(s, ash, beck):
    return s.scalars(sa.select(sa.func.max(Plan.title))).all()


@probe
def group_by(s, ash, beck):
    return s.execute(sa.select(Plan.title, sa.func.count()).group_by(Plan.title)).all()


@probe
def get_by_key(s, ash, beck):
    return [s.get(Plan, (ash.space, ash.plan))]


@probe
def get_by_key_with_our_space(s, ash, beck):
    return [s.get(Plan, (beck.space, ash.plan))]


@probe
def get_one(s, ash, beck):
    return [s.get_one(Plan, (ash.space, ash.plan))]


@probe
def legacy_query(s, ash, beck):
    return s.query(Plan).all()


@probe
def legacy_query_filter(s, ash, beck):
    return s.query(Plan).filter_by(id=ash.plan).all()


@probe
def legacy_query_count(s, ash, beck):
    assert s.query(Plan).count() == 1


@probe
def aliased(s, ash, beck):
    return s.scalars(sa.select(orm.aliased(Plan))).all()


@probe
def join_to_the_parent(s, ash, beck):
    return s.execute(
        sa.select(Policy.title, PlanVersion.number).join(PlanVersion, Policy.version_id == PlanVersion.id)
    ).all()


@probe
def outer_join(s, ash, beck):
    other = orm.aliased(Plan)
    return s.execute(sa.select(Plan.title, other.title).outerjoin(other, other.id == ash.plan)).all()


@probe
def cross_join(s, ash, beck):
    other = orm.aliased(Plan)
    return s.execute(sa.select(Plan.title, other.title).join(other, sa.true())).all()


@probe
def common_table_expression(s, ash, beck):
    found = sa.select(Plan.title).cte()
    return s.scalars(sa.select(found.c.title)).all()


@probe
def subquery_column(s, ash, beck):
    found = sa.select(Plan.title).subquery()
    return s.scalars(sa.select(found.c.title)).all()


@probe
def scalar_subquery(s, ash, beck):
    found = sa.select(Plan.title).where(Plan.id == ash.plan).scalar_subquery()
    return s.scalars(sa.select(found)).all()


@probe
def in_subquery(s, ash, beck):
    ids = sa.select(Plan.id).where(Plan.title.contains(WORD))
    return s.scalars(sa.select(Plan.title).where(Plan.id.in_(ids))).all()


@probe
def union(s, ash, beck):
    both = sa.union_all(sa.select(Plan.title), sa.select(Policy.title))
    return s.scalars(sa.select(both.subquery().c[0])).all()


@probe
def union_executed(s, ash, beck):
    return s.execute(sa.union(sa.select(Plan.title), sa.select(Policy.title))).all()


@probe
def bare_exists(s, ash, beck):
    assert s.scalar(sa.select(sa.exists(sa.select(Plan).where(Plan.id == ash.plan)))) is False


@probe
def exists_in_where(s, ash, beck):
    there = sa.exists(sa.select(Plan.id).where(Plan.title.contains(WORD)))
    assert s.scalars(sa.select(Plan.title).where(there)).all() == []


@probe
def relationship_any(s, ash, beck):
    there = Plan.versions.any(PlanVersion.id == ash.version)
    assert s.scalars(sa.select(Plan).where(there)).all() == []


@probe
def lazy_load_downward(s, ash, beck):
    version = s.scalars(sa.select(PlanVersion)).one()
    return version.policies


@probe
def lazy_load_upward(s, ash, beck):
    return [s.scalars(sa.select(Answer)).one().question]


@probe
def joined_load(s, ash, beck):
    return s.scalars(sa.select(Plan).options(orm.joinedload(Plan.versions))).unique().one().versions


@probe
def selectin_load(s, ash, beck):
    found = s.scalars(sa.select(PlanVersion).options(orm.selectinload(PlanVersion.policies))).all()
    return [p for v in found for p in v.policies]


@probe
def subquery_load(s, ash, beck):
    found = s.scalars(sa.select(PlanVersion).options(orm.subqueryload(PlanVersion.policies))).all()
    return [p for v in found for p in v.policies]


@probe
def lazy_load_on_a_pending_row(s, ash, beck):
    answer = Answer(response_id=ash.response, question_id=ash.question)
    s.add(answer)
    with s.no_autoflush:
        found = [answer.question]
    s.expunge(answer)
    return found


@probe
def identity_map(s, ash, beck):
    return [row for row in s.identity_map.values() if getattr(row, "space_id", beck.space) != beck.space]


@probe
def refresh_a_row_kept_from_before(s, ash, beck):
    s.refresh(ash.kept)
    return [ash.kept]


@probe
def expired_attribute_of_a_row_kept_from_before(s, ash, beck):
    return [ash.kept.versions]


@probe
def core_table(s, ash, beck):
    return s.execute(sa.select(Plan.__table__)).all()


@probe
def core_table_column(s, ash, beck):
    return s.execute(sa.select(Plan.__table__.c.title)).all()


@probe
def raw_text(s, ash, beck):
    return s.execute(sa.text("SELECT title FROM plan")).all()


@probe
def from_statement(s, ash, beck):
    return s.scalars(sa.select(Plan).from_statement(sa.text("SELECT * FROM plan"))).all()


@probe
def bare_connection(s, ash, beck):
    return s.connection().execute(sa.text("SELECT title FROM plan")).all()


@probe
def update_everything(s, ash, beck):
    s.execute(sa.update(Plan).values(title="taken"))


@probe
def update_by_id(s, ash, beck):
    s.execute(sa.update(Plan).where(Plan.id == ash.plan).values(title="taken"))


@probe
def update_by_a_list_of_keys(s, ash, beck):
    s.execute(sa.update(Plan), [{"space_id": ash.space, "id": ash.plan, "title": "taken"}])


@probe
def bulk_update_mappings(s, ash, beck):
    s.bulk_update_mappings(Plan, [{"space_id": ash.space, "id": ash.plan, "title": "taken"}])


@probe
def bulk_save(s, ash, beck):
    s.bulk_save_objects([Plan(space_id=ash.space, title="taken")])


@probe
def delete_everything(s, ash, beck):
    s.execute(sa.delete(Policy))


@probe
def delete_by_id(s, ash, beck):
    s.execute(sa.delete(Policy).where(Policy.id == ash.policy))


@probe
def legacy_query_update(s, ash, beck):
    s.query(Plan).filter(Plan.id == ash.plan).update({"title": "taken"})


@probe
def legacy_query_delete(s, ash, beck):
    s.query(Policy).delete()


@probe
def orm_insert(s, ash, beck):
    s.execute(sa.insert(Plan).values(space_id=ash.space, title="taken"))


@probe
def orm_insert_of_many(s, ash, beck):
    s.execute(sa.insert(Plan), [{"space_id": ash.space, "title": "taken"}])


@probe
def add_into_their_space(s, ash, beck):
    s.add(Plan(space_id=ash.space, title="taken"))
    s.flush()


@probe
def move_our_row_to_their_space(s, ash, beck):
    s.scalars(sa.select(Policy)).one().space_id = ash.space
    s.flush()


@probe
def link_our_row_to_theirs(s, ash, beck):
    s.add(Policy(version_id=ash.version, reference="X9", title="taken", position=9))
    s.flush()


@probe
def merge_a_copy_of_their_row(s, ash, beck):
    s.merge(Plan(space_id=ash.space, id=ash.plan, title="taken"))
    s.flush()


@probe
def delete_their_object(s, ash, beck):
    s.delete(ash.kept)
    s.flush()


@probe
def change_their_object(s, ash, beck):
    ash.kept.title = "taken"
    s.add(ash.kept)
    s.flush()


@probe
def members_of_the_neighbour(s, ash, beck):
    return [WORD for m in s.scalars(sa.select(Membership)) if m.space_id == ash.space]


@probe
def enter_the_neighbour_from_inside(s, ash, beck):
    with tenancy.inside(ash.space):
        return s.scalars(sa.select(Plan)).all()


@probe
def questions_of_their_consultation(s, ash, beck):
    return s.scalars(
        sa.select(Question).join(Consultation, Question.consultation_id == ash.consultation)
    ).all()


@pytest.fixture
def planted(working, world):
    ids = {}
    with working("ash"):
        ids["ash"] = plant(WORD)
        ash_kept = db.session.scalars(sa.select(Plan)).one()
    with working("beck"):
        ids["beck"] = plant("heron")
    namespaces = {slug: SimpleNamespace(space=world.space[slug], **vars(p)) for slug, p in ids.items()}
    namespaces["ash"].kept = ash_kept
    return namespaces


def digest(space_id, but=()):
    """A hash of all that a space owns (leaving out the tables named in `but`), read by the owner of the tables, outside
    every wall."""
    seen = hashlib.sha256()
    with db.engine.connect() as connection:
        for table in sorted(db.metadata.tables.values(), key=lambda t: t.name):
            if "space_id" in table.c and table.name not in but:
                for row in connection.execute(
                    sa.select(table).where(table.c.space_id == space_id).order_by(*table.primary_key)
                ):
                    seen.update(repr(tuple(row)).encode())
    return seen.hexdigest()


def seen_in(found):
    rows = found or []
    return " ".join(repr(vars(r)) if hasattr(r, "__mapper__") else repr(r) for r in rows if r is not None)


@pytest.mark.parametrize("name", PROBES)
def test_nothing_of_a_neighbour_is_reached(name, app, planted):
    ash, beck = planted["ash"], planted["beck"]
    with app.app_context():
        before = digest(ash.space)
        found = ""
        try:
            with unit_of_work(), tenancy.inside(beck.space):
                found = seen_in(PROBES[name](db.session, ash, beck))
        except (WallBreach, NoSpace, RuntimeError, sa.exc.SQLAlchemyError):
            pass  # refused is as good as empty; what counts is what was seen and what changed
        db.session.rollback()
        assert WORD not in found
        assert digest(ash.space) == before


def test_there_are_enough_probes():
    assert len(PROBES) >= 40


OUTSIDE = [
    select_everything, select_a_column, aliased, common_table_expression, subquery_column, union, bare_exists,
    legacy_query, update_everything, delete_everything, members_of_the_neighbour, count_rows, get_by_key,
]  # fmt: skip


@pytest.mark.parametrize("function", OUTSIDE, ids=lambda f: f.__name__)
def test_outside_every_space_there_is_no_query(function, app, planted):
    with app.app_context(), unit_of_work(), pytest.raises(NoSpace):
        function(db.session, planted["ash"], planted["beck"])


def test_without_the_criterion_the_probes_fail(app, planted, monkeypatch):
    """A test of the test: take the ORM's lock away and, where no row security stands behind it, the probes see."""
    monkeypatch.setattr(guard, "criteria", lambda stands: [])
    monkeypatch.setattr(guard, "may_see", lambda row, stands: True)
    caught = []
    for name in ("select_everything", "select_a_column", "common_table_expression", "group_by"):
        with app.app_context(), unit_of_work(), tenancy.inside(planted["beck"].space):
            if WORD in seen_in(PROBES[name](db.session, planted["ash"], planted["beck"])):
                caught.append(name)
        with app.app_context():
            db.session.rollback()
    behind = db_name(app) == "postgresql"
    assert (caught == []) if behind else len(caught) == 4


def db_name(app):
    with app.app_context():
        return db.engine.dialect.name


def test_leaving_with_unsaved_work_is_refused(app, world):
    with app.app_context(), unit_of_work(), pytest.raises(WallBreach), tenancy.inside(world.space["ash"]):
        db.session.add(Plan(title="not saved"))


def test_a_page_that_is_read_cannot_write(app, world, planted):
    from consult.database import WriteRefused

    with app.test_request_context("/", method="GET"), tenancy.inside(world.space["ash"]):
        db.session.add(Plan(title="sneaked in"))
        with pytest.raises((WriteRefused, sa.exc.InternalError)):
            db.session.flush()
        db.session.rollback()


def test_a_process_may_stand_somewhere_with_a_person_after_standing_there_without(app, world):
    """The criteria are compiled once and kept: their first form must fit every later scope."""
    with app.app_context(), unit_of_work():
        with tenancy.inside(world.space["ash"]):
            without = len(db.session.scalars(sa.select(Membership)).all())
        with tenancy.inside(world.space["ash"], world.person["beck", "chair"]):
            assert len(db.session.scalars(sa.select(Membership)).all()) == without + 1


def test_a_second_application_in_the_process_adds_no_second_guard(app, world, tmp_path):
    """Each hook runs once a statement: hooks that pile up repeat the criterion until SQLite finds it too deep."""

    def hooks():
        with app.app_context():
            watched = db.session().dispatch
            names = ("do_orm_execute", "before_flush", "after_begin")
            return {name: len(list(getattr(watched, name))) for name in names}

    before = hooks()
    app_on(f"sqlite:///{tmp_path / 'second.db'}", tmp_path)
    assert hooks() == before
    with app.app_context(), unit_of_work(), tenancy.inside(world.space["ash"]):
        asked = []
        sa.event.listen(db.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
        db.session.scalars(sa.select(Plan)).all()
        assert asked[-1].replace('"', "").count("plan.space_id =") == 1


def test_a_neighbouring_space_itself_is_read_and_never_changed(app, world):
    def rename(slug):
        db.session.scalars(sa.select(Space).where(Space.slug == slug)).one().name = "taken"
        db.session.flush()

    for slug in ("ash", "northam"):
        refused = pytest.raises(WallBreach, match="Another space")
        with app.app_context(), refused, unit_of_work(), tenancy.inside(world.space["beck"]):
            rename(slug)
    with app.app_context(), pytest.raises(WallBreach), unit_of_work(), tenancy.inside(world.space["beck"]):
        db.session.execute(sa.update(Space).values(name="taken"))
    for slug in ("ash", "northam"):
        with app.app_context(), unit_of_work(), tenancy.inside(world.space["northam"]):
            rename(slug)
