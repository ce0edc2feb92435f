"""The files of a report or a release, sent to be kept: never shown in the browser, always noted."""

import io
import zipfile
from collections.abc import Iterable, Sequence

from flask import Response, abort

from consult import audit
from consult.accounts import sessions
from consult.reports.models import ReleaseFile, ReportFile

File = ReportFile | ReleaseFile
BEGINNING = (1980, 1, 1, 0, 0, 0)  # of time, in a zip file: the same files make the same bytes


def one(files: Sequence[File], name: str, what: str) -> Response:
    file = next((file for file in files if file.name == name), None)
    if file is None:
        abort(404)
    return sent(file.name, file.media_type, file.content, what)


def everything(files: Sequence[File], name: str, what: str) -> Response:
    return sent(name, "application/zip", zipped(files), what)


def sent(name: str, media_type: str, content: bytes, what: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.cache_control.no_store = True
    audit.note_download(f"{what}: {name}", sessions.whoever())
    return response


def zipped(files: Iterable[File]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name, BEGINNING), file.content, zipfile.ZIP_DEFLATED)
    return content.getvalue()


ABOUT = {
    "statement.pdf": "The consultation statement, to print or send",
    "statement.docx": "The same in Word, to edit",
    "statement.html": "The same as a web page",
    "response-log.xlsx": "One row for each comment and place, for Excel",
    "aggregates.xlsx": "Every figure, for Excel, with what it means",
    "responses.csv": "One row for each response, for a spreadsheet",
    "response-log.csv": "The log as CSV, for any program",
    "places.gpkg": "The places and the area, for mapping software",
    "places.geojson": "The places, for a web map",
    "figures.json": "Every figure, for a computer to check",
    "README.txt": "What is in each file, the method and its limits",
    "MANIFEST.sha256": "Checksums: they show that no file was changed",
}


def in_order(files: Sequence[File]) -> list[tuple[File, str]]:
    """What people open first comes first; each file with what it is."""
    order = list(ABOUT)
    known = sorted(files, key=lambda file: order.index(file.name) if file.name in ABOUT else len(order))
    return [(file, ABOUT.get(file.name, "")) for file in known]
