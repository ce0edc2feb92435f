"""Whether a KML or GML file is well formed, and no deeper than a map; read in the sandbox, before GDAL opens it."""

from pathlib import Path
from typing import Any
from xml.parsers import expat

# A polygon in three collections in five folders, with room.
MAX_DEPTH = 60


class NotPlain(Exception):
    """Why the file cannot be read, by one of the names that `foreign` has sentences for."""


def check(file: str) -> None:
    """Raises NotPlain for what is not well-formed XML, nests too deep or declares entities."""
    parser = expat.ParserCreate()
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise NotPlain("too deep")

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1

    def declared(*entity: Any) -> None:
        raise NotPlain("not plain")

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    try:
        parser.Parse(Path(file).read_bytes(), True)
    except expat.ExpatError as error:
        raise NotPlain(f"line {error.lineno}") from error
