"""The database, SQLite or PostgreSQL, made to behave alike: readers by default, one writer at a time where it
matters, one commit a request, and nothing written while a page is only being looked at."""

import fcntl
import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar, NoReturn, cast
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

READS = re.compile(
    r"\s*(SELECT|PRAGMA|EXPLAIN|WITH\b(?!.*\b(INSERT|UPDATE|DELETE)\b)|RELEASE|ROLLBACK)", re.I | re.S
)
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
PATIENCE = 20  # seconds that a writer waits for its turn: longer, and people press the button again
_working: ContextVar[bool] = ContextVar("working", default=False)


class WriteRefused(RuntimeError):
    """Something tried to write while a page was only being read."""


class Busy(RuntimeError):
    """Somebody else has been writing for longer than `PATIENCE`."""


class Moment(TypeDecorator[datetime]):
    """An instant in UTC, aware on both databases (SQLite would hand back a naive one)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: Moment,
            UUID: sa.Uuid(),
            dict[str, Any]: sa.JSON(),
            list[str]: sa.JSON(),
            list[dict[str, Any]]: sa.JSON(),
            bytes: sa.LargeBinary(),
            str: sa.Text(),
        },
    )


class InsertOnly:
    """Rows that are written once: the database refuses to change or remove them (`catalogue.py`).

    `__erased__` says what an erasure may do to rows that hold somebody's words, UPDATE or DELETE, and which column
    names the response that was erased. Nothing else opens that door.
    """

    __erased__: ClassVar[tuple[str, str] | None] = None


class Session(FlaskSession):
    """The one session. What would walk round the walls of `tenancy.py` is not to be had here."""

    def connection(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RuntimeError(
            "A bare connection walks round the walls: use `native(statement)` where raw SQL is the point."
        )

    def _refuse_bulk(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RuntimeError("Bulk writes walk round the walls: add objects to the session.")

    bulk_save_objects = bulk_insert_mappings = bulk_update_mappings = _refuse_bulk


db = SQLAlchemy(model_class=Base, session_options={"class_": Session})
new_id = uuid4


def native(
    statement: sa.Executable, parameters: dict[str, Any] | list[dict[str, Any]] | None = None
) -> sa.Result[Any]:
    """Runs raw SQL. Only for what the ORM has no words for (indexes, locks, settings); a test lists every caller."""
    return db.session.execute(statement, parameters, execution_options={"native": True})


def native_rows(sql: str, parameters: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    """The same for a hot read, in the driver's own words: half the time of `native`, which reads the SQL first.
    PostgreSQL's answer comes in binary: outlines as text would be twice as long, and then have to be read back."""
    driver: Any = FlaskSession.connection(db.session()).connection.driver_connection
    cursor = driver.cursor(binary=True) if on_postgresql() else driver.cursor()
    with closing(cursor):
        return cast(Sequence[tuple[Any, ...]], cursor.execute(sql, parameters).fetchall())


def on_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"


def may_write() -> bool:
    """True in a unit of work, and in a request whose method says that it changes something."""
    if _working.get():
        return True
    return has_request_context() and request.method not in SAFE_METHODS


@contextmanager
def unit_of_work() -> Iterator[None]:
    """A write outside a request: a command, a job. Commits once, on success."""
    db.session.rollback()  # a reader's transaction that is still open could not become a writer's
    token = _working.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _working.reset(token)


def alone(what: str) -> None:
    """From here to the end of the transaction nobody else does `what`, and all that is read is read afresh.

    PostgreSQL: a transaction-level advisory lock at READ COMMITTED (SERIALIZABLE misses overlaps: GiST searches
    lock too little). SQLite: the write lock, which every writer queues for.
    """
    take_turn(what)
    db.session.expire_all()


def take_turn(what: str) -> None:
    """The same for whoever looks again only at what is never changed: what was read before stays read."""
    if on_postgresql():
        wait_for(what)
    elif "writing" not in (connection := FlaskSession.connection(db.session())).info:
        queue_to_write(connection)


def wait_for(what: str) -> None:
    """PostgreSQL's own lock, waited for as long as SQLite's."""
    waiting = "SELECT set_config('lock_timeout', :patience, true), pg_advisory_xact_lock(hashtextextended(:what, 0))"
    try:
        native(sa.text(waiting), {"what": what, "patience": f"{PATIENCE}s"})
    except sa.exc.OperationalError as problem:
        if not is_busy(problem):
            raise
        raise Busy(f"{what}: not free within {PATIENCE} s") from problem


def is_busy(problem: sa.exc.OperationalError) -> bool:
    """PostgreSQL's lock_not_available: after `alone`, every lock of the transaction is waited for as patiently."""
    return getattr(problem.orig, "sqlstate", None) == "55P03"


def init_app(app: Flask) -> None:
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(app.config["SQLALCHEMY_DATABASE_URI"]))
    db.init_app(app)
    with app.app_context():
        listen = listen_postgresql if on_postgresql() else listen_sqlite
        listen(db.engine)
    app.after_request(commit_once)


def engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 30, "check_same_thread": False}}
    return {"pool_pre_ping": True, "isolation_level": "READ COMMITTED"}


def commit_once(response: Any) -> Any:
    """The request commits once, on success; a page that shows an error keeps nothing."""
    if request.method in SAFE_METHODS:
        return response
    if response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    return response


# PostgreSQL: a transaction says whether it may write before it does anything.


def listen_postgresql(engine: sa.Engine) -> None:
    @event.listens_for(engine, "begin")
    def read_only_unless_writing(connection: Connection) -> None:
        if not may_write():
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")


# SQLite: every transaction starts as a reader; its first write queues for a file lock and becomes BEGIN IMMEDIATE.
# The lock keeps the queue fair: SQLite's own waiting took the slowest request from 0.1 s to 1 s.


def listen_sqlite(engine: sa.Engine) -> None:
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_reading)
    event.listen(engine, "before_cursor_execute", before_statement)
    event.listen(engine, "checkin", lambda dbapi, record: release(record.info))
    event.listen(engine, "invalidate", lambda dbapi, record, error: release(record.info))


def prepare_sqlite(dbapi: Any, record: Any) -> None:
    dbapi.isolation_level = None
    ways = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON")
    for pragma in (*ways, "secure_delete=ON"):  # what is erased is overwritten, and not only left out
        dbapi.execute(f"PRAGMA {pragma}")


def begin_reading(connection: Connection) -> None:
    release(connection.info)
    dbapi = connection.connection.dbapi_connection
    assert dbapi is not None
    for statement in ("PRAGMA query_only=ON", "BEGIN"):
        dbapi.cursor().execute(statement)


def before_statement(connection: Connection, cursor: Any, sql: str, *rest: Any) -> None:
    if "writing" not in connection.info and not READS.match(sql):
        queue_to_write(connection)


def queue_to_write(connection: Connection) -> None:
    if not may_write():
        raise WriteRefused("A page that is only read tried to write.")
    dbapi = connection.connection.dbapi_connection
    assert dbapi is not None
    cursor = dbapi.cursor()
    cursor.execute("COMMIT")  # a reader's snapshot may not be written over: begin again, in turn
    connection.info["writing"] = file_lock(Path(f"{connection.engine.url.database}.lock"))
    for statement in ("PRAGMA query_only=OFF", "BEGIN IMMEDIATE"):
        cursor.execute(statement)


def file_lock(path: Path) -> int:
    """The lock's handle. Whoever has to wait does so in the order of arrival, and not for ever."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return in_turn(handle)
    return handle


def in_turn(handle: int) -> int:
    """The kernel keeps the queue but knows no deadline, so a thread stands in it."""
    turn: Future[int] = Future()
    Thread(target=stand_in_line, args=(handle, turn), daemon=True).start()
    try:
        return turn.result(PATIENCE)
    except TimeoutError:
        if turn.cancel():
            raise Busy(f"the database was not free within {PATIENCE} s") from None
        return turn.result()  # it came at the last moment


def stand_in_line(handle: int, turn: Future[int]) -> None:
    fcntl.flock(handle, fcntl.LOCK_EX)
    if turn.set_running_or_notify_cancel():
        turn.set_result(handle)
    else:
        os.close(handle)  # nobody waits any more: the next one, please


def release(info: Any) -> None:
    handle = info.pop("writing", None)
    if handle is not None:
        os.close(handle)
