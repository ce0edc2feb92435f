"""The form that a consultation's questions make: for residents, and for members who enter what arrived on paper."""

import re
from datetime import datetime
from functools import partial
from typing import Any

import wtforms
from flask import request
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l

from consult import clock
from consult.areas.loaded import postcodes
from consult.consultations.models import Consultation
from consult.plans.sites import Site
from consult.responses.arrivals import arrival, doubt, read_day
from consult.responses.form import personal
from consult.responses.form.fields import OneOf, SomeOf, line, long_words
from consult.responses.form.frozen import Paper, paper_of
from consult.responses.form.parts import Files, Part, asked_in, check, complain, parts_of
from consult.responses.receiving import Submission
from consult.responses.words import CHANNELS, CONNECTIONS, ELSEWHERE, KINDS
from consult.web.emails import is_email
from consult.web.forms import Form

NEVER_ANSWERS = ("csrf_token", "do")
MOST_PEOPLE = 10_000


class About(Form):
    """Who answers. Which of it is asked and what of it is required, the stage decides (`personal.py`)."""

    kind = OneOf(_l("Who is answering?"), KINDS.items())
    name = line(_l("Your name"))
    organisation = line(_l("Organisation, if you answer for one"))
    client = line(_l("If you are an agent: whom do you answer for?"))
    address = long_words(_l("Your postal address"))
    email = line(_l("Email address"), description=_l("We send a receipt there. It is never published."))
    postcode = line(
        _l("Your postcode"),
        description=_l("It tells us whether you live in the area. It is never published."),
    )
    tell_decision = wtforms.BooleanField(_l("Tell me of the decision about the plan"))
    wants_hearing = wtforms.BooleanField(_l("I wish to speak at a hearing, if the examiner holds one"))
    why_hearing = long_words(_l("Why should your point be heard aloud?"))
    connection = SomeOf(
        _l("What is your connection with the area?"),
        [*CONNECTIONS.items(), (ELSEWHERE, _l("I live somewhere else"))],
        description=_l("Tick all that apply. Everyone may answer, wherever they live."),
    )
    idempotency_key = wtforms.HiddenField()
    begun = wtforms.HiddenField()
    asked = wtforms.HiddenField()
    website = line(_l("Leave this box empty"))
    parts: list[Part] = []
    stage = ""
    insists = True  # on the answers that are required
    folds_map = False

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        self.check_about()
        check(self, insist=self.insists)
        if not self.errors and self.says_nothing():
            complain(self[self.first_name], gettext("Answer at least one question before you send."))
        return not self.errors

    @property
    def takes_files(self) -> bool:
        return any(isinstance(part, Files) for part in self.parts)

    @property
    def first_name(self) -> str:
        return next(name for part in self.parts for name, _ in part.fields()) if self.parts else "name"

    def check_about(self) -> None:
        if self.email.data and not is_email(self.email.data):
            complain(self.email, gettext("Check the email address: it should look like name@example.org."))
        if self.postcode.data and postcodes.normalised(self.postcode.data) is None:
            complain(
                self.postcode,
                gettext("Check the postcode: it should look like BA1 1AA. You can leave it empty."),
            )
        if self.website.data:
            self.website.data = ""
            complain(
                self.website,
                gettext("The box at the end is a trap for robots: it must stay empty. Send again."),
            )

        if self.insists:
            for name, sentence in personal.lacking(self):
                complain(self[name], sentence)

    def says_nothing(self) -> bool:
        return not any(part.said(self) or part.places(self) for part in asked_in(self))

    def submission(self, **more: Any) -> Submission:
        ticked, asked = set(self.connection.data or ()), asked_in(self)
        return Submission(
            kind=self.kind.data or "individual",
            name=self.name.data or "",
            organisation=self.organisation.data or "",
            email=self.email.data or "",
            postcode=postcodes.normalised(self.postcode.data or "") or "",
            address=self.address.data or "",
            client=(self.client.data or "") if self.kind.data == "agent" else "",
            tell_decision=personal.takes_wishes(self.stage) and bool(self.tell_decision.data),
            wants_hearing=personal.takes_wishes(self.stage) and bool(self.wants_hearing.data),
            why_hearing=(self.why_hearing.data or "") if self.wants_hearing.data else "",
            connection=tuple(key for key in CONNECTIONS if key in ticked),
            home=own_word(ticked),
            answers=tuple(said for part in asked for said in part.said(self)),
            places=tuple(place for part in asked for place in part.places(self)),
            files=tuple(file for part in asked for file in part.files(self)),
            key=self.idempotency_key.data,
            **more,
        )

    def typed(self) -> dict[str, list[str]]:
        """What was posted in the fields of this form, as a draft keeps it."""
        never = {"idempotency_key", "begun", "asked", "website"}
        return {
            name: values
            for name, values in request.form.lists()
            if name in self._fields and name not in never and any(values)
        }

    def strays(self) -> list[tuple[str, str]]:
        """Answers to questions that are not there."""
        known = {*self._fields, *NEVER_ANSWERS}
        return [
            (name, "\n".join(values))
            for name, values in request.form.lists()
            if name not in known and not re.search(r"\.(map\d+\.[xy]|map\d+)$", name) and any(values)
        ]


def own_word(ticked: set[str]) -> str:
    if ("live" in ticked) == (ELSEWHERE in ticked):
        return ""
    return "inside" if "live" in ticked else "outside"


class OnBehalf(About):
    """What a member adds when they enter a response that arrived another way, and may have left out what others must
    answer."""

    insists = False
    folds_map = True  # most sheets have no mark on the map

    @property
    def takes_wishes(self) -> bool:
        return personal.takes_wishes(self.stage)

    channel = OneOf(
        "How did it arrive?", [(key, CHANNELS[key]) for key in ("paper", "email", "event", "telephone")]
    )
    arrived = line("When did it arrive?", 20, description="For example 14/3/2027. Leave it empty for today.")
    people = line("How many people signed it?", 10, description="Leave it empty for one.")

    def check_about(self) -> None:
        super().check_about()
        if not self.channel.data:
            complain(self.channel, "Say how it arrived.")
        if self.arrived.data:
            day = read_day(self.arrived.data)
            problem = doubt(arrival(day)) if day else "is not a day"
            if problem:
                complain(self.arrived, f"Enter the day it arrived, such as 14/3/2027: that {problem}.")
        if self.people.data and not is_number_of_people(self.people.data):
            complain(self.people, f"Enter the number of people as a whole number from 1 to {MOST_PEOPLE:,}.")

    @property
    def received(self) -> datetime:
        """When it arrived; no day given: now."""
        day = read_day(self.arrived.data) if self.arrived.data else None
        return arrival(day) if day else clock.now()


def is_number_of_people(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 7 and 1 <= int(text) <= MOST_PEOPLE


def sites(consultation: Consultation) -> list[Site]:
    """Those that were shown: they are frozen with the plan."""
    version = consultation.plan_version
    return list(version.sites) if version else []


def form_for(consultation: Consultation, base: type[About] = About, typed: Any = None) -> Any:
    """The form of this consultation, filled with what was typed, else from the request when there is one."""
    paper = paper_of(consultation)
    parts = parts_of(paper, partial(sites, consultation))
    filled = {} if typed is None else {"formdata": typed}
    form = form_of(paper, parts, base)(meta={"csrf": False}, **filled)
    form.parts, form.stage = parts, consultation.stage
    return form


def form_of(paper: Paper, parts: list[Part], base: type[About]) -> Any:
    """Made once for each language. The questions come before the fields of `base`, as on the page."""
    wanted = (base, str(get_locale()))
    if wanted not in paper.forms:
        named: dict[str, Any] = dict(field for part in parts for field in part.fields())
        made: Any = type("Questionnaire", (base,), named)
        made(meta={"csrf": False}, formdata=None)
        made._unbound_fields = sorted(made._unbound_fields, key=lambda field: field[0] not in named)
        paper.forms[wanted] = made
    return paper.forms[wanted]
