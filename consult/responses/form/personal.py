"""What each stage asks of whoever answers, what of it has to be given, and what of it is published.

Early engagement and a call for sites ask nothing that has to be given. At regulation 14 a name is asked for and may be
left out. At regulation 16 the authority sends every representation to the examiner (regulation 17, Neighbourhood
Planning (General) Regulations 2012), which in practice needs a name and a postal address; whoever makes one may ask to
be told of the decision under regulation 19 (regulation 16(a)(v)), and may say that they wish to speak at a hearing.
"""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext

FIELDS = (
    *("connection", "postcode", "kind", "name", "organisation", "client", "address", "email"),
    *("tell_decision", "wants_hearing", "why_hearing", "website"),
)
NAMES, REDACTED, SUMMARIES = "names", "redacted", "summaries"


def takes_wishes(stage: str) -> bool:
    return stage == "regulation_16"


def asks_address(stage: str) -> bool:
    return stage == "regulation_16"


def lacking(form: Any) -> Iterator[tuple[str, str]]:
    """What has to be given and is not: the field, and one sentence."""
    if asks_address(form.stage):
        if not form.name.data:
            yield "name", gettext("Enter your name: the examiner has to know who makes a representation.")
        if not form.address.data:
            yield (
                "address",
                gettext("Enter your postal address. It goes to the examiner and is never published."),
            )
    if form.kind.data == "agent" and not form.client.data:
        yield "client", gettext("Say whom you answer for.")


def public_notes(consultation: Any) -> dict[str, str]:
    """What stands at each field about who will see it."""
    policy = getattr(consultation, "publication", "")
    never = gettext("Not published.")
    if policy in (REDACTED, SUMMARIES):
        shown = never
    elif policy == NAMES:
        shown = gettext("Published beside what you said.")
    else:
        shown = gettext("May be published beside what you said.")
    examined = gettext("Not published. It goes to the examiner.")
    return {
        "name": shown,
        "organisation": shown,
        "client": shown,
        "address": examined,
        "postcode": gettext("It tells us whether you live in the area. Not published."),
        "email": gettext("For your receipt. Not published."),
        "connection": gettext(
            "Tick all that apply: everyone may answer, wherever they live. Only the numbers are published."
        ),
        "kind": gettext("Only the numbers are published."),
        "answers": answers_note(policy),
    }  # fmt: skip


def answers_note(policy: str) -> str:
    if policy == SUMMARIES:
        return gettext("Public: numbers and a summary. Your own words are not published.")
    return gettext("Public, once a person has read it and taken personal details out.")


def publication_of(consultation: Any) -> str:
    """The policy in a sentence, as it is shown and then kept with the response."""
    policy = getattr(consultation, "publication", "")
    if policy == NAMES:
        return gettext(
            "Your name, your organisation and what you say are published, after a person has taken other personal "
            "details out of it."
        )
    if policy == SUMMARIES:
        return gettext(
            "Numbers and a summary of what was said are published. Your own words and your name are not."
        )
    if policy == REDACTED:
        return gettext(
            "What you say is published without your name, after a person has taken personal details out of it."
        )
    return gettext("Nothing you write or point at is made public until a person has read and cleared it.")
