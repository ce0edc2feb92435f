"""bin/run's process: what it says when it cannot serve, and how it keeps its worker."""

import os
import time

import pytest

from consult import serving
from tests.conftest import app_on

NOBODY_LISTENS = "postgresql+psycopg://consult@127.0.0.1:9/consult?connect_timeout=2"


@pytest.mark.parametrize("where", [NOBODY_LISTENS, "sqlite:////nowhere/at/all/consult.db"])
def test_a_database_that_does_not_answer_is_said_in_a_sentence(tmp_path, monkeypatch, where):
    monkeypatch.setattr(serving, "create_app", lambda: app_on(where, tmp_path))
    with pytest.raises(SystemExit) as stopped:
        serving.main({"PORT": "0"})
    assert str(stopped.value).startswith("The database at DATABASE_URL does not answer: ")


def test_a_worker_that_cannot_live_is_not_forked_without_a_pause(app, monkeypatch):
    slept, server = [], os.getppid()
    monkeypatch.setattr(serving.signal, "signal", lambda *_: None)
    monkeypatch.setattr(os, "fork", lambda: 4242)
    monkeypatch.setattr(os, "waitpid", lambda worker, options: (worker, 1))
    monkeypatch.setattr(os, "getppid", lambda: server if len(slept) < 3 else 1)
    monkeypatch.setattr(time, "sleep", slept.append)

    def ended(code):
        raise SystemExit(code)

    monkeypatch.setattr(os, "_exit", ended)
    with pytest.raises(SystemExit):
        serving.keep_worker(app, server)
    assert slept == [serving.BETWEEN_STARTS] * 3
