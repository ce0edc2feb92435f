"""What clearing says on the page that members manage a consultation from."""

from consult.access import Act
from consult.clearing.comments import SUMMARIES, publication_policy
from consult.clearing.queue import number_waiting
from consult.consultations.models import Consultation
from consult.consultations.parts import part
from consult.spaces import doors
from consult.spaces.home import Panel


@part(order=15, to="members")
def clearing(consultation: Consultation) -> Panel | None:
    combines, answers = doors.may(Act.COMBINE), doors.may(Act.ANSWER_FOR_DATA)
    if consultation.opening is None or not (combines or answers):
        return None
    return Panel(
        "clearing/panel.html",
        {
            "consultation": consultation,
            "number": number_waiting(consultation) if combines else None,
            "summaries": publication_policy(consultation) == SUMMARIES,
        },
    )
