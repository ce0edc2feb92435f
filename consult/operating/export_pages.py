"""The export of a whole space: asked for and fetched by whoever answers for its data."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, send_file, url_for

from consult import audit
from consult.access import Act, needs
from consult.accounts import sessions
from consult.operating import exporting
from consult.operating.pages import pages


@pages.get("/<space:space>/record/export")
@needs(Act.ANSWER_FOR_DATA)
def export() -> str:
    job = exporting.latest()
    path = exporting.file_of(job)
    size = path.stat().st_size if path else 0
    return render_template("operating/export.html", job=job, size=size)


@pages.post("/<space:space>/record/export")
@needs(Act.ANSWER_FOR_DATA)
def ask_for_export() -> Any:
    """A second press while one is being made asks for no second one."""
    job = exporting.latest()
    if job is None or job.state in ("done", "failed"):
        exporting.ask(sessions.me())
        flash("The export is being made. This page says when it is ready.", "success")
    return redirect(url_for("operating.export"), 303)


@pages.get("/<space:space>/record/export/file")
@needs(Act.ANSWER_FOR_DATA)
def export_file() -> Any:
    job = exporting.latest()
    path = exporting.file_of(job)
    if path is None or job is None:
        abort(404)
    response = send_file(
        path, "application/zip", as_attachment=True, download_name=f"{g.space.slug}-everything.zip", max_age=0
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.cache_control.no_store = True
    audit.note_download("everything of the space", sessions.me())
    return response
