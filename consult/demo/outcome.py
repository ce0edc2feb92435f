"""What Highfold made of it: duplicates put aside, results published, the report built and released."""

from typing import Final

from consult.demo import consulting, past, people
from consult.demo.consulting import Scene
from consult.demo.hearing import Listener, set_aside
from consult.demo.respondents import Voice
from consult.feedback import publications
from consult.responses.models import Response
from consult.spaces.models import Space

SENT_TWICE: Final = (12, 57, 103, 140)  # the nth of those who wrote online
TAKEN_BACK: Final = 31
A_TEST: Final = 75
SORTED_DAYS_AGO, PUBLISHED_DAYS_AGO, RELEASED_DAYS_AGO = 24, 18, 14


def sort_out(listener: Listener, heard: list[tuple[Voice, Response]]) -> None:
    """The analyst puts aside what must not be counted, each with its reason."""
    online = [(voice, response) for voice, response in heard if voice.channel == "web" and not response.late]
    twice = [(listener.hear_again(online[n][1], online[n][0]), online[n][1]) for n in SENT_TWICE if n < len(online)]
    with past.at(past.on(past.day(SORTED_DAYS_AGO), 20)):
        for again, first in twice:
            set_aside(again, "duplicate", f"Sent twice within minutes, word for word the same as {first.reference}.",
                      listener.enters)
        set_aside(online[TAKEN_BACK][1], "withdrawn", "Asked by email to have it taken out.", listener.enters)
        set_aside(online[A_TEST][1], "excluded", "Sent by one of us on the stall, to show how the form works.",
                  listener.enters)


def report(body: Space, scene: Scene) -> None:
    chair = people.chair_of(scene.space)
    with past.working(body, chair, past.on(past.day(PUBLISHED_DAYS_AGO), 20)):
        publications.publish(consulting.of(scene), chair)
