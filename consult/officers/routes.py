"""The officers' pages: the district, its consultations as announced, and what was released to the authority."""

from uuid import UUID

import sqlalchemy as sa
from flask import Blueprint, Flask, Response, abort, g, render_template, request

from consult.access import Act, needs
from consult.consultations import words
from consult.consultations.stages import STAGES
from consult.database import db
from consult.officers import aggregate, aggregate_pages, digest_pages, district, publicity_pages, replying
from consult.officers import oversight as oversight
from consult.reports import sending
from consult.reports.models import Release
from consult.spaces import navigation

pages = Blueprint("officers", __name__)
ONE = "/<space:space>/releases/<uuid:release_id>"


@pages.get("/<space:space>/district")
@needs(Act.OVERSEE)
def overview() -> str:
    return render_template(
        "officers/district.html",
        bodies=district.bodies(),
        waiting=district.waiting(),
        register=district.register(),
    )


@pages.get("/<space:space>/announcements")
@needs(Act.OVERSEE)
def announcements() -> str:
    """Every consultation that a body has announced; before a release this and a number is all that officers see."""
    stage, state = request.args.get("stage", ""), request.args.get("state", "")
    stage, state = stage if stage in STAGES else "", state if state in district.STATES else ""
    every = district.announced()
    return render_template(
        "officers/announcements.html",
        shown=district.announced(stage, state),
        stages={each.announcement.stage: each.stage for each in every},
        states=district.STATES,
        stage=stage,
        state=state,
        words=words,
    )


@pages.get("/<space:space>/releases/")
@needs(Act.OVERSEE)
def releases() -> str:
    return render_template(
        "officers/releases.html", releases=district.releases(), stage_words=district.stage_words
    )


@pages.get(ONE)
@needs(Act.OVERSEE)
def release(release_id: UUID) -> str:
    found = release_at(release_id)
    return render_template(
        "officers/release.html",
        release=found,
        stage=district.stage_words(found.stage),
        line=found.figures.get("reconciliation", {}),
        files=sending.in_order(found.files),
    )


@pages.get(f"{ONE}/files/<name>")
@needs(Act.OVERSEE)
def file(release_id: UUID, name: str) -> Response:
    found = release_at(release_id)
    return sending.one(found.files, name, f"release of {found.body}")


@pages.get(f"{ONE}/all.zip")
@needs(Act.OVERSEE)
def everything(release_id: UUID) -> Response:
    found = release_at(release_id)
    name = f"{found.consultation_reference}-{found.at:%Y-%m-%d}.zip"
    return sending.everything(found.files, name, f"release of {found.body}")


@pages.get("/<space:space>/aggregate.csv")
@needs(Act.OVERSEE)
def aggregate_csv() -> Response:
    content = aggregate.table(district.releases())
    return sending.sent(f"{g.space.slug}-aggregate.csv", "text/csv", content, "aggregate over releases")


def release_at(release_id: UUID) -> Release:
    wanted = sa.select(Release).where(Release.id == release_id, Release.authority_id == g.space.id)
    found = db.session.scalar(wanted)
    if found is None:
        abort(404)
    return found


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.register_blueprint(publicity_pages.pages)
    app.register_blueprint(aggregate_pages.pages)
    app.register_blueprint(digest_pages.pages)
    app.register_blueprint(replying.pages)
    navigation.add(
        "Releases", "officers.releases", order=55, act=Act.OVERSEE, kinds=("authority",), with_=("aggregate",)
    )
