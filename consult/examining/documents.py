"""The files of a bundle, in order: the plan proposal, what was submitted with it, every representation as a document of
its own, what else there is, and the index of all that."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from flask import current_app

from consult.consultations.words import day, moment
from consult.database import db
from consult.examining import representation
from consult.examining.contents import PARTS, is_included, submission_in
from consult.examining.models import Bundle, BundleDocument
from consult.examining.representation import STATUSES, Representation
from consult.responses.models import Response
from consult.settings import ROOT
from consult.spaces.models import standing
from consult.tenancy import here
from consult.web import cells, typesetting

TELL_EACH: Final = 25  # files between two words of progress
LIST: Final = ROOT / "templates" / "examining" / "index.typ"
SHEET: Final = ROOT / "templates" / "examining" / "representations.typ"
LISTED: Final = ("part", "asked_for_in", "representation", "title", "late", "file", "size", "sha256")
ROWS: Final = (
    "representation", "received", "late", "status", "name", "organisation", "on_behalf_of", "email", "address",
    "postcode", "wishes_to_speak", "about", "heading", "words",
)  # fmt: skip


@dataclass(frozen=True)
class File:
    part: str
    name: str
    title: str
    media_type: str
    content: bytes
    reference: str = ""  # of the representation that it belongs to
    late: bool = False
    summed: str = ""
    size: int = 0

    @property
    def sha256(self) -> str:
        return self.summed or hashlib.sha256(self.content).hexdigest()

    def without_content(self) -> "File":
        return replace(self, content=b"", summed=self.sha256, size=len(self.content))


def files(bundle: Bundle) -> Iterator[File]:
    """All but the manifest. Only reads; what is yielded is not kept here."""
    made: list[File] = []
    for file in (*submitted(bundle), *added(bundle)):
        made.append(file.without_content())
        yield file
    read: list[Representation] = []
    for each, file in represented(bundle):
        if each is not None:
            read.append(each)
        made.append(file.without_content())
        yield file
    for file in in_one(bundle, read):
        made.append(file.without_content())
        yield file
    yield from indexes(bundle, made, read)


def submitted(bundle: Bundle) -> Iterator[File]:
    """As it came through the wall, with its own index and checksums."""
    found = submission_in(bundle.contents)
    if found is None:
        return
    titles = {item["key"]: item["title"] for item in found.items}
    for file in sorted(found.files, key=lambda file: file.item != "plan"):
        part = "plan" if file.item == "plan" else "regulation_15"
        title = titles.get(file.item, "The submission’s own index")
        yield File(part, f"{PARTS[part][0]}/{file.name}", title, file.media_type, file.content)
    for number, reply in enumerate([each for each in found.replies if each.at <= bundle.at], 1):
        said = f"{day(reply.on)}, {reply.by}: {reply.outcome}.\n\n{reply.words}\n".encode()
        name = f"{PARTS['other'][0]}/completeness-{number}.txt"
        yield File("other", name, "What the authority said of its completeness", "text/plain", said)


def added(bundle: Bundle) -> Iterator[File]:
    for number, given in enumerate(bundle.contents["documents"], 1):
        kept = db.session.scalar(sa.select(BundleDocument).where(BundleDocument.id == UUID(given)))
        if kept is not None:
            name = f"{PARTS['other'][0]}/{number}-{kept.name}"
            yield File("other", name, kept.title, kept.media_type, kept.content)


def represented(bundle: Bundle) -> Iterator[tuple[Representation | None, File]]:
    """Each with what came with it, in the order of their references."""
    folder = PARTS["representations"][0]
    for entry in filter(is_included, bundle.contents["representations"]):
        response = db.session.get(Response, (here(), UUID(entry["id"])))
        if response is None:
            continue
        each = representation.of(response, entry["status"], bundle.at)
        about: dict[str, Any] = {"reference": each.reference, "late": each.late}
        for name, title, media_type, content in each.files:
            yield (
                None,
                File(
                    "representations",
                    f"{folder}/{each.reference}/{name}",
                    title,
                    media_type,
                    content,
                    **about,
                ),
            )
        named = replace(each, files=[(name, title, kind, b"") for name, title, kind, _ in each.files])
        page = rendered("examining/representation.html", each=named, body=standing().name)
        title = f"Representation of {each.who}"
        yield (
            named,
            File("representations", f"{folder}/{each.reference}.html", title, "text/html", page, **about),
        )


def in_one(bundle: Bundle, read: list[Representation]) -> Iterator[File]:
    """All of them together, each from a page of its own on; and a row for each thing that was said."""
    folder = PARTS["representations"][0]
    content = set_in_type(
        {
            "title": "Representations",
            "about": bundle.consultation.title,
            "body": standing().name,
            "lines": [*said_of(bundle), f"{len(read)} representations, in the order of their references."],
            "entries": [as_entry(each) for each in read],
        },
        bundle,
    )
    name = f"{folder}/representations.pdf"
    yield File(
        "representations", name, "All representations, each on a page of its own", "application/pdf", content
    )
    table = cells.table(ROWS, (row for entry in bundle.contents["representations"] for row in rows(entry)))
    name = f"{folder}/representations.csv"
    yield File("representations", name, "All representations, a row for each thing said", "text/csv", table)


def as_entry(each: Representation) -> dict[str, Any]:
    files = [f"{title}: {name}" for name, title, _, _ in each.files]
    return {
        "reference": each.reference,
        "who": each.who,
        "facts": each.facts,
        "said": each.said,
        "notes": each.notes + files,
    }


def rows(entry: dict[str, str]) -> Iterator[list[str]]:
    response = db.session.get(Response, (here(), UUID(entry["id"])))
    if response is None:
        return
    status = f"replaced by {entry['instead']}" if entry["instead"] else entry["status"]
    head = [entry["reference"], response.received.isoformat(), "yes" if response.late else "no", status]
    if not is_included(entry):
        yield [*head, *[""] * (len(ROWS) - len(head))]
        return
    about = (response.name, response.organisation, response.client, response.email, response.address)
    head += [*about, response.postcode, "yes" if response.wants_hearing else "no"]
    said = representation.said_of(response)
    yield from ([*head, about, label, words] for about, lines in said for label, words in lines)
    if not said:
        yield [*head, "", "", ""]


# The index.


def indexes(bundle: Bundle, made: list[File], read: list[Representation]) -> Iterator[File]:
    table = cells.table(LISTED, (line_of(file) for file in made))
    yield File("index", "index.csv", "The index as a table, with checksums", "text/csv", table)
    parts = [of_part(part, made) for part in PARTS if part != "index"]
    given = {
        "title": f"Bundle {bundle.number} for the examiner",
        "about": bundle.consultation.title,
        "body": standing().name,
        "lines": said_of(bundle),
        "parts": [part for part in parts if part["rows"]],
        "left_out": [left_out(each) for each in bundle.contents["representations"] if not is_included(each)],
        "speakers": [f"{each.reference}, {each.who}" for each in read if each.hearing],
    }
    yield File("index", "index.html", "The index", "text/html", rendered("examining/index.html", **given))
    content = typesetting.pdf(LIST, "index", given, bundle.at)
    yield File("index", "index.pdf", "The index to print", "application/pdf", content)


def line_of(file: File) -> list[Any]:
    _, heading, where = PARTS[file.part]
    late = "yes" if file.late else "no" if file.reference else ""
    return [heading, where, file.reference, file.title, late, file.name, file.size, file.sha256]


def of_part(part: str, made: list[File]) -> dict[str, Any]:
    """Its rows are (representation, title, file)."""
    _, heading, where = PARTS[part]
    rows = [
        (f"{file.reference}{' (late)' if file.late else ''}", file.title, file.name)
        for file in made
        if file.part == part
    ]
    return {"heading": heading, "where": where, "rows": rows}


def left_out(entry: dict[str, str]) -> str:
    if entry["instead"]:
        return f"{entry['reference']}: {entry['instead']} stands in its place"
    return f"{entry['reference']}: {STATUSES[entry['status']].lower()}"


def said_of(bundle: Bundle) -> list[str]:
    """What a reader has to know of the whole of it."""
    every = bundle.contents["representations"]
    listed = [entry for entry in every if not is_included(entry)]
    late = sum(entry["status"] == "late" for entry in every)
    lines = [
        f"As it stood on {moment(bundle.at)} UK time. Nothing is taken out of it: it holds names, addresses and "
        "scans, and is for the examiner and for those who were named to fetch it.",
        f"{len(every)} representations came: {len(every) - len(listed)} are here, {late} of them late and marked so; "
        f"{len(listed)} are listed only, because they were withdrawn or another stands in their place.",
    ]
    if bundle.erased:
        lines.append(
            f"Since then words were taken out of it, the last time on {day(bundle.erased.date())}, because somebody’s "
            "personal data was erased. Each representation that this concerns says so."
        )
    return lines


def set_in_type(given: dict[str, Any], bundle: Bundle) -> bytes:
    return typesetting.pdf(SHEET, "representations", given, bundle.at)


def rendered(template: str, **words: Any) -> bytes:
    """Without what a page knows of whoever is looking."""
    return current_app.jinja_env.get_template(template).render(words).encode("utf-8", "replace")
