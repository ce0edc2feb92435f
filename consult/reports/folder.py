"""A pack as a folder. It is checked as a whole, so nothing else may be in it; an earlier pack is replaced."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from consult.web.errors import Refused

UNFINISHED = ".unfinished"
NAMES = {
    "response-log.xlsx",
    "aggregates.xlsx",
    "statement.docx",
    "statement.pdf",
    "statement.html",
    "responses.csv",
    "response-log.csv",
    "places.gpkg",
    "places.geojson",
    "figures.json",
    "README.txt",
    "MANIFEST.sha256",
}


def make_ready(out: Path) -> None:
    """Refuses a folder that cannot take a pack, before anything is counted."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        strangers = sorted(path.name for path in out.iterdir() if not replaceable(path))
    except OSError as problem:
        raise Refused(nowhere(out, problem)) from problem
    if strangers:
        raise Refused(f"{out} has other things in it ({strangers[0]}): choose an empty folder.")


def replaceable(path: Path) -> bool:
    return path.name == UNFINISHED or (path.name in NAMES and path.is_file())


def keep(out: Path, files: Mapping[str, bytes]) -> None:
    """Every file is written before the first is put in its place, the manifest last: what breaks off does not verify.
    They are written inside `out`, since what lies beside it may be another disk, or not ours to write to."""
    unfinished = out / UNFINISHED
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        for name, content in files.items():
            (unfinished / name).write_bytes(content)
        for name in files:
            (unfinished / name).replace(out / name)
    except OSError as problem:
        raise Refused(nowhere(out, problem)) from problem
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def nowhere(out: Path, problem: OSError) -> str:
    return f"Nothing can be written to {out}: {problem.strerror}."
