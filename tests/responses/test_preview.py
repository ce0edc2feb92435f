"""A preview is what residents get, page for page, but for the banner over it and where its forms lead."""

import re
from datetime import timedelta

import html5lib
import pytest
import sqlalchemy as sa
from html5lib.serializer import serialize

from consult import clock
from consult.consultations.drafting import begin
from consult.consultations.models import find
from consult.database import db
from consult.responses.drafts.drafts import Draft
from consult.responses.form.files import HeldFile
from consult.responses.models import Response
from tests.consultations.setting import ask, consultation, person, regulation_14
from tests.inspector import Page

HERE = "/f/ash/consultations/reg14/"
PICKED = {"q2": "H1", "q3": "o1", "q4": "o2"}


@pytest.fixture
def one_moment():
    """Everything happens at once, so that both pages count the same days."""
    token = clock.standing_at.set(clock.now())
    yield
    clock.standing_at.reset(token)


@pytest.fixture
def drafted(one_moment, working):
    for slug in ("ash", "beck"):
        with working(slug):
            made = regulation_14(last_day=clock.today() + timedelta(days=60), at=clock.now())
            ask(made, "stance", "What do you think of each policy?")
            ask(made, "choice", "Should the plan go on?", ("Yes", "No"))
            later = ask(made, "choices", "What matters most?", ("Homes", "Trees"))
            later.show_if = {"question": str(made.questions[2].id), "any": ["o1"]}
            ask(made, "place", "Where is it?")
            ask(made, "file", "Have you a picture?")


@pytest.fixture
def member(drafted, sign_in):
    return sign_in("ash", "viewer")


def opened(working, world):
    with working("ash"):
        find("reg14").open(person(world))


def main_of(page: Page) -> str:
    """What stands in the main part, but for what is made anew each time and for where a preview's own links lead."""
    main = page.tree.find(".//main")
    for parent in main.iter():
        for child in list(parent):
            if child.get("id") == "preview":
                parent.remove(child)
    for form in main.iter("form"):
        form.set("action", "")
        form.set("data-keep-link", "")
    said = serialize(main, omit_optional_tags=False, quote_attr_values="always")
    said = re.sub(r'name="(idempotency_key|begun|csrf_token)"[^>]*', "", said)
    said = re.sub(r'value="[^"]*"(?=[^>]*name="(idempotency_key|begun|csrf_token)")', "", said)
    said = re.sub(r"(preview/page|drafts/[^?\"]+)[^\"]*", "", said).replace(f"{HERE}preview/", HERE)
    return re.sub(r"\s+", " ", said)


def paths_of(client, first: str, answers: dict[str, str]) -> list[str]:
    """The pages that follow “Start now”, each as it is with these answers, up to the last."""
    at = client.post(first, data={"do": "start"}).headers["Location"]
    pages = []
    for _ in range(12):
        page = Page(client.get(at))
        assert page.status == 200
        pages.append(main_of(page))
        step = re.search(r'name="at" value="([^"]+)"', page.html)
        if step is None:
            return pages
        names = {e.get("name") for kind in ("input", "textarea") for e in page.tree.iter(kind)}
        said = {name: value for name, value in answers.items() if name in names}
        at = client.post(at, data={"at": step[1], "do": "next", **said}).headers["Location"]
    raise AssertionError("the pages never end")


def test_the_page_the_start_and_the_long_form_are_those_of_residents(member, client, working, world):
    addresses = ("", "respond", "respond?whole=1")
    before = [main_of(member.page(f"{HERE}preview/{at}")) for at in addresses]
    opened(working, world)
    assert before == [main_of(client.page(f"{HERE}{at}")) for at in addresses]


@pytest.mark.parametrize("answers", [{}, PICKED])
def test_every_page_of_the_paged_form_is_that_of_residents(member, client, working, world, answers):
    before = paths_of(member, f"{HERE}preview/respond", answers)
    opened(working, world)
    after = paths_of(client, f"{HERE}respond", answers)
    assert before == after
    assert len(before) == (8 if answers else 7)


def test_what_is_wrong_on_a_page_is_said_as_to_residents(member):
    about = {"at": "about", "do": "next", "email": "x"}
    answer = member.post(f"{HERE}preview/page", data=about)
    assert answer.status_code == 422
    assert "Check the email address" in answer.text


def test_nothing_that_is_entered_is_kept_or_sent(member, working):
    typed = {"do": "send", "q1": "The mill", "q6": (b"", ""), "idempotency_key": "x"}
    for address in ("respond", "page", "page?at=check&q1=The+mill"):
        answer = member.post(f"{HERE}preview/{address}", data=typed, follow_redirects=True)
        assert "nothing was sent" in answer.text
    assert (
        member.post(f"{HERE}preview/page", data={"at": "page-1", "do": "next", "q1": "x"}).status_code == 303
    )
    with working("ash"):
        for table in (Response, Draft, HeldFile):
            assert db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_every_page_of_it_says_that_it_is_a_preview(member):
    for at in ("", "respond", "respond?whole=1", "page", "page?at=about", "page?at=check", "page?at=later"):
        assert "neither kept nor sent" in member.page(f"{HERE}preview/{at}").text, at


def test_only_members_see_it_and_only_before_the_opening(member, client, sign_in, working, world):
    for at in ("", "respond", "page"):
        assert client.get(f"{HERE}preview/{at}").status_code == 302, "to sign in"
        assert sign_in("beck").get(f"{HERE}preview/{at}").status_code == 404
    assert client.get(f"{HERE}respond/area.geojson").status_code == 404
    opened(working, world)
    for at in ("respond", "page"):
        assert member.get(f"{HERE}preview/{at}").headers["Location"] == f"{HERE}respond"
    assert member.get(f"{HERE}preview/").headers["Location"] == HERE


def test_a_preview_before_the_day_of_the_opening_counts_from_that_day(working, sign_in):
    with working("ash"):
        first = clock.today() + timedelta(days=10)
        consultation(opens_on=first, last_day=first + timedelta(days=20))
    page = sign_in("ash").page("/f/ash/consultations/first/preview/").text
    assert "20 days left" in page


def test_what_is_previewed_is_not_what_a_resident_is_shown_later(member, client, working, world):
    """The form that residents get is kept once it is open, and no preview may be what is kept."""
    member.page(f"{HERE}preview/respond?whole=1")
    with working("ash"):
        find("reg14").questions[0].title = "Changed before the opening"
    opened(working, world)
    assert "Changed before the opening" in client.page(f"{HERE}respond?whole=1").text


def test_html5lib_reads_what_is_compared():
    """The comparison would hold of two pages that could not be read."""
    said = "<main><form action='/x'><p>Said</p></form></main>"
    page = Page.__new__(Page)
    page.tree = html5lib.parse(said, namespaceHTMLElements=False)
    assert "<p>Said</p>" in main_of(page)


@pytest.mark.parametrize("page", ["respond", "respond?whole=1", "page?at=later", ""])
def test_a_draft_without_dates_can_be_looked_at(working, sign_in, page):
    with working("ash"):
        made = begin("early_engagement", "What matters?", "", "", None)
        reference = made.reference
    assert sign_in("ash").get(f"/f/ash/consultations/{reference}/preview/{page}").status_code == 200
