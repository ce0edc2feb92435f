"""The officer pack: every file of a report, made from one snapshot. The same snapshot always gives the same figures."""

import base64
import hashlib
import json
import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from flask import current_app

from consult import clock
from consult.clearing.public import Said, said
from consult.consultations.models import Consultation
from consult.consultations.words import moment
from consult.database import alone, db
from consult.feedback import coded as themes
from consult.feedback import tallies
from consult.feedback.coded import CODED, Coded
from consult.feedback.facts import Facts
from consult.feedback.models import Snapshot
from consult.feedback.publications import figures_for_everyone
from consult.feedback.snapshots import coded_of, facts_of
from consult.feedback.tallies import Figure
from consult.reports import ground, manifest, replying, sheets, tables, typesetting, word
from consult.reports.document import Statement
from consult.reports.material import Material
from consult.reports.models import Report, ReportFile
from consult.reports.own_words import printed
from consult.reports.pieces import as_coded
from consult.reports.points import Voice, points_of, voices
from consult.reports.replying import agreed, answered, replied
from consult.reports.statement import line_of, statement
from consult.responses.outlines import outline_of
from consult.spaces.models import standing

KINDS = {
    "choice": "one answer",
    "choices": "several answers",
    "stance": "a stance on each policy",
    "line": "in a few words",
    "text": "in words",
    "scale": "a point on a scale",
    "number": "a number",
    "date": "a date",
    "file": "a file",
    "agree": "a statement to agree to",
    "place": "places",
}
MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".gpkg": "application/geopackage+sqlite3",
    ".geojson": "application/geo+json",
    ".sha256": "text/plain",
}


def untold(name: str) -> None:
    """Nobody is waiting to hear which file is being made."""


def pack(
    consultation: Consultation,
    snapshot: Snapshot,
    public: bool = False,
    begun: Callable[[str], None] = untold,
) -> dict[str, bytes]:
    """Every file by its name, the manifest last. Only reads; `begun` is told the name of each before it is made."""
    files: dict[str, bytes] = {}
    for name, make in sorted(makers(material(consultation, snapshot, public)).items()):
        begun(name)
        files[name] = make()
    return files | {manifest.NAME: manifest.of(files)}


def material(consultation: Consultation, snapshot: Snapshot, public: bool) -> Material:
    facts, coded = facts_of(snapshot), coded_of(snapshot)
    heard = voices(facts)
    points = [] if public else points_of(consultation, facts, heard)
    decided = agreed(snapshot)
    issues, final = answered(decided, snapshot, facts), consultation.state(snapshot.at) == "closed"
    return Material(
        consultation=consultation,
        facts=facts,
        figures=figures_of(facts, coded, issues, public, final),
        line=tallies.reconciliation(facts),
        voices=heard,
        points=points,
        coded=coded,
        logged=replied(as_coded(points, coded), decided),
        answered=issues,
        said=said_in(consultation, heard) if public else [],
        outline=outline_of(consultation),
        at=snapshot.at,
        snapshot=snapshot.sha256,
        audit_head=snapshot.audit_head or "",
        public=public,
        own=printed(consultation, public),
    )


def said_in(consultation: Consultation, heard: list[Voice]) -> list[Said]:
    """What was cleared of the responses that the snapshot counts, or that came late."""
    return said(consultation, frozenset(voice.id for voice in heard if voice.status in ("counted", "late")))


def figures_of(
    facts: Facts, coded: Coded, issues: list[replying.Answered], public: bool, final: bool
) -> list[Figure]:
    """In the public layer, whose references are listed, the fingerprint of a few could be guessed: only that of
    `counted` stays."""
    of_issues = replying.figures_of(issues, public, final)
    if not public:
        return [*tallies.figures(facts), *themes.figures(facts, coded), *of_issues]
    found = [
        *figures_for_everyone(facts, final=final),
        *themes.figures_for_everyone(facts, coded, final=final),
        *of_issues,
    ]
    return [f if (f.key, f.filter) == ("counted", "") else replace(f, ids_sha256="") for f in found]


def makers(given: Material) -> dict[str, Callable[[], bytes]]:
    facts, points = given.facts, given.points
    document = statement(given)
    files: dict[str, Callable[[], bytes]] = {
        "statement.html": lambda: html(document),
        "statement.pdf": lambda: typesetting.pdf(document),
        "statement.docx": lambda: word.docx(document),
        "aggregates.xlsx": lambda: sheets.aggregates(given),
        "figures.json": lambda: figures_json(given),
        "README.txt": lambda: readme(given),
        "places.geojson": lambda: ground.places_geojson(points),
        "places.gpkg": lambda: ground.places_gpkg(points, given.outline),
    }
    if given.public:
        return files | {
            "responses.csv": lambda: tables.public_responses_csv(facts, given.voices),
            "response-log.csv": lambda: tables.log_csv(tables.public_log(facts)),
            "response-log.xlsx": lambda: sheets.response_log(given, tables.public_log(facts)),
        }
    return files | {
        "responses.csv": lambda: tables.responses_csv(given.consultation, facts, given.voices, points),
        "response-log.csv": lambda: tables.log_csv(tables.log(given.logged)),
        "response-log.xlsx": lambda: sheets.response_log(given, tables.log(given.logged)),
    }


def html(document: Statement) -> bytes:
    page = rendered(
        "reports/statement.html", cover=document.cover, sections=document.sections, base64=in_base64
    )
    return page.encode("utf-8", "replace")


def rendered(template: str, **words: Any) -> str:
    """Without what a page knows of whoever is looking: a report is the same for everyone."""
    return current_app.jinja_env.get_template(template).render(words)


def in_base64(drawn: str) -> str:
    return base64.b64encode(drawn.encode("utf-8", "replace")).decode()


def figures_json(given: Material) -> bytes:
    said = {
        "snapshot": given.snapshot,
        "public": given.public,
        "reconciliation": asdict(given.line),
        "questions": [asdict(question) for question in given.facts.questions],
        "policies": [asdict(policy) for policy in given.facts.policies],
        "figures": [asdict(figure) for figure in given.figures],
    }
    said |= coding_json(given) | issues_json(given)
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def coding_json(given: Material) -> dict[str, Any]:
    """The frame that the themes were counted by, and in the full pack the points that a coder put to another policy or
    stance than was given."""
    coded = given.coded
    if not coded.themes:
        return {}
    told = {"frame_sha256": coded.frame_sha256, "themes": [asdict(theme) for theme in coded.themes]}
    if not given.public:
        borne = [point.number for point in given.logged if point.is_borne]
        told |= {"sha256": coded.sha256, "borne": borne}
    return {"coding": told}


def issues_json(given: Material) -> dict[str, Any]:
    """The issues that were answered, and in the full pack the points that each answers, by which it was counted. A
    point that the log does not list is named by its response."""
    if not given.answered:
        return {}
    names = {point.id: point.number for point in given.logged if point.id}
    told: list[dict[str, Any]] = [{"key": each.figure.key, "name": each.name} for each in given.answered]
    for issue, each in zip(told, given.answered, strict=True) if not given.public else ():
        references = given.facts.references
        issue["points"] = [
            names.get(point) or references[given.facts.places[whose]] for point, whose in each.raised
        ]
    return {"issues": told}


def readme(given: Material) -> bytes:
    words = rendered(
        "reports/readme.txt",
        body=standing().name,
        title=given.consultation.title,
        layer=given.layer,
        as_of=moment(given.at),
        snapshot=given.snapshot,
        audit_head=given.audit_head,
        line=line_of(given.line),
        questions=given.facts.questions,
        policies=given.facts.policies,
        kinds=KINDS,
        comments=bool(given.said),
        issues=bool(given.answered),
        themes=bool(given.board.numbers.get((CODED, ""))),
        public=given.public,
    )
    return words.encode("utf-8", "replace")


def build(report: Report, begun: Callable[[str], None] = untold) -> None:
    """Makes the files of a report and keeps them; one that was built stays as it is."""
    if report.built is None:
        store(report, pack(report.consultation, report.snapshot, report.public, begun))


def store(report: Report, files: Mapping[str, bytes]) -> None:
    """Two workers may have made the same files, when one was slower than its lease: those of the first are kept."""
    db.session.flush()
    alone(f"report {report.id}")
    if report.built is not None:
        return
    for name, content in files.items():
        db.session.add(ReportFile(report_id=report.id, name=name, **described(name, content)))
    report.built = clock.now()
    db.session.flush()
    db.session.expire(report, ["files"])


def described(name: str, content: bytes) -> dict[str, Any]:
    ending = name[name.rindex(".") :]
    media_type = MEDIA_TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    sha256 = hashlib.sha256(content).hexdigest()
    return {"media_type": media_type, "sha256": sha256, "size": len(content), "content": content}
