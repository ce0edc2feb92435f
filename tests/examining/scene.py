"""A plan that Ash Hill submitted, publicised by Northam under regulation 16, with representations; and personal details
planted in all of them."""

from datetime import timedelta
from typing import Any

from consult import clock, jobs
from consult.clearing import deciding
from consult.clearing.comments import SUMMARIES, comments_of, publication_policy
from consult.consultations.handed.taking_in import publicise
from consult.consultations.models import Closing, Consultation, find
from consult.database import db
from consult.entering.models import Scan
from consult.officers import taking
from consult.responses.form.files import AnswerFile
from consult.responses.models import Response, SettingAside
from consult.responses.receiving import Said, Submission, receive
from consult.spaces.models import standing
from consult.submitting.models import submitted_to
from tests.consultations.setting import person
from tests.officers import handing

EMAIL, PHONE, SIGNATURE = "ann.other@example.org", "07700 900123", "Ann Mary Other"
ADDRESS, POSTCODE = "7 Hidden Row, Northam", "BA1 1AA"
PLANTED = (EMAIL, PHONE, SIGNATURE, ADDRESS, "7 Hidden Row", POSTCODE, "BA11AA")
ALL_OF_IT = f"Write to {EMAIL} or ring {PHONE}, at {ADDRESS}, {POSTCODE}.\nYours, {SIGNATURE}"
KEPT = "The brook floods every winter."
WITHHELD = "My neighbour Tom drinks."


def opened(world: Any, working: Any, publication: str = "redacted") -> None:
    """Open, sixty days ago; it closes at the end of today."""
    handing.hand_over("submission", world, working)
    handing.complete(working, world)
    with working("northam"):
        by = person(world, "northam", "officer")
        (found,) = submitted_to(standing())
        made = publicise(taking.of_submission(found, {"c-plan.html"}), by)
        handing.ready(made, publication=publication)
        token = clock.standing_at.set(clock.now() - timedelta(days=60))
        made.last_day = clock.today() + timedelta(days=60)
        made.open(by)
        clock.standing_at.reset(token)


def asked() -> Consultation:
    found = find("reg16")
    assert found is not None
    return found


def represent(key: str, words: str = KEPT, **about: Any) -> Response:
    """A representation with details of the person in every field."""
    made = asked()
    stances = next(question for question in made.questions if question.kind == "stance")
    texts = [question for question in made.questions if question.kind == "text"]
    policy = made.policies[0]
    given: dict[str, Any] = {
        "received": made.closes - timedelta(days=5) if made.closing else clock.now(),
        "name": SIGNATURE,
        "email": EMAIL,
        "postcode": "BA11AA",
        "address": ADDRESS,
        "tell_decision": True,
        "wants_hearing": True,
        "why_hearing": f"Because {ALL_OF_IT}",
    } | about
    change = f"Change it. {ALL_OF_IT}"
    answers = [Said(stances.id, policy.id, stance="object", text=words, suggested_change=change)]
    answers += [Said(question.id, text=f"{words} {ALL_OF_IT}") for question in texts]
    response, _ = receive(made, Submission(answers=tuple(answers), key=key, **given))
    db.session.flush()
    return response


def attach(response: Response, by: Any) -> None:
    """A file and the scan of a sheet, with the same details in them and in their names."""
    about = {"media_type": "application/pdf", "content": ALL_OF_IT.encode(), "sha256": "x"}
    question = response.consultation.questions[0]
    db.session.add(
        AnswerFile(response_id=response.id, question_id=question.id, name=f"{SIGNATURE}.pdf", **about)
    )
    db.session.add(Scan(response_id=response.id, name="sheet.pdf", by_id=by.id, **about))
    db.session.flush()


def represented(by: Any) -> dict[str, str]:
    """Six representations by what became of each: their references."""
    made = asked()
    plain = represent("plain", f"{KEPT} {ALL_OF_IT}")
    attach(plain, by)
    late = represent("late", received=made.closes + timedelta(hours=2))
    waiting = represent("waiting", f"Not read yet. {ALL_OF_IT}")
    withheld = represent("withheld", f"{WITHHELD} {ALL_OF_IT}")
    withdrawn = represent("withdrawn", f"Taken back. {ALL_OF_IT}")
    excluded = represent("excluded", f"Rude. {ALL_OF_IT}")
    aside = {"own_word": True, "kind": "withdrawn", "reason": "Their own word"}
    db.session.add(SettingAside(response_id=withdrawn.id, **aside))
    db.session.add(SettingAside(response_id=excluded.id, kind="excluded", reason=f"{SIGNATURE} was rude"))
    db.session.flush()
    for response in (plain, late, withdrawn, excluded):
        clear(response, by)
    for comment in comments_of(withheld) if publication_policy(made) != SUMMARIES else ():
        deciding.withhold(comment, "Private life", by)
    every = {
        "plain": plain, "late": late, "waiting": waiting, "withheld": withheld, "withdrawn": withdrawn,
        "excluded": excluded,
    }  # fmt: skip
    return {name: response.reference for name, response in every.items()}


def clear(response: Response, by: Any) -> None:
    for comment in comments_of(response) if publication_policy(response.consultation) != SUMMARIES else ():
        deciding.clear(comment, comment.proposals, "Personal details", by)
    db.session.flush()


def close(by: Any) -> None:
    """As if the weeks had passed, two days ago: what follows may be recorded."""
    made, at = asked(), clock.now() - timedelta(days=2)
    db.session.add(Closing(consultation_id=made.id, at=at, by_id=by.id))
    made.reread()
    made.announce_dates(closed=at)


def run(app: Any) -> None:
    with app.app_context():
        jobs.run_due()
