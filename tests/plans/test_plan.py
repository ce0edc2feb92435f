"""Writing the plan, as an organiser does it."""

from io import BytesIO

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from consult.audit import Access, Deed
from consult.database import db
from consult.plans.models import PlanVersion, draft_version, latest_version, place_of

POLICY = {"reference": "H1", "title": "New homes", "summary": "Where homes go.", "text": "One.\n\nTwo."}


@pytest.fixture
def organiser(sign_in):
    return sign_in("ash", "organiser")


def upload(client, name="plan.pdf", content=b"%PDF-1.7 x", title="The draft plan"):
    boundary, body = encode_multipart({"title": title, "file": FileStorage(BytesIO(content), name)})
    content_type = f'multipart/form-data; boundary="{boundary}"'
    return client.post("/f/ash/plan/new-document", data=body, content_type=content_type)


def references(working, slug="ash"):
    with working(slug):
        version = latest_version()
        return [policy.reference for policy in version.policies] if version else []


def test_an_organiser_adds_a_policy_and_sees_it(organiser):
    assert "No policies yet" in organiser.page("/f/ash/plan").text
    assert organiser.post("/f/ash/plan/new-policy", data=POLICY).status_code == 303
    page = organiser.page("/f/ash/plan").text
    assert "H1 New homes" in page
    assert "Ash Hill neighbourhood plan" in page


def test_policies_are_changed_moved_and_removed(organiser, working):
    for reference in ("H1", "G1", "T1"):
        organiser.post("/f/ash/plan/new-policy", data=POLICY | {"reference": reference})
    organiser.post("/f/ash/plan/policies/T1/position", data={"to": "up"})
    assert references(working) == ["H1", "T1", "G1"]
    organiser.post("/f/ash/plan/policies/H1", data=POLICY | {"reference": "H2"})
    organiser.post("/f/ash/plan/policies/G1/removal")
    assert references(working) == ["H2", "T1"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reference": ""}, "Enter the policy’s reference"),
        ({"title": " "}, "Enter the policy’s title"),
        ({"reference": "h1"}, "There is already a policy h1"),
        ({"reference": "H/1"}, "Use only letters, numbers"),
        ({"reference": "H1.reason"}, "A reference cannot end in “reason”"),
        ({"reference": "H1.Change"}, "A reference cannot end in “Change”"),
        ({"reference": "object"}, "A reference cannot end in “object”"),
        ({"text": "x" * 30_001}, "30,000 characters or fewer"),
    ],
)
def test_a_faulty_policy_is_explained_and_kept_on_the_page(organiser, change, sentence):
    organiser.post("/f/ash/plan/new-policy", data=POLICY)
    answer = organiser.post(
        "/f/ash/plan/new-policy", data=POLICY | {"reference": "G1", "summary": "Kept words"} | change
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept words" in answer.text


def test_a_frozen_version_stays_and_the_next_change_begins_a_copy(organiser, working):
    organiser.post("/f/ash/plan/new-policy", data=POLICY)
    upload(organiser)
    with working("ash"):
        latest_version().freeze()
    assert "What you save here begins the next version" in organiser.page("/f/ash/plan/policies/H1").text
    organiser.post("/f/ash/plan/policies/H1", data=POLICY | {"title": "Fewer homes"})
    with working("ash"):
        first, second = db.session.scalars(sa.select(PlanVersion).order_by(PlanVersion.number))
        assert (first.policies[0].title, second.policies[0].title) == ("New homes", "Fewer homes")
        assert second.documents[0].content == first.documents[0].content
        assert second.frozen is None
        assert draft_version() is second
    assert "New homes" in organiser.page("/f/ash/plan/versions/1").text


def test_a_document_comes_back_byte_for_byte_as_an_attachment_and_the_download_is_noted(organiser, working):
    content = b"%PDF-1.7 " + bytes(range(256))
    assert upload(organiser, name="../My plan (v2).PDF", content=content).status_code == 303
    answer = organiser.get("/f/ash/plan/documents/My-plan-v2.pdf")
    assert answer.data == content
    assert answer.headers["Content-Disposition"] == 'attachment; filename="My-plan-v2.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with working("ash"):
        assert db.session.scalars(sa.select(Access)).one().what == "plan document My-plan-v2.pdf"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("plan.exe", b"MZ", "Choose a PDF"),
        ("plan", b"%PDF-1", "Choose a PDF"),
        ("plan.pdf", b"<html>", "not what its ending says"),
        ("plan.pdf", b"", "plan.pdf is empty"),
        ("plan.pdf", b"%PDF-" + bytes(10 * 1024 * 1024), "larger than 10 MB"),
    ],
)
def test_a_file_that_is_not_taken_is_named_with_the_reason(organiser, name, content, sentence):
    answer = upload(organiser, name=name, content=content)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "The draft plan" in answer.text


def test_exactly_ten_megabytes_are_taken_and_a_second_file_of_the_name_is_not(organiser):
    assert upload(organiser, content=b"%PDF-" + bytes(10 * 1024 * 1024 - 5)).status_code == 303
    assert "already a file called plan.pdf" in upload(organiser).text


def test_no_file_at_all_is_asked_for(organiser):
    answer = organiser.post("/f/ash/plan/new-document", data={"title": "Nothing"})
    assert answer.status_code == 422
    assert "Choose a file" in answer.text


def test_markup_in_a_policy_is_only_words(organiser):
    organiser.post("/f/ash/plan/new-policy", data=POLICY | {"title": "<script>alert(1)</script>"})
    assert "&lt;script&gt;" in organiser.get("/f/ash/plan").text


def test_viewers_look_and_strangers_and_neighbours_find_nothing(sign_in, client, organiser):
    organiser.post("/f/ash/plan/new-policy", data=POLICY)
    viewer = sign_in("ash", "viewer")
    page = viewer.get("/f/ash/plan")
    assert page.status_code == 200
    assert "Add a policy" not in page.text
    assert viewer.post("/f/ash/plan/new-policy", data=POLICY).status_code == 403
    assert sign_in("beck", "chair").get("/f/ash/plan").status_code == 404
    assert client.get("/f/ash/plan").status_code == 302


def test_every_change_says_who_made_it(organiser, working):
    organiser.post("/f/ash/plan/new-policy", data=POLICY)
    with working("ash"):
        deed = db.session.scalars(sa.select(Deed)).one()
        assert (deed.act, deed.by, deed.subject) == (
            "plan.policy_written",
            "Organiser of Ash",
            "H1 New homes",
        )


def test_what_is_not_there_is_not_found(organiser):
    organiser.post("/f/ash/plan/new-policy", data=POLICY)
    for path in ("policies/H9", "documents/none.pdf", "versions/9"):
        assert organiser.get(f"/f/ash/plan/{path}").status_code == 404
    assert organiser.post("/f/ash/plan/policies/H9/removal").status_code == 404


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("Ash Hill Neighbourhood Forum", "Ash Hill"),
        ("Cole Parish Council", "Cole"),
        ("Friends of the Mill", "Friends of the Mill"),
    ],
)
def test_a_plan_is_named_after_the_place(body, place):
    assert place_of(body) == place
