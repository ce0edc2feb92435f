"""Every file of a submission, made or copied as it is handed over: by item of regulation 15(1), with an index and the
checksum of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app

from consult import clock
from consult.areas import maps, register
from consult.areas.application import pack as application_pack
from consult.consultations.consulted import evidence
from consult.consultations.consulted.consultee_list import listed
from consult.plans import printing, site_files
from consult.plans.models import PlanVersion, latest_version
from consult.reports import manifest
from consult.settings import ROOT
from consult.spaces.models import Space, standing
from consult.submitting import drafting
from consult.submitting.completeness import Item
from consult.submitting.models import SubmissionDraft
from consult.web import typesetting

SHEET = ROOT / "templates" / "submitting" / "statement.typ"
LETTERS = {
    "area": "a",
    "statement": "b",
    "plan": "c",
    "conditions": "d",
    "environment": "e",
    "modification": "f",
}
INDEX = "README.txt"


@dataclass(frozen=True)
class File:
    item: str
    name: str
    media_type: str
    content: bytes


def assembled(said: SubmissionDraft, items: list[Item]) -> list[File]:
    """The files in the order of the regulation, then the index and the manifest."""
    files = named([*of_area(), *of_statement(said), *of_plan(said), *of_words(said)])
    files.append(index(said, items, files))
    content = {file.name: file.content for file in files}
    return [*files, File("index", manifest.NAME, "text/plain", manifest.of(content))]


def named(files: list[File]) -> list[File]:
    """Each name begins with the letter of its item; no two are the same."""
    order = list(LETTERS)
    taken: dict[str, int] = {}
    made = []
    for file in sorted(files, key=lambda each: order.index(each.item)):
        name = f"{LETTERS[file.item]}-{file.name}"
        taken[name] = taken.get(name, 0) + 1
        stem, dot, ending = name.rpartition(".")
        unique = name if taken[name] == 1 else f"{stem}-{taken[name]}{dot}{ending}"
        made.append(File(file.item, unique, file.media_type, file.content))
    return made


def own(said: SubmissionDraft, item: str) -> Iterator[File]:
    for file in drafting.files_of(said, item):
        yield File(item, file.name, file.media_type, file.content)


def of_area() -> Iterator[File]:
    space = standing()
    entry = register.entry_of(space.id)
    assert entry is not None  # else it were not complete
    assert entry.designated_on is not None
    pack = application_pack.Pack(
        space=space,
        name=entry.name,
        state=f"Designated on {entry.designated_on:%-d %B %Y}",
        reference=entry.reference,
        at=clock.now(),
        outline=entry.outline,
        why_appropriate="",
        relevant_body="",
        spans="",
        consents=(),
    )
    says = f"Map of {entry.name}, with its outline, a scale bar, a north arrow and National Grid lines."
    page = sheet(
        f"Neighbourhood area: {entry.name}",
        facts=[list(row) for row in application_pack.facts(pack)],
        map=application_pack.picture(pack, says),
        says=says,
        attribution=application_pack.attribution(space),
    )
    yield File("area", "area-map.pdf", "application/pdf", page)
    yield File("area", "area.geojson", "application/geo+json", maps.as_geojson([entry]))


def of_statement(said: SubmissionDraft) -> Iterator[File]:
    """The statement itself; and what shows that the bodies of Schedule 1 and the authority were sent the draft."""
    report, asked = drafting.report_of(said), drafting.consultation()
    for file in report.files if report else []:
        if file.name.startswith("statement."):
            name = f"consultation-{file.name}"
            yield File("statement", name, file.media_type, file.content)
    yield from own(said, "statement")
    if asked is not None:
        proof = evidence.table_of(asked, listed(asked))
        yield File("statement", "proof-of-notices.csv", "text/csv", proof)


def of_plan(said: SubmissionDraft) -> Iterator[File]:
    version = latest_version()
    yield from own(said, "plan")
    if version is None or not version.policies:
        return
    space = standing()
    entry = register.entry_of(space.id)
    content = printing.pdf(version, entry.geometry if entry else None, space, clock.now())
    yield File("plan", "plan.pdf", "application/pdf", content)
    yield File("plan", "plan.html", "text/html", plan_page(version))
    if version.sites:
        yield File("plan", "sites.geojson", "application/geo+json", site_files.as_geojson(version))
    for document in version.documents:
        yield File("plan", document.name, document.media_type, document.content)


def plan_page(version: PlanVersion) -> bytes:
    """The plan as it is written here, as one page that needs nothing else."""
    page = current_app.jinja_env.get_template("submitting/plan.html")
    return page.render(version=version, title=version.title, body=standing().name).encode()


def of_words(said: SubmissionDraft) -> Iterator[File]:
    """What is answered in words becomes a statement of its own, beside the files that say the same."""
    conditions = drafting.conditions_of(said)
    answers = [
        [p.name, p.where, said.conditions[p.key]] for p in conditions.points if said.conditions.get(p.key)
    ]
    if answers:
        content = sheet(
            "How the plan meets the basic conditions", answers, facts=[["The list", conditions.title]]
        )
        yield File("conditions", "basic-conditions.pdf", "application/pdf", content)
    yield from own(said, "conditions")
    if said.environment == "none" and said.determined_on:
        facts = [["Determined on", f"{said.determined_on:%-d %B %Y}"]]
        where = "regulation 15(1)(e)(ii)"
        content = sheet(
            "Why no environmental report is needed", [["Reasons", where, said.reasons]], facts=facts
        )
        yield File("environment", "environmental-reasons.pdf", "application/pdf", content)
    yield from own(said, "environment")
    if said.kind == "modification":
        opinion = "do" if said.changes_nature == "yes" else "do not"
        facts = [["Opinion", f"The changes {opinion} change the nature of the plan."]]
        parts = [["Reasons", "regulation 15(1)(f)", said.modification]]
        content = sheet("Statement on the modifications", parts, facts=facts)
        yield File("modification", "modification-statement.pdf", "application/pdf", content)
        yield from own(said, "modification")


def sheet(title: str, parts: list[list[str]] | None = None, **shown: Any) -> bytes:
    """One statement: parts as (heading, where the law asks for it, words), facts, and a map with what it says."""
    space = standing()
    whose = {"title": title, "body": space.name, "authority": authority(space)}
    nothing = {"facts": [], "map": "", "says": "", "attribution": ""}
    return typesetting.pdf(
        SHEET, "statement", {**nothing, **whose, "parts": parts or [], **shown}, clock.now()
    )


def authority(space: Space) -> str:
    return space.authority.name if space.authority else ""


def index(said: SubmissionDraft, items: list[Item], files: list[File]) -> File:
    page = current_app.jinja_env.get_template("submitting/index.txt")
    about = {"kind": said.kind, "body": standing().name, "authority": authority(standing())}
    words = page.render(items=items, files=files, at=clock.uk(clock.now()), **about)
    return File("index", INDEX, "text/plain", words.encode())
