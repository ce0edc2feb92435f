"""Makes of the catalogues in consult/translations, which are text, the files that pages are spoken from: run as
`python -m consult.web.translations` by bin/translations."""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from consult.settings import ROOT
from consult.web.languages import languages

SOURCES = ROOT / "consult" / "translations"
BUILT = ROOT / "build" / "translations"
PLACE = re.compile(r"%\((?!link\b)\w+\)s")
ISOLATE, END = "\u2068", "\u2069"  # Unicode's first strong isolate, and its end


def catalogue(code: str) -> Catalog:
    with open(path_in(SOURCES, code, "po"), "rb") as file:
        return read_po(file, locale=code)


def path_in(folder: Path, code: str, ending: str) -> Path:
    return folder / code / "LC_MESSAGES" / f"messages.{ending}"


def isolated(sentence: str) -> str:
    """What is put into a sentence of another direction (a title, a date, a reference) keeps its own, and its full stop
    on its own side (UAX 9, isolates). Links are left bare: mail programs would take the mark for a part of them."""
    return PLACE.sub(lambda place: f"{ISOLATE}{place.group()}{END}", sentence)


def build(code: str, folder: Path = BUILT) -> Path:
    found = catalogue(code)
    if languages()[code].direction == "rtl":
        for message in found:
            said = message.string
            message.string = (
                isolated(said) if isinstance(said, str) else [isolated(one) for one in said or ()]
            )
    built = path_in(folder, code, "mo")
    built.parent.mkdir(parents=True, exist_ok=True)
    draft = built.with_suffix(".draft")
    with open(draft, "wb") as file:
        write_mo(file, found)
    draft.replace(built)  # whole or not at all
    return built


def build_all() -> None:
    for folder in sorted(SOURCES.iterdir()):
        code = folder.name
        source, built = path_in(SOURCES, code, "po"), path_in(BUILT, code, "mo")
        made_from = max(source.stat().st_mtime, Path(__file__).stat().st_mtime)
        if not built.exists() or built.stat().st_mtime < made_from:
            print(f"Building the {languages()[code].english} words…")
            build(code)


if __name__ == "__main__":
    build_all()
