"""A consultation in Ash Hill with responses of every kind; call inside `working("ash")`."""

import random
from datetime import timedelta
from typing import Any

from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback.snapshots import freeze
from consult.responses.models import Response, SettingAside
from consult.responses.receiving import Pointed, Said, Submission, receive
from consult.spaces.models import standing
from tests.responses import asking

NASTY = (
    "=1+1",
    "+44 20 7946 0000",
    "-2",
    "@SUM(A1)",
    "\t=cmd|' /C calc'!A0",
    "＝HYPERLINK(1)",
    " =A1",
    "'=A1",
    '#import "evil.typ": *',
    '#read("/etc/passwd") $x^2$ *bold* _it_ `raw` @ref <label> // no \\ end',
    "<script>alert(1)</script> & </td> {{ 7*7 }} {% raw %}",
    "Party 🎉 and 你好 and 👩‍👧",
    "مرحبا بالعالم and \u202eback",
    "a\u0007b\nnew line\n\nnew paragraph",
    "]] #pagebreak() ${jndi} %s %n",
)
PRIVATE = ("Ann Private", "ann.private@example.org", "01632 960999", "BA1 1AA")


def consultation(title: str = "The draft plan", first_policy: str = "Homes & gardens") -> Consultation:
    return opened(drafted(title=title, first_policy=first_policy))


def drafted(**changes: Any) -> Consultation:
    said = {
        "where_to_see": "At the library, Monday to Friday.",
        "how_to_respond": "On this page, or by post.",
    }
    return asking.drafted(**(said | changes))


def opened(made: Consultation) -> Consultation:
    asking.open_it(made)
    made.announcement.authority_id = standing().authority_id
    asking.postcodes()
    db.session.flush()
    return made


def answers_to(made: Consultation, draw: random.Random, words: str) -> tuple[Said, ...]:
    stance, choice, choices, text, _ = made.questions
    said = [Said(choice.id, choice=draw.choice(choice.options)["key"])] if draw.random() < 0.9 else []
    said += [Said(choices.id, choice=option["key"]) for option in choices.options if draw.random() < 0.5]
    for policy in made.policies:
        if draw.random() < 0.7:
            view = draw.choice(["support", "support_with_changes", "object", "comment", None])
            said.append(Said(stance.id, policy.id, stance=view, text=words, suggested_change=f"Not {words}"))
    return (*said, Said(text.id, text=words)) if draw.random() < 0.6 else tuple(said)


def respond(made: Consultation, number: int, seed: int = 7) -> list[Response]:
    draw, responses = random.Random(seed), []
    for n in range(number):
        words = NASTY[n % len(NASTY)]
        place = Pointed(made.questions[4].id, 375_100 + draw.random() * 1800, 166_000.0, words)
        described = Pointed(made.questions[4].id, words="by the mill")
        submission = Submission(
            kind=draw.choice(["individual"] * 6 + ["landowner", "business", "statutory_body"]),
            name=PRIVATE[0],
            organisation="=Mill & Co *Ltd*" if n % 3 == 0 else "",
            email=PRIVATE[1],
            postcode=draw.choice(["BA11AA", "BA22BB", ""]),
            connection=tuple(w for w in ("live", "work", "business") if draw.random() < 0.4),
            people=draw.choice([1, 1, 1, 2, 5]),
            answers=answers_to(made, draw, words),
            places=(place, described)[: draw.choice([0, 0, 1, 2])],
            channel=draw.choice(["web", "web", "paper", "email"]),
            key=f"key {seed} {n}",
            received=made.closes + timedelta(hours=1)
            if n % 17 == 5
            else made.opening.at + timedelta(minutes=n),
        )
        responses.append(receive(made, submission)[0])
    for n, response in enumerate(responses):
        if n % 13 == 3:
            kind = ("duplicate", "withdrawn", "excluded")[n % 3]
            db.session.add(SettingAside(response_id=response.id, kind=kind, reason="because"))
    db.session.flush()
    return responses


def snapshot(number: int = 60, closed: bool = False, **changes: Any) -> tuple[Consultation, Any]:
    made = consultation(**changes)
    respond(made, number)
    if closed:
        asking.close(made)
    return made, freeze(made, None)
