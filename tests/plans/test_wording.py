"""Markdown as a page, as plain words and as blocks; hostile Markdown as words."""

from dataclasses import asdict
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.plans.blocks import Heading, Paragraph, Points, Run, Table, blocks, plain
from consult.plans.wording import ATTRIBUTES, TAGS, html, too_long

WRITTEN = """# Homes

Land for **45 homes**, *at least*:

1. small
2. step-free
   - with a [ramp](https://example.org/ramp)

| Site | Homes |
|------|------:|
| Yard | 45 |

One line
and the next."""


def test_headings_fit_the_page_and_a_line_break_stays():
    page = html(WRITTEN, below=4)
    assert "<h4>Homes</h4>" in page
    assert "One line<br>\nand the next." in page
    assert '<a href="https://example.org/ramp" rel="nofollow noopener">ramp</a>' in page
    assert '<td class="govuk-table__cell--numeric">45</td>' in page
    assert page.count('scope="col"') == 2


def test_no_heading_is_lower_than_six():
    assert "<h6>Deep</h6>" in html("##### Deep", below=4)


@pytest.mark.parametrize(
    ("written", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<b onclick=x>y</b>", "<b"),
        ("[x](javascript:alert(1))", "<a"),
        ("[x](data:text/html,hi)", "<a"),
        ("[x](//elsewhere.example)", 'href="//'),
        ("[x](/f/ash/plan)", 'href="/f'),
        ("![a map](https://elsewhere.example/x.png)", "<img"),
        ("    four spaces are no program", "<pre"),
    ],
)
def test_what_a_page_must_not_hold_is_only_words(written, never):
    assert never not in html(written)


def test_a_picture_from_elsewhere_is_named_and_not_fetched():
    page = html("![a map](https://elsewhere.example/x.png)")
    assert "[picture: a map]" in page
    assert "elsewhere" not in page
    assert plain("![a map](https://elsewhere.example/x.png)") == "[picture: a map]"


class Seen(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@given(st.text(st.sampled_from("*_[]()<>#`|-\n !ab:/&\"'="), max_size=200))
def test_whatever_is_written_only_known_marks_come_out(text):
    seen = Seen()
    seen.feed(str(html(text)))
    for tag, attributes in seen.found:
        if tag == "div" or (tag == "table" and "class" in attributes):
            continue
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | {"rel"}
    plain(text)


def test_the_same_as_blocks():
    heading, paragraph, points, table, last = blocks(WRITTEN)
    assert heading == Heading([Run("Homes")], 1)
    assert paragraph == Paragraph(
        [Run("Land for "), Run("45 homes", bold=True), Run(", "), Run("at least", italic=True), Run(":")]
    )
    assert isinstance(points, Points) and points.first == 1
    nested = points.items[1][1]
    assert nested == Points(
        [[Paragraph([Run("with a "), Run("ramp", href="https://example.org/ramp")])]], first=0
    )
    assert table == Table([[Run("Site")], [Run("Homes")]], [[[Run("Yard")], [Run("45")]]])
    assert last == Paragraph([Run("One line\nand the next.")])
    assert asdict(last) == {
        "kind": "paragraph",
        "runs": [{"text": "One line\nand the next.", "bold": False, "italic": False, "href": ""}],
    }


def test_the_same_in_plain_words():
    assert plain(WRITTEN) == (
        "Homes\n\nLand for 45 homes, at least:\n\n1. small\n2. step-free\n  • with a ramp\n\n"
        "Site | Homes\nYard | 45\n\nOne line\nand the next."
    )


def test_a_table_that_unfolds_to_megabytes_is_too_long():
    assert too_long("|a" * 100 + "\n" + "|-" * 100 + "\n" + "|\n" * 14_000)
    assert not too_long(WRITTEN)
