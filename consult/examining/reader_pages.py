"""The page of whoever was named: what was handed to them, and its files. They are no member of the space; every address
here looks for the record that names them, and without it nothing is there."""

import tempfile
import zipfile
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from flask import Response, abort, render_template, send_file

from consult.access import signed_in
from consult.accounts import sessions
from consult.consultations.models import Consultation
from consult.consultations.words import day
from consult.database import db
from consult.examining import reading
from consult.examining.building import bundles_of
from consult.examining.contents import PARTS
from consult.examining.models import Bundle, BundleFile, BundleReader
from consult.examining.pages import pages
from consult.reports.sending import BEGINNING
from consult.tenancy import here

MINE: Final = "/<space:space>/examinations/<uuid:bundle_reader_id>"
IN_MEMORY: Final = 20 * 1024 * 1024  # bytes of a zip; a larger one is written to a file while it is made


@pages.get("/examinations")
@signed_in
def handed_to_me() -> str:
    """What somebody was named to fetch, wherever it is; read where they stand as themselves, in no space."""
    mine = sa.select(BundleReader).where(BundleReader.person_id == sessions.me().id)
    found = list(db.session.scalars(mine.order_by(BundleReader.at.desc())))
    return render_template(
        "examining/handed_to_me.html",
        open=[reader for reader in found if reader.may_fetch()],
        over=[reader for reader in found if not reader.may_fetch()],
        day=day,
    )


@pages.get(MINE)
@signed_in
def mine(bundle_reader_id: UUID) -> str:
    reader, consultation = named(bundle_reader_id)
    return render_template(
        "examining/mine.html",
        reader=reader,
        consultation=consultation,
        bundles=[(each, in_parts(each)) for each in bundles_of(consultation) if each.built],
        day=day,
    )


@pages.get(f"{MINE}/bundles/<uuid:bundle_id>/all.zip")
@signed_in
def whole(bundle_reader_id: UUID, bundle_id: UUID) -> Response:
    reader, consultation = named(bundle_reader_id)
    bundle = next((each for each in bundles_of(consultation) if each.id == bundle_id), None)
    if bundle is None or bundle.built is None:
        abort(404)
    made = zipped(bundle)
    answer = send_file(
        made, "application/zip", as_attachment=True, download_name=name_of(consultation, bundle)
    )
    answer.call_on_close(made.close)
    return fetched(answer, reader, consultation, bundle, "all of it")


@pages.get(f"{MINE}/files/<uuid:bundle_file_id>")
@signed_in
def one_file(bundle_reader_id: UUID, bundle_file_id: UUID) -> Response:
    reader, consultation = named(bundle_reader_id)
    file = db.session.get(BundleFile, (here(), bundle_file_id))
    if file is None or file.bundle.consultation_id != consultation.id or file.bundle.built is None:
        abort(404)
    answer = Response(file.content, content_type=file.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name.rpartition("/")[2])
    return fetched(
        answer, reader, consultation, file.bundle, f"file {file.position}, {PARTS[file.part][1].lower()}"
    )


def named(bundle_reader_id: UUID) -> tuple[BundleReader, Consultation]:
    """The record that names whoever is signed in, as long as it lasts; else it is not there."""
    reader = db.session.get(BundleReader, (here(), bundle_reader_id))
    if reader is None or reader.person_id != sessions.me().id or not reader.may_fetch():
        abort(404)
    return reader, db.session.get_one(Consultation, (here(), reader.consultation_id))


def fetched(
    answer: Response, reader: BundleReader, consultation: Consultation, bundle: Bundle, what: str
) -> Response:
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.cache_control.no_store = True
    reading.note_fetch(consultation.reference, bundle.number, what, sessions.me(), reader)
    return answer


def in_parts(bundle: Bundle) -> list[tuple[str, str, list[Any]]]:
    """Heading, regulation and files of each part, the index first."""
    asked = sa.select(
        BundleFile.id, BundleFile.part, BundleFile.name, BundleFile.title, BundleFile.size, BundleFile.sha256
    ).where(BundleFile.bundle_id == bundle.id)
    rows = db.session.execute(asked.order_by(BundleFile.position)).all()
    found = [
        (heading, where, [r for r in rows if r.part == part]) for part, (_, heading, where) in PARTS.items()
    ]
    return [each for each in found if each[2]]


def name_of(consultation: Consultation, bundle: Bundle) -> str:
    return f"{consultation.reference}-bundle-{bundle.number}.zip"


def zipped(bundle: Bundle) -> Any:
    """One file at a time, so that a large bundle takes no more memory than its largest file."""
    made = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (closed with the answer)
    wanted = sa.select(BundleFile.id).where(BundleFile.bundle_id == bundle.id)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for id_ in list(db.session.scalars(wanted.order_by(BundleFile.position))):
            file = db.session.get_one(BundleFile, (here(), id_))
            archive.writestr(zipfile.ZipInfo(file.name, BEGINNING), file.content, zipfile.ZIP_DEFLATED)
            db.session.expunge(file)
    made.seek(0)
    return made
