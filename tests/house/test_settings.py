from pathlib import Path

import pytest

from consult.app import create_app
from consult.settings import DEMO_SECRET, HalfConfigured, Settings, database_url


def test_an_empty_environment_is_production_and_refuses_to_serve():
    settings = Settings.read({})
    assert not settings.demo
    with pytest.raises(HalfConfigured, match="SECRET_KEY is not set"):
        settings.ready_to_serve()


def test_the_demo_needs_no_secret():
    Settings.read({"CONSULT_DEMO": "1"}).ready_to_serve()


def test_the_demos_secret_is_refused_in_production():
    with pytest.raises(HalfConfigured, match="everyone knows"):
        Settings.read({"SECRET_KEY": DEMO_SECRET}).ready_to_serve()


def test_anything_but_one_leaves_the_demo_off():
    assert not Settings.read({"CONSULT_DEMO": "yes"}).demo


@pytest.mark.parametrize("given", ["postgres://u@h/d", "postgresql://u@h/d"])
def test_postgresql_is_reached_through_psycopg_3(given):
    assert database_url(given, Path("/x")) == "postgresql+psycopg://u@h/d"


def test_without_a_database_url_it_is_a_file_in_the_data_folder():
    assert Settings.read({"DATA_DIR": "/somewhere"}).database_url == "sqlite:////somewhere/consult.db"


def test_a_number_of_proxies_that_is_no_number_is_said_so():
    with pytest.raises(HalfConfigured, match="TRUSTED_PROXIES must be a whole number"):
        Settings.read({"TRUSTED_PROXIES": "some"})


def test_without_a_server_name_only_this_machine_is_answered(tmp_path):
    """A host that anybody may name would stand in the links of other people's mail."""
    given = {"DATA_DIR": str(tmp_path), "SECRET_KEY": "a secret of the test"}
    client = create_app(Settings.read(given)).test_client()
    answers = {
        host: client.get("/privacy", headers={"Host": host}).status_code
        for host in ("127.0.0.1:5000", "localhost", "evil.example")
    }
    assert answers == {"127.0.0.1:5000": 200, "localhost": 200, "evil.example": 400}
