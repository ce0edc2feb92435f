import json
import zipfile
from datetime import date

import pytest
import shapely
import sqlalchemy as sa

from consult import tenancy
from consult.areas import register
from consult.areas.loaded import postcodes
from consult.areas.models import Postcode
from consult.database import db
from consult.spaces.models import Space, live_qualifying_body
from geodata import writing
from tests.areas.ground import square


@pytest.fixture
def run(app):
    def run(*words):
        return app.test_cli_runner().invoke(args=[str(word) for word in words])

    return run


@pytest.fixture
def file(tmp_path):
    def file(*areas, name="areas.geojson"):
        path = tmp_path / name
        path.write_bytes(writing.geojson([(shape, {"PARISH": called}) for called, shape in areas]))
        return path

    return file


def import_it(run, path, authority="northam", **more):
    options = [word for name, value in more.items() for word in (f"--{name.replace('_', '-')}", value)]
    return run(
        "register",
        "import",
        path,
        "--authority",
        authority,
        "--name-field",
        "PARISH",
        *(() if "kind" in more else ("--kind", "council")),
        *options,
    )


@pytest.mark.parametrize("form", ["KML", "GML", "GeoPackage", "Shapefile", "CSV"])
def test_an_import_reads_every_format(app, run, tmp_path, form):
    path = tmp_path / "areas"
    areas = [(square(), {"PARISH": "Ham"}), (square(1000), {"PARISH": "Cheese"})]
    path.write_bytes(writing.written(form, areas))
    done = import_it(run, path)
    assert done.exit_code == 0, done.output
    entries = on_register(app)
    assert set(entries) == {"Ham", "Cheese"}
    assert entries["Ham"].geometry.hausdorff_distance(square()) < 0.001


def on_register(app):
    with app.app_context():
        return {entry.name: entry for entry in register.entries()}


def test_an_import_puts_areas_side_by_side_and_names_each_clash(app, run, file):
    path = file(("Ham", square()), ("Cheese", square(1000)), ("Egg", square(1900)))
    result = import_it(run, path, status="designated", designated_on="2024-05-06")
    assert result.exit_code == 1
    assert "“Egg” is left out: it overlaps “Cheese” (100,000 m²)." in result.stdout
    assert "2 of 3 areas are on the register; 1 left out." in result.stdout
    entries = on_register(app)
    assert set(entries) == {"Ham", "Cheese"}
    assert str(entries["Ham"].designated_on) == "2024-05-06"
    with app.app_context():
        ham = db.session.scalar(sa.select(Space).where(Space.slug == "ham"))
        assert (ham.kind, ham.is_open) == ("council", True)


def test_an_import_twice_adds_nothing_the_second_time(app, run, file):
    path = file(("Ham", square()), ("Cheese", square(1000)))
    assert import_it(run, path).exit_code == 0
    again = import_it(run, path, authority="elsewhere")
    assert again.exit_code == 1
    assert again.stdout.count("is left out") == 2
    assert len(on_register(app)) == 2
    with app.app_context():
        assert db.session.scalar(sa.select(Space).where(Space.slug == "elsewhere")).is_authority


def test_two_areas_of_one_name_have_two_addresses(app, run, file):
    assert import_it(run, file(("Ham", square()), ("Ham", square(1000)))).exit_code == 0
    with app.app_context():
        slugs = set(db.session.scalars(sa.select(Space.slug)))
        assert {"ham", "ham-2"} <= slugs


def test_an_area_that_is_not_valid_is_left_out_with_its_reason(run, file):
    bowtie = shapely.Polygon([(450000, 200000), (451000, 201000), (451000, 200000), (450000, 201000)])
    result = import_it(run, file(("Bow", bowtie)))
    assert result.exit_code == 1
    assert "“Bow” is left out: The outline crosses itself" in result.stdout


def test_a_forums_area_with_any_of_a_parish_is_left_out_and_a_councils_is_not(app, run, file, tmp_path):
    parishes = file(("Brook", square(1000)), name="parishes.geojson")
    assert run("boundaries", "import", parishes, "--kind", "parish", "--name-field", "PARISH").exit_code == 0
    path = file(("Ash", square()), ("Over", square(500)), ("Brook", square(1000)))
    forums = import_it(run, path, kind="forum")
    assert forums.exit_code == 1
    assert "1 of 3 areas are on the register; 2 left out" in forums.stdout
    for name in ("Over", "Brook"):
        assert f"“{name}” is left out: " in forums.stdout
    assert "may contain no part" in forums.stdout
    assert "“Brook” is left out" not in import_it(run, path, kind="council", authority="elsewhere").stdout


@pytest.mark.parametrize(
    ("authority", "sentence"), [("ash", "not an authority"), ("No Such!", "cannot be an address")]
)
def test_an_authority_that_cannot_be_one_is_refused(run, file, authority, sentence):
    result = import_it(run, file(("Ham", square())), authority=authority)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_field_that_is_not_there_is_named(run, file):
    path = file(("Ham", square()))
    result = run(
        "register", "import", path, "--authority", "northam", "--name-field", "NAME", "--kind", "forum"
    )
    assert result.exit_code == 2
    assert "No shape has a name in the field “NAME”: the fields are PARISH" in result.stderr


def test_the_audit_of_the_register_is_the_audit_of_a_file(run, file):
    path = file(("Ham", square()), ("Cheese", square(999.5)))
    assert import_it(run, path).exit_code == 0
    ours, files = (
        json.loads(run(*words, "--json").stdout)
        for words in (("register", "audit"), ("geodata", "audit", path, "--name-field", "PARISH"))
    )
    assert ours["n"] == files["n"] == 2
    assert ours["overlaps"] == files["overlaps"] == []
    assert ours["slivers"][0]["area_m2"] == files["slivers"][0]["area_m2"] == 500
    assert files["slivers"][0]["a"] == "Ham"


def test_an_audit_with_an_overlap_exits_1_in_words_and_in_json(run, file):
    path = file(("Ham", square()), ("Cheese", square(500)))
    words = run("geodata", "audit", path, "--name-field", "PARISH")
    assert words.exit_code == 1
    assert "overlap: Ham and Cheese, 500,000.0 m²" in words.stdout
    as_json = run("geodata", "audit", path, "--name-field", "PARISH", "--json")
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout)["overlaps"][0]["b"] == "Cheese"


def test_a_check_says_what_is_wrong_and_where(run, file):
    bowtie = shapely.Polygon([(450000, 200000), (451000, 201000), (451000, 200000), (450000, 201000)])
    path = file(("Ham", square()), ("Bow", bowtie))
    result = run("geodata", "check", path, "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["crs"] == "EPSG:4326"
    assert [feature["valid"] for feature in found["features"]] == [True, False]
    assert found["features"][0]["hectares"] == 100
    [error] = [f for f in found["features"][1]["findings"] if f["severity"] == "error"]
    assert error["at"] == pytest.approx([450500, 200500], abs=1)
    assert "repair: 2 parts" in run("geodata", "check", path).stdout


@pytest.mark.parametrize("form", ["KML", "GML", "GeoPackage", "Shapefile", "CSV"])
def test_a_check_and_an_audit_read_every_format_through_the_same_door(run, tmp_path, form):
    path = tmp_path / "no-ending"
    path.write_bytes(writing.written(form, [(square(), {"name": "Ham"}), (square(500), {"name": "Egg"})]))
    checked = run("geodata", "check", path, "--json")
    assert checked.exit_code == 0, checked.output
    assert [one["hectares"] for one in json.loads(checked.stdout)["features"]] == [100, 100]
    audited = run("geodata", "audit", path, "--json")
    assert audited.exit_code == 1
    assert [(one["a"], one["b"]) for one in json.loads(audited.stdout)["overlaps"]] == [("Ham", "Egg")]


def test_a_check_reads_the_layer_that_is_named_and_says_which_it_left(run, tmp_path):
    path = tmp_path / "layers.gpkg"
    rows = [[{"name": name, "geometry": square()}] for name in ("Ham", "Egg")]
    writing.geopackage(path, list(zip(("first", "second"), rows, strict=True)))
    first, second = (
        run("geodata", "check", path),
        run("geodata", "check", path, "--layer", "second", "--json"),
    )
    assert "Ham: valid" in first.stdout
    assert "Only the layer “first” was read; there is also “second”." in first.stderr
    assert json.loads(second.stdout)["features"][0]["name"] == "Egg"
    for words in ((path, "--layer", "third"), (write_geojson(tmp_path), "--layer", "first")):
        assert run("geodata", "check", *words).exit_code == 2


def write_geojson(folder):
    path = folder / "a.geojson"
    path.write_bytes(writing.geojson([(square(), {})]))
    return path


def test_what_was_put_right_is_said_beside_the_answer(run, tmp_path):
    path = tmp_path / "turned.geojson"
    turned = shapely.transform(square(), lambda points: points[:, ::-1])
    path.write_text(json.dumps(shapely.geometry.mapping(turned)))
    result = run("geodata", "check", path, "--json")
    assert json.loads(result.stdout)["features"][0]["valid"]
    assert "northing before easting" in result.stderr


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"{}", b"[" * 5000, None])
def test_an_unreadable_file_is_one_sentence_and_exit_code_2(run, tmp_path, content):
    path = tmp_path / "bad.geojson"
    if content is not None:
        path.write_bytes(content)
    for command in (("geodata", "check"), ("geodata", "audit")):
        result = run(*command, path, "--json")
        assert result.exit_code == 2
        assert result.stdout == ""
        assert len(result.stderr.strip().splitlines()) == 1
        assert "Traceback" not in result.stderr


CODE_POINT = '"OX1 1AA",10,451000,206000,"E92000001"\n"ZZ99 9ZZ",90,0,0,""\n'
ONSPD = "﻿pcd,pcds,oseast1m,osnrth1m\nOX1 1AA,OX1 1AA,451000,206000\nJE2 3AB,JE2 3AB,,\n"


def zipped(path, text):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Doc/Code-Point_Open_Column_Headers.csv", "PC,PQ,EA,NO\n")
        archive.writestr("Data/CSV/ox.csv", text)


@pytest.mark.parametrize("form", ["code-point", "onspd", "zip", "geojson"])
def test_postcodes_are_read_from_every_form_they_come_in(app, run, tmp_path, form):
    path = tmp_path / "postcodes"
    if form == "zip":
        zipped(path, CODE_POINT)
    elif form == "geojson":
        path.write_bytes(writing.geojson([(shapely.Point(451000, 206000), {"pc": "OX1 1AA"})]))
    else:
        path.write_text(CODE_POINT if form == "code-point" else ONSPD, encoding="utf-8")
    for _ in range(2):
        result = run("postcodes", "import", path)
        assert result.exit_code == 0, result.output
        assert "1 postcodes are in the table" in result.stdout
    with app.app_context():
        assert postcodes.point_of(postcodes.normalised(" ox1 1aa ")) == (451000, 206000)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Postcode)) == 1


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff" * 99, b"{}", b'{"features":[1]}', b"a,b,c\n1,2,3\n", b"OX1 1AA\n", None]
)
def test_a_file_without_postcodes_is_refused_in_a_sentence(run, tmp_path, content):
    path = tmp_path / "postcodes"
    if content is not None:
        path.write_bytes(content)
    result = run("postcodes", "import", path)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [("ox1 1aa", "OX11AA"), ("SW1A-2AA", "SW1A2AA"), ("M1 1AE", "M11AE"), ("nonsense", None), ("", None),
     ("OX1", None), ("ＯＸ1 1AA", None), ("OX1 1AA; DROP", None), ("A" * 1_000_000, None)],
)  # fmt: skip
def test_a_postcode_is_one_or_it_is_not(text, code):
    assert postcodes.normalised(text) == code


@pytest.mark.shared
def test_52_real_parishes_lie_side_by_side_and_clash_with_themselves(app, run, shared):
    banes = shared / "banes"
    words = (
        "register",
        "import",
        banes / "banes_parishes_os.geojson",
        "--name-field",
        "name",
        "--kind",
        "council",
    )
    first = run(*words, "--authority", "banes", "--status", "designated")
    assert first.exit_code == 0, first.output
    assert "52 of 52 areas are on the register" in first.stdout
    again = run(*words, "--authority", "elsewhere")
    assert again.exit_code == 1
    assert again.stdout.count("is left out: it overlaps") == 52
    assert "“West Harptree CP” is left out: it overlaps “West Harptree CP”" in again.stdout
    assert len(on_register(app)) == 52
    assert "Unnamed area 6" in on_register(app)  # the ground of Bath, which is no parish
    audit = json.loads(run("register", "audit", "--json").stdout)
    assert (audit["n"], audit["overlaps"], audit["invalid"]) == (52, [], [])
    counted = run("postcodes", "import", banes / "banes_postcodes_codepointopen_2017.geojson")
    assert "5,783 postcodes are in the table" in counted.stdout


def test_a_forum_that_is_entered_as_designated_is_a_live_qualifying_body(app, run, file):
    words = ("--authority", "northam", "--name-field", "PARISH", "--kind", "forum", "--status", "designated")
    assert (
        run("register", "import", file(("Ham", square())), *words, "--designated-on", "2024-05-06").exit_code
        == 0
    )
    with app.app_context():
        ham = db.session.scalar(sa.select(Space).where(Space.slug == "ham"))
        with tenancy.inside(ham.id):
            assert live_qualifying_body(ham, date(2029, 5, 5)) == ""
            assert "ended on 6 May 2029" in live_qualifying_body(ham, date(2029, 5, 6))
