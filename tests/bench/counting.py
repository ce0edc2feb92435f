"""100,000 responses × 12 questions, 90 % answered: the topline, and every question by where people live, from the
facts; beside pandas in memory and, with TEST_DATABASE_URL, PostgreSQL's GROUP BY on a covering index. All give
responses and people, of counted responses only, and the same numbers. Limit: a tenth of each."""

import io
import sys
from collections.abc import Callable
from uuid import uuid4

import numpy as np
import pandas as pd
import sqlalchemy as sa

from consult.feedback import crossing
from consult.feedback.facts import Asked, Facts
from consult.settings import database_url
from tests.bench._places import median, medians
from tests.databases import GIVEN

RESPONSES, QUESTIONS, OPTIONS, ANSWERED = 100_000, 12, 5, 0.9
LIMIT, ROUNDS = 0.1, 7


def made() -> Facts:
    """Facts as `facts.gather` leaves them, put there in bulk."""
    chance = np.random.default_rng(7)
    whose, question = (axis.ravel() for axis in np.indices((RESPONSES, QUESTIONS)))
    kept = chance.random(len(whose)) < ANSWERED
    whose, question = whose[kept].astype("<i4"), question[kept].astype("<i4")
    columns = {
        "id": chance.integers(0, 256, (RESPONSES, 16), "u1"),
        "status": chance.choice([0, 0, 0, 0, 0, 0, 0, 0, 1, 2], RESPONSES).astype("i1"),
        "people": chance.integers(1, 4, RESPONSES).astype("<i4"),
        "home": chance.integers(0, 3, RESPONSES).astype("i1"),
        "kind": np.zeros(RESPONSES, "i1"),
        "channel": np.zeros(RESPONSES, "i1"),
        "connection": np.zeros(RESPONSES, "u1"),
        "answer_response": whose,
        "answer_question": question,
        "answer_option": chance.integers(0, OPTIONS, len(whose)).astype("<i4"),
    }
    options = tuple((f"o{number}", f"Option {number}") for number in range(OPTIONS))
    questions = tuple(
        Asked(f"q{number}", "choice", f"Question {number}", options) for number in range(QUESTIONS)
    )
    references = tuple(str(number) for number in range(RESPONSES))
    return Facts("bench", questions, (), references, references, ("individual",), ("web",), columns)


def ours(facts: Facts) -> dict:
    return {
        "topline": lambda: told(crossing.topline(facts)),
        "cross-tab": lambda: told(crossing.topline(facts, crossing.dimensions(facts)["home"])),
    }


def told(table: crossing.CrossTab) -> list[tuple[int, int]]:
    """Responses and people of every answer, or of each in every group."""
    columns = slice(None, -1) if table.columns.groups else slice(None)
    both = (numbers[:-1, columns].ravel().tolist() for numbers in (table.responses, table.people))
    return list(zip(*both, strict=True))


def with_pandas(facts: Facts) -> dict:
    """What somebody would hold who asks it again and again: counted responses only, in categories, once as a frame of
    answers, already joined, and once as a frame with a column for each question. The faster of the two counts."""
    whose = facts["answer_response"]
    long = pd.DataFrame(
        {name: facts[name][whose] for name in ("status", "people", "home")}
        | {"question": facts["answer_question"], "option": facts["answer_option"]}
    )
    long = long[long.status == 0].astype(dict.fromkeys(("question", "option", "home"), "category"))
    counted = pd.DataFrame({name: facts[name] for name in ("status", "people", "home")})
    for question in range(QUESTIONS):
        rows = facts["answer_question"] == question
        chosen = pd.Series(facts["answer_option"][rows], index=whose[rows])
        counted[question] = chosen.reindex(counted.index).astype("Int8").astype("category")
    counted = counted[counted.status == 0].astype({"home": "category"})

    def by(*columns: str) -> list:
        found = long.groupby(list(columns), observed=True).people.agg(["size", "sum"])
        return list(zip(found["size"].tolist(), found["sum"].tolist(), strict=True))

    def topline() -> list:
        found = []
        for question in range(QUESTIONS):
            responses = counted[question].value_counts(sort=False).sort_index().tolist()
            people = counted.groupby(question, observed=True).people.sum().tolist()
            found += zip(responses, people, strict=True)
        return found

    def cross() -> list:
        found = []
        for question in range(QUESTIONS):
            split = counted.groupby([question, "home"], observed=True).people.agg(["size", "sum"])
            found += zip(split["size"].tolist(), split["sum"].tolist(), strict=True)
        return found

    topline, cross = (
        faster(wide, lambda columns=columns: by(*columns))
        for wide, columns in ((topline, ("question", "option")), (cross, ("question", "option", "home")))
    )
    return {"topline": topline, "cross-tab": cross}


def faster(one: Callable[[], list], other: Callable[[], list]) -> Callable[[], list]:
    assert one() == other()
    taken = medians({"one": one, "other": other}, 5)
    return min((median(taken["one"]), one), (median(taken["other"]), other), key=lambda each: each[0])[1]


def with_postgresql(facts: Facts, connection: sa.Connection) -> dict:
    """One table, already joined, with an index that covers both questions asked of it."""
    name = f"bench_{uuid4().hex[:8]}"
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE {name} (question int2, option int2, home int2, status int2, people int4)"
    )
    whose = facts["answer_response"]
    columns = [facts["answer_question"], facts["answer_option"]]
    columns += [facts[of][whose] for of in ("home", "status", "people")]
    text = io.StringIO()
    pd.DataFrame(np.column_stack(columns)).to_csv(text, header=False, index=False)
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy,
    ):
        copy.write(text.getvalue())
    connection.exec_driver_sql(f"CREATE INDEX ON {name} (status, question, option, home) INCLUDE (people)")
    connection.exec_driver_sql(f"ANALYZE {name}")
    of_each = "SELECT count(*), sum(people) FROM {0} WHERE status = 0 GROUP BY {1} ORDER BY {1}"
    of_all, of_two = (of_each.format(name, by) for by in ("question, option", "question, option, home"))
    return {
        asked: lambda statement=statement: [tuple(row) for row in connection.exec_driver_sql(statement)]
        for asked, statement in (("topline", of_all), ("cross-tab", of_two))
    }


def compare(what: str, methods: dict) -> list[float]:
    answers = {name: method() for name, method in methods.items()}
    assert all(answer == answers["ours"] for answer in answers.values()), what
    taken = {name: median(times) for name, times in medians(methods, ROUNDS).items()}
    ratios = {name: taken["ours"] / time for name, time in taken.items() if name != "ours"}
    told = ", ".join(f"{name} {time:.1f} ms" for name, time in taken.items())
    print(
        f"{what}: {told}; ours / theirs: "
        + ", ".join(f"{name} {ratio:.3f}" for name, ratio in ratios.items())
    )
    return list(ratios.values())


def main() -> int:
    facts = made()
    everyone = {"ours": ours(facts), "pandas": with_pandas(facts)}
    if not GIVEN:
        return report(each(everyone))
    with sa.create_engine(database_url(GIVEN, None)).connect() as connection:
        return report(each(everyone | {"PostgreSQL": with_postgresql(facts, connection)}))


def each(everyone: dict) -> list[float]:
    whats = everyone["ours"]
    return [r for what in whats for r in compare(what, {name: of[what] for name, of in everyone.items()})]


def report(ratios: list[float]) -> int:
    print(f"highest ratio {max(ratios):.3f}, limit {LIMIT}")
    return 0 if max(ratios) <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
