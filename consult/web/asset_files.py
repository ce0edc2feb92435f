"""The built style sheet and scripts: their addresses, and serving them.

bin/assets names each file after its contents, so a browser may keep one for ever.
"""

import json
import re
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, current_app, request, send_from_directory, url_for
from werkzeug.exceptions import NotFound

from consult import access
from geodata.styles import STYLES, styles_json

A_YEAR_IN_SECONDS = 31_536_000
HASHED = re.compile(r"-[0-9A-Z]{8}\.[a-z]+(\.LEGAL\.txt)?$")
NOT_BUILT = "The style sheet and scripts are not built yet. Run bin/assets, then start again."


class AssetsNotBuilt(RuntimeError):
    """The pages cannot be shown as nobody has run bin/assets."""


def read_manifest(folder: Path) -> dict[str, str]:
    try:
        return dict(json.loads((folder / "manifest.json").read_text()))
    except (OSError, ValueError):
        raise AssetsNotBuilt(NOT_BUILT) from None


def asset_url(name: str) -> str:
    """The address of a built file: asset_url("site.css")."""
    manifest = _manifest()
    if name not in manifest:
        raise AssetsNotBuilt(f"There is no built file called {name}. Run bin/assets, then start again.")
    return url_for("static", filename=manifest[name])


def _manifest() -> dict[str, str]:
    # Read at the first page, not at start-up: the operator's commands need no assets.
    kept = current_app.extensions
    if "asset_files" not in kept:
        kept["asset_files"] = read_manifest(_folder())
    return dict[str, str](kept["asset_files"])


def _folder() -> Path:
    return Path(current_app.config["ROOT"]) / "build" / "static"


def _send(filename: str) -> Response:
    if not HASHED.search(filename):
        raise NotFound
    squeezed = request.accept_encodings.quality("gzip") > 0 and (_folder() / f"{filename}.gz").is_file()
    response = send_from_directory(
        _folder(),
        f"{filename}.gz" if squeezed else filename,
        mimetype=guess_type(filename)[0],
        max_age=A_YEAR_IN_SECONDS,
        conditional=False,
    )
    if squeezed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response


def init_app(app: Flask) -> None:
    app.view_functions["static"] = access.public(_send)
    app.add_template_global(asset_url)
    app.add_template_global(styles_json, "map_styles")
    app.add_template_global(STYLES.__getitem__, "map_style")
