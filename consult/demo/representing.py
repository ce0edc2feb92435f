"""The first representations on Highfold's plan (regulation 16): invented people, some of them cleared for everyone."""

from datetime import timedelta
from typing import Final

from consult import clock
from consult.clearing.deciding import clear_as_proposed
from consult.consultations.models import Consultation
from consult.demo import past, people
from consult.responses.models import Response
from consult.responses.receiving import Said, Submission, receive

CLEARED: Final = 2
# name, organisation, kind, stance, reasons, what should change, asks to be told, wishes to speak
HEARD: Final = (
    ("Harriet Quill", "", "individual", "object", "The slope is wet from October on, and its drain is full.",
     "Ask for a drainage survey before any home is allowed.", True, False),
    ("Desmond Achebe", "Achebe Joinery", "business", "support_with_changes", "We need room for vans as well as homes.",
     "Say that a workshop may stay where it is.", True, True),
    ("Ines Carvalho", "", "individual", "support", "This is what we asked for three years ago.", "", True, False),
    ("Robert Lyle", "Tarrow Rivers Trust", "group", "comment", "The stream needs eight metres on each side.",
     "Add the width of the margin to the policy.", False, True),
    ("Shirin Patel", "", "individual", "object", "Ring me on 07700 900456 and I will show you the view that goes.",
     "Keep the top of the hill free.", False, False),
)  # fmt: skip


def represent(made: Consultation) -> None:
    """A few hours apart each, on the first day that it was open; called where the authority stands, in that past."""
    stances = next(question for question in made.questions if question.kind == "stance")
    heard = []
    for n, (name, organisation, kind, stance, reasons, change, told, speaks) in enumerate(HEARD):
        policy = made.policies[n % len(made.policies)]
        said = Said(stances.id, policy.id, stance=stance, text=reasons, suggested_change=change)
        first = name.split()[0].lower()
        submission = Submission(
            kind=kind,
            name=name,
            organisation=organisation,
            email=f"{first}@example.org",
            address=f"{n + 3} Upper Street, Highfold",
            connection=("live",) if kind == "individual" else ("business",),
            answers=(said,),
            key=f"demo representation {n}",
            received=clock.now() + timedelta(hours=n + 1),
            tell_decision=told,
            wants_hearing=speaks,
            why_hearing="To show the examiner the photographs." if speaks else "",
        )
        heard.append(receive(made, submission)[0])
    clear(heard[:CLEARED])


def clear(responses: list[Response]) -> None:
    with past.at(clock.now() + timedelta(days=1)):
        for response in responses:
            clear_as_proposed(response, people.officer())
