"""The application as PDF and GeoPackage: for the body before it is sent and after, for the officer from then on. Each
download is noted."""

import re
from typing import Any
from uuid import UUID

from flask import Response, abort, g

from consult import audit
from consult.access import Act, needs
from consult.accounts import sessions
from consult.areas import register
from consult.areas.application import consents
from consult.areas.application import pack as application_pack
from consult.areas.application.applying import answers, application_form
from consult.areas.application.pack import MEDIA_TYPES, Pack
from consult.areas.decisions.deciding import find
from consult.areas.models import latest_version
from consult.areas.outline import surroundings
from consult.areas.pages import body_only, pages


@pages.post("/<space:space>/area/application/draft.<form>")
@needs(Act.APPLY)
def draft_pack(form: str) -> Response:
    """With the statements as they are typed, sent or not; nothing of them is kept."""
    body_only()
    version = latest_version()
    if version is None:
        abort(404)
    spans = surroundings.of(g.space, version.geometry).spans
    typed: dict[str, Any] = {name: words or "" for name, words in answers(application_form()).items()}
    return sent(
        application_pack.draft(g.space, version, consents.standing_consents(g.space), spans, typed), form
    )


@pages.get("/<space:space>/area/application.<form>")
@needs(Act.LOOK)
def own_pack(form: str) -> Response:
    body_only()
    application = register.application_now()
    if application is None:
        abort(404)
    return sent(application_pack.sent(application, consents.standing_consents(g.space)), form)


@pages.get("/<space:space>/applications/<uuid:application_id>/application.<form>")
@needs(Act.LOOK)
def handed_pack(application_id: UUID, form: str) -> Response:
    found = find(application_id)
    return sent(application_pack.sent(found, consents.standing_consents(found.space)), form)


def sent(pack: Pack, form: str) -> Response:
    if form not in MEDIA_TYPES:
        abort(404)
    name = f"{re.sub(r'[^a-z0-9]+', '-', pack.name.lower()).strip('-') or 'area'}-application.{form}"
    response = Response(pack.file(form), content_type=MEDIA_TYPES[form])
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.cache_control.no_store = True
    audit.note_download(f"area application of {pack.space.name}: {name}", sessions.whoever())
    return response
