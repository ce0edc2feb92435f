"""What the authority records of a plan is there for everyone, with the documents that it lets everyone read."""

from datetime import timedelta

from consult import clock
from consult.database import db
from consult.spaces import milestones
from consult.spaces.models import Space
from tests.consultations.setting import person

REPORT = ("report.pdf", "application/pdf", b"%PDF-1.7 the report")
LETTER = ("letter.pdf", "application/pdf", b"%PDF-1.7 a letter")
PAGES = ("/f/ash/progress", "/a/northam/progress/ash")


def record(world, key, **given):
    by, ash = person(world, "northam", "officer"), db.session.get_one(Space, world.space["ash"])
    return milestones.record(ash, key, on=clock.today(), by=by, **given)


def test_everyone_sees_how_far_it_is_and_by_when_the_next_is_due(references, working, world, client):
    with working("northam"):
        record(world, "examination", document=LETTER, words="Only for the body")
        shown = record(world, "report", document=REPORT, words="It meets them", public=True)
        report = shown.id
    five_weeks = clock.today() + timedelta(weeks=5)
    for at in PAGES:
        page = client.page(at)
        assert "The examiner reported" in page.text
        assert f"by {five_weeks:%-d %B %Y}" in page.text
        assert "It meets them" in page.text
        assert "Only for the body" not in page.text
        assert "letter.pdf" not in page.text
        document = f"{at.removesuffix('/ash')}/documents/{report}"
        assert client.get(document).data == REPORT[2]
    assert 'href="/f/ash/progress"' in client.page("/f/ash/").html


def test_what_is_not_for_everyone_is_not_there(references, working, world, client):
    with working("northam"):
        kept = record(world, "examination", document=LETTER).id
        shown = record(world, "report", document=REPORT, public=True)
        gone = shown.id
        shown.take_back(by=person(world, "northam", "officer"))
    for id_ in (kept, gone):
        for at in ("/f/ash", "/a/northam", "/a/southby", "/f/beck"):
            assert client.get(f"{at}/progress/documents/{id_}").status_code == 404
    for at in (
        "/f/beck/progress",
        "/a/southby/progress/ash",
        "/a/northam/progress/beck",
        "/a/northam/progress",
    ):
        assert client.get(at).status_code == 404


def test_an_officer_says_whether_everyone_may_read_it(references, officer, working, world, client):
    given = {"key": "examination", "on": clock.today().isoformat(), "words": "Edith Examiner", "public": "y"}
    assert officer.send("/a/northam/bodies/ash/road", **given).status_code == 303
    assert "Edith Examiner" in client.page(PAGES[0]).text
