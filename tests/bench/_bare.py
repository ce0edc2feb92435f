"""The peer: a bare Flask view that inserts two rows, as durably as the service does, into SQLite or PostgreSQL."""

import os
import sqlite3
import threading
from typing import Any
from uuid import uuid4

import psycopg
from flask import Flask, redirect, request

app = Flask(__name__)
local = threading.local()
DATABASE = os.environ["BARE_DATABASE"]
ON_POSTGRESQL = DATABASE.startswith("postgresql:")
TABLES = (
    "CREATE TABLE IF NOT EXISTS bare_response (id TEXT PRIMARY KEY, name TEXT)",
    "CREATE TABLE IF NOT EXISTS bare_answer (id TEXT PRIMARY KEY, response_id TEXT, text TEXT)",
)
BEGIN = "BEGIN" if ON_POSTGRESQL else "BEGIN IMMEDIATE"
MARK = "%s" if ON_POSTGRESQL else "?"
INSERTS = (
    f"INSERT INTO bare_response VALUES ({MARK}, {MARK})",
    f"INSERT INTO bare_answer VALUES ({MARK}, {MARK}, {MARK})",
)


def opened() -> Any:
    if ON_POSTGRESQL:
        return psycopg.connect(DATABASE, autocommit=True)
    connection = sqlite3.connect(DATABASE, timeout=30, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def connection() -> Any:
    if not hasattr(local, "connection"):
        local.connection = opened()
    return local.connection


def prepare() -> None:
    """Once, before it serves."""
    for table in TABLES:
        connection().execute(table)
    connection().close()


@app.get("/healthz")
def health() -> str:
    return "ok"


@app.post("/")
def add() -> Any:
    one, two = uuid4().hex, uuid4().hex
    writing = connection()
    writing.execute(BEGIN)
    writing.execute(INSERTS[0], (one, request.form.get("name", "")))
    writing.execute(INSERTS[1], (two, one, request.form.get("q4", "")))
    writing.execute("COMMIT")
    return redirect("/", 303)


if __name__ == "__main__":
    prepare()
