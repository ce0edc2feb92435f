"""Setting a consultation up and opening it, as an organiser does, page by page."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock
from consult.audit import Deed
from consult.consultations.consulted.schedule import schedule_1
from consult.consultations.models import Consultation, find
from consult.consultations.opening.gate import long
from consult.database import db
from consult.plans.models import draft_version
from tests.consultations.setting import designate, person, regulation_14, write_plan

NEW = {"stage": "regulation_14", "title": "Our draft plan", "summary": "What we propose.", "reference": ""}
BASE = "/f/ash/consultations"
CONTACT = {
    "contact_email": "us@example.org",
    "contact_phone": "01632 960001",
    "contact_address": "The Hall, Ash Hill",
}


DATA = {
    "controller": "Ash Hill Neighbourhood Forum",
    "lawful_basis": "public_task",
    "kept_until": "the plan is made.",
    "publication": "names",
    "data_contact": "data@example.org",
}


@pytest.fixture
def organiser(sign_in):
    return sign_in("ash", "organiser")


def day_boxes(day, name="last_day"):
    return {name: [str(day.day), str(day.month), str(day.year)]}


def in_days(number):
    return clock.today() + timedelta(days=number)


def begin(client, **changes):
    answer = client.post(f"{BASE}/new", data=NEW | changes)
    assert answer.status_code == 303, answer.text
    return answer.location.removesuffix("/setup")


def fill_in(client, base, last_day):
    client.post(f"{base}/setup/dates", data=day_boxes(last_day))
    client.post(f"{base}/setup/data", data=DATA)
    client.post(f"{base}/setup/publicity", data={"where_to_see": "The library", "how_to_respond": "Here"})
    if "reg14" in base:
        nobody = {
            "bodies": [body.key for body in schedule_1().bodies],
            "reason": "Nothing of theirs is near.",
        }
        assert client.post(f"{base}/consultees/unaffected", data=nobody).status_code == 303
    return client.post(f"{base}/setup/contact", data=CONTACT)


def test_regulation_14_is_set_up_and_opened_in_eight_steps(organiser, client, working):
    with working("ash"):
        designate()
        write_plan()
    base = begin(organiser)
    assert base == f"{BASE}/reg14"
    assert "Set the last day for responses" in organiser.page(f"{base}/setup").text
    fill_in(organiser, base, in_days(42))
    assert "Nothing is missing" in organiser.page(f"{base}/opening").text
    assert client.get(f"{base}/").status_code == 404
    assert organiser.post(f"{base}/opening", data={}).status_code == 303
    page = client.page(f"{base}/").text
    for words in (
        "Our draft plan",
        "Closes at 11:59pm on",
        "42 days left",
        "H1 New homes",
        "The library",
        "us@example.org",
    ):
        assert words in page
    assert "It is open." in organiser.page(f"{base}/setup").text


@pytest.mark.parametrize("stage", ["early_engagement", "call_for_sites"])
def test_earlier_stages_open_without_area_or_plan(organiser, client, stage):
    base = begin(organiser, stage=stage)
    fill_in(organiser, base, in_days(1))
    assert organiser.post(f"{base}/opening").status_code == 303
    assert "Tomorrow is the last day" in client.page(f"{base}/").text


def test_a_stage_starts_with_questions_contact_and_a_notice_of_its_own(organiser, working):
    begin(organiser)
    with working("ash"):
        made = find("reg14")
        assert [(q.reference, q.kind) for q in made.questions] == [
            ("q1", "stance"),
            ("q2", "text"),
            ("q3", "place"),
        ]
        assert "Ash Hill Neighbourhood Forum is the controller" in made.privacy_notice
        assert "Northam District Council" in made.privacy_notice


def test_a_second_one_of_a_kind_gets_the_next_reference(organiser):
    assert begin(organiser).endswith("/reg14")
    assert begin(organiser).endswith("/reg14-2")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Enter a title"),
        ({"summary": ""}, "what it is about"),
        ({"stage": ""}, "Choose what kind"),
        ({"reference": "Reg 14!"}, "Use only small letters"),
        ({"reference": "new"}, "address of another page"),
        ({"title": "x" * 121}, "120 characters or fewer"),
    ],
)
def test_a_faulty_start_is_explained_and_kept(organiser, change, sentence):
    answer = organiser.post(f"{BASE}/new", data=NEW | {"summary": "Kept words"} | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept words" in answer.text or "summary" in change


def test_a_reference_in_use_is_refused(organiser):
    begin(organiser, reference="mine")
    answer = organiser.post(f"{BASE}/new", data=NEW | {"reference": "mine"})
    assert answer.status_code == 422
    assert "already have a consultation called mine" in answer.text


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (["", "", ""], "Enter the last day for responses"),
        (["14", "", "2027"], "must include a month"),
        (["31", "2", "2027"], "must be a real date"),
        (["x", "2", "2027"], "must be in numbers"),
        (["1", "2", "27"], "must have four numbers"),
        (["1", "2", "9999"], "must have four numbers"),
        (["14"], "must include a month and a year"),
        (["1", "1", "2020"], "at least six weeks"),
        (["1", "1", "2099"], "more than two years away"),
        ([], "Enter the last day for responses"),
    ],
)
def test_a_date_that_cannot_be_is_explained_and_kept(organiser, boxes, sentence):
    base = begin(organiser)
    answer = organiser.post(f"{base}/setup/dates", data={"last_day": boxes})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert all(f'value="{box}"' in answer.text for box in boxes if box)


def test_months_may_be_written_out(organiser, working):
    base = begin(organiser, stage="early_engagement")
    day = in_days(60)
    organiser.post(f"{base}/setup/dates", data={"last_day": [str(day.day), f"{day:%B}", str(day.year)]})
    with working("ash"):
        assert find("early").last_day == day


def test_one_day_short_of_six_weeks_is_refused_beside_the_field_with_the_day_that_would_do(organiser):
    base = begin(organiser)
    answer = organiser.post(f"{base}/setup/dates", data=day_boxes(in_days(41)))
    assert f"The last day must be {long(in_days(42))} or later" in answer.text


def test_questions_are_added_changed_moved_and_removed(organiser, working):
    base = begin(organiser, stage="call_for_sites")
    new = {"kind": "choice", "title": "When?", "options": "Soon\n\n Later \n"}
    assert organiser.post(f"{base}/questions/new", data=new).status_code == 303
    organiser.post(f"{base}/questions/q6/position", data={"to": "up"})
    organiser.post(f"{base}/questions/q1/removal")
    organiser.post(f"{base}/questions/q1", data={"kind": "text", "title": "Which use?", "options": ""})
    with working("ash"):
        asked = [(q.reference, q.title, [o["label"] for o in q.options]) for q in find("sites").questions]
    assert [reference for reference, _, _ in asked] == ["q1", "q2", "q3", "q4", "q5"]
    assert asked[0] == ("q1", "Which use?", [])
    assert asked[3] == ("q4", "When?", ["Soon", "Later"])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Enter the question"),
        ({"kind": "essay"}, "hoose"),
        ({"kind": "choice", "options": "One"}, "at least two answers"),
        ({"kind": "choices", "options": "One\nOne"}, "in the list twice"),
        ({"kind": "choice", "options": "One; two\nThree"}, "Leave semicolons out"),
        ({"kind": "stance"}, "asks this already"),
    ],
)
def test_a_faulty_question_is_explained_and_kept(organiser, change, sentence):
    base = begin(organiser)
    said = {"kind": "text", "title": "Why?", "hint": "Kept words", "options": ""}
    answer = organiser.post(f"{base}/questions/new", data=said | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept words" in answer.text


def opened(organiser, **changes):
    base = begin(organiser, stage="early_engagement", **changes)
    fill_in(organiser, base, in_days(30))
    assert organiser.post(f"{base}/opening").status_code == 303
    return base


def test_after_the_opening_every_edit_is_refused_with_a_sentence(organiser, working):
    base = opened(organiser)
    edits = {
        "questions/new": {"kind": "text", "title": "One more?"},
        "questions/q1": {"kind": "text", "title": "Another?"},
        "questions/q1/removal": {},
        "questions/q2/position": {"to": "up"},
        "setup/details": {"title": "Other", "summary": "Other", "reference": "early"},
        "setup/dates": day_boxes(in_days(90)),
        "setup/privacy": {"privacy_notice": "We sell it."},
        "setup/contact": {"contact_email": "other@example.org"},
        "announcement": {},
        "opening": {},
    }
    for path, said in edits.items():
        answer = organiser.post(f"{base}/{path}", data=said)
        assert answer.status_code == 409, path
        assert "opened" in answer.text or "announced" in answer.text
    with working("ash"):
        made = find("early")
        assert (made.title, len(made.questions), made.last_day) == ("Our draft plan", 4, in_days(30))


def test_what_lacks_anything_is_not_opened_and_says_what(organiser, client):
    base = begin(organiser)
    assert "Put your complete draft plan here first" in organiser.page(f"{base}/opening").text
    answer = organiser.post(f"{base}/opening")
    assert answer.status_code == 409
    assert "Say where and when people can look at the draft plan." in answer.text
    assert client.get(f"{base}/").status_code == 404


def test_a_planned_opening_is_announced_until_its_day(organiser, client, working):
    base = begin(organiser, stage="early_engagement")
    fill_in(organiser, base, in_days(30))
    organiser.post(f"{base}/setup/dates", data=day_boxes(in_days(30)) | day_boxes(in_days(3), "opens_on"))
    assert organiser.post(f"{base}/scheduling").status_code == 303
    page = client.page(f"{base}/").text
    assert "Scheduled Opens" in page
    assert "days left" not in page
    with working("ash"):
        assert find("early").opens == clock.start_of(in_days(3))


def test_announcing_tells_everyone_and_later_changes_follow(organiser, client, working):
    base = begin(organiser, stage="early_engagement")
    fill_in(organiser, base, in_days(30))
    assert organiser.post(f"{base}/announcement").status_code == 303
    assert "Announced" in client.page(f"{base}/").text
    organiser.post(f"{base}/setup/dates", data=day_boxes(in_days(40)))
    with working("ash"):
        assert find("early").announcement.closes == clock.end_of(in_days(40))
    moved = {"title": "Our draft plan", "summary": "x", "reference": "elsewhere"}
    assert "the short name stays" in organiser.post(f"{base}/setup/details", data=moved).text


def test_extending_needs_a_later_day_and_a_reason_that_everyone_reads(organiser, client):
    base = opened(organiser)
    answer = organiser.post(f"{base}/extension", data=day_boxes(in_days(29)) | {"reason": "Kept words"})
    assert answer.status_code == 422
    assert "can only become later" in answer.text
    assert "Kept words" in answer.text
    organiser.post(f"{base}/extension", data=day_boxes(in_days(50)) | {"reason": "The hall was flooded."})
    page = client.page(f"{base}/").text
    assert "The hall was flooded." in page
    assert "50 days left" in page


def test_it_is_not_closed_on_its_first_day(organiser):
    base = opened(organiser)
    assert "at least a day" in organiser.page(f"{base}/setup").text
    assert organiser.post(f"{base}/closing").status_code == 409


def test_the_preview_is_the_page_that_residents_will_see(organiser, client):
    base = begin(organiser)
    page = organiser.page(f"{base}/preview/").text
    assert "This is what residents will see" in page
    assert "What happens to what you send" in page
    assert client.get(f"{base}/preview/").status_code == 302


def test_each_act_says_who_did_it(organiser, working):
    opened(organiser)
    with working("ash"):
        acts = {deed.act: deed.by for deed in db.session.scalars(sa.select(Deed))}
    assert acts["consultation.begun"] == acts["consultation.opened"] == "Organiser of Ash"


def test_analysts_and_viewers_look_but_do_not_set_up(sign_in, organiser):
    base = begin(organiser)
    for role in ("analyst", "viewer"):
        member = sign_in("ash", role)
        assert member.get(f"{base}/setup").status_code == 200
        assert member.get(f"{base}/setup/details").status_code == 403
        assert member.post(f"{base}/opening").status_code == 403


def test_an_authority_sets_up_consultations_in_its_own_space(sign_in):
    officer = sign_in("northam", "officer")
    answer = officer.post("/a/northam/consultations/new", data=NEW | {"stage": "early_engagement"})
    assert answer.location == "/a/northam/consultations/early/setup"
    assert "Regulation 14" not in officer.page("/a/northam/consultations/new").text


def test_markup_is_only_words(organiser, client):
    base = opened(organiser, title="<script>alert(1)</script>", summary="=1+1 <b>bold</b>")
    html = client.get(f"{base}/").text
    assert "<script>alert" not in html
    assert "=1+1" in html
    assert "<b>bold" not in html


def test_no_draft_is_counted_as_a_consultation_of_a_neighbour(organiser, sign_in):
    begin(organiser)
    assert sign_in("beck").get(f"{BASE}/reg14/setup").status_code == 404
    assert sign_in("beck").get("/f/beck/consultations/reg14/setup").status_code == 404


def test_nothing_is_begun_by_only_looking(organiser, working):
    organiser.get(f"{BASE}/new")
    with working("ash"):
        assert db.session.scalars(sa.select(Consultation)).all() == []


def test_what_may_no_longer_be_said_is_refused_on_the_form_and_the_words_stay(organiser, working, world):
    """Announced to everyone, it must still pass the gate: here its plan has lost its policies since."""
    with working("ash"):
        regulation_14(opens_on=in_days(2), last_day=in_days(60)).announce(person(world))
    with working("ash"):
        version = draft_version()
        for policy in list(version.policies):
            version.remove(policy)
    words = {"where_to_see": "In the library.", "how_to_respond": "Write to us, in these words."}
    answer = organiser.post(f"{BASE}/reg14/setup/publicity", data=words)
    assert answer.status_code == 409
    assert "it has no policies yet" in answer.text
    assert "Write to us, in these words." in answer.text
    with working("ash"):
        assert find("reg14").how_to_respond == "Answer on this page."
