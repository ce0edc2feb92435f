"""The privacy notice and the accessibility statement are linked on every page."""

import ast
from itertools import chain
from pathlib import Path

import pytest
from jinja2 import nodes

from consult.access import PUBLIC, declared

ROOT = Path(__file__).resolve().parents[2]
LINKS = {"/privacy", "/accessibility"}


def rendered():
    """Every template that is named as a page, wherever in the code."""
    for path in (ROOT / "consult").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "render_template":
                for given in ast.walk(node.args[0]):
                    if isinstance(given, ast.Constant) and str(given.value).endswith(".html"):
                        yield given.value


def layouts(app, name):
    """The templates that it extends, the outermost last; and whether one but the layout draws the foot of the page."""
    parsed = app.jinja_env.parse((ROOT / "templates" / name).read_text())
    own_foot = name != "layout.html" and any(b.name == "govukFooter" for b in parsed.find_all(nodes.Block))
    outer = [each.template.value for each in parsed.find_all(nodes.Extends)]
    inner = [layouts(app, each) for each in outer if (ROOT / "templates" / each).exists()]
    return [name, *chain.from_iterable(names for names, _ in inner)], own_foot or any(
        foot for _, foot in inner
    )


def test_every_page_that_is_drawn_stands_in_the_layout_with_its_foot(app):
    pages = set(rendered())
    assert len(pages) > 100  # they are found
    for page in sorted(pages):
        names, own_foot = layouts(app, page)
        assert names[-1] == "layout.html", page
        assert not own_foot, page


def links_of(page):
    return {link.get("href") for link in page.tree.iter("a")}


def test_they_are_linked_on_every_page_that_asks_for_nothing(app, client):
    looked_at = []
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and "<" not in rule.rule:
            answer = client.get(rule.rule)
            if answer.mimetype == "text/html" and answer.status_code == 200:
                assert links_of(client.page(rule.rule)) >= LINKS, rule.rule
                looked_at.append(declared(app.view_functions[rule.endpoint]))
    assert looked_at.count(PUBLIC) >= 4


@pytest.mark.parametrize(
    "at", ["/f/ash/", "/f/ash/consultations/", "/a/northam/", "/no-such-page", "/f/nowhere/"]
)
def test_they_are_linked_in_spaces_and_on_errors(client, at):
    assert links_of(client.page(at)) >= LINKS
