"""What lies on Highfold's desk: a batch of paper, not all of it typed in and some of it checked, and a file of letters
that the chair has not decided about."""

from collections import Counter
from datetime import date
from typing import Final

from consult import audit, clock
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.database import db
from consult.demo import past
from consult.demo.hearing import Listener
from consult.demo.voices import Voice
from consult.entering.models import Batch, HeldTable, agree
from consult.responses.models import Response

NAME: Final = "Box at Market Hall"
STILL_TO_TYPE: Final = 4
CHECKED: Final = 2
DAYS_AGO: Final = 23
LETTERS: Final = (
    "external_id,channel,q2,q3\r\n"
    "Letter 1,paper,Yes,More trees along Mere Way\r\n"
    "Letter 2,paper,Perhaps,Keep the depot’s chimney\r\n"
)


def lay_out(listener: Listener, heard: list[tuple[Voice, Response]], chair: Person) -> None:
    on_paper = [response for voice, response in heard if voice.channel == "paper" and not response.late]
    day = Counter(day_of(response) for response in on_paper).most_common(1)[0][0]
    sheets = [response for response in on_paper if day_of(response) == day]
    with past.at(past.on(past.day(DAYS_AGO), 20)):
        take_in(listener, day, sheets)
        for response in sheets[:CHECKED]:
            agree(response, chair)
        hold(listener.consultation, chair)


def day_of(response: Response) -> date:
    return clock.uk(response.received).date()


def take_in(listener: Listener, day: date, sheets: list[Response]) -> None:
    batch = Batch(
        consultation_id=listener.consultation.id,
        name=NAME,
        channel="paper",
        received=day,
        sheets=len(sheets) + STILL_TO_TYPE,
        by_id=listener.enters.id,
    )
    db.session.add(batch)
    audit.record("batch.begun", batch.name, by=listener.enters, sheets=batch.sheets)
    db.session.flush()
    for response in sheets:
        batch.take_in(response)


def hold(consultation: Consultation, chair: Person) -> None:
    held = HeldTable(
        consultation_id=consultation.id, name="letters.csv", content=LETTERS.encode(), by_id=chair.id
    )
    db.session.add(held)
    db.session.flush()
