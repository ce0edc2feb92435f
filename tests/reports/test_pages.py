import csv
import io
import threading
import zipfile

import pytest
import sqlalchemy as sa

from consult import audit, jobs
from consult.database import db
from consult.jobs import Job
from consult.reports import asking, building, releasing
from consult.reports.models import Release, ReleaseFile, Report, ReportFile
from tests.reports import scene

LIST = "/f/ash/consultations/reg14/reports/"


@pytest.fixture
def asked(working):
    """A consultation with some responses, at which nobody has made a report yet."""
    with working("ash"):
        scene.respond(scene.consultation(), 12)


@pytest.fixture
def made(asked, app, sign_in):
    """The address of a full report that was made."""
    address = sign_in("ash").send(LIST).headers["Location"]
    with app.app_context():
        assert jobs.run_due() == 1
    return address


def test_a_chair_asks_sees_how_far_it_is_and_downloads(asked, app, sign_in):
    chair = sign_in("ash")
    assert "None yet" in chair.page(LIST).text
    answer = chair.send(LIST)
    assert answer.status_code == 303
    address = answer.headers["Location"]
    page = chair.page(address)
    assert "Waiting for its turn" in page.text
    assert 'http-equiv="refresh"' in page.html
    assert chair.get(f"{address}/progress").json == {
        "state": "waiting",
        "words": "Waiting for its turn …",
        "done": False,
        "next": "",
    }
    with app.app_context():
        jobs.run_due()
    assert chair.get(f"{address}/progress").json["done"] is True
    page = chair.page(address)
    assert "http-equiv" not in page.html.split("</head>")[0].replace('http-equiv="X-UA', "")
    for name in ("statement.pdf", "statement.html", "responses.csv", "figures.json", "MANIFEST.sha256"):
        assert name in page.text
    chair.inspect = False  # a file to keep, not one of our pages
    file = chair.get(f"{address}/files/statement.html")
    chair.inspect = True
    assert file.headers["Content-Disposition"] == "attachment; filename=statement.html"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in file.headers["Cache-Control"]
    assert "Ready" in chair.page(LIST).text


def test_every_download_is_noted(made, working, sign_in):
    sign_in("ash").get(f"{made}/files/responses.csv")
    sign_in("ash", "analyst").get(f"{made}/all.zip")
    with working("ash"):
        noted = [
            access.what for access in db.session.scalars(sa.select(audit.Access).order_by(audit.Access.at))
        ]
    assert noted == ["report of reg14: responses.csv", "report of reg14: ash-reg14-report.zip"]


def test_all_files_come_in_one(made, sign_in):
    content = sign_in("ash").get(f"{made}/all.zip").data
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 12


def test_a_file_that_is_not_there_is_not_found(made, sign_in):
    assert sign_in("ash").get(f"{made}/files/passwd").status_code == 404
    assert sign_in("beck").get(f"{made}/files/statement.pdf").status_code == 404
    assert sign_in("beck").get(made.replace("/f/ash/", "/f/beck/")).status_code == 404


@pytest.mark.parametrize(
    ("role", "reads", "asks"),
    [("chair", 200, 303), ("organiser", 200, 303), ("analyst", 200, 403), ("viewer", 403, 403)],
)
def test_who_may_read_and_who_may_ask(made, sign_in, role, reads, asks):
    member = sign_in("ash", role)
    assert member.get(LIST).status_code == reads
    assert member.get(made).status_code == reads
    assert member.send(LIST).status_code == asks
    assert member.send(f"{made}/release").status_code == asks


def test_there_is_nothing_to_report_of_a_draft(working, sign_in):
    from tests.consultations.setting import consultation

    with working("ash"):
        consultation()
    answer = sign_in("ash").send("/f/ash/consultations/first/reports/")
    assert answer.status_code == 409
    assert "nothing to report before the consultation has opened" in answer.get_data(as_text=True)


def test_making_it_twice_changes_nothing(made, app, working):
    with app.app_context(), working("ash"):
        report = db.session.scalars(sa.select(Report)).one()
        before = [(file.id, file.sha256) for file in report.files]
        job = db.session.get_one(Job, report.job_id)
        asking.make(job)
        building.build(report)
        assert [(file.id, file.sha256) for file in report.files] == before


def test_the_lease_is_renewed_before_each_file(asked, app, sign_in, monkeypatch):
    """A pack may take longer than a lease; each of its files does not."""
    sign_in("ash").send(LIST)
    steps, leases = [], []
    progress = Job.progress

    def watched(job, step):
        progress(job, step)
        steps.append(step)
        leases.append(job.leased_until)

    monkeypatch.setattr(Job, "progress", watched)
    with app.app_context():
        jobs.run_due()
        assert db.session.scalars(sa.select(Job).where(Job.kind == "report")).one().state == "done"
    assert "Making statement.pdf" in steps
    assert len(steps) == 12
    assert leases == sorted(set(leases))


def test_two_workers_on_one_report_keep_the_files_of_the_first(asked, app, sign_in, working, monkeypatch):
    sign_in("ash").send(LIST)
    with app.app_context(), working("ash"):
        report = db.session.scalars(sa.select(Report)).one()
        files = building.pack(report.consultation, report.snapshot)

    def quicker():
        with app.app_context(), working("ash"):
            building.store(db.session.scalars(sa.select(Report)).one(), files)

    def overtaken(*asked_for):
        worker = threading.Thread(target=quicker)
        worker.start()
        worker.join()
        return files

    monkeypatch.setattr(building, "pack", overtaken)
    with app.app_context():
        jobs.run_due()
        assert db.session.scalars(sa.select(Job).where(Job.kind == "report")).one().error == ""
    with app.app_context(), working("ash"):
        report = db.session.scalars(sa.select(Report)).one()
        assert len(report.files) == 12


def test_a_report_that_cannot_be_made_says_so_and_can_be_asked_for_again(asked, app, sign_in, monkeypatch):
    chair = sign_in("ash")
    with monkeypatch.context() as broken:
        broken.setattr(building, "pack", lambda *a: 1 / 0)
        broken.setattr(jobs, "TRIES", 1)
        address = chair.send(LIST).headers["Location"]
        with app.app_context():
            jobs.run_due()
    page = chair.page(address)
    assert "The report could not be made. Nothing is lost" in page.text
    assert "ZeroDivisionError" not in page.html
    assert "Make it again" in page.text
    assert "Not made" in chair.page(LIST).text
    again = chair.send(LIST).headers["Location"]
    with app.app_context():
        jobs.run_due()
    assert "statement.pdf" in chair.page(again).text


def test_a_report_that_fails_once_is_tried_again(asked, app, sign_in, monkeypatch):
    chair = sign_in("ash")
    with monkeypatch.context() as broken:
        broken.setattr(building, "pack", lambda *a: 1 / 0)
        address = chair.send(LIST).headers["Location"]
        with app.app_context():
            jobs.run_due()
    assert "We are trying again" in chair.page(address).text


def test_releasing_hands_a_copy_to_the_authority(made, world, working, sign_in):
    chair = sign_in("ash")
    page = chair.page(made)
    assert "Release it to Northam District Council" in page.text
    assert chair.send(f"{made}/release").status_code == 303
    assert "Released to Northam District Council" in chair.page(made).text
    assert "Released" in chair.page(LIST).text
    with working("ash"):
        report = db.session.scalars(sa.select(Report)).one()
        release = db.session.scalars(sa.select(Release)).one()
        assert release.authority_id == world.space["northam"]
        assert (release.title, release.stage, release.body) == (
            "The draft plan",
            "regulation_14",
            "Ash Hill Neighbourhood Forum",
        )
        assert [(f.name, f.sha256, f.content) for f in release.files] == [
            (f.name, f.sha256, f.content) for f in report.files
        ]
        deeds = [deed.act for deed in db.session.scalars(sa.select(audit.Deed).order_by(audit.Deed.at))]
        assert deeds[-1] == "report.released"


def test_a_report_is_released_once(made, working, sign_in):
    chair = sign_in("ash")
    chair.send(f"{made}/release")
    again = chair.send(f"{made}/release")
    assert again.status_code == 409
    assert "released already" in again.get_data(as_text=True)
    with working("ash"):
        assert db.session.scalar(sa.select(sa.func.count(Release.id))) == 1
        assert db.session.scalar(sa.select(sa.func.count(ReleaseFile.id))) == 12


def test_what_is_not_made_or_public_is_not_released(asked, app, sign_in):
    chair = sign_in("ash")
    waiting = chair.send(LIST).headers["Location"]
    assert "not ready yet" in chair.send(f"{waiting}/release").get_data(as_text=True)
    public = chair.send(LIST, layer="public").headers["Location"]
    with app.app_context():
        jobs.run_due()
    assert "Public version" in chair.page(public).text
    assert "release the full version" in chair.send(f"{public}/release").get_data(as_text=True)


def test_the_list_of_every_consultation_shows_the_latest_report(made, sign_in):
    page = sign_in("ash").page("/f/ash/reports/")
    assert "Latest report:" in page.text
    assert "The draft plan" in page.text
    assert "Nothing to report yet" in sign_in("beck").page("/f/beck/reports/").text


def test_the_page_s_totals_are_the_pack_s(made, working, sign_in):
    """What the feedback page counts, the table in the pack shows."""
    page = sign_in("ash").page("/f/ash/consultations/reg14/feedback/")
    content = sign_in("ash").get(f"{made}/files/responses.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    counted = sum(row["status"] == "counted" for row in rows)
    assert f"{counted}" in page.text


def test_the_files_of_a_release_stay_when_a_newer_report_is_made(made, app, sign_in, working):
    chair = sign_in("ash")
    chair.send(f"{made}/release")
    with working("ash"):
        scene.respond(db.session.scalars(sa.select(Report)).one().consultation, 5, seed=8)
    second = chair.send(LIST).headers["Location"]
    with app.app_context():
        jobs.run_due()
    chair.send(f"{second}/release")
    with working("ash"):
        releases = db.session.scalars(sa.select(Release).order_by(Release.at)).all()
        assert [r.figures["reconciliation"]["received"] for r in releases] == [12, 17]
        assert (
            len({f.sha256 for f in db.session.scalars(sa.select(ReportFile)) if f.name == "responses.csv"})
            == 2
        )
        assert (
            releasing.release_of(db.session.scalars(sa.select(Report).order_by(Report.at)).first())
            is releases[0]
        )
