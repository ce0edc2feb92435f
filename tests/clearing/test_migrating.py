"""The doors that an erasure opens are walls again where the migration is taken back."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from consult.clearing import erasing
from consult.database import db, unit_of_work
from tests.clearing import speaking


def test_what_was_said_stays_and_is_never_changed_without_the_tables_of_clearing(opened, app, working, chair):
    with working("ash"):
        speaking.respond()
    with app.app_context():
        db.session.remove()
        downgrade(revision="0013")
        downgrade()
    with app.app_context(), unit_of_work(), db.engine.connect() as connection:
        assert "erasure" not in sa.inspect(connection).get_table_names()
        with pytest.raises(sa.exc.DBAPIError, match="never changed"):
            connection.exec_driver_sql("UPDATE answer SET text = 'changed'")
    with app.app_context():
        upgrade()
    with working("ash"):
        erasing.erase(speaking.only(), "They asked us to.", chair())
        assert {answer.text for answer in speaking.only().answers} == {"[erased]"}
