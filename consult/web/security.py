"""What every answer carries, and what no request gets past."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request

from consult.database import SAFE_METHODS

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=()",
}


def new_nonce() -> str:
    return secrets.token_urlsafe(16)


def csp_nonce() -> str:
    if "csp_nonce" not in g:
        g.csp_nonce = new_nonce()
    return str(g.csp_nonce)


def content_security_policy() -> str:
    basemap = current_app.config["SETTINGS"].basemap_url
    images = "'self' data:"
    if basemap:
        parts = urlsplit(basemap)
        images += f" {parts.scheme}://{parts.netloc}"
    nonce = f"'nonce-{csp_nonce()}'"
    return (
        f"default-src 'none'; script-src {nonce} 'self'; style-src 'self' {nonce}; img-src {images}; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
        "manifest-src 'self'; object-src 'none'; worker-src 'self'"
    )


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", content_security_policy())
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


def refuse_other_sites() -> None:
    """A form sent from another site, or from a neighbour under the same parent domain, is not ours."""
    if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site", "same-origin") not in (
        "same-origin",
        "none",
    ):
        abort(403)


def init_app(app: Flask) -> None:
    app.before_request(refuse_other_sites)
    app.after_request(add_headers)
    app.add_template_global(csp_nonce)
