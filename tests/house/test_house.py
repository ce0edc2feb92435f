"""The house itself: what may be used where, and what may not load at the start."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from consult import access
from consult.access import MAY, ROLES_IN, Act, Role

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "consult").rglob("*.py"))
EVERYTHING = [*SOURCES, *sorted((ROOT / "geodata").rglob("*.py"))]


def users_of(pattern):
    return {str(p.relative_to(ROOT)) for p in SOURCES if re.search(pattern, p.read_text())}


def test_every_route_says_who_may_use_it(app):
    for rule in app.url_map.iter_rules():
        assert access.declared(app.view_functions[rule.endpoint]) is not None, rule


def test_a_route_that_says_nothing_stops_the_start(app):
    from consult.spaces.doors import every_route_declares

    app._got_first_request = False
    app.add_url_rule("/silent", "silent", lambda: "")
    with pytest.raises(LookupError, match="/silent does not say"):
        every_route_declares(app)


def test_raw_sql_is_only_where_the_orm_has_no_words():
    """Locks and the walls' own settings, the spatial index and that of words, and postcodes by the million."""
    assert users_of(r"\bnative(_rows)?\(") == {
        "consult/database.py",
        "consult/tenancy.py",
        "consult/areas/index.py",
        "consult/areas/loaded/postcode_files.py",
        "consult/feedback/word_index.py",
    }


def test_nothing_stands_everywhere_but_what_is_listed_here():
    assert users_of(r"\beverywhere\(") == {"consult/tenancy.py", "consult/operating/measures.py"}


def test_packages_have_empty_inits():
    assert [p for p in (ROOT / "consult").rglob("__init__.py") if p.read_text()] == []
    assert (ROOT / "geodata/__init__.py").read_text() == ""


def test_no_room_is_called_utils():
    catch_alls = {"utils", "util", "helpers", "manager", "services", "common", "misc"}
    assert not [p for p in EVERYTHING if p.stem in catch_alls]


def test_no_file_is_longer_than_a_person_reads():
    long = {str(p.relative_to(ROOT)): n for p in EVERYTHING if (n := len(p.read_text().splitlines())) > 300}
    assert long == {}


def test_no_function_is_longer_than_a_screen():
    assert {name: n for name, n in lengths().items() if n > 45} == {}


def lengths():
    return {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in EVERYTHING
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_a_start_loads_nothing_heavy():
    heavy = ("pandas", "geopandas", "sklearn", "typst", "pyogrio")
    code = f"import sys, wsgi; print([m for m in {heavy} if m in sys.modules])"
    environment = {"CONSULT_DEMO": "1", "PATH": "/usr/bin:/bin", "DATA_DIR": str(ROOT / "build" / "start")}
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == "[]"


def test_every_role_of_every_kind_of_space_has_its_acts():
    assert {role for roles in ROLES_IN.values() for role in roles} == set(Role) == set(MAY)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.ORGANISER, Role.ANALYST, Role.VIEWER])
def test_no_member_of_a_body_decides_for_its_authority(role):
    assert not {Act.ADMIT, Act.DESIGNATE, Act.OVERSEE} & MAY[role]


def test_only_the_chair_manages_members_of_a_body():
    assert [r for r in ROLES_IN["forum"] if access.may(r, Act.MANAGE_MEMBERS)] == [Role.CHAIR]


def test_nobody_may_anything_without_a_role():
    assert not any(access.may(None, act) for act in Act)
