"""What the body writes into its statement: the same in every kind of file, after every rebuilding, and in the public
version only what it put there."""

import io

import pytest
import sqlalchemy as sa
from docx import Document

from consult import audit, clock, jobs
from consult.audit import Deed
from consult.database import db
from consult.feedback.snapshots import freeze
from consult.issues.deciding import agree, decide
from consult.reports.building import makers, material
from consult.reports.models import Report
from consult.reports.own_words import OwnWords, parts, printed, write
from tests.inspector import tree
from tests.inspector import words as words_of
from tests.issues.conftest import WORDS
from tests.issues.conftest import at_work as at_work
from tests.issues.conftest import coded as coded
from tests.issues.conftest import issue as issue
from tests.issues.conftest import said as said
from tests.reports import scene
from tests.reports.test_pack import joined, pdf_text

LIST = "/f/ash/consultations/reg14/reports/words/"
NASTY = '=1+1 <script>alert(1)</script> #read("/etc/passwd") {{ 7*7 }} Ł 🎉'
PARTS = (
    "title",
    "cover",
    "introduction",
    "who",
    "how",
    "said",
    "considered",
    "represented",
    "method",
    "limits",
)


FILES = ("statement.docx", "statement.html", "statement.pdf", "figures.json")


def made(consultation, snapshot, public=False):
    make = makers(material(consultation, snapshot, public))
    return {name: make[name]() for name in FILES}


def texts(files):
    document = Document(io.BytesIO(files["statement.docx"]))
    return {
        "docx": joined("\n".join(p.text for p in document.paragraphs)),
        "pdf": joined(pdf_text(files["statement.pdf"])),
        "html": joined(words_of(tree(files["statement.html"].decode()))),
    }


@pytest.fixture
def asked(working):
    with working("ash"):
        scene.respond(scene.consultation(), 3)


def test_every_part_stands_in_every_file_and_the_public_version_has_what_was_put_there(issue, at_work):
    with at_work() as (consultation, person):
        agree(consultation, decide(consultation, issue, person, **WORDS), person, clock.today(), "7")
        for number, part in enumerate((*PARTS, "issue-1")):
            write(consultation, part, f"Our words {number:02}.\n\nAnd more.", number % 2 == 0, person)
        snapshot = freeze(consultation, None)
        for public in (False, True):
            for kind, text in texts(made(consultation, snapshot, public)).items():
                for number in range(len(PARTS) + 1):
                    there = number % 2 == 0 or not public
                    assert (f"Our words {number:02}." in text) is there, (kind, public, number)


def test_a_statement_that_is_made_again_has_them_and_no_figure_is_another(issue, at_work):
    with at_work() as (consultation, person):
        before = freeze(consultation, None)
        first = made(consultation, before)
        write(consultation, "introduction", "Since 2019 we have met every month.", False, person)
        again = made(consultation, before)
        assert all("Since 2019 we have met every month." in text for text in texts(again).values())
        assert first["figures.json"] == again["figures.json"]
        assert made(consultation, before) == again


def test_whatever_they_are_they_are_only_words(asked, working, world):
    from consult.accounts.models import Person
    from consult.consultations.models import find

    with working("ash"):
        consultation, person = find("reg14"), db.session.get(Person, world.person["ash", "chair"])
        for part in PARTS:
            write(consultation, part, NASTY, True, person)
        files = made(consultation, freeze(consultation, None), public=True)
        for kind, text in texts(files).items():
            assert "alert(1)" in text and "7*7" in text, kind
        assert b"<script>" not in files["statement.html"]


def test_a_chair_writes_changes_and_removes_them(asked, sign_in, working):
    chair = sign_in("ash")
    assert chair.page(LIST).text.count("Nothing of your own") == len(PARTS)
    for part in PARTS:
        assert chair.send(f"{LIST}{part}", text=f"On {part}", public="y").status_code == 303
    page = chair.page(LIST)
    assert "Nothing of your own" not in page.text
    assert page.text.count("Public version too") == len(PARTS)
    chair.send(f"{LIST}limits", text="")
    chair.send(f"{LIST}who", text="Changed")
    with working("ash"):
        rows = {row.part: (row.text, row.public) for row in db.session.scalars(sa.select(OwnWords))}
        assert rows["who"] == ("Changed", False)
        assert "limits" not in rows
        acts = db.session.scalars(sa.select(Deed.act).where(Deed.act.like("statement.%"))).all()
        assert (acts.count("statement.words_written"), acts.count("statement.words_removed")) == (11, 1)
        assert audit.head() is not None


def test_what_seems_personal_is_looked_at_before_everyone_may_read_it(asked, sign_in):
    chair, words = sign_in("ash"), "Write to ann.private@example.org, or see https://example.org."
    refused = chair.send(f"{LIST}introduction", text=words, public="y")
    assert refused.status_code == 422
    assert "It holds what looks personal: “ann.private@example.org”." in refused.text
    assert words in refused.text
    assert chair.send(f"{LIST}introduction", text=words).status_code == 303
    assert chair.send(f"{LIST}introduction", text=words, public="y", looked="y").status_code == 303


@pytest.mark.parametrize("text", ["x" * 10_001, "x" * 200_000])
def test_what_is_too_long_is_said_and_kept(asked, sign_in, text):
    refused = sign_in("ash").send(f"{LIST}introduction", text=text)
    assert refused.status_code == 422


def test_a_part_that_there_is_not_is_not_found(asked, sign_in):
    chair = sign_in("ash")
    for part in ("moon", "issue-9", "issue-", "%00"):
        assert chair.get(f"{LIST}{part}").status_code == 404


def test_who_may_only_read_writes_nothing(asked, sign_in):
    assert sign_in("ash", "analyst").get(f"{LIST}title").status_code == 403
    assert "Write" not in sign_in("ash", "analyst").page(LIST).text.split("</h1>")[-1].split("Your own")[0]
    assert sign_in("ash", "viewer").get(LIST).status_code == 403
    assert sign_in("beck", "chair").get(LIST).status_code == 404


def test_what_was_written_for_an_issue_is_there_when_that_is_dissolved(issue, at_work):
    from consult.issues.gathering import Gatherer

    with at_work() as (consultation, person):
        write(consultation, "issue-1", "Kept.", False, person)
        Gatherer(consultation, person).dissolve(issue)
        assert [(p.name, p.words.text) for p in parts(consultation) if p.words] == [
            ("Issue 1, dissolved", "Kept.")
        ]


def test_a_job_makes_the_report_with_them(asked, sign_in, app, working):
    chair = sign_in("ash")
    chair.send(f"{LIST}cover", text="Agreed by the forum on 1 May.")
    chair.send("/f/ash/consultations/reg14/reports/")
    with app.app_context():
        jobs.run_due()
    with working("ash"):
        (report,) = db.session.scalars(sa.select(Report))
        html = next(file.content for file in report.files if file.name == "statement.html")
        assert b"Agreed by the forum on 1 May." in html
        assert printed(report.consultation, True) == {}
