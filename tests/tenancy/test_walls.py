"""The URL map, walked as every role of every other space: nothing foreign appears, nothing foreign changes."""

import pytest
from flask import abort

from consult import access
from consult.database import db
from consult.spaces import doors
from consult.tenancy import Decided, Handed
from tests.api import keys
from tests.tenancy.everything import classes, plant_everything
from tests.tenancy.test_probes import digest
from tests.tenancy.walker import Walker, fillings, walk

OWN, HANDED = "kestrel", "osprey"
STRANGERS = [("beck", "chair"), ("dell", "chair"), ("cole", "viewer"), ("southby", "officer")]
NEAR = [("northam", "officer")]  # sees what was handed to the authority, and nothing else of Ash Hill


@pytest.fixture(params=[False, True], ids=["a draft", "an open consultation"])
def opened(request):
    return request.param


@pytest.fixture
def named(app, world, opened):
    """Ash Hill, with something in every table; its consultation a draft, or open to everyone with its plan."""
    app.config["PROPAGATE_EXCEPTIONS"] = False  # a page that breaks is a fault to be listed with the others
    spaces = world.space["ash"], world.space["northam"]
    with app.app_context():
        return plant_everything(*spaces, world.person["ash", "chair"], own=OWN, handed=HANDED, opened=opened)


@pytest.fixture
def walkers(app, world, sign_in, named):
    def token(*who):
        return keys.token_of(app, world, *who)

    def cookie(*who):
        return sign_in(*who).get_cookie(app.config["SESSION_COOKIE_NAME"]).value

    def home(slug):
        return f"a/{slug}" if slug in ("northam", "southby") else f"f/{slug}"

    people = [
        Walker(f"{role} of {s}", cookie(s, role), token(s, role), home(s), (OWN, HANDED))
        for s, role in STRANGERS
    ]
    handed = frozenset(
        v for cls, table in classes() if issubclass(cls, Handed) for v in named.get(table.name, ())
    )
    people += [
        Walker(f"{role} of {s}", cookie(s, role), token(s, role), home(s), (OWN,), handed) for s, role in NEAR
    ]
    people += [
        Walker("nobody", None, None, "f/beck", (OWN, HANDED)),
        Walker(
            *("operator", cookie("operator"), token("operator"), "f/beck", (OWN,)),
            oversees=("/operator/downloads",),  # who fetched what
        ),
    ]
    return people


def test_nothing_foreign_appears_and_nothing_foreign_changes(app, world, named, walkers):
    """What its authority decides about a space is the authority's own to change: nobody else's."""
    decided = tuple(table.name for cls, table in classes() if issubclass(cls, Decided))
    near = [walker for walker in walkers if walker.handed]
    faults = []
    for people, theirs in (([w for w in walkers if w not in near], ()), (near, decided)):
        with app.app_context():
            before = digest(world.space["ash"], theirs)
        faults += walk(app, "f/ash", named, people)
        with app.app_context():
            after = digest(world.space["ash"], theirs)
        assert after == before, [walker.name for walker in people]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("opened", [False], indirect=True, ids=["a draft"])
def test_no_address_is_left_out_of_the_walk(app, named):
    """One for which no name is found would never be visited."""
    assert not [rule for rule in app.url_map.iter_rules() if not list(fillings(rule, named))]


# Tests of the test: faults planted on purpose are found.

by_a_draft = pytest.mark.parametrize("opened", [False], indirect=True, ids=["a draft"])


@by_a_draft
def test_a_page_that_asks_nobody_is_found(app, named, walkers, monkeypatch):
    monkeypatch.setattr(doors, "ask", lambda act: None)
    assert any(f"shows “{OWN}”" in fault for fault in walk(app, "f/ash", named, walkers[:1]))


@by_a_draft
def test_a_page_that_reads_by_id_alone_is_found(app, named, walkers):
    app._got_first_request = False

    @app.route("/<space:space>/leak/<uuid:id>")
    @access.public
    def leak(id):
        with db.engine.connect() as connection:
            return str(connection.exec_driver_sql("SELECT title FROM plan").all())

    assert any(f"shows “{OWN}”" in fault for fault in walk(app, "f/ash", named, walkers[:1], only="/leak/"))


@by_a_draft
def test_a_page_that_tells_forbidden_from_missing_is_found(app, named, walkers):
    app._got_first_request = False

    @app.route("/<space:space>/oracle/<uuid:id>")
    @access.public
    def oracle(id):
        abort(403 if any(id in values for values in named.values()) else 404)

    assert any(
        "differs from what does not exist" in f
        for f in walk(app, "f/ash", named, walkers[:1], only="/oracle/")
    )
