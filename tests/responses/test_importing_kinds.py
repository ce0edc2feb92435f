"""Every kind of question in a table, as CSV and as a workbook: what goes in, and what is said of a mistake."""

from datetime import date

import pytest
import shapely
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.consultations.models import find
from consult.consultations.questions.kinds import KINDS, options_of
from consult.consultations.records import Question
from consult.database import db
from consult.responses.models import Answer, Place, Response
from consult.responses.tables import sheet
from consult.responses.tables.importing import looked_over
from tests.responses import asking
from tests.responses.books import book
from tests.responses.kinds import DATE, NUMBER, SCALE

WHOLE = {
    "external_id": "A1",
    "q1.H1": "object",
    "q1.H1.reason": "Too many\nhomes",
    "q2": "No",
    "q3": "Trees; buses",
    "q4": "A crossing, “soon”",
    "q5": "By the bridge",
    "q6": "4",
    "q7": "1,012.5",
    "q8": "14/3/2027",
    "q9": "Quiet\tand green",
    "q10": "yes",
}


@pytest.fixture
def every_kind(working):
    """Ash asks a question of each kind; Beck, at the same address, other ones."""
    with working("ash"):
        made = asking.drafted()
        more = (
            ("scale", SCALE),
            ("number", NUMBER | {"most": 2_000, "whole": False}),
            ("date", DATE),
            ("line", {}),
            ("agree", {}),
            ("file", {}),
        )
        for number, (kind, how) in enumerate(more, 6):
            asking.add(
                Question(
                    consultation_id=made.id,
                    reference=f"q{number}",
                    kind=kind,
                    title=f"About {kind}?",
                    position=number,
                    settings=how,
                    options=options_of(kind, (), how),
                )
            )
        asking.postcodes()
        asking.open_it(made)
        assert {question.kind for question in made.questions} == set(KINDS)
    with working("beck"):
        asking.consultation()


@pytest.fixture
def run(app, every_kind, tmp_path):
    def import_(content, where="ash/reg14"):
        path = tmp_path / "received"
        path.write_bytes(content)
        result = app.test_cli_runner().invoke(args=["responses", "import", where, str(path)])
        assert isinstance(result.exception, SystemExit | None)
        return result

    return import_


def csv_of(*rows):
    heading = list(dict.fromkeys(name for row in rows for name in row))
    lines = [heading, *([row.get(name, "") for name in heading] for row in rows)]
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    return ("\r\n".join(quoted) + "\r\n").encode()


def told(result):
    """The sentences about rows."""
    return [line for line in result.stdout.splitlines() if line.startswith("row ")]


def test_an_answer_of_each_kind_goes_in_from_either_file_and_only_once(run, working):
    assert run(csv_of(WHOLE)).stdout == "accepted 1\nalready there 0\nrefused 0\n"
    seen = WHOLE | {"q6": 4, "q7": 1012.5, "q8": date(2027, 3, 14), "q10": True}
    workbook = book(list(seen), list(seen.values()))
    assert run(workbook).stdout == "accepted 0\nalready there 1\nrefused 0\n"
    with working("ash"):
        response = db.session.scalars(sa.select(Response)).one()
        said = {
            (a.question.reference, a.stance or a.choice or a.number or a.day or a.text)
            for a in response.answers
        }
        assert said == {
            ("q1", "object"), ("q2", "no"), ("q3", "trees"), ("q3", "buses"), ("q4", "A crossing, “soon”"), ("q6", "4"),
            ("q7", 1012.5), ("q8", date(2027, 3, 14)), ("q9", "Quiet and green"), ("q10", "agreed"),
        }  # fmt: skip
        assert [place.words for place in response.places] == ["By the bridge"]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"q1.H1": "adore"}, "q1.H1 “adore” is not one of"),
        ({"q2": "Perhaps"}, "q2 “Perhaps” is not one of its answers: Yes; No"),
        ({"q3": "Trees; Ponds"}, "q3 “Ponds” is not one of its answers"),
        ({"q4": "x" * 20_001}, "q4 is too long"),
        ({"q6": "9"}, "q6 “9” is not one of its answers: 1: Not at all; 2; 3; 4; 5: Very"),
        ({"q7": "many"}, "q7 “many”: Enter a number, such as 12"),
        ({"q7": "2001"}, "q7 “2001”: Enter 2000 or less"),
        ({"q8": "31/2/2027"}, "q8 “31/2/2027”: It should be a day such as"),
        ({"q8": "1/1/2031"}, "q8 “1/1/2031”: Enter 31 December 2030 or an earlier day"),
        ({"q9": "x" * 201}, "q9 is too long"),
        ({"q10": "perhaps"}, "q10 “perhaps” is not one of its answers: I agree"),
        ({"q11": "letter.pdf"}, "q11 asks for a file, which a table cannot hold: leave its column empty"),
        ({"q5.grid": "ZZ 1"}, "q5.grid: "),
        ({"q5.postcode": "nowhere"}, "q5.postcode: Check the postcode"),
        ({"q5.about": "S9"}, "q5.about: “S9” is no site or policy of the plan: S1, H1, LGS 3."),
        ({"q5.wkt": "CIRCLE (1 2)"}, "q5.wkt: Write a shape such as POINT"),
        ({"q5.wkt": "POINT EMPTY"}, "q5.wkt: Write a shape such as POINT"),
        ({"q5.wkt": "POINT (51.4 -2.345)"}, "q5.wkt: Longitude comes first, then latitude: swap them."),
        ({"q5.wkt": "POINT (100 10)"}, "q5.wkt: That point is not in Great Britain"),
        ({"q5.wkt": "POLYGON ((-2.3 51.4, -2.2 51.5, -2.2 51.4, -2.3 51.5, -2.3 51.4))"}, "q5.wkt: The shape crosses"),
        ({"q5.wkt": "LINESTRING (" + "-2.3 51.4, " * 101 + "-2.2 51.4)"}, "q5.wkt: The shape has more than 100"),
        ({"q5.lon": "51.4", "q5.lat": "-2.3"}, "q5.lon: Longitude and latitude look the wrong way round"),
        ({"lon": "51.4", "lat": "-2.3"}, "lon and lat: Longitude and latitude look the wrong way round"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_its_row_and_column_with_what_to_do(run, working, cells, sentence):
    first, second = {"external_id": "A1", "q4": "Hello"}, {"external_id": "A2", "q4": "Hello"} | cells
    result = run(csv_of(first, second))
    assert result.stdout.startswith("accepted 1\n")
    assert told(result)[0].startswith("row 3: ")
    assert sentence in told(result)[0]


PLACES = [
    ({"q5.grid": "ST 760 660"}, "Point", (376_050, 166_050), "Grid reference ST 760 660"),
    ({"q5.postcode": "ba1 1aa"}, "Point", (376_000, 166_000), "Postcode BA1 1AA"),
    ({"q5.about": "s1"}, "Point", (375_550, 165_550), "Site S1: The Yard"),
    ({"q5.about": "H1", "q5": "All of it"}, None, None, "All of it\nPolicy H1: Homes & gardens"),
    ({"q5.wkt": "POINT (376000.1234 166000)", "q5": "Here"}, "Point", (376_000.123, 166_000), "Here"),
    ({"q5.wkt": "LINESTRING Z (376000 166000 5, 376010 166000 5)"}, "LineString", (376_000, 166_000), ""),
    ({"q5.wkt": "POLYGON ((376000 166000, 376010 166000, 376010 166010, 376000 166010, 376000 166000))"}, "Polygon",
     (376_005, 166_005), ""),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "kind", "point", "words"), PLACES)
def test_a_place_is_given_in_any_of_its_columns(run, working, cells, kind, point, words):
    assert run(csv_of({"external_id": "A1"} | cells)).stdout.startswith("accepted 1\n")
    with working("ash"):
        place = db.session.scalars(sa.select(Place)).one()
        assert place.words == words
        assert (place.shape and shapely.from_wkb(place.shape).geom_type) == kind
        if point:
            assert (place.easting, place.northing) == pytest.approx(
                point, abs=50.001 if "grid" in str(cells) else 0.001
            )


def test_degrees_of_a_shape_and_of_a_pin_are_the_same_place(run, working):
    pin = {"external_id": "A1", "q5.lon": "-2.345", "q5.lat": "51.4"}
    run(csv_of(pin, {"external_id": "A2", "q5.wkt": "POINT (-2.345 51.4)"}))
    with working("ash"):
        found = {(place.easting, place.northing) for place in db.session.scalars(sa.select(Place))}
        assert len(found) == 1


def test_what_no_page_can_hold_is_taken_out_of_the_words(run, working):
    row = {"external_id": "A\x081", "name": "Ann\x0bOther", "q4": "Cafe\u0301\x08 one\x0btwo\ufffe"}
    assert run(csv_of(row)).stdout.startswith("accepted 1\n")
    assert run(csv_of(row)).stdout.startswith("accepted 0\nalready there 1\n")
    assert told(run(csv_of({"external_id": "A2", "q4": "\x08"})))[0].endswith("it answers no question")
    with working("ash"):
        response = db.session.scalars(sa.select(Response)).one()
        assert (response.external_id, response.name) == ("A1", "Ann Other")
        assert db.session.scalars(sa.select(Answer.text)).all() == ["Café one\ntwo"]


def test_words_between_tabs_in_utf_16_are_read_as_excel_saves_them(run):
    text = "external_id\tq4\r\nA1\tCafé; “soon”, or not\r\n"
    assert run(text.encode("utf-16")).stdout == "accepted 1\nalready there 0\nrefused 0\n"


def test_what_was_taken_for_granted_is_told(run):
    assert "it was read as Windows-1252" in run("external_id,q4\nA1,Café\n".encode("cp1252")).stdout


def test_the_other_forum_has_none_of_it(run, working):
    run(csv_of(WHOLE))
    refused = run(csv_of(WHOLE), "beck/reg14")
    assert "“q6” is no column of ours and no question here" in refused.stderr
    with working("beck"):
        assert db.session.scalars(sa.select(Response)).all() == []


CELLS = st.one_of(
    st.sampled_from(["", "A1", "yes", "14/3/2027", "1e999", "nan", "H1: object", "POINT (1e308 1e308)", "٣"]),
    st.text(max_size=20),
)
COLUMNS = ["external_id", "received", "people", "lon", "lat", "q1", "q3", "q5.wkt", "q5.grid", "q7", "q8"]
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=12), max_size=4).map(
    lambda rows: (
        csv_of(*(dict(zip(COLUMNS, row, strict=False)) for row in rows)).decode().encode("utf-8", "replace")
        if rows
        else b""
    )
)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(st.one_of(st.binary(max_size=200), TABLES))
def test_any_bytes_give_rows_or_sentences(every_kind, working, content):
    with working("ash"):
        try:
            _taken, outcome = looked_over(find("reg14"), content)
        except sheet.Unreadable as problem:
            outcome = [(0, str(problem))]
        else:
            outcome = outcome.refused
    assert all(sentence.strip() for _, sentence in outcome)


def test_rows_that_wait_are_on_disk_and_not_in_memory(every_kind, working, monkeypatch):
    """However many there are, one portion is looked at a time."""
    monkeypatch.setattr("consult.responses.tables.importing.AT_A_TIME", 10)
    content = csv_of(*(WHOLE | {"external_id": f"A{number}"} for number in range(60)))
    with working("ash"):
        taken, _ = looked_over(find("reg14"), content)
        assert len(taken) == 60
        assert max(len(portion) for portion in taken.portions()) == 10
        assert not any(len(held) > 10 for held in vars(taken).values() if hasattr(held, "__len__"))
