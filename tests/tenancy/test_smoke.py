import pytest
import sqlalchemy as sa

from consult.database import db
from consult.plans.models import Plan, PlanVersion, Policy
from consult.tenancy import NoSpace, WallBreach


def test_a_space_sees_only_its_own(app, working):
    with working("ash"):
        plan = Plan(title="Ash plan")
        db.session.add(plan)
        db.session.flush()
        version = PlanVersion(plan_id=plan.id, number=1)
        db.session.add(version)
        db.session.flush()
        db.session.add(Policy(version_id=version.id, reference="H1", title="Homes", position=1))
        db.session.flush()
        assert plan.versions[0].policies[0].version_id == version.id
        assert version.plan is plan
    with working("beck"):
        assert db.session.scalars(sa.select(Plan)).all() == []
    with working("ash"):
        assert [p.title for p in db.session.scalars(sa.select(Plan))] == ["Ash plan"]
    with app.app_context(), pytest.raises(NoSpace):
        db.session.scalars(sa.select(Plan)).all()
    with app.app_context(), pytest.raises(WallBreach):
        db.session.execute(sa.text("select 1"))
