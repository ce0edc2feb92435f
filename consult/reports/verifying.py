"""Counts a pack again from its own files, without a database: the checksums, and every figure that they allow.

A full pack holds enough to put the facts together again: status, groups, choices and stances from responses.csv; words,
places and themes from response-log.csv. They are counted by the same code and compared figure by figure. A public pack
does not (README.txt says why); of it the line, `counted` and the stances on policies are counted again, and every total
is compared with its parts.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from consult.consultations.questions.kinds import MEASURED, ONE_OF
from consult.feedback import amounts, tallies
from consult.feedback import coded as themes
from consult.feedback import facts as made_of
from consult.feedback.coded import Coded, Piece, Theme
from consult.feedback.facts import STATUSES, AnswerFact, Asked, PlaceFact, Proposed, ResponseFact, gather
from consult.feedback.tallies import Figure
from consult.reports import manifest, tables
from consult.reports.points import IN_A_COLUMN
from consult.web import cells

Rows = list[dict[str, str]]
PETITION = "P"  # how the names of petitions begin, in the column `campaign`
STANCE = "stance"  # the kind of question that asks about policies
NEEDED = ("figures.json", "responses.csv", "response-log.csv")


def differences(folder: Path) -> list[str]:
    """What does not match, a sentence each; an empty list when everything does."""
    if not folder.is_dir():
        return [printable(f"There is no folder {folder}.")]
    try:
        inside = sorted(folder.iterdir())
        files = {path.name: path.read_bytes() for path in inside if path.is_file()}
    except OSError as problem:
        return [printable(f"{folder} cannot be read: {problem}.")]
    strange = [f"{path.name} is there but is no file." for path in inside if path.name not in files]
    found = [*strange, *manifest.differences(files), *recounted(files)]
    return list(dict.fromkeys(map(printable, found)))


def printable(sentence: str) -> str:
    """What was written into a pack to steer a terminal, or cannot be written out at all, is shown as what it is."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in sentence)


def recounted(files: dict[str, bytes]) -> Iterator[str]:
    missing = [name for name in NEEDED if name not in files]
    if missing:
        return (f"{name} is missing, so the figures cannot be counted again." for name in missing)
    return as_far_as_it_goes(sentence for check in checks(files) for sentence in as_far_as_it_goes(check))


def as_far_as_it_goes(found: Iterator[str]) -> Iterator[str]:
    """Tampering can break the counting at any step. Where it does is a difference like any other, and the last one of
    its kind; those found before it, and those of the other checks, are told all the same."""
    try:
        yield from found
    except Exception as problem:
        why = (str(problem) or type(problem).__name__)[:200]
        yield f"The figures cannot be counted again, because a file is not as it was written ({why})."


def checks(files: dict[str, bytes]) -> Iterator[Iterator[str]]:
    said = json.loads(files["figures.json"])
    rows, log = cells.rows_of(files["responses.csv"]), cells.rows_of(files["response-log.csv"])
    yield line(said, rows)
    if said["public"]:
        yield from (counted(said, rows), stances(said, log), parts(said))
    else:
        yield from (figures(said, rows, log), places_listed(log, files["places.geojson"]))
        yield stances_logged(said, rows, log)
        yield answered(said, log)
    yield frame(said)


def line(said: dict[str, Any], rows: Rows) -> Iterator[str]:
    """The line in which every response received is accounted for, from the `status` column."""
    count = Counter(row["status"] for row in rows)
    found = {"received": len(rows)} | {name: count[status] for name, status in tallies.LINE.items()}
    for name, number in found.items():
        if said["reconciliation"].get(name) != number:
            yield f"{name}: figures.json says {said['reconciliation'].get(name)}, responses.csv has {number}."
    if set(count) - set(STATUSES):
        yield f"responses.csv has a status that is none: {', '.join(sorted(set(count) - set(STATUSES)))}."


# A full pack: the facts, put together again.


def figures(said: dict[str, Any], rows: Rows, log: Rows) -> Iterator[str]:
    counted = facts(said, rows, log)
    coded = coding(said, counted, log)
    every = [*tallies.figures(counted), *themes.figures(counted, coded), *issues(said, counted)]
    found = {name_of(figure): figure for figure in every}
    given = {name_of(figure): figure for figure in (Figure(**each) for each in said["figures"])}
    for name in sorted(found.keys() | given.keys()):
        if found.get(name) != given.get(name):
            yield f"{name}: figures.json says {numbers(given.get(name))}, the pack has {numbers(found.get(name))}."


def name_of(figure: Figure) -> str:
    return f"{figure.key} [{figure.filter}]" if figure.filter else figure.key


def numbers(figure: Figure | None) -> str:
    if figure is None:
        return "nothing"
    return f"{figure.responses} responses, {figure.people} people, value {figure.value}, ids {figure.ids_sha256[:8]}"


def facts(said: dict[str, Any], rows: Rows, log: Rows) -> made_of.Facts:
    questions = [made_of.asked(**question) for question in said["questions"]]
    policies = [Proposed(**policy) for policy in said["policies"]]
    ids = {row["reference"]: UUID(int=number) for number, row in enumerate(rows, 1)}
    on_policies = [question for question in questions if question.kind == STANCE]
    answers = [*ticked(rows, questions, ids), *taken(rows, on_policies, ids), *spoken(log, on_policies, ids)]
    named = {passage_of(row): row for row in log if is_place(row)}
    places = [PlaceFact(ids[row["response"]], question_of(row), False) for row in named.values()]
    return gather("", questions, policies, [response(row, ids) for row in rows], answers, places)


def response(row: dict[str, str], ids: dict[str, UUID]) -> ResponseFact:
    connection = [word for word in row["connection"].split(tables.BETWEEN) if word]
    who = (row["kind"], row["channel"], int(row["people"]), connection, row["home"])
    received, campaign = datetime.fromisoformat(row["received"]), row["campaign"]
    signatures = int(row["people"]) if campaign.startswith(PETITION) else None
    return ResponseFact(
        ids[row["reference"]], row["reference"], received, row["status"], *who, campaign, signatures
    )


def ticked(rows: Rows, questions: list[Asked], ids: dict[str, UUID]) -> Iterator[AnswerFact]:
    for question in questions:
        keys = {tables.one_option(label): key for key, label in question.options}
        for row in rows if question.kind in IN_A_COLUMN else ():
            for words in row[question.reference].split(tables.BETWEEN) if row[question.reference] else ():
                id_ = ids[row["reference"]]
                if question.kind in MEASURED:
                    value = amounts.read(question.kind, words)
                    yield AnswerFact(id_, question.reference, None, None, None, False, value)
                else:
                    yield AnswerFact(id_, question.reference, None, keys.get(words, words), None, False)


def taken(rows: Rows, questions: list[Asked], ids: dict[str, UUID]) -> Iterator[AnswerFact]:
    for row in rows:
        for question in questions:
            for policy, stance in stances_in(row[question.reference]):
                id_ = ids[row["reference"]]
                yield AnswerFact(id_, question.reference, policy or None, None, stance or None, True)


def stances_in(cell: str) -> Iterator[tuple[str, str]]:
    """What `tables.answered` wrote: a policy and a stance for each."""
    for each in cell.split(f"{tables.BETWEEN} ") if cell else ():
        policy, _, stance = each.rpartition(": ")
        yield policy, "" if stance == tables.NO_STANCE else stance


def spoken(log: Rows, but: list[Asked], ids: dict[str, UUID]) -> Iterator[AnswerFact]:
    """What was said in words; what was said of policies is in responses.csv as it was given."""
    apart = {question.reference for question in but}
    for row in log:
        if not is_place(row) and question_of(row) not in apart:
            yield AnswerFact(ids[row["response"]], question_of(row), None, None, None, True)


def coding(said: dict[str, Any], counted: made_of.Facts, log: Rows) -> Coded:
    """The coding, put together again from the `themes` column."""
    frame = tuple(Theme(**theme) for theme in said.get("coding", {}).get("themes", ()))
    numbers = {theme.label: theme.number for theme in frame}
    ids = dict(zip(counted.references, counted.ids(np.arange(len(counted))), strict=True))
    pieces = []
    for row in log:
        raised = tuple(numbers[label] for label in row["themes"].split(tables.BETWEEN) if label)
        where = ids[row["response"]]
        pieces.append(Piece(where, where, where, "", "", 0, 0, 0, None, raised))
    return Coded(frame, tuple(pieces))


def issues(said: dict[str, Any], counted: made_of.Facts) -> Iterator[Figure]:
    """Each from the responses that raised its points."""
    ids = dict(zip(counted.references, counted.ids(np.arange(len(counted))), strict=True))
    for issue in said.get("issues", ()):
        owners = [ids[point.partition("/")[0]] for point in issue["points"]]
        yield tallies.of_points(counted, issue["key"], owners)


def answered(said: dict[str, Any], log: Rows) -> Iterator[str]:
    """Every point that an issue answers is in the log; one that is not there is named by its response alone."""
    logged = {row["point"] for row in log}
    for issue in said.get("issues", ()):
        for point in issue["points"]:
            if "/" in point and point not in logged:
                yield f"{issue['key']}: figures.json names the point {point}, which response-log.csv does not have."


def frame(said: dict[str, Any]) -> Iterator[str]:
    given = said.get("coding")
    if given is not None:
        found = Coded(tuple(Theme(**theme) for theme in given["themes"])).frame_sha256
        if found != given["frame_sha256"]:
            yield "figures.json: the code frame is not the one that was frozen, by its hash."


def stances_logged(said: dict[str, Any], rows: Rows, log: Rows) -> Iterator[str]:
    """The log says of policies what responses.csv says, but for points that a coder put to another policy or stance."""
    borne = set(said.get("coding", {}).get("borne", ()))
    asked = [question["reference"] for question in said["questions"] if question["kind"] == STANCE]
    given = {(row["reference"], q): list(stances_in(row[q])) for row in rows for q in asked}
    passages: dict[tuple[str, str], set[str]] = {}
    for row in log:
        here = (row["response"], question_of(row))
        if here in given:
            passages.setdefault(here, set()).add(passage_of(row))
            if row["point"] not in borne and (row["policy"], row["stance"]) not in given[here]:
                yield f"{here[1]}: response-log.csv and responses.csv differ on {row['point']}."
    for here, stances in given.items():
        if len(stances) != len(passages.get(here, ())):
            yield f"{here[1]}: response-log.csv and responses.csv differ on {here[0]}."


def passage_of(row: dict[str, str]) -> str:
    """The answer or place that a point is or is cut from: its name without the letter of the piece."""
    return row["point"].rstrip("abcdefghijklmnopqrstuvwxyz")


def question_of(row: dict[str, str]) -> str:
    return row["point"].split("/")[1]


def is_place(row: dict[str, str]) -> bool:
    return row["point"].split("/")[2].startswith("p")


def places_listed(log: Rows, geojson: bytes) -> Iterator[str]:
    places = [feature["properties"]["point"] for feature in json.loads(geojson)["features"]]
    logged = {passage_of(row) for row in log if is_place(row)}
    if sorted(logged) != sorted(places):
        yield f"places.geojson has {len(places)} places, response-log.csv has {len(logged)}, or they are not the same."


# A public pack: what it allows.


def counted(said: dict[str, Any], rows: Rows) -> Iterator[str]:
    references = [row["reference"] for row in rows if row["status"] == "counted"]
    named = (len(references), tallies.fingerprint(references))
    headline = [f for f in said["figures"] if (f["key"], f["filter"]) == ("counted", "")]
    if [(figure["responses"], figure["ids_sha256"]) for figure in headline] != [named]:
        yield "counted: figures.json and the references in responses.csv differ."


def stances(said: dict[str, Any], log: Rows) -> Iterator[str]:
    asked = [question["reference"] for question in said["questions"] if question["kind"] == "stance"]
    taken = Counter(f"{row['point'].split('/')[0]}.{row['policy']}.{row['stance']}" for row in log)
    headline = {figure["key"]: figure["responses"] for figure in said["figures"] if not figure["filter"]}
    for question in asked:
        for policy in said["policies"]:
            for stance in made_of.STANCES:
                key = f"{question}.{policy['reference']}.{stance}"
                if headline.get(key) != taken.pop(key, 0):
                    yield f"{key}: figures.json and response-log.csv differ."
    if taken:
        yield f"response-log.csv has stances that figures.json does not know: {', '.join(sorted(taken))}."


def parts(said: dict[str, Any]) -> Iterator[str]:
    """No group is larger than everyone; nothing that is kept back has a number; one-of-many answers add up."""
    whole = {figure["key"]: figure["responses"] for figure in said["figures"] if not figure["filter"]}
    for figure in said["figures"]:
        name = f"{figure['key']} [{figure['filter']}]"
        kept = [figure["responses"], figure["people"], figure["value"]]
        if figure["suppressed"] and kept != [None] * 3:
            yield f"{name}: it is kept back and yet has a number."
        elif not figure["suppressed"] and figure["responses"] > whole[figure["key"]]:
            yield f"{name}: the group is larger than everyone."
    for question in said["questions"]:
        reference = question["reference"]
        given = [whole[f"{reference}.{key}"] for key, _ in question["options"]]
        if question["kind"] in ONE_OF and sum(given) > whole[reference]:
            yield f"{reference}: its answers add up to more than the responses that gave one."
