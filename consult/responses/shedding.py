"""A flood at one forum's form is turned away at the door, for next to nothing, so that other forums stay served.

The limits are far above what people do: a hall of a hundred tablets turns ten pages a second, and the busiest last hour
that we know of would ask for some thirty-five a second of one forum. Whoever is turned away has lost nothing: the page
that they wrote on is still in their browser.
"""

from typing import Any

from flask import Response, abort, g
from flask_babel import gettext as _
from markupsafe import escape

from consult.responses import flood
from consult.responses.pages import pages
from consult.web.languages import page_language

FROM_RESIDENTS = {"responses.respond", "responses.send", "responses.draft", "responses.keep"}
PAGE = (
    '<!doctype html><html lang="{html}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title} – Consult</title></head><body><main><h1>{title}</h1><p>{words}</p></main></body></html>"
)


@pages.url_value_preprocessor
def shed(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Before anything is read from the database."""
    if endpoint in FROM_RESIDENTS and flood.is_flooded(g.space_path or ""):
        abort(turned_away())


def turned_away() -> Response:
    title = escape(_("Too many people are asking for this page"))
    words = escape(
        _("Wait a minute, then go back and press the button again. What you wrote is still in your browser.")
    )
    page = Response(PAGE.format(html=page_language(), title=title, words=words), 429)
    page.headers["Retry-After"] = "60"
    return page
