"""How the demo's voices are received: online by themselves, and on paper, by email or at an event by a member."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import shapely

from consult import audit, clock
from consult.accounts.models import Person
from consult.areas.loaded.postcodes import normalised
from consult.consultations.models import Consultation, Question
from consult.consultations.questions.kinds import IN_WORDS
from consult.database import db
from consult.demo import past
from consult.demo.voices import Voice
from consult.responses.models import Response, SettingAside
from consult.responses.receiving import Pointed, Said, Submission, receive

ONLINE_HOURS: Final = (6.5, 23.5)
OFFICE_HOURS: Final = (9.0, 18.0)
AGAIN_AFTER = timedelta(minutes=6)
TYPED_IN_AFTER = timedelta(hours=26)
WROTE_FOR = timedelta(minutes=14)


@dataclass(frozen=True)
class Listener:
    """Turns voices into responses to one consultation, up to the end of yesterday."""

    consultation: Consultation
    enters: Person

    def hear(self, voices: Sequence[Voice]) -> list[tuple[Voice, Response]]:
        """The responses to those voices that have spoken by now, each received when it was sent."""
        until = clock.start_of(past.day(0))
        spoken = [(voice, self.moment(voice)) for voice in voices]
        return [
            (voice, self.take(self.submission(voice, number, moment)))
            for number, (voice, moment) in enumerate(spoken, start=1)
            if moment < until
        ]

    def moment(self, voice: Voice) -> datetime:
        """When it arrived, at an hour when people are awake; a web form outlives the close by minutes only."""
        opens, closes = self.consultation.opens, self.consultation.closes
        assert opens is not None
        assert closes is not None
        days, part = divmod(voice.days_after_open, 1)
        first, last = ONLINE_HOURS if voice.channel == "web" else OFFICE_HOURS
        day = clock.uk(opens).date() + timedelta(days=int(days))
        moment = past.on(day, first + part * (last - first))
        if voice.channel == "web" and moment >= closes:
            return closes + timedelta(minutes=1 + 10 * part)
        return moment

    def take(self, submission: Submission) -> Response:
        assert submission.received is not None
        by = None if submission.channel == "web" else self.enters
        when = submission.received + (TYPED_IN_AFTER if by else timedelta())
        with past.at(min(when, clock.now())):
            return receive(self.consultation, submission, entered_by=by)[0]

    def submission(self, voice: Voice, number: int, received: datetime) -> Submission:
        live = "live" in voice.connection
        return Submission(
            kind=voice.kind.replace(" ", "_"),
            name=voice.name,
            organisation=voice.organisation or "",
            email=voice.email or "",
            postcode=normalised(voice.postcode or "") or "",
            connection=tuple(tie for tie in voice.connection if tie != "none"),
            home="inside" if live else "",
            people=voice.people,
            answers=tuple(self.answers(voice)),
            places=tuple(self.places(voice)),
            channel=voice.channel,
            key=f"{voice.origin}-{number}",
            received=received,
            begun=received - WROTE_FOR if voice.channel == "web" else None,
            notice=self.consultation.privacy_notice,
        )

    def answers(self, voice: Voice) -> Iterator[Said]:
        for reference, answer in voice.answers.items():
            question = self.asked(reference)
            if question.kind in IN_WORDS:
                yield Said(question.id, text=str(answer))
            elif question.kind == "number":
                yield Said(question.id, number=float(str(answer)))
            elif question.kind == "scale":
                yield Said(question.id, choice=str(answer))
            else:
                chosen = (answer,) if isinstance(answer, str) else answer
                yield from (Said(question.id, choice=key_of(question, label)) for label in chosen)
        policies = self.policies() if voice.policy_comments else {}
        for policy, stance, reason, change in voice.policy_comments:
            about = self.of_kind("stance").id
            yield Said(about, policies[policy], stance=stance, text=reason, suggested_change=change)

    def places(self, voice: Voice) -> Iterator[Pointed]:
        for shape, words in voice.places:
            at = shape.representative_point()
            wkb = bytes(shapely.to_wkb(shape))
            yield Pointed(self.of_kind("place").id, round(at.x, 3), round(at.y, 3), words, wkb)

    def asked(self, reference: str) -> Question:
        question = self.consultation.question(reference.lower())
        assert question is not None, reference
        return question

    def of_kind(self, kind: str) -> Question:
        return next(question for question in self.consultation.questions if question.kind == kind)

    def policies(self) -> dict[str, UUID]:
        return {policy.reference: policy.id for policy in self.consultation.policies}

    def hear_again(self, heard: Response, voice: Voice) -> Response:
        """The same person pressing the button once more in another window."""
        again = self.submission(voice, 0, heard.received + AGAIN_AFTER)
        return self.take(replace(again, key=f"again-{heard.key}"))


def key_of(question: Question, label: str) -> str:
    return str(next(option["key"] for option in question.options if option["label"] == label))


def set_aside(response: Response, kind: str, reason: str, by: Person) -> None:
    """Kept and no longer counted, as the page does it."""
    db.session.add(SettingAside(response_id=response.id, kind=kind, reason=reason, by_id=by.id))
    audit.record("response.set_aside", response.reference, by=by, about=response, kind=kind, reason=reason)
    db.session.flush()
