"""What people wrote: listed, filtered and searched by members."""

from typing import Any

from flask import render_template, request

from consult.access import Act, needs
from consult.consultations.models import Consultation
from consult.feedback import search, tallies, words
from consult.feedback.pages import HERE, group_asked_for, listed, pages
from consult.responses.asking import consultation_at

LONGEST_SEARCH = 200
EACH_PAGE = 25


@pages.get(f"{HERE}words")
@needs(Act.READ_RESPONSES)
def written(reference: str) -> str:
    consultation = consultation_at(reference)
    facts = tallies.take(consultation)
    chosen = group_asked_for(facts)
    asked = asked_for(consultation)
    among = frozenset(tallies.behind(facts, "counted", chosen))
    page = listed(search.passages(consultation, search.Wanted(among, **asked)), EACH_PAGE)
    return render_template(
        "feedback/written.html",
        consultation=consultation,
        page=page,
        asked=asked,
        chosen=chosen,
        among=len(among),
        questions=[(question.reference, question.title) for question in consultation.questions],
        policies=[
            (policy.reference, f"{policy.reference} {policy.title}") for policy in consultation.policies
        ],
        in_context=search.in_context,
        words=words,
    )


def asked_for(consultation: Consultation) -> dict[str, Any]:
    """The search and its filters; a question, policy or stance that is not there is no filter."""
    given = request.args
    known = {
        "question": {question.reference for question in consultation.questions},
        "policy": {policy.reference for policy in consultation.policies},
        "stance": set(words.STANCES),
    }
    looked_for = " ".join(given.get("q", "").split())[:LONGEST_SEARCH]
    return {"words": looked_for} | {
        name: given[name] if given.get(name) in allowed else "" for name, allowed in known.items()
    }
