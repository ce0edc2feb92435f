"""Taking in the files of a form before it is sent, and letting go of them once it is."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from consult.consultations.models import Consultation
from consult.consultations.showing import previewed
from consult.database import db, unit_of_work
from consult.responses.door import flood
from consult.responses.form.file_part import Files
from consult.responses.form.files import (
    MEDIA_TYPES,
    MOST_BYTES,
    MOST_FILES,
    AnswerFile,
    HeldFile,
    ending_of,
    sha256_of,
    tidy_name,
)
from consult.responses.models import Response

MEGABYTE = 1024 * 1024
ROOM_FOR_FILES = (
    32 * MEGABYTE
)  # so that a file a little too large is refused on its form, where the rest is kept


class NotTaken(ValueError):
    """`str()` is one plain sentence."""


def hold(consultation: Consultation, form: Any, by_member: bool = False) -> None:
    """Takes in what came with this request, as much as one network and one forum may bring; lets go of what was ticked
    to be removed; and puts on the form what it holds (`held`) and why something was not taken (`not_held`). What is
    taken stays, whatever the page then says: a unit of work of its own."""
    form.not_held = {}
    parts = [part for part in form.parts if isinstance(part, Files)]
    if previewed() is None and any(part.sent(form) or part.removed(form) for part in parts):
        with unit_of_work():
            for part in parts:
                form.not_held[part.question.id] = list(taken(consultation, form, part, by_member))
        for part in parts:
            part.check(form)  # said at once, whichever button was pressed
    show_held(consultation, form)


def show_held(consultation: Consultation, form: Any) -> None:
    """Puts on the form what it holds, by question."""
    form.held = {}
    if not form.takes_files:
        return
    for file in held_by(consultation, form.idempotency_key.data):
        form.held.setdefault(file.question_id, []).append(file)


def held_by(consultation: Consultation, key: str) -> list[HeldFile]:
    mine = sa.select(HeldFile).where(HeldFile.consultation_id == consultation.id, HeldFile.key == key)
    return list(db.session.scalars(mine.order_by(HeldFile.at, HeldFile.id)))


def taken(consultation: Consultation, form: Any, part: Files, by_member: bool) -> Iterator[str]:
    """Changes what is held of one question; gives the reasons why something was not taken."""
    key, question = form.idempotency_key.data, part.question.id
    there = [file for file in held_by(consultation, key) if file.question_id == question]
    for file in [file for file in there if str(file.id) in part.removed(form)]:
        there.remove(file)
        db.session.delete(file)
    known = {file.sha256 for file in there}
    for sent in part.sent(form):
        try:
            file = read(sent)
        except NotTaken as problem:
            yield str(problem)
            continue
        if file.sha256 in known:
            continue
        if len(known) >= MOST_FILES:
            close(part.sent(form))
            yield gettext("Send up to %(most)s files here: the first %(most)s are kept.", most=MOST_FILES)
            return
        if not by_member and flood.too_many_files(consultation, 1 + len(file.content) // MEGABYTE):
            yield gettext(
                "“%(name)s” was not taken: many files are coming in just now. Send without it, or try in an hour.",
                name=file.name,
            )
            continue
        known.add(file.sha256)
        file.consultation_id, file.question_id, file.key = consultation.id, question, key
        db.session.add(file)
    db.session.flush()


def close(files: list[FileStorage]) -> None:
    for file in files:
        file.close()


def read(sent: FileStorage) -> HeldFile:
    """Raises NotTaken."""
    shown = (sent.filename or "").replace("\\", "/").rpartition("/")[2][:60]
    with closing(sent):
        content = sent.read(MOST_BYTES + 1)
    if not content:
        raise NotTaken(gettext("“%(name)s” is empty: choose another file.", name=shown))
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // MEGABYTE
        raise NotTaken(
            gettext("“%(name)s” is larger than %(most)s MB: choose a smaller one.", name=shown, most=most)
        )
    ending = ending_of(content)
    if not ending:
        raise NotTaken(
            gettext("“%(name)s” is none of the files we take: PDF, Word, Excel, OpenDocument, JPEG, PNG or WebP.",
                    name=shown)
        )  # fmt: skip
    return HeldFile(
        name=tidy_name(shown, ending),
        media_type=MEDIA_TYPES[ending],
        sha256=sha256_of(content),
        content=content,
    )


def copied(consultation: Consultation, response: Response, key: str) -> None:
    """Holds the files of a response once more, for the form in which its sender changes it."""
    mine = sa.select(AnswerFile).where(AnswerFile.response_id == response.id).order_by(AnswerFile.position)
    for file in db.session.scalars(mine):
        named = {
            name: getattr(file, name) for name in ("question_id", "name", "media_type", "sha256", "content")
        }
        db.session.add(HeldFile(consultation_id=consultation.id, key=key, **named))


def let_go(consultation: Consultation, key: str) -> None:
    """The response has been received: its files are kept with it, and no longer here."""
    for file in held_by(consultation, key):
        db.session.delete(file)


def forget_unsent(consultation_id: UUID) -> int:
    """Removes the files of forms that nobody sent; the number of them."""
    waiting = sa.select(HeldFile).where(HeldFile.consultation_id == consultation_id)
    rows = list(db.session.scalars(waiting))
    for file in rows:
        db.session.delete(file)
    return len(rows)
