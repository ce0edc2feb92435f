"""Every sentence that a resident can be shown, read from the sources: what the catalogues have to hold.

`python -m tests.web.resident_words` adds the sentences that a catalogue lacks, empty, and takes out what is gone.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

from consult.settings import ROOT
from consult.web.languages import ENGLISH, OURS
from consult.web.translations import SOURCES, catalogue, path_in

KEYWORDS: Any = dict.fromkeys(("_", "_l", "gettext", "lazy_gettext")) | {"ngettext": (1, 2)}
FOR_MEMBERS = {  # of the folders whose other templates residents read
    "responses": {
        *("_proposed_site", "enter", "equality_numbers", "event_devices", "index", "leave_site_out", "one"),
        *("proposed_sites", "responding", "sites_to_decide", "take_over", "translate"),
    },
    "components": {
        "figure",
        "map_editor",
        "map_editor_words",
        "preview",
        "progress",
        "steps",
    },
}
ONES = {  # of the other folders
    "consultations": (
        "_events _proposal about_here dates easy_read events_panel index keep_told open_everywhere panel paper "
        "print_waiting show told"
    ),
    "spaces": "accessibility contact front home privacy suspended where_it_is",
    "plans": "_plan _sites policies read",
    "areas": "panel register show _state",
    "feedback": "comments not_published panel published reconciliation results",
    "issues": "answers_to_me not_published published said_parts you_said",
    "errors": "page",
    "examining": "progress progress_panel published representations",
}
SHOWN = {  # and what Python says to them
    "areas": "forms pages panels registering/register_pages",
    "feedback": "words",
    "consultations": "told/following publicity/forms questions/conditions routes siting stages told/told_pages words",
    "plans": "plan_maps site_maps site_words",
    "examining": "progress telling",
    "issues": "words",
    "spaces": "journey navigation",
    "web": "emails errors forms",
}


def templates() -> Iterator[Path]:
    yield ROOT / "templates" / "layout.html"
    for folder, left_out in FOR_MEMBERS.items():
        for path in sorted((ROOT / "templates" / folder).rglob("*.html")):
            if path.stem not in left_out:
                yield path
    for folder, names in ONES.items():
        yield from (ROOT / "templates" / folder / f"{name}.html" for name in names.split())


def modules() -> Iterator[Path]:
    yield from sorted((ROOT / "consult" / "responses").rglob("*.py"))
    for folder, names in SHOWN.items():
        yield from (ROOT / "consult" / folder / f"{name}.py" for name in names.split())


def sentences() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Each with the file that it is said in."""
    for method, paths in (("jinja2.ext:babel_extract", templates()), ("python", modules())):
        for path in paths:
            for _line, said, _comments, _context in extract_from_file(method, path, keywords=KEYWORDS):
                yield said, str(path.relative_to(ROOT))
    questions = ROOT / "consult" / "responses" / "equality.toml"
    for question in tomllib.loads(questions.read_text())["question"]:
        for said in (question["title"], *(label for _key, label in question["options"])):
            yield said, str(questions.relative_to(ROOT))


def bring_up_to_date(code: str) -> None:
    known = catalogue(code) if path_in(SOURCES, code, "po").exists() else Catalog(code)
    kept = {"header_comment": known.header_comment, "creation_date": known.creation_date}
    nobody = dict.fromkeys(("msgid_bugs_address", "last_translator", "language_team"), "")
    fresh = Catalog(code, project="Consult", version="1", fuzzy=False, **kept, **nobody)
    for said, where in sentences():
        before = known.get(said if isinstance(said, str) else said[0])
        fresh.add(said, before.string if before else None, locations=[(where, 0)])
    path = path_in(SOURCES, code, "po")
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as file:
        write_po(file, fresh, width=120, include_lineno=False, sort_by_file=True)
    lacking = [message.id for message in fresh if message.id and not any(message.string or "")]
    print(f"{path.relative_to(ROOT)}: {len(fresh)} sentences, {len(lacking)} without a translation")


if __name__ == "__main__":
    for code in OURS:
        if code != ENGLISH:
            bring_up_to_date(code)
