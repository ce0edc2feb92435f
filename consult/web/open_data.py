"""Files for everyone to build on: their licence, and answers that cost little to ask again."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any

from flask import Response, request, url_for

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
LICENCE_NAME = "Open Government Licence v3.0"
ATTRIBUTION = (
    "Contains public sector information licensed under the Open Government Licence v3.0: {whose}, by Consult."
)
A_MINUTE = 60
MOST_KEPT = 8  # files that a worker keeps, compressed
WORTH_KEEPING = 20_000  # bytes: what is smaller is made anew, and takes the place of nothing larger
_kept: OrderedDict[Hashable, tuple[str, bytes]] = OrderedDict()


def about(whose: str) -> dict[str, str]:
    """What a file says of itself."""
    return {
        "licence": LICENCE_NAME,
        "licence-url": LICENCE,
        "attribution": ATTRIBUTION.format(whose=whose),
        "documentation-url": url_for("consultations.open_data_page", _external=True),
    }


def served(
    name: str,
    media_type: str,
    stamp: Any,
    changed: datetime | None,
    make: Callable[[], bytes],
    asked: Hashable = (),
) -> Response:
    """The file that `make` makes, which is asked only once as long as `stamp` is the same, of what is `asked` (a
    filter, not whatever an address says); whoever has it already (by its ETag, or since `changed`) is told so: RFC 9110
    section 13."""
    key = (name, asked, request.host_url)
    etag = hashlib.sha256(repr((key, stamp)).encode()).hexdigest()[:32]
    response = Response(mimetype=media_type)
    response.set_etag(etag)
    response.last_modified = changed
    response.cache_control.public = True
    response.cache_control.max_age = A_MINUTE
    response.make_conditional(request)
    open_to_all(response)
    if response.status_code == 200:
        content = kept(key, etag, make)
        if request.accept_encodings["gzip"]:
            response.content_encoding = "gzip"
        response.set_data(content if response.content_encoding else gzip.decompress(content))
        response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def open_to_all(response: Response) -> None:
    response.vary.add("Accept-Encoding")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    described = url_for("consultations.open_data_page", _external=True)
    response.headers["Link"] = f'<{LICENCE}>; rel="license", <{described}>; rel="describedby"'


def kept(key: Hashable, etag: str, make: Callable[[], bytes]) -> bytes:
    found = _kept.pop(key, None)
    if found is None or found[0] != etag:
        found = etag, gzip.compress(make(), 6, mtime=0)
    if len(found[1]) >= WORTH_KEEPING:
        _kept[key] = found
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return found[1]
