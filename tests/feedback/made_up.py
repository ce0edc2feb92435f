"""Made-up facts of every kind, as plain rows, and the same put into the database."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st

from consult.feedback.facts import (
    CONNECTIONS,
    HOMES,
    STANCES,
    AnswerFact,
    Asked,
    Facts,
    PlaceFact,
    Proposed,
    ResponseFact,
    gather,
)
from consult.responses.standing import status_of

QUESTIONS = (
    Asked(
        "q1",
        "choice",
        "Do you agree with the vision?",
        (("yes", "Yes"), ("no", "No"), ("unsure", "Not sure")),
    ),
    Asked(
        "q2",
        "choices",
        "What matters most?",
        (("homes", "Homes"), ("green", "Green spaces"), ("roads", "Roads")),
    ),
    Asked("q3", "stance", "What do you think of each policy?"),
    Asked("q4", "text", "Anything else?"),
    Asked("q5", "place", "Where?"),
)
POLICIES = (Proposed("H1", "Homes"), Proposed("GS1.2", "Green spaces"))
KINDS = ("individual", "landowner", "business")
calm = settings(deadline=None, max_examples=60)  # other work shares the machine: no example is timed
FIRST = datetime(2027, 3, 1, 9, tzinfo=UTC)


@dataclass
class Rows:
    responses: list[ResponseFact]
    answers: list[AnswerFact]
    places: list[PlaceFact]

    def facts(self, consultation: str = "reg14") -> Facts:
        return gather(consultation, QUESTIONS, POLICIES, self.responses, self.answers, self.places)


def response(
    number: int, *, status="counted", kind="individual", people=1, connection=("live",), home="inside"
):
    moment = FIRST + timedelta(minutes=number)
    return ResponseFact(
        UUID(int=number + 1), f"R{number:03}", moment, status, kind, "web", people, connection, home
    )


def chose(row: ResponseFact, option: str | None, question: str = "q1") -> AnswerFact:
    return AnswerFact(row.id, question, None, option, None, False)


def says(row: ResponseFact, stance: str | None, policy: str = "H1", text: bool = False) -> AnswerFact:
    return AnswerFact(row.id, "q3", policy, None, stance, text)


@st.composite
def rows(draw, most: int = 40) -> Rows:
    responses = draw(
        st.lists(
            st.builds(
                lambda number, aside, late, kind, people, connection, home: response(
                    number,
                    status=status_of(aside, late),
                    kind=kind,
                    people=people,
                    connection=sorted(connection),
                    home=home,
                ),
                st.integers(0, 9999),
                st.sampled_from([None] * 6 + ["duplicate", "withdrawn", "excluded"]),
                st.sampled_from([False] * 5 + [True]),
                st.sampled_from(KINDS),
                st.integers(0, 6),
                st.sets(st.sampled_from(CONNECTIONS)),
                st.sampled_from(HOMES),
            ),
            max_size=most,
            unique_by=lambda row: row.id,
        )
    )
    if not responses:
        return Rows([], [], [])
    whose = st.sampled_from([row.id for row in responses])
    answer = st.one_of(
        st.builds(
            lambda r, o: AnswerFact(r, "q1", None, o, None, False),
            whose,
            st.sampled_from(["yes", "no", "unsure"]),
        ),
        st.builds(
            lambda r, o: AnswerFact(r, "q2", None, o, None, False), whose, st.sampled_from(["homes", "green"])
        ),
        st.builds(
            lambda r, p, s, t: AnswerFact(r, "q3", p, None, s, t),
            whose,
            st.sampled_from([policy.reference for policy in POLICIES]),
            st.sampled_from([*STANCES, None]),
            st.booleans(),
        ),
        st.builds(lambda r: AnswerFact(r, "q4", None, None, None, True), whose),
    )
    answers = draw(st.lists(answer, max_size=3 * most))
    once = {(a.response, a.question, a.policy): a for a in answers if a.question != "q2"}
    several = list({a for a in answers if a.question == "q2"})
    places = draw(st.lists(st.builds(PlaceFact, whose, st.just("q5"), st.booleans()), max_size=most))
    return Rows(responses, [*once.values(), *several], places)
