"""The catalogues hold every sentence that a resident can be shown, and pages say nothing past them."""

import re
from html.parser import HTMLParser

import pytest
from babel.messages.mofile import read_mo
from jinja2 import Environment, nodes
from jinja2.visitor import NodeVisitor

from consult.settings import ROOT
from consult.web import translations
from consult.web.languages import ENGLISH, OURS, languages
from tests.web.resident_words import sentences, templates

PLACE = re.compile(r"%\(\w+\)s|\{\w+\}")
OTHERS = [code for code in OURS if code != ENGLISH]
SAID_ALOUD = ("alt", "aria-label", "title", "placeholder")
GETTEXT = {"_", "gettext", "ngettext"}
NO_WORDS = {"Consult", "CSV", "GeoJSON"}
FOR_MEMBERS = {
    "left_out_rows",
    "of_neighbours",
    "prints_of",
    "square_metres",
}  # macros that no resident page calls
SENTENCE = re.compile(r"[A-Z]?[a-z]{2,}( [a-z]{2,})+[.:?]?|[A-Z][a-z]{2,}")
HOOK = re.compile(r"govuk-|app-|^(button|link|none|true|open|off|submit)$")


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_has_a_translation_and_nothing_is_left_of_what_is_gone(code):
    known = translations.catalogue(code)
    wanted = {said if isinstance(said, str) else said[0] for said, _where in sentences()}
    there = {m.id if isinstance(m.id, str) else m.id[0] for m in known if m.id}
    assert wanted - there == set(), "run python -m tests.web.resident_words and translate what it adds"
    assert there - wanted == set(), "run python -m tests.web.resident_words"
    lacking = [m.id for m in known if m.id and not all(forms(m.string))]
    assert lacking == []
    assert not any(m.fuzzy for m in known if m.id)


@pytest.mark.parametrize("code", OTHERS)
def test_the_places_in_a_sentence_are_those_of_the_english(code):
    for message in translations.catalogue(code):
        if message.id:
            wanted = sorted({*PLACE.findall(forms(message.id)[-1])})
            for said in forms(message.string):
                assert sorted({*PLACE.findall(said)}) == wanted, message.id


@pytest.mark.parametrize("code", OTHERS)
def test_plurals_have_the_forms_of_the_language(code):
    known = translations.catalogue(code)
    plural = [m for m in known if m.pluralizable]
    assert plural
    assert all(len(m.string) == known.num_plurals for m in plural)


def test_what_is_put_into_a_sentence_from_the_right_is_isolated(tmp_path):
    with open(translations.build("ur", tmp_path), "rb") as file:
        built = read_mo(file)
    assert built.get("Your reference: %(reference)s").string.endswith("\u2068%(reference)s\u2069")
    link = built.get("To read or print it:\n%(link)s").string
    assert link.endswith("\n%(link)s")


def test_the_languages_have_their_own_names_and_directions():
    known = languages()
    assert set(OURS) <= set(known)
    from_the_right = {code for code, each in known.items() if each.direction == "rtl"}
    assert from_the_right == {"ur", "ar", "fa", "ps", "ckb", "yi"}
    assert len({each.name for each in known.values()}) == len(known)


def forms(said):
    return [said] if isinstance(said, str) else list(said)


# Templates.


def paths():
    return [pytest.param(path, id=str(path.relative_to(ROOT / "templates"))) for path in templates()]


@pytest.mark.parametrize("path", paths())
def test_a_resident_template_says_nothing_past_gettext(path):
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(path.read_text())
    tree.body = [node for node in tree.body if getattr(node, "name", "") not in FOR_MEMBERS]
    words = Words()
    words.feed("".join(data(node) for node in tree.find_all(nodes.Output)))
    words.close()
    constants = Constants()
    constants.visit(tree)
    assert words.found + constants.found == []


def data(output):
    return "".join(node.data if isinstance(node, nodes.TemplateData) else "0" for node in output.nodes)


class Words(HTMLParser):
    """Collects the words of a template's own HTML; what is marked as English may be."""

    def __init__(self):
        super().__init__()
        self.found, self.skipped = [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if self.skipped or given.get("lang") == "en" or tag in ("style", "script"):
            if tag not in ("br", "input", "img", "meta", "link"):
                self.skipped.append(tag)
            return
        self.take([given.get(name) or "" for name in SAID_ALOUD])

    def handle_endtag(self, tag):
        if self.skipped and tag in self.skipped:
            while self.skipped.pop() != tag:
                pass

    def handle_data(self, text):
        if not self.skipped:
            self.take([text])

    def take(self, texts):
        for text in texts:
            left = " ".join(re.sub('[a-z-]+="[^"]*"|%s', " ", text).split()).strip("0– ")
            if re.search(r"[A-Za-z]{2,}", left) and left not in NO_WORDS:
                self.found.append(left)


class Constants(NodeVisitor):
    """Collects sentences that stand as strings in a template's expressions, outside a call of gettext."""

    def __init__(self):
        self.found = []

    def visit_Call(self, node):
        if not (isinstance(node.node, nodes.Name) and node.node.name in GETTEXT):
            self.generic_visit(node)

    def visit_Const(self, node):
        value = node.value
        if (
            isinstance(value, str)
            and SENTENCE.fullmatch(value)
            and not HOOK.search(value)
            and value not in NO_WORDS
        ):
            self.found.append(value)
