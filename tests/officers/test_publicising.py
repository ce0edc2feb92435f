"""From what bodies hand over to the consultations of their authority, under regulations 6, 9 and 16."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock, jobs
from consult.areas import boundary_files, register
from consult.areas.decisions import settling
from consult.areas.models import AreaVersion, area_version_in_force
from consult.consultations.consulted.notices import Notice
from consult.consultations.handed.taking_in import publicise
from consult.consultations.models import Consultation
from consult.consultations.paper import prints
from consult.database import db, unit_of_work
from consult.forums import deciding, drafting
from consult.forums.models import handed_to
from consult.officers import taking
from consult.plans.models import draft_version
from consult.responses.models import Response
from consult.spaces import milestones
from consult.spaces.models import Space, standing
from consult.submitting.handing import hand, withdraw
from consult.web.errors import Refused
from geodata.boundary import canonical
from geodata.reading import Feature
from tests.areas.ground import application_of, apply_here, square
from tests.consultations.setting import person
from tests.officers import handing
from tests.responses.paging import Paging
from tests.submitting import scene

KINDS = {"area": "regulation 6", "forum": "regulation 9", "submission": "regulation 16"}


@pytest.fixture
def officer(sign_in):
    return sign_in("northam", "officer")


@pytest.fixture
def publicised(working, world, officer):
    """`publicised("area")` is a consultation begun; with `open=True` it is open."""

    def begin(kind: str, opened: bool = False, slug: str = "ash", **changes) -> str:
        page = handing.hand_over(kind, world, working, slug)
        chosen = {}
        if kind == "submission":
            handing.complete(working, world)
            chosen = {"documents": handing.documents(officer.page(f"{page}/publicity"))}
        setup = handing.begun(officer, page, **chosen)
        with working("northam"):
            consultation = handing.made(kind)
            handing.ready(consultation, **changes)
            if opened:
                consultation.open(person(world, "northam", "officer"))
        return setup.removesuffix("setup")

    return begin


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_handed_over_becomes_a_consultation_that_only_lacks_what_an_officer_writes(
    kind, publicised, working, officer, client
):
    at = publicised(kind)
    with working("northam"):
        consultation = handing.made(kind)
        assert consultation.kind.regulation == KINDS[kind]
        assert consultation.lacks(clock.now()) == []
        assert consultation.area_version.geometry.equals(square()) or kind == "submission"
    preview = officer.page(f"{at}preview/").text
    assert "Ash Hill" in preview
    assert client.get(at).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_residents_find_it_and_read_what_was_handed_over(kind, publicised, client):
    at = publicised(kind, opened=True)
    page = client.page(at)
    for home in ("/f/ash/", "/a/northam/"):
        assert f'href="{at}"' in client.page(home).html
    assert f'href="{at}"' not in client.page("/f/beck/").html
    assert "Ash Hill Neighbourhood Forum" in page.text
    assert client.get(f"{at}area.svg").mimetype == "image/svg+xml"
    assert client.get(f"{at}area.geojson").get_json()["features"][0]["geometry"]["type"] == "MultiPolygon"
    assert client.get(f"{at}respond").status_code == 200


def test_an_area_application_says_its_two_statements_and_is_there_as_a_document(publicised, client):
    at = publicised("area", opened=True)
    page = client.page(at).text
    assert "It is one place." in page
    assert "We live here." in page
    assert client.get(f"{at}documents/area-application.pdf").data.startswith(b"%PDF")


def test_a_forum_application_is_shown_without_the_private_list(publicised, client):
    at = publicised("forum", opened=True)
    page = client.page(at)
    assert "no other organisation or body may be designated" in page.text
    assert "ada@ash.example.org" in page.text  # the public contact
    assert "Member 3" not in page.text
    assert client.get(f"{at}documents/forum-application.pdf").data.startswith(b"%PDF")


def test_a_plan_is_asked_about_policy_by_policy_and_what_names_people_is_held_back(
    publicised, client, working
):
    at = publicised("submission", opened=True)
    page = client.page(at)
    assert "H1 New homes" in page.text
    assert "request to be notified of our decision" in page.text
    assert client.get(f"{at}documents/b-statement.pdf").status_code == 200
    assert client.get(f"{at}documents/b-proof-of-notices.csv").status_code == 404
    assert client.get(f"{at}documents/README.txt").status_code == 404
    assert "New homes" in client.page(f"{at}respond?whole=1").text
    with working("northam"):
        consultation = handing.made("submission")
        (consultee,) = consultation.consultees
        assert (consultee.organisation, consultee.body) == ("Network Rail", "network-rail")
        assert consultation.announcement.about_id == consultation.proposal.body_id


def test_bodies_with_an_address_are_notified_when_it_opens(publicised, working, world):
    publicised("submission")
    with working("northam"):
        consultation, by = handing.made("submission"), person(world, "northam", "officer")
        consultation.consult(by, body="gas", organisation="Gas Networks", email="gas@example.org")
        consultation.open(by)
        notice = db.session.scalars(sa.select(Notice)).one()
        assert "under regulation 16 of the Neighbourhood Planning" in notice.text
        assert "notify Gas Networks as a consultation body" in " ".join(notice.text.split())


def test_it_is_publicised_once(publicised, officer, working, world):
    at = publicised("area")
    with working("northam"):
        page = f"{handing.PAGE['area']}/{application_of(world.space['ash']).id}"
    assert handing.begun(officer, page) == f"{at}setup"
    assert "Publicise it" not in officer.page(page).text


def test_a_submission_is_complete_before_it_is_publicised(working, world, officer):
    page = handing.hand_over("submission", world, working)
    assert "once you have said that it is complete" in officer.page(page).text
    refused = officer.send(f"{page}/publicity", documents=[])
    assert "regulation 15(1)" in refused.text
    with working("northam"):
        assert db.session.scalars(sa.select(Consultation)).all() == []


def test_the_body_changes_nothing_of_it_afterwards(publicised, working, client):
    at = publicised("submission", opened=True)
    with working("ash"):
        draft_version().policies[0].title = "Rewritten since"
    assert "H1 New homes" in client.page(at).text


def test_two_plans_of_one_authority_stay_apart(publicised, working):
    publicised("submission", opened=True)
    with working("northam"):
        assert area_version_in_force() is None  # an authority has no area of its own
        assert Consultation(stage="early_engagement", variant="", questions=[]).plan_shown is None
        assert [version.source for version in db.session.scalars(sa.select(AreaVersion))] == ["handed"]


# Decisions wait.


def decide(kind, working, world, days):
    with working("northam"):
        on, by = handing.days_on(days), person(world, "northam", "officer")
        if kind == "area":
            settling.designate(application_of(world.space["ash"]), on=on, by=by)
        else:
            deciding.decide(handed_to(standing())[0], "designated", on=on, reasons="", by=by)


@pytest.mark.parametrize("kind", ["area", "forum"])
def test_nothing_is_decided_before_its_publicity_has_closed(kind, publicised, working, world, officer):
    publicised(kind)
    regulation = KINDS[kind].capitalize()
    with pytest.raises(Refused, match=f"{regulation} .* has not opened"):
        decide(kind, working, world, 0)
    with working("northam"):
        handing.made(kind).open(person(world, "northam", "officer"))
        closes = handing.made(kind).closes
    with pytest.raises(Refused, match=f"{regulation} has everyone heard first.*decide after that"):
        decide(kind, working, world, 0)
    token = clock.standing_at.set(closes - timedelta(microseconds=1))
    with pytest.raises(Refused, match=regulation):
        decide(kind, working, world, 0)
    clock.standing_at.set(closes)
    decide(kind, working, world, 0)
    clock.standing_at.reset(token)


@pytest.mark.parametrize("kind", ["area", "forum"])
def test_the_page_shows_the_period_and_refuses_with_the_regulation(kind, publicised, working, world, officer):
    publicised(kind, opened=True)
    with working("northam"):
        page = f"{handing.PAGE[kind]}/{handing.id_of(kind, world, 'ash')}"
    assert "people can respond until the end of" in officer.page(page).text
    today = clock.today()
    said = {"designation-on": today.isoformat(), "designation-reasons": ""}
    refused = officer.send(f"{page}/designation", **said)
    assert KINDS[kind].capitalize() in refused.text
    assert refused.status_code == 409


def test_publicity_elsewhere_counts_from_the_day_that_is_on_record(working, world):
    handing.hand_over("forum", world, working)
    with working("northam"):
        by, ash = person(world, "northam", "officer"), db.session.get_one(Space, world.space["ash"])
        milestones.record(ash, "forum_publicised", on=clock.today(), by=by)
    with pytest.raises(Refused, match="Regulation 9 gives people at least six weeks"):
        decide("forum", working, world, 42)
    decide("forum", working, world, 43)


def test_opening_starts_the_clock_of_the_decision(publicised, working, world):
    publicised("area", opened=True)
    with working("northam"):
        assert milestones.days(db.session.get_one(Space, world.space["ash"])) == {
            "area_publicised": clock.today()
        }


def test_no_plan_goes_to_its_examiner_before_everybody_was_heard(publicised, working, world):
    publicised("submission", opened=True)
    with working("northam"):
        by, ash = person(world, "northam", "officer"), db.session.get_one(Space, world.space["ash"])
        with pytest.raises(Refused, match="Regulation 16"):
            milestones.record(ash, "examination", on=clock.today(), by=by)
        beck = db.session.get_one(Space, world.space["beck"])
        milestones.record(beck, "examination", on=clock.today(), by=by)


# Strangers.

AN_AGENT = {
    "kind": "agent",
    "client": "Ada’s client",
    "name": "Ann Agent",
    "address": "2 Low Street",
    "q2": "A comment.",
    "tell_decision": "y",
    "wants_hearing": "y",
    "why_hearing": "It floods.",
}


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_but_its_authority_publicises_it(kind, working, world, sign_in, client):
    page = handing.hand_over(kind, world, working)
    if kind == "submission":
        handing.complete(working, world)
    elsewhere = page.replace("northam", "southby")
    assert sign_in("southby", "officer").post(f"{elsewhere}/publicity").status_code == 404
    for who in (sign_in("ash"), sign_in("beck"), sign_in("southby", "officer")):
        assert who.post(f"{page}/publicity").status_code == 404
    own = page.replace("a/northam", "f/ash")
    assert sign_in("ash").post(f"{own}/publicity").status_code == 404
    assert sign_in("northam", "viewer").post(f"{page}/publicity").status_code == 403
    assert client.post(f"{page}/publicity").status_code == 302
    with working("northam"):
        assert db.session.scalars(sa.select(Consultation)).all() == []


def test_a_chair_cannot_reach_responses_that_are_not_published(
    publicised, working, world, client, sign_in, officer
):
    at = publicised("submission", opened=True)
    assert Paging(client, f"{at}respond").to_the_end(**AN_AGENT).send().status_code == 303
    with working("northam"):
        response = db.session.scalars(sa.select(Response)).one()
        assert (response.tell_decision, response.wants_hearing) == (True, True)
        assert response.why_hearing == "It floods."
        reference = response.reference
    shown = officer.page(f"{at}responses/{reference}").text
    assert "It floods." in shown
    assert "Tell me of the decision" in shown
    assert "Ada’s client" in shown
    for path in ("responses/", f"responses/{reference}", "feedback/"):
        for who in (sign_in("ash"), sign_in("beck"), sign_in("southby", "officer")):
            assert who.get(f"{at}{path}").status_code == 404
            assert who.get(f"{at}{path}".replace("a/northam", "f/ash")).status_code == 404
    with working("ash"):
        assert db.session.scalars(sa.select(Response)).all() == []


# The whole of a parish (regulation 5A).


@pytest.fixture
def whole_parish(app, working, world):
    with app.app_context(), unit_of_work():
        source = boundary_files.Source("parish", "name", "", "", "a test")
        boundary_files.load([Feature("Cole", {"name": "Cole"}, square())], source)
    with working("cole"):
        apply_here(square(), "Cole")
    with working("northam"):
        return f"{handing.PAGE['area']}/{application_of(world.space['cole']).id}"


def test_the_whole_of_a_parish_is_designated_without_publicity(whole_parish, officer, working, world):
    page = officer.page(whole_parish)
    assert "no publicity is required: regulation 5A" in page.text
    assert "Publicise it" not in page.text
    assert "regulation 5A" in officer.send(f"{whole_parish}/publicity").text
    with working("northam"):
        assert db.session.scalars(sa.select(Consultation)).all() == []
        found = application_of(world.space["cole"])
        settling.designate(found, on=clock.today(), by=person(world, "northam", "officer"))


def test_an_application_that_became_the_whole_of_a_parish_does_not_open(
    whole_parish, working, world, app, officer
):
    with working("northam"):
        found, by = application_of(world.space["cole"]), person(world, "northam", "officer")
        given = taking.of_area(found)
        smaller = canonical(square(0, 0, 900))
        made = publicise(replace(given, outline=smaller), by)
        handing.ready(made)
        assert made.lacks(clock.now()) == []
    with app.app_context(), unit_of_work():
        source = boundary_files.Source("parish", "name", "", "", "a test")
        boundary_files.load([Feature("Cole", {"name": "Cole"}, square(0, 0, 900))], source)
    with working("northam"):
        lacks = handing.made("area").lacks(clock.now())
        assert [lack.regulation for lack in lacks] == ["regulation 5A"]


def test_the_officer_sees_what_is_shown_and_what_is_held_back(publicised, officer, working, world):
    at = publicised("submission")
    with working("northam"):
        page = f"{handing.PAGE['submission']}/{handing.id_of('submission', world, 'ash')}"
    shown, kept = officer.page(f"{page}/publicity").text.split("Documents that stay with you")
    assert "b-statement.pdf" in shown
    assert "b-proof-of-notices.csv" in kept
    assert officer.get(f"{at}publicity/poster.pdf").data.startswith(b"%PDF")
    setup = officer.page(f"{at}setup").text
    assert "To confirm before you rely on it" in setup


def test_one_that_is_to_open_later_begins_its_clocks_then(publicised, working, world, app):
    publicised("area")
    opens = clock.now() + timedelta(days=3)
    with working("northam"):
        ash = db.session.get_one(Space, world.space["ash"])
        consultation = handing.made("area")
        consultation.last_day = handing.days_on(50)
        consultation.schedule(opens, person(world, "northam", "officer"))
        assert milestones.days(ash) == {}
    token = clock.standing_at.set(opens)
    with app.app_context():
        jobs.run_due()
    clock.standing_at.reset(token)
    with working("northam"):
        ash = db.session.get_one(Space, world.space["ash"])
        assert milestones.days(ash) == {"area_publicised": clock.uk(opens).date()}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_body_takes_back_is_said_while_people_are_asked_and_does_not_open(
    kind, publicised, working, world, client
):
    at = publicised(kind, opened=kind != "forum")
    with working("ash"):
        by = person(world, "ash")
        if kind == "area":
            register.withdraw(application_of(standing().id), by=by)
        elif kind == "forum":
            drafting.withdraw(by)
        else:
            withdraw(by)
    if kind == "forum":
        with working("northam"), pytest.raises(Refused, match="withdrawn it"):
            handing.made(kind).open(person(world, "northam", "officer"))
        return
    assert "Ash Hill Neighbourhood Forum withdrew this on" in client.page(at).text


def test_only_a_plan_goes_to_an_examiner(publicised, working):
    publicised("area")
    with working("northam"):
        notice = handing.made("area").composed_notice
    assert "examine" not in notice
    assert "handed to nobody else" in notice


@pytest.fixture
def written_plan(working, world, officer, publicised):
    """A plan with a section and a site, submitted, publicised and open: the address of its consultation."""
    with working("ash"):
        by = person(world, "ash")
        scene.closed_consultation(by)
        scene.assemble(by)
        version = draft_version()
        section = version.add_section("Our hill", "What is **kept**.")
        site = version.add_site(
            square(200, 200, 300),
            reference="LGS1",
            name="Mill Meadow",
            kind="local green space",
            notes="Loved.",
        )
        version.place(version.policy("G1"), section)
        version.link_sites(version.policy("G1"), [site])
        hand(by)
    with working("northam"):
        page = f"{handing.PAGE['submission']}/{handing.id_of('submission', world, 'ash')}"
    handing.complete(working, world)
    at = handing.begun(officer, page).removesuffix("setup")
    with working("northam"):
        consultation = handing.made("submission")
        handing.ready(consultation)
        consultation.open(person(world, "northam", "officer"))
    return at


def test_the_sections_and_sites_of_a_plan_come_through_the_wall_with_their_shapes(written_plan, working):
    with working("northam"):
        version = handing.made("submission").plan_version
        assert [(entry.number, entry.section and entry.section.title) for entry in version.outline()] == [
            ("1", "Our hill"),
            ("", None),
        ]
        (site,) = version.sites
        assert (site.title, site.notes, site.source) == ("LGS1 Mill Meadow", "Loved.", "handed")
        assert site.geometry.equals(square(200, 200, 300))
        green = version.policy("G1")
        assert (green.sites, green.section_id) == ([site], version.sections[0].id)
        assert version.frozen
        assert site.contacts == []


def test_everyone_reads_the_submitted_plan_whole_on_the_authoritys_pages(written_plan, client):
    page = client.page(written_plan)
    assert "LGS1 Mill Meadow" in page.text
    assert client.get(f"{written_plan}sites.svg").mimetype == "image/svg+xml"
    (whole,) = re.findall(r'href="(/a/northam/plan/read/\d+)"', page.html)
    read = client.page(whole)
    assert "<strong>kept</strong>" in read.html
    assert "Mill Meadow" in read.text
    assert client.get(f"{whole}/map.svg").mimetype == "image/svg+xml"
    assert client.get("/a/northam/plan/read").status_code == 404


def test_the_submitted_plan_is_a_tagged_pdf_that_is_kept(written_plan, working, client):
    with working("northam"):
        consultation = handing.made("submission")
        assert prints.keep(consultation, "plan", "en")
        assert not prints.keep(consultation, "plan", "en")
    assert f"{written_plan}plan.pdf" in client.page(written_plan).html
    content = client.get(f"{written_plan}plan.pdf").data
    assert content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in content
