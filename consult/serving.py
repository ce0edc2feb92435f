"""bin/run's one process: brings the database up to date, fills an empty one with the demo, starts the worker, and
becomes the web server. A second Python would cost seconds at every start."""

import logging
import os
import signal
import sys
import time
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from gunicorn.app.base import BaseApplication

from consult import jobs
from consult.app import create_app
from consult.database import db
from consult.settings import ROOT, HalfConfigured

WORKERS, THREADS = 2, 4
BETWEEN_STARTS = 2.0  # seconds, so that a worker that cannot live is not forked a thousand times


class Server(BaseApplication):
    """gunicorn with our settings; the app is loaded before it forks."""

    def __init__(self, app: Flask, address: str) -> None:
        self.app, self.address = app, address
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": self.address,
            "workers": WORKERS,
            "threads": THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "loglevel": "warning",
            "graceful_timeout": 10,
            "control_socket_disable": True,
        }.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def up_to_date() -> bool:
    heads = set(ScriptDirectory(str(ROOT / "migrations")).get_heads())
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == heads


def prepare(app: Flask) -> None:
    with app.app_context():
        if not up_to_date():
            print("Bringing the database up to date …", flush=True)
            upgrade()
        if app.config["SETTINGS"].demo:
            from consult.demo.story import greet

            greet()
        db.session.remove()
        db.engine.dispose()


def start_worker(app: Flask) -> None:
    """Forks the outbox's worker, with a keeper that starts it again should it die and ends with the server."""
    server = os.getpid()
    if os.fork() == 0:
        keep_worker(app, server)


def keep_worker(app: Flask, server: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    keeper = os.getpid()
    while os.getppid() == server:
        worker = os.fork()
        if worker == 0:
            with app.app_context():
                jobs.work(stop=lambda: os.getppid() != keeper or not alive(server))
            os._exit(0)
        os.waitpid(worker, 0)
        time.sleep(BETWEEN_STARTS)
    os._exit(0)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def main(environment: Any = os.environ) -> None:
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    address = f"127.0.0.1:{environment.get('PORT') or 5000}"
    try:
        app = create_app()
        prepare(app)
    except HalfConfigured as problem:
        sys.exit(str(problem))
    except sa.exc.OperationalError as problem:
        sys.exit(f"The database at DATABASE_URL does not answer: {problem.orig}")
    start_worker(app)
    print(f"Consult is at http://{address}/ (Ctrl-C stops it)", flush=True)
    Server(app, address).run()


if __name__ == "__main__":
    main()
