"""The store that counts: fixed windows, exact across processes, nothing kept that is over."""

import subprocess
import sys
import time

import pytest

from consult.web import limits

ONE_COUNTS = """
import sys
from consult.web.limits import SharedSqlite
store = SharedSqlite(sys.argv[1])
sys.stdin.read(1)
print(max(store.incr("one", 60) for _ in range(200)))
"""


@pytest.fixture
def store(tmp_path):
    store = limits.SharedSqlite(f"consult-sqlite://{tmp_path}/deeper/limits.db")
    yield store
    store.connection().close()


@pytest.fixture
def clock(monkeypatch):
    """Moves the store's time on by what is added to its only entry."""
    ahead, real = [0.0], time.time
    monkeypatch.setattr(limits.time, "time", lambda: real() + ahead[0])
    return ahead


def kept(store) -> set[str]:
    return {key for (key,) in store.connection().execute("SELECT key FROM hits")}


def test_hits_count_up_within_their_window_and_begin_again_after_it(store, clock):
    assert [store.incr("ann", 60) for _ in range(3)] == [1, 2, 3]
    ends = store.get_expiry("ann")
    clock[0] = 50
    assert (store.incr("ann", 60), store.get_expiry("ann")) == (4, ends)  # fixed: a hit makes it no longer
    assert (store.get("ann"), store.get("bob")) == (4, 0)
    clock[0] = 61
    assert store.get("ann") == 0
    assert store.incr("ann", 60, amount=5) == 5
    assert store.get_expiry("ann") > ends


def test_a_window_can_be_forgotten_alone_or_with_all_others(store):
    for key in ("ann", "bob", "cat"):
        store.incr(key, 60)
    store.clear("ann")
    assert kept(store) == {"bob", "cat"}
    assert (store.reset(), kept(store), store.check()) == (2, set(), True)


def test_what_is_over_is_taken_away_a_little_at_a_time(store, clock):
    for number in range(limits.SWEPT * 2 + 5):
        store.incr(f"old {number}", 60)
    store.incr("lasting", 600)
    clock[0] = 61
    store.incr("new", 60)
    assert len(kept(store)) == limits.SWEPT + 5 + 2  # one sweep, and no more
    store.incr("new", 60)
    assert len(kept(store)) == limits.SWEPT + 5 + 2  # a window that goes on sweeps nothing
    store.incr("newer", 60)
    store.incr("newest", 60)
    assert kept(store) == {"lasting", "new", "newer", "newest"}


def test_processes_that_begin_together_count_every_hit_once(tmp_path):
    uri = f"consult-sqlite://{tmp_path}/limits.db"
    several = [
        subprocess.Popen(
            [sys.executable, "-c", ONE_COUNTS, uri], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(5)
    ]
    for process in several:
        process.stdin.write("x")
        process.stdin.flush()
    ends = [process.communicate(timeout=120)[0] for process in several]
    assert [process.returncode for process in several] == [0] * 5
    assert max(int(end) for end in ends) == 1000 == limits.SharedSqlite(uri).get("one")


@pytest.fixture
def counting(app):
    with app.app_context():
        app.config["RATELIMIT_ENABLED"] = limits.limiter.enabled = True
        limits.limiter.init_app(app)
        yield limits.limiter._storage
        limits.limiter.enabled = False


def test_a_limit_is_kept_for_each_and_the_store_names_nobody(counting):
    assert [limits.hit("2 per hour", "receipts", "ann@example.org") for _ in range(3)] == [True, True, False]
    assert limits.hit("2 per hour", "receipts", "bob@example.org")
    assert limits.hit("2 per hour", "mails", "ann@example.org")
    assert len(kept(counting)) == 3
    assert not any("example.org" in key for key in kept(counting))


def test_a_store_that_does_not_answer_is_said(counting, caplog, monkeypatch, tmp_path):
    monkeypatch.setattr(counting, "path", tmp_path)  # a folder holds no hits
    with pytest.raises(limits.NotCounted):
        limits.hit("2 per hour", "receipts", "ann@example.org")
    assert "the limits could not be counted" in caplog.text


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::8", True),  # one household's network
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False),
    ],
)
def test_whoever_has_many_addresses_is_counted_as_one(app, one, other, alike):
    def asks(address):
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            return limits.asking()

    assert (asks(one) == asks(other)) is alike
