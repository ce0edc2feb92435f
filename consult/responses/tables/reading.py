"""From one row of a table to a submission, or one sentence that says why not."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from consult import clock
from consult.areas.loaded import postcodes
from consult.consultations.models import Consultation, Question
from consult.consultations.questions.conditions import asked_of
from consult.consultations.questions.kinds import AGREED, CHOSEN, IN_WORDS, MEASURED, ONE_OF
from consult.responses.arrivals import arrival, doubt, read_day
from consult.responses.form.fields import LONGEST_LINE, LONGEST_WORDS, change_name, reason_name, stance_name
from consult.responses.form.frozen import paper_of
from consult.responses.form.parts import Spot, parts_of
from consult.responses.form.pointing import NotAPlace
from consult.responses.form.questionnaire import MOST_PEOPLE, is_number_of_people, own_word, sites
from consult.responses.form.word_parts import YEARS, NotADay, NotANumber, read_number, within
from consult.responses.receiving import Pointed, Said, Submission
from consult.responses.tables.sheet import LINES, Row
from consult.responses.tables.written_places import written_place
from consult.responses.words import CHANNELS, CONNECTIONS, KINDS, STANCES
from consult.web.emails import is_email

YES = ("yes", "true", "y", "1")
WITHOUT_A_QUESTION = {
    "lon": "lon",
    "lat": "lat",
    "words": "place_words",
}  # columns of the first place question
OTHER_WORDS = {
    "resident": "individual",
    "online": "web",
    "post": "paper",
    "letter": "paper",
    "phone": "telephone",
}


class Refused(ValueError):
    """This row cannot be taken; `str()` says why, in words."""


def submission_of(row: Row, consultation: Consultation) -> Submission:
    """Raises Refused."""
    if row[""]:
        raise Refused(row[""])
    if not row["external_id"]:
        raise Refused("it has no external_id, by which it is known when the file is imported again")
    for column, cell in row.cells.items():
        if len(cell) > (LONGEST_WORDS if column not in LINES else LONGEST_LINE):
            raise Refused(f"{column} is too long: {len(cell):,} characters")
    answers = [said for question in consultation.questions for said in said_in(row, question, consultation)]
    check_asked(answers, row, consultation)
    submission = Submission(**about(row), answers=tuple(answers), places=tuple(places_in(row, consultation)))
    if submission.says_nothing:
        raise Refused("it answers no question")
    return submission


def about(row: Row) -> dict[str, Any]:
    ties = one_each(row["connection"], CONNECTIONS, "connection")
    if row["email"] and not is_email(row["email"]):
        raise Refused(f"email “{row['email'][:60]}” is not an email address")
    return {
        "key": f"import:{row['external_id']}",
        "external_id": row["external_id"],
        "received": moment(row["received"]),
        "channel": one_of(row["channel"] or "import", CHANNELS, "channel"),
        "kind": one_of(row["kind"] or "individual", KINDS, "kind"),
        "name": row["name"],
        "organisation": row["organisation"],
        "email": row["email"],
        "postcode": postcode(row["postcode"]),
        "connection": tuple(ties),
        "home": own_word(set(ties)),
        "people": people(row["people"]),
    }


def one_of(given: str, known: dict[str, Any], column: str) -> str:
    key = re.sub(r"[\s-]+", "_", given.strip().lower())
    key = OTHER_WORDS.get(key, key)
    if key not in known:
        raise Refused(f"{column} “{given[:60]}” is not one of: {', '.join(known)}")
    return key


def one_each(given: str, known: dict[str, Any], column: str) -> list[str]:
    return [one_of(part, known, column) for part in dict.fromkeys(parts(given))]


def parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def moment(given: str) -> datetime | None:
    """A day, or an instant; without a zone it is UK time. Nothing given: none, which is now."""
    if not given:
        return None
    day = read_day(given)
    at = arrival(day) if day else instant(given)
    if problem := doubt(at):
        raise Refused(f"received “{given[:60]}” {problem}")
    return at


def instant(given: str) -> datetime:
    try:
        read = datetime.fromisoformat(given)
        return (read if read.tzinfo else read.replace(tzinfo=clock.UK)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(f"received “{given[:60]}” is not a day such as 2027-03-14 or 14/3/2027") from None


def postcode(given: str) -> str:
    code = postcodes.normalised(given) if given else ""
    if code is None:
        raise Refused(f"postcode “{given[:20]}” is not a postcode")
    return code


def people(given: str) -> int:
    if given and not is_number_of_people(given):
        raise Refused(f"people “{given[:20]}” is not a whole number from 1 to {MOST_PEOPLE:,}")
    return int(given or 1)


# Answers.


def said_in(row: Row, question: Question, consultation: Consultation) -> Iterator[Said]:
    cell = row[question.reference]
    if question.kind in IN_WORDS and cell:
        yield in_own_words(cell, question)
    elif question.kind in MEASURED and cell:
        yield measured(cell, question)
    elif question.kind == "file" and cell:
        raise Refused(
            f"{question.reference} asks for a file, which a table cannot hold: leave its column empty"
        )
    elif question.kind in CHOSEN:
        given = parts(cell)
        if question.kind in ONE_OF and len(given) > 1:
            raise Refused(f"{question.reference} takes one answer, and there are {len(given)}")
        yield from (
            Said(question.id, choice=key) for key in dict.fromkeys(option(one, question) for one in given)
        )
    elif question.kind == "stance":
        yield from stances_in(row, question, consultation)


def in_own_words(cell: str, question: Question) -> Said:
    if question.kind == "line" and len(cell) > LONGEST_LINE:
        raise Refused(f"{question.reference} is too long: {len(cell):,} characters, where {LONGEST_LINE} fit")
    return Said(question.id, text=" ".join(cell.split()) if question.kind == "line" else cell)


def measured(cell: str, question: Question) -> Said:
    """A number, or a day such as 2027-03-14 or 14/3/2027, within what the question allows."""
    try:
        if question.kind == "number":
            return Said(question.id, number=read_number(cell, question.settings))
        return Said(question.id, day=within(day_in(cell), question.settings))
    except (NotANumber, NotADay) as problem:
        raise Refused(f"{question.reference} “{cell[:60]}”: {problem}") from None


def day_in(cell: str) -> date:
    day = read_day(cell)
    if day is None or day.year not in YEARS:
        raise NotADay("It should be a day such as 2027-03-14 or 14/3/2027.")
    return day


def check_asked(answers: list[Said], row: Row, consultation: Consultation) -> None:
    """Whoever answers what they are not asked is not dropped in silence."""
    keys: dict[Any, list[str]] = {}
    for said in answers:
        keys.setdefault(said.question_id, []).extend(key for key in (said.choice, said.stance) if key)
    asked = asked_of(consultation.questions, lambda question: keys.get(question.id, ()))
    answered = {said.question_id for said in answers}
    for question in consultation.questions:
        if question.id not in asked and (question.id in answered or row[question.reference]):
            raise Refused(
                f"{question.reference} is answered, and it is asked only after certain other answers"
            )


def option(given: str, question: Question) -> str:
    if question.kind == "agree" and given.casefold() in YES:
        return AGREED
    for one in question.options:
        if given.casefold() in (str(one["key"]).casefold(), str(one["label"]).casefold()):
            return str(one["key"])
    listed = "; ".join(str(one["label"]) for one in question.options)
    raise Refused(f"{question.reference} “{given[:60]}” is not one of its answers: {listed}")


def stances_in(row: Row, question: Question, consultation: Consultation) -> Iterator[Said]:
    """`q1.H1`, `q1.H1.reason`, `q1.H1.change`; or `q1` alone, which holds `H1: support; H2: object`."""
    asked = question.reference
    alone = in_one_cell(row[asked], question, consultation)
    for policy in consultation.policies:
        column, about = stance_name(asked, policy.reference), policy.reference
        stance = one_of(row[column], STANCES, column) if row[column] else alone.get(about, "")
        if alone.get(about, stance) != stance:
            raise Refused(f"{asked} and {column} say different things of {about}")
        reason, change = row[reason_name(asked, about)], row[change_name(asked, about)]
        if stance or reason or change:
            yield Said(
                question.id, policy.id, stance=stance or "comment", text=reason, suggested_change=change
            )


def in_one_cell(cell: str, question: Question, consultation: Consultation) -> dict[str, str]:
    """The stance on each policy. A stance on no policy would be counted nowhere, so it is refused."""
    known, found = [policy.reference for policy in consultation.policies], dict[str, str]()
    for part in parts(cell):
        policy, _colon, stance = (piece.strip() for piece in part.rpartition(":"))
        if not policy:
            example = f"{next(iter(known), 'H1')}: object"
            raise Refused(f"{question.reference} “{part[:60]}” names no policy: write it as in “{example}”")
        if policy not in known:
            raise Refused(f"{question.reference} names “{policy[:60]}”, which is not a policy here")
        if policy in found:
            raise Refused(f"{question.reference} names {policy} twice")
        found[policy] = one_of(stance, STANCES, stance_name(question.reference, policy))
    return found


def places_in(row: Row, consultation: Consultation) -> Iterator[Pointed]:
    """One place for each place question, from the columns of its own; lon, lat and place_words are the first's."""
    asked = [question for question in consultation.questions if question.kind == "place"]
    for question in asked:
        shared = WITHOUT_A_QUESTION if question is asked[0] else {}
        yield from place(row, question, shared, consultation)
    if not asked and any(row[column] for column in WITHOUT_A_QUESTION.values()):
        raise Refused("it gives a place, and this consultation has no question about a place")


def place(
    row: Row, question: Question, shared: dict[str, str], consultation: Consultation
) -> Iterator[Pointed]:
    def cell(way: str) -> str:
        return row[f"{question.reference}.{way}"] or row[shared.get(way, "")]

    words = "\n".join(filter(None, [row[shared.get("words", "")], row[question.reference]]))
    try:
        found = written_place(cell, words, things_listed(consultation) if cell("about") else {})
    except NotAPlace as problem:
        column = shared.get(problem.where, "") if not row[f"{question.reference}.{problem.where}"] else ""
        where = "lon and lat" if column else f"{question.reference}.{problem.where}"
        raise Refused(f"{where}: {problem.sentence}") from None
    if found is not None:
        yield Pointed(question.id, found.easting, found.northing, found.words, found.shape)


def things_listed(consultation: Consultation) -> dict[str, Any]:
    """Sites and policies that a place may be one of, as in the form."""
    paper = paper_of(consultation)
    spots = (part for part in parts_of(paper, partial(sites, consultation)) if isinstance(part, Spot))
    return next((part.listed for part in spots), {})
