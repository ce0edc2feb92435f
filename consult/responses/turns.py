"""One response at a time in each process, where the database is SQLite.

Threads of one process take the interpreter from each other, and whoever holds the database's write lock would wait
for all of them: taking turns doubles what is accepted in a second. Every form has been read before its turn comes,
so that a slow line holds nobody up.
"""

import threading

from flask import g, request

from consult.database import on_postgresql

LONGEST_WAIT_IN_SECONDS = 20.0  # then it goes ahead without: the turn is a courtesy, not a lock on anything
_turn = threading.Lock()


def take_turn() -> None:
    if on_postgresql():
        return
    request.form.to_dict()
    g.has_turn = _turn.acquire(timeout=LONGEST_WAIT_IN_SECONDS)


def give_turn(error: BaseException | None = None) -> None:
    if g.pop("has_turn", False):
        _turn.release()
