"""The words of a section or a policy: written in Markdown, read as a web page. Whoever wrote them is a stranger.

CommonMark with tables; a line break stays one, since people paste. No HTML, no pictures from elsewhere.
"""

from functools import lru_cache
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

LONGEST: Final = 400_000  # characters of a page: a table of a few kilobytes can unfold to megabytes
LOWEST: Final = 6
TAGS: Final = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "a", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}, "th": {"scope", "class"}, "td": {"class"}}
ADDRESSES: Final = ("http://", "https://", "mailto:", "#")
SCROLLS: Final = (
    '<div class="app-prose__table" tabindex="0" role="group" aria-label="{}"><table class="govuk-table">'
)

reader = MarkdownIt("commonmark", {"breaks": True, "html": False}).enable("table")
reader.disable(["code", "html_block", "html_inline"])


@lru_cache(maxsize=256)
def html(text: str, below: int = 3) -> Markup:
    """The words as a page shows them; the largest heading in them is one of level `below`."""
    tokens = reader.parse(text)
    for token in tokens:
        fit(token, below)
    made = reader.renderer.render(tokens, reader.options, {})
    clean = nh3.clean(
        made,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=only_known,
        link_rel="nofollow noopener",
        url_schemes={"http", "https", "mailto"},
    )
    clean = clean.replace("<table>", SCROLLS.format("Table")).replace("</table>", "</table></div>")
    return Markup(clean)  # noqa: S704 (cleaned just above)


def fit(token: Token, below: int) -> None:
    """Makes one part of the words fit the page that it stands on."""
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{min(LOWEST, int(token.tag[1]) + below - 1)}"
    elif token.type in ("th_open", "td_open"):
        if "right" in str(token.attrGet("style")):
            token.attrSet("class", "govuk-table__cell--numeric")
        if token.type == "th_open":
            token.attrSet("scope", "col")
    for child in token.children or []:
        if child.type == "image":
            child.type, child.tag = "text", ""
            child.content = f"[picture: {child.content}]" if child.content else "[picture]"


def only_known(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if value.startswith(ADDRESSES) else None
    if attribute == "class":
        return value if value == "govuk-table__cell--numeric" else None
    return value


def too_long(text: str) -> bool:
    """Whether a page could not hold it."""
    return len(html(text)) > LONGEST
