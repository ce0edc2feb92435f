"""What came in is counted, reported, handed to the authority, and taken away by its officer as files."""

import csv
import hashlib
import io
import zipfile

from tests.browser.journey.answering import WORDS
from tests.browser.journey.consulting import CONSULTATION, POLICIES
from tests.browser.journey.founding import AUTHORITY, NAME
from tests.browser.people import Somebody

MADE_WITHIN_MS = 120_000


def sees_both_counted(analyst: Somebody) -> None:
    analyst.goes(CONSULTATION + "feedback/")
    analyst.sees("2 responses")
    assert all(policy in analyst.read for policy in POLICIES)
    analyst.looks_around()
    analyst.goes(CONSULTATION + "feedback/words")
    assert all(words in analyst.read for words in WORDS.values())
    analyst.looks_around()
    analyst.goes(CONSULTATION + "feedback/places")
    analyst.looks_around()
    analyst.goes(CONSULTATION + "responses/")
    assert analyst.main.locator("tbody tr").count() == 2
    assert not analyst.page.get_by_role("button", name="Publish").count()


def makes_and_releases_a_report(chair: Somebody) -> None:
    chair.goes(CONSULTATION + "reports/")
    chair.looks_around()
    chair.presses("Make the full report")
    chair.page.get_by_role("link", name="statement.pdf").wait_for(timeout=MADE_WITHIN_MS)
    chair.looks_around()
    chair.presses("Release this report")
    chair.sees("Its officers have a copy")
    chair.looks_around()


def takes_the_pack_and_the_aggregate(officer: Somebody) -> None:
    officer.goes(f"{AUTHORITY}announcements")
    officer.sees("The draft plan for Pondside")
    officer.looks_around()
    officer.goes(f"{AUTHORITY}releases/")
    officer.looks_around()
    aggregate = downloaded(officer, "Download the aggregate").decode("utf-8-sig")
    assert NAME in {row["body"] for row in csv.DictReader(io.StringIO(aggregate))}
    officer.follows("The draft plan for Pondside")
    officer.looks_around()
    with zipfile.ZipFile(io.BytesIO(downloaded(officer, "Download them all"))) as pack:
        is_whole(pack)
    assert officer.goes(CONSULTATION + "responses/") == 404  # what was not released stays behind the wall


def downloaded(somebody: Somebody, link: str) -> bytes:
    with somebody.page.expect_download() as coming:
        somebody.follows(link)
    return coming.value.path().read_bytes()


def is_whole(pack: zipfile.ZipFile) -> None:
    """Every file is there and is what the manifest says, and what residents wrote is among them."""
    names = {name.rpartition("/")[2]: name for name in pack.namelist()}
    for line in pack.read(names["MANIFEST.sha256"]).decode().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256(pack.read(names[name.rpartition("/")[2]])).hexdigest() == digest
    everything = b"".join(pack.read(name) for name in pack.namelist() if name.endswith((".csv", ".html")))
    assert WORDS["without"].encode() in everything
