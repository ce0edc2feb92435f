"""What Highfold made of it: duplicates put aside, results published, the report built and released."""

from typing import Final

from consult.accounts.models import Person
from consult.clearing.deciding import clear_as_proposed
from consult.clearing.queue import waiting
from consult.database import db
from consult.demo import consulting, past, people
from consult.demo.consulting import Scene
from consult.demo.hearing import Listener, set_aside
from consult.demo.respondents import Voice
from consult.downloads import making as downloads
from consult.downloads.filters import Filter
from consult.feedback import publications
from consult.reports.asking import frozen
from consult.reports.building import build
from consult.reports.releasing import release
from consult.responses.models import Response
from consult.spaces.models import Space

SENT_TWICE: Final = (12, 40, 88, 110)  # the nth of those who wrote online
TAKEN_BACK: Final = 31
A_TEST: Final = 75
CLEARED: Final = 40  # responses
SORTED_DAYS_AGO, PUBLISHED_DAYS_AGO, RELEASED_DAYS_AGO = 24, 18, 14


def sort_out(listener: Listener, heard: list[tuple[Voice, Response]]) -> None:
    """The analyst puts aside what must not be counted, each with its reason."""
    online = [(voice, response) for voice, response in heard if voice.channel == "web" and not response.late]
    twice = [(listener.hear_again(online[n][1], online[n][0]), online[n][1]) for n in SENT_TWICE]
    by = listener.enters
    with past.at(past.on(past.day(SORTED_DAYS_AGO), 20)):
        for again, first in twice:
            set_aside(again, "duplicate", f"Sent twice within minutes, the same as {first.reference}.", by)
        set_aside(online[TAKEN_BACK][1], "withdrawn", "Asked by email to have it taken out.", by)
        set_aside(online[A_TEST][1], "excluded", "Sent by one of us, to show how the form works.", by)


def publish(body: Space, scene: Scene) -> None:
    chair = people.chair_of(scene.space)
    with past.working(body, chair, past.on(past.day(PUBLISHED_DAYS_AGO), 20)):
        clear_some(scene, chair)
        publications.publish(consulting.of(scene), chair)


def clear_some(scene: Scene, chair: Person) -> None:
    """The first comments are read and cleared for everyone; the others wait."""
    for response in list(db.session.scalars(waiting(consulting.of(scene)).limit(CLEARED))):
        clear_as_proposed(response, chair)


def report(body: Space, scene: Scene) -> None:
    """Built by what the job runs, and handed to the authority a while after its results were published."""
    chair = people.chair_of(scene.space)
    with past.working(body, chair, past.on(past.day(RELEASED_DAYS_AGO), 20)):
        asked = frozen(consulting.of(scene), chair)
        build(asked)
        release(asked, chair)
        build(frozen(consulting.of(scene), chair, public=True))  # which is what can be submitted
        objections = Filter(consultation=consulting.of(scene).reference, stance="object")
        downloads.ask(objections, "points", "xlsx", chair)
