"""How often an address may do a thing: counted in one small store that every worker shares.

Redis where REDIS_URL names one (several machines); otherwise SQLite under DATA_DIR, apart from the main database,
so that a flood of refused requests never queues for the lock that responses need.
"""

import fcntl
import hashlib
import hmac
import ipaddress
import logging
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import parse
from limits.storage import Storage

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS hits (key TEXT PRIMARY KEY, number INTEGER NOT NULL, ends REAL NOT NULL)",
    "CREATE INDEX IF NOT EXISTS hits_ends ON hits (ends)",
)
SWEPT = (
    20  # windows that are over, taken away whenever one begins: more go than come, and no hit waits for many
)
A_HOUSEHOLD = 64  # bits of an IPv6 address: whoever has one has all the others of its network (RFC 6177)
logger = logging.getLogger("consult")


class NotCounted(Exception):
    """The store did not answer. Whoever asked knows what is worse: letting it be done, or not."""


def asking() -> str:
    return network_of(request.remote_addr or "")


def network_of(given: str) -> str:
    """The address that asks; of IPv6 its network, else one household would have as many limits as it likes."""
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, A_HOUSEHOLD), strict=False))


limiter = Limiter(asking, headers_enabled=False)


def hit(limit: str, what: str, *whose: str, cost: int = 1) -> bool:
    """Counts one more, or what it costs, and says whether that is within the limit, such as `5 per hour`. Raises
    NotCounted."""
    if not limiter.enabled:
        return True
    try:
        return limiter.limiter.hit(parse(limit), what, sealed("\n".join(whose)), cost=cost)
    except Exception as problem:  # whatever the store is, and however it fails
        logger.exception("the limits could not be counted")
        raise NotCounted from problem


def sealed(text: str) -> str:
    """What the store keeps of an address: enough to know it again, and to nobody else a name."""
    return hmac.new(str(current_app.secret_key).encode(), text.encode(), hashlib.sha256).hexdigest()


class SharedSqlite(Storage):
    """Fixed windows in one SQLite file; one statement a hit, atomic across processes."""

    STORAGE_SCHEME = ["consult-sqlite"]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self.path = Path((uri or "").partition("://")[2])
        self.local = threading.local()

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        return sqlite3.Error

    def connection(self) -> sqlite3.Connection:
        if not hasattr(self.local, "connection"):
            self.local.connection = self.opened()
        connection: sqlite3.Connection = self.local.connection
        return connection

    def opened(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=5, isolation_level=None)
        with open(f"{self.path}.lock", "w") as lock:  # turning to WAL does not wait for others who do
            fcntl.flock(lock, fcntl.LOCK_EX)
            for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", *SCHEMA):
                connection.execute(statement)
        return connection

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        now = time.time()
        row = self.connection().execute(
            "INSERT INTO hits VALUES (:key, :amount, :ends) ON CONFLICT (key) DO UPDATE SET "
            "number = CASE WHEN ends <= :now THEN :amount ELSE number + :amount END, "
            "ends = CASE WHEN ends <= :now THEN :ends ELSE ends END RETURNING number",
            {"key": key, "amount": amount, "ends": now + expiry, "now": now},
        )
        number = int(row.fetchall()[0][0])
        if number == amount:
            self.sweep(now)
        return number

    def sweep(self, now: float) -> None:
        """Takes away some of what is over, so that nobody's address is kept for long, nor the file grows."""
        over = "SELECT key FROM hits WHERE ends <= ? ORDER BY ends LIMIT ?"
        self.connection().execute(f"DELETE FROM hits WHERE key IN ({over})", (now, SWEPT))  # noqa: S608

    def get(self, key: str) -> int:
        row = self.connection().execute(
            "SELECT number FROM hits WHERE key = ? AND ends > ?", (key, time.time())
        )
        found = row.fetchone()
        return int(found[0]) if found else 0

    def get_expiry(self, key: str) -> float:
        found = self.connection().execute("SELECT ends FROM hits WHERE key = ?", (key,)).fetchone()
        return float(found[0]) if found else time.time()

    def check(self) -> bool:
        return self.connection().execute("SELECT 1").fetchone() == (1,)

    def reset(self) -> int | None:
        return self.connection().execute("DELETE FROM hits").rowcount

    def clear(self, key: str) -> None:
        self.connection().execute("DELETE FROM hits WHERE key = ?", (key,))


def init_app(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    app.config.setdefault(
        "RATELIMIT_STORAGE_URI", settings.redis_url or f"consult-sqlite://{settings.data_dir / 'limits.db'}"
    )
    app.config.setdefault("RATELIMIT_SWALLOW_ERRORS", True)
    limiter.init_app(app)
