"""Two spaces with responses of every kind, and what their files hold."""

import io
import re
import zipfile
from typing import Any

from consult.web.cells import rows_of
from tests.inspector import PageInspector
from tests.reports import scene
from tests.responses import asking

LIST = "/f/ash/downloads/"
MARKED = "THE WORDS OF BECK"


def respond(working: Any, number: int = 40) -> None:
    """The same reference in both spaces; what is said in Beckside is marked."""
    with working("ash"):
        scene.respond(scene.consultation(), number)
    with working("beck"):
        nasty, scene.NASTY = scene.NASTY, (MARKED,)
        theirs = scene.drafted()
        asking.open_it(theirs)  # the postcodes are there already
        scene.respond(theirs, 5, seed=8)
        scene.NASTY = nasty


def asked(
    client: PageInspector, format: str = "csv", rows: str = "points", at: str = LIST, **filters: str
) -> Any:
    address = at + "?" + "&".join(f"{k}={v}" for k, v in ({"consultation": "reg14"} | filters).items())
    return client.send(address, format=format, rows=rows)


def made(client: PageInspector, format: str = "csv", rows: str = "points", **filters: str) -> str:
    answer = asked(client, format, rows, **filters)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def fetched(client: PageInspector, address: str) -> bytes:
    client.inspect, before = False, client.inspect
    with client.get(f"{address}/file") as answer:
        content = bytes(answer.data)
    client.inspect = before
    assert answer.status_code == 200
    return content


def rows(content: bytes, name: str) -> list[dict[str, str]]:
    return rows_of(zipfile.ZipFile(io.BytesIO(content)).read(name))


def about(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("ABOUT.txt").decode()


def line(text: str) -> list[int]:
    """received, counted, duplicates, late, withdrawn, excluded of what was selected."""
    found = re.search(r"Selected of them\n +(.*)\n", text)
    assert found
    return [int(number.replace(",", "")) for number in re.findall(r"[\d,]+", found[1])]
