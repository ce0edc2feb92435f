"""A submission: assembled, frozen, handed over, answered, withdrawn; and who sees it."""

import hashlib
import io
import re
import zipfile

import pytest
import sqlalchemy as sa

from consult import clock, jobs
from consult.database import db
from consult.jobs import Job
from consult.plans.models import Policy, draft_version, latest_version
from consult.reports import manifest
from consult.reports.asking import frozen
from consult.spaces.models import standing
from consult.submitting import drafting, handing
from consult.submitting.assembling import plan_page
from consult.submitting.models import (
    Submission,
    SubmissionFile,
    SubmittedConsultee,
    SubmittedPolicy,
    submissions_of,
    submitted_to,
)
from consult.web.errors import Refused
from geodata.boundary import from_wkb
from tests.consultations.setting import person
from tests.submitting import scene

AT = "/f/ash/submission"


@pytest.fixture
def ready(working, world):
    with working("ash"):
        chair = person(world)
        scene.closed_consultation(chair)
        scene.assemble(chair)


@pytest.fixture
def handed(ready, working, world):
    with working("ash"):
        handing.hand(person(world))


def address(sign_in) -> str:
    page = sign_in("northam", "officer").page("/a/northam/submissions")
    return re.search(r"/a/northam/submissions/[0-9a-f-]{36}", page.html).group()


def reply(**more) -> dict[str, object]:
    return {"on": clock.today().isoformat(), "words": "", **more}


@pytest.mark.parametrize(
    ("without", "where"),
    [
        ("statement", "regulation 15(1)(b)"),
        ("conditions", "regulation 15(1)(d)"),
        ("environment", "regulation 15(1)(e)"),
    ],
)
def test_nothing_is_submitted_while_something_is_missing(working, world, without, where):
    with working("ash"):
        chair = person(world)
        scene.closed_consultation(chair)
        scene.assemble(chair, without=without)
        with pytest.raises(Refused, match=re.escape(where)):
            handing.hand(chair)
        assert submissions_of(standing()) == []


def test_a_body_that_was_not_written_to_is_named(ready, working, world):
    with working("ash"):
        scene.untold(drafting.consultation())
        with pytest.raises(Refused, match=r"Gas Networks\. \(regulation 14\(b\)\)"):
            handing.hand(person(world))


def test_what_was_submitted_is_frozen_with_its_checksums(handed, working):
    with working("ash"):
        made = submissions_of(standing())[0]
        files = {file.name: file for file in made.files}
        assert {name[0] for name in files if name not in ("README.txt", manifest.NAME)} == set("abcde")
        assert all(hashlib.sha256(f.content).hexdigest() == f.sha256 for f in files.values())
        assert manifest.differences({name: file.content for name, file in files.items()}) == []
        assert made.sha256 == files[manifest.NAME].sha256
        assert files["b-statement.pdf"].content == scene.STATEMENT.content
        assert "Network Rail" in files["b-proof-of-notices.csv"].content.decode("utf-8-sig")
        assert b"Homes go here." in files["c-plan.html"].content
        assert latest_version().frozen is not None
        assert made.plan_version == latest_version().number
        assert [item["regulation"] for item in made.items][:5] == [f"regulation 15(1)({n})" for n in "abcde"]
        made.title = "Forged"
        with pytest.raises(sa.exc.DatabaseError, match="never changed"):
            db.session.flush()
        db.session.rollback()


def test_what_is_written_afterwards_changes_nothing_that_was_submitted(handed, working, world):
    with working("ash"):
        drafting.keep(person(world), "reasons", reasons="Other reasons.")
        assert latest_version().number == 1
        before = submissions_of(standing())[0].sha256
    with working("ash"):
        assert submissions_of(standing())[0].sha256 == before


def test_a_second_is_not_submitted_while_one_stands(handed, working, world):
    with working("ash"):
        with pytest.raises(Refused, match="Withdraw it before"):
            handing.hand(person(world))
        handing.withdraw(person(world))
        handing.hand(person(world))
        assert [each.state for each in submissions_of(standing())] == ["received", "withdrawn"]


def test_the_authority_says_what_is_missing_and_the_body_is_told(
    handed, sign_in, app, mailed, working, world
):
    officer, at = sign_in("northam", "officer"), address(sign_in)
    page = officer.page(at)
    assert "regulation 15(1)(d)" in page.text
    assert officer.send(f"{at}/reply", **reply(outcome="incomplete")).status_code == 422
    said = reply(outcome="incomplete", missing=["environment"], words="The screening is not signed.")
    assert officer.send(f"{at}/reply", **said).status_code == 303
    shown = sign_in("ash").page(AT).text
    assert "something is missing" in shown
    assert "The screening is not signed." in shown
    with app.app_context():
        jobs.perform(db.session.scalars(sa.select(Job.id).where(Job.kind == "submission.answered")).one())
    told = [mail["text"] for mail in mailed() if mail["to"] == "chair@ash.example.org"]
    assert any("regulation 15(1)(e)" in text for text in told)
    with working("ash"):
        handing.hand(person(world))
        assert [each.number for each in submissions_of(standing())] == [2, 1]


def test_the_authority_acknowledges_a_whole_one(handed, sign_in, working):
    officer, at = sign_in("northam", "officer"), address(sign_in)
    assert officer.send(f"{at}/reply", **reply(outcome="complete")).status_code == 303
    with working("ash"):
        assert submissions_of(standing())[0].state == "complete"


def test_the_zip_has_every_file_and_can_be_checked(handed, sign_in):
    content = sign_in("northam", "officer").get(f"{address(sign_in)}/all.zip").data
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert manifest.differences(files) == []
    assert "regulation 15(1)(a)" in files["README.txt"].decode()


def test_nobody_else_sees_it(handed, sign_in, client, working):
    at = address(sign_in)
    file = re.search(
        r"/a/northam/submission-files/[0-9a-f-]{36}", sign_in("northam", "officer").page(at).html
    )
    assert sign_in("northam", "officer").get(file.group()).status_code == 200
    for space, slug in (("beck", "f/beck"), ("dell", "f/dell")):
        assert sign_in(space).get(at.replace("a/northam", slug)).status_code == 404
        assert sign_in(space).get(file.group().replace("a/northam", slug)).status_code == 404
    southby = sign_in("southby", "officer")
    assert southby.get(at.replace("northam", "southby")).status_code == 404
    assert (
        southby.post(f"{at.replace('northam', 'southby')}/reply", data=reply(outcome="complete")).status_code
        == 404
    )
    assert client.get(AT).status_code == 302
    with working("beck"):
        assert db.session.scalars(sa.select(SubmissionFile)).all() == []
        assert db.session.scalars(sa.select(Submission)).all() == []


def test_only_the_chair_submits_and_only_the_authority_answers(ready, sign_in, working, world):
    assert sign_in("ash", "organiser").post(f"{AT}/handing").status_code == 403
    assert sign_in("ash").send(f"{AT}/handing").status_code == 303
    at = address(sign_in).replace("a/northam", "f/ash")
    assert sign_in("ash").post(f"{at}/reply", data=reply(outcome="complete")).status_code in (403, 404)
    assert sign_in("northam", "viewer").post(f"{address(sign_in)}/reply").status_code == 403


def test_it_is_assembled_page_by_page(sign_in, working, world):
    with working("ash"):
        scene.closed_consultation(person(world))
    chair = sign_in("ash")
    sent = chair.post(f"{AT}/new-file/statement", data={"file": (io.BytesIO(b"%PDF-1.7 x"), "said.pdf")})
    assert sent.status_code == 303
    assert chair.post(f"{AT}/new-file/nothing").status_code == 404
    answers = ("policies", "sustainable", "strategic", "obligations", "prescribed", "section_99")
    said = {"conditions_from": "2026-03-25", **dict.fromkeys(answers, "It does.")}
    assert chair.send(f"{AT}/conditions", **said).status_code == 303
    environment = {"environment": "none", "determined_on": "2026-03-03", "reasons": "Small."}
    assert chair.send(f"{AT}/environment", **environment).status_code == 303
    for part in ("kind", "statement", "conditions", "environment", "new-file/plan"):
        assert chair.page(f"{AT}/{part}").status == 200
    assert chair.send(f"{AT}/statement", report="none").status_code == 303
    page = chair.page(AT)
    assert "Missing" not in page.text
    removal = re.search(rf"{AT}/draft-files/[0-9a-f-]{{36}}/removal", page.html).group()
    assert chair.send(removal).status_code == 303
    assert "Missing" in chair.page(AT).text


def test_only_what_was_cleared_for_everyone_can_be_submitted(ready, sign_in, working, world):
    """Under regulation 16 everyone reads it, and the full version holds what people wrote, word for word."""
    with working("ash"):
        built = [frozen(drafting.consultation(), person(world), public) for public in (True, False)]
        for report in built:
            report.built = clock.now()
        kept = [report.id for report in built]
    chair = sign_in("ash")
    offered = chair.page(f"{AT}/statement").html
    assert [str(each) in offered for each in kept] == [True, False]
    assert chair.send(f"{AT}/statement", report=str(kept[1])).status_code == 422
    assert chair.send(f"{AT}/statement", report=str(kept[0])).status_code == 303


def test_a_modification_proposal_answers_its_own_conditions(ready, sign_in):
    chair = sign_in("ash")
    said = {"kind": "modification", "changes_nature": "no", "modification": "Only dates change."}
    assert chair.send(f"{AT}/kind", **said).status_code == 303
    assert "paragraph 11(2)(a)" in chair.page(f"{AT}/conditions").text
    assert chair.send(f"{AT}/handing").status_code == 303


def test_the_earlier_list_of_conditions_can_be_chosen(ready, sign_in, working):
    chair = sign_in("ash")
    answers = ("policies", "sustainable", "strategic", "obligations", "prescribed")
    said = {"conditions_from": "2012-04-06", **dict.fromkeys(answers, "It does.")}
    assert chair.send(f"{AT}/conditions", **said).status_code == 303
    assert "What changed in March 2026" not in chair.page(f"{AT}/conditions").text


def test_the_authority_reads_the_plan_and_whom_to_notify_without_the_body_s_rows(handed, working, world):
    with working("ash"):
        latest = latest_version()
        latest.next().policies[0].title = "Rewritten since"
    with working("northam"):
        (made,) = submitted_to(standing())
        said = [(policy.key, policy.reference, policy.title) for policy in made.policies]
        assert said == [("policy-h1", "H1", "New homes"), ("policy-g1", "G1", "Green spaces")]
        assert made.policies[0].text == "Homes go here.\n\nAnd there."
        assert [(each.body, each.organisation) for each in made.consulted] == [
            ("network-rail", "Network Rail")
        ]
        assert from_wkb(made.outline).area == pytest.approx(1_000_000)
        assert made.hectares == pytest.approx(100)
        assert db.session.scalars(sa.select(Policy)).all() == []
        made.policies[0].title = "Forged"
        with pytest.raises(sa.exc.DatabaseError, match="never changed"):
            db.session.flush()
        db.session.rollback()
    for elsewhere in ("southby", "beck"):
        with working(elsewhere):
            assert db.session.scalars(sa.select(SubmittedPolicy)).all() == []
            assert db.session.scalars(sa.select(SubmittedConsultee)).all() == []


def test_the_plan_page_has_the_sections_and_the_markdown_as_people_read_them(working):
    with working("ash"):
        version = draft_version()
        version.add_section("Our hill", "What is **kept**:\n\n- the mill\n- the lane")
        version.add_policy(
            "H1", "New homes", "In short.", "| Site | Homes |\n|---|---|\n| Yard | 12 |\n\n<b>x</b>"
        )
        page = plan_page(version).decode()
    assert '<h2 id="section-our-hill">1 Our hill</h2>' in page
    assert "<strong>kept</strong>" in page
    assert "<li>the lane</li>" in page
    assert "<td>12</td>" in page
    assert "<b>x</b>" not in page
    assert "**" not in page
