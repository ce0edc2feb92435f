"""The form on paper."""

from consult.consultations.models import find
from consult.responses import printing
from tests.consultations.setting import regulation_14


def test_both_sizes_are_tagged_and_ask_what_the_screen_asks(app, working):
    with working("ash"):
        regulation_14()
        consultation = find("reg14")
        said = printing.said(consultation, printing.LARGE_POINTS)
        assert [asked["title"] for asked in said["questions"]] == [q.title for q in consultation.questions]
        for points in (printing.EVERYDAY_POINTS, printing.LARGE_POINTS):
            assert b"/StructTreeRoot" in printing.pdf(consultation, points)


def test_a_draft_has_no_form_for_everyone(client, working):
    with working("ash"):
        regulation_14()
    assert client.get("/f/ash/consultations/reg14/form.pdf").status_code == 404
