"""Boundaries that belong to everybody: loaded, found again, and known for whose they are."""

import pytest
import shapely
import sqlalchemy as sa

from consult.areas.loaded import boundaries
from consult.areas.loaded.boundaries import Boundary, plain
from consult.audit import OperatorDeed
from consult.database import db
from consult.spaces.models import standing
from geodata import writing
from tests.areas.ground import square


@pytest.fixture
def load(app, tmp_path):
    """`load("parish", ("Cole", shape), …)` runs the command on a file of these."""

    def load(kind, *shapes, options=(), **more):
        path = tmp_path / "boundaries.geojson"
        features = [
            (shape, {"NAME": name} | {field: values[n] for field, values in more.items()})
            for n, (name, shape) in enumerate(shapes)
        ]
        path.write_bytes(writing.geojson(features))
        words = ["boundaries", "import", str(path), "--kind", kind, "--name-field", "NAME", *options]
        return app.test_cli_runner().invoke(args=words)

    return load


def kept(app, kind="parish"):
    with app.app_context():
        return {b.name: b for b in db.session.scalars(sa.select(Boundary).where(Boundary.kind == kind))}


def test_what_is_in_a_file_is_kept_with_its_box_and_its_source(app, load):
    done = load("ward", ("Hill", square(0.4, 0.6)), ("Vale", square(1000)), options=["--attribution", "© OS"])
    assert done.exit_code == 0, done.output
    assert "2 of 2 boundaries are kept: 2 new, 0 in place of what was there." in done.stdout
    hill = kept(app, "ward")["Hill"]
    assert hill.geometry.equals(square(0.4, 0.6))
    assert (hill.west, hill.south, hill.east, hill.north) == (450_000, 200_000, 451_001, 201_001)
    assert (hill.reference, hill.attribution, hill.body_id) == ("hill", "© OS", None)
    with app.app_context():
        assert db.session.scalar(sa.select(OperatorDeed).where(OperatorDeed.act == "boundaries.imported"))


def test_again_what_has_the_same_reference_is_replaced(app, load):
    codes = {"options": ["--reference-field", "GSS"], "GSS": ["E04000001", "E04000002"]}
    load("parish", ("Ham", square()), ("Cheese", square(1000)), **codes)
    first = kept(app)["Ham"]
    again = load("parish", ("Ham and Egg", square(0, 0, 900)), ("Cheese", square(1000)), **codes)
    assert "2 of 2 boundaries are kept: 0 new, 2 in place of what was there." in again.stdout
    now = kept(app)
    assert set(now) == {"Ham and Egg", "Cheese"}
    assert (now["Ham and Egg"].id, now["Ham and Egg"].hectares) == (first.id, 81)


def test_two_of_one_name_are_two_and_stay_two(app, load):
    for _ in range(2):
        assert load("ward", ("Mill", square()), ("Mill", square(1000))).exit_code == 0
    with app.app_context():
        references = db.session.scalars(sa.select(Boundary.reference).order_by(Boundary.reference)).all()
        assert references == ["mill", "mill-2"]


def test_what_is_refused_is_said_and_the_rest_is_kept(app, load):
    bowtie = shapely.Polygon([(450000, 200000), (451000, 201000), (451000, 200000), (450000, 201000)])
    done = load(
        "parish",
        ("Bow", bowtie),
        ("", square(3000)),
        ("Bath, unparished area", square(5000)),
        ("Ham", square()),
        ("Egg", square(1000)),
        options=["--reference-field", "GSS"],
        GSS=["1", "2", "3", "4", "4"],
    )
    assert done.exit_code == 1
    assert "“Bow” is refused: The outline crosses itself" in done.stdout
    assert "Shape 2 is refused: it has no name in the field “NAME”." in done.stdout
    assert "“Bath, unparished area” is refused: it is ground without a parish." in done.stdout
    assert "“Egg” is refused: the reference “4” is in the file twice." in done.stdout
    assert set(kept(app)) == {"Ham"}


def test_a_field_that_no_shape_has_is_named(load):
    done = load("ward", ("Hill", square()), options=["--reference-field", "CODE"])
    assert done.exit_code == 2
    assert "No shape has anything in the field “CODE”: the fields are NAME." in done.stderr


def test_a_boundary_is_tied_to_the_council_that_it_is_plainly_of(app, load, world):
    done = load("parish", ("Cole CP", square()), ("Ash Hill", square(1000)))
    assert "“Cole CP” is the boundary of Cole Parish Council." in done.stdout
    parishes = kept(app)
    assert parishes["Cole CP"].body_id == world.space["cole"]
    assert parishes["Ash Hill"].body_id is None  # a forum has no parish
    load("authority", ("Northam District (B)", square(0, 0, 5000)))
    assert kept(app, "authority")["Northam District (B)"].body_id == world.space["northam"]
    load("ward", ("Cole", square()))
    assert kept(app, "ward")["Cole"].body_id is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cole CP", "Cole Parish Council"),
        ("St Mary’s Hill", "St Marys Hill Town Council"),
        ("Bath and North East Somerset (B)", "Bath & North East Somerset Council"),
        ("Nether Tarrow", "NETHER TARROW PARISH COUNCIL"),
        ("Northam District", "Northam District Council"),
    ],
)
def test_names_are_compared_without_what_councils_and_map_makers_add(one, other):
    assert plain(one) == plain(other)


@pytest.mark.parametrize(("one", "other"), [("New Town", "New"), ("Cole", "Coleford"), ("East Ham", "Ham")])
def test_names_of_different_places_stay_different(one, other):
    assert plain(one) != plain(other)


def test_a_council_that_came_after_its_parish_is_known_by_its_name(app, load, working, world):
    load("parish", ("Cole", square()), ("Brook", square(1000)))
    with working("cole"):
        db.session.execute(sa.update(Boundary).values(body_id=None))
        assert [b.name for b in boundaries.own(standing(), "parish")] == ["Cole"]
        assert boundaries.own(standing(), "authority") == []


def test_of_two_parishes_of_one_name_a_council_has_the_one_in_its_district(app, load, working, world):
    load("authority", ("Northam", square(0, 0, 5000)))
    load("parish", ("Cole", square(90_000)), ("Cole", square()))
    with working("cole"):
        [found] = boundaries.own(standing(), "parish")
        assert found.geometry.equals(square())
        assert found.body_id == world.space["cole"]
        db.session.execute(sa.update(Boundary).where(Boundary.kind == "parish").values(body_id=None))
        assert boundaries.own(standing(), "parish") == [found]


def test_of_two_parishes_of_one_name_nobody_can_say_which_where_no_district_is_known(app, load):
    load("parish", ("Cole", square(90_000)), ("Cole", square()))
    with app.app_context():
        assert set(db.session.scalars(sa.select(Boundary.body_id))) == {None}


def test_what_lies_near_is_found_and_nothing_else(app, load):
    assert load("parish", ("Ham", square()), ("Cheese", square(1000)), ("Far", square(9000))).exit_code == 0
    load("ward", ("Hill", square()))
    with app.app_context():
        assert [b.name for b in boundaries.near(square(200, 200, 100), "parish")] == ["Ham"]
        assert [b.name for b in boundaries.near(square(500), "parish")] == ["Cheese", "Ham"]
        assert boundaries.near(square(500), "authority") == []
        assert boundaries.near(shapely.MultiPolygon(), "parish") == []
        assert [boundaries.loaded(kind) for kind in boundaries.KINDS] == [False, True, True]


def test_names_are_searched_without_minding_case_and_what_begins_so_comes_first(app, load):
    load("ward", ("Upper Hill", square()), ("Hill End", square(1000)), ("Vale 100%", square(2000)))
    with app.app_context():
        assert [b.name for b in boundaries.named("ward", " hILL ")] == ["Hill End", "Upper Hill"]
        assert [b.name for b in boundaries.named("ward", "%")] == ["Vale 100%"]
        assert len(boundaries.named("ward", "", limit=2)) == 2
        assert boundaries.named("parish", "hill") == []


@pytest.mark.shared
def test_51_real_parishes_are_kept_and_the_ground_of_bath_is_not_one(app, shared):
    words = ["--kind", "parish", "--name-field", "name"]
    path = shared / "banes" / "banes_parishes_os.geojson"
    done = app.test_cli_runner().invoke(args=["boundaries", "import", str(path), *words])
    assert "51 of 52 boundaries are kept: 51 new" in done.stdout, done.output
    assert "Shape 6 is refused: it has no name" in done.stdout
    with app.app_context():
        [found] = boundaries.named("parish", "west harptree")
        assert found in boundaries.near(found.geometry, "parish")
