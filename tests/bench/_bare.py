"""The peer: a bare Flask view that inserts two rows into SQLite, as durably as the service does."""

import os
import sqlite3
import threading
from typing import Any
from uuid import uuid4

from flask import Flask, redirect, request

app = Flask(__name__)
local = threading.local()


def connection() -> sqlite3.Connection:
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(os.environ["BARE_DATABASE"], timeout=30, isolation_level=None)
        local.connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "CREATE TABLE IF NOT EXISTS response (id TEXT PRIMARY KEY, name TEXT); "
            "CREATE TABLE IF NOT EXISTS answer (id TEXT PRIMARY KEY, response_id TEXT, text TEXT)"
        )
    return local.connection


@app.post("/")
def add() -> Any:
    one, two = uuid4().hex, uuid4().hex
    writing = connection()
    writing.execute("BEGIN IMMEDIATE")
    writing.execute("INSERT INTO response VALUES (?, ?)", (one, request.form.get("name", "")))
    writing.execute("INSERT INTO answer VALUES (?, ?, ?)", (two, one, request.form.get("q4", "")))
    writing.execute("COMMIT")
    return redirect("/", 303)
