"""The form on paper: what the screen asks, in its order and with its numbers, in both sizes, whatever was typed."""

import re
import shutil
import subprocess

import pytest
import shapely

from consult import clock
from consult.areas import maps
from consult.consultations.models import find
from consult.consultations.paper import prints
from consult.consultations.questions.conditions import Condition
from consult.consultations.questions.pictures import picture_of
from consult.responses.manner import Manner
from consult.responses.paper import printing
from consult.spaces.models import standing
from tests.consultations.pictures import png
from tests.responses import asking, kinds

NEEDS_POPPLER = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
SIZES = ("form", "form-large-print")


def words_of(content, *options):
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def flat(content):
    return " ".join(words_of(content).split())


def images_in(content):
    listed = subprocess.run(["pdfimages", "-list", "-"], input=content, capture_output=True, check=True)
    return len(re.findall(rb"^ +\d+ +\d+ image", listed.stdout, re.M))


def pdf(consultation, name, **more):
    return prints.sheet_of(consultation, name, "en", **more).pdf(clock.now())


def questions_in(text):
    return re.findall(r"\b(\d+)\. (What do|Should|What matters|Anything|Where is|About \w+)", text)


@NEEDS_POPPLER
@pytest.mark.parametrize("name", SIZES)
def test_each_question_is_there_once_in_order_with_its_number(app, opened, working, name):
    with working("ash"):
        consultation = find("reg14")
        content = pdf(consultation, name)
        text = flat(content)
        titles = [question.title for question in consultation.questions]
    assert b"/StructTreeRoot" in content and b"pdfuaid" in content
    assert [text.count(title) for title in titles] == [1] * len(titles)
    places = [text.index(f"{number}. {title}") for number, title in enumerate(titles, 1)]
    assert places == sorted(places)
    for policy in ("H1 Homes & gardens", "LGS 3 Mill Meadow"):
        assert policy in text
    assert "We keep it safe." in text
    assert "/f/ash/consultations/reg14/" in text.replace(" ", "")


@NEEDS_POPPLER
@pytest.mark.parametrize("name", SIZES)
def test_every_kind_of_question_has_something_to_write_in(app, working, name):
    with working("ash"):
        made = kinds.consultation(required=("q1",), show_if={"q3": ("o1",)})
        text = flat(pdf(made, name))
    assert [number for number, _ in questions_in(text)] == [str(number) for number in range(1, 9)]
    for words in (
        *("Part 1", "Part 2", "This has to be answered.", "Not at all", "Very", "From 0 to 50.", "homes"),
        *("From 1 January 2020 to 31 December 2030.", "Day", "Month", "Year", "I agree"),
        "Answer this only if you ticked “Yes” at question 1.",
        "write “question 6” and your name on it",
        "Mark the place with a cross",
        "Postcode of the place",
    ):
        assert words in text, words


def test_the_numbers_are_those_of_the_screen_and_of_whoever_keys_them_in(
    app, opened, client, working, sign_in
):
    screen = client.page(asking.URL + "?whole=1").text
    keyed = sign_in("ash", "chair").page("/f/ash/consultations/reg14/responses/new").text
    with working("ash"):
        said = printing.said(find("reg14"), printing.A4)
    for part in said["parts"]:
        for question in part["questions"]:
            for page in (screen, keyed):
                assert f"Question {question['number']} {question['title']}" in re.sub(
                    r" Answer this.*?\.", "", page
                )


@NEEDS_POPPLER
def test_large_print_has_no_letter_below_eighteen_points(app, working):
    """Measured on every word that is on the pages, those of the maps too: 18 points of this font are as high as its own
    page number is."""
    with working("ash"):
        base_map()
        content = pdf(asking.consultation(), "form-large-print")
    boxes = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]+)<', words_of(content, "-bbox"))
    heights = {word: float(bottom) - float(top) for top, bottom, word in boxes}
    assert "Old" in heights  # a name on the map
    assert min(heights.values()) >= heights["Page"] - 0.1


def base_map():
    from consult.spaces.models import standing

    roads = [{"geometry": shapely.box(375_800, 165_800, 376_200, 166_200), "label": "Old Green"}]
    maps.keep_base_map(
        standing().authority_id, [{"name": "Green", "style": "green", "features": roads}], "Drawn here"
    )


@NEEDS_POPPLER
def test_the_map_has_the_area_the_sites_numbered_a_scale_north_and_whose_it_is(app, working):
    with working("ash"):
        base_map()
        made = asking.consultation()
        said = printing.said(made, printing.A4)
        text = flat(pdf(made, "form"))
    drawn = said["map"]["map"]
    assert ">S1<" in drawn and "Old Green" in drawn  # the site’s number, and the base map
    assert said["map"]["listed"] == [["S1", "The Yard"]]
    assert re.search(r">N</text>", drawn) and re.search(r">\d+ (m|km)</text>", drawn)
    assert [row["label"] for row in said["map"]["key"]] == ["The neighbourhood area", "Housing allocations"]
    assert "Base map: Drawn here." in text
    to_mark = [
        b for part in said["parts"] for q in part["questions"] for b in q["blocks"] if b["kind"] == "map"
    ]
    assert len(to_mark) == 1 and ">S1<" not in to_mark[0]["map"]


@NEEDS_POPPLER
def test_beside_each_field_stands_who_sees_it_and_at_both_ends_where_it_goes(app, working):
    with working("ash"):
        consultation = asking.consultation(contact_address="The Hall\nAsh Hill")
        said = printing.said(consultation, printing.A4)
        text = flat(pdf(consultation, "form"))
    fields = [question for part in said["parts"] for question in part["questions"]] + said["about"]["groups"]
    assert all(field["note"] for field in fields)
    assert text.count("The Hall Ash Hill") == 2
    assert text.count("It has to arrive by the end of") == 2


def test_the_code_leads_to_the_consultation(app, opened, working):
    from consult.consultations.paper import poster

    with working("ash"):
        said = printing.said(find("reg14"), printing.A4)
    assert said["address"].endswith("/f/ash/consultations/reg14/")
    assert said["code"] == poster.drawn(said["address"])


@NEEDS_POPPLER
def test_one_forum_s_form_has_nothing_of_the_other_s(app, working):
    with working("ash"):
        asking.consultation(first_policy="Only of Ash")
    with working("beck"):
        asking.consultation(first_policy="Only of Beck")
        text = flat(pdf(find("reg14"), "form"))
    assert "Only of Beck" in text and "Beckside" in text
    assert "Ash" not in text


TYPED = (
    "x" * 300,
    "#set page(fill: red) $x$ *b* \\ @ref <label> [",
    "A party 🎉 in 東京 القاهرة",
    "\u202eturned\u202c",
    "\n\n",
)


@pytest.mark.parametrize("words", TYPED)
def test_whatever_was_typed_there_is_a_form(app, working, words):
    with working("ash"):
        made = kinds.drafted()
        for question in made.questions:
            question.title = question.help = words
        made.title, made.summary, made.contact_address, made.privacy_notice = words, words, words, words
        asking.open_it(made)
        for name in SIZES:
            assert pdf(made, name).startswith(b"%PDF-")


@NEEDS_POPPLER
def test_a_picture_is_printed_and_what_is_no_picture_is_said_in_words(app, working):
    with working("ash"):
        made = kinds.drafted()
        made.questions[0].picture = picture_of(png(), "The mill pond")
        made.questions[1].picture = picture_of(kinds.PNG, "A broken picture of the weir")
        asking.open_it(made)
        plain = pdf(asking.consultation(reference="other", plan=False), "form")
        content = pdf(made, "form")
    assert images_in(content) == images_in(plain) + 1
    assert "A broken picture of the weir" in flat(content)
    assert "The mill pond" not in flat(content)


@NEEDS_POPPLER
def test_a_question_longer_than_a_page_is_whole_all_the_same(app, working):
    """Sixty answers in large print do not fit on one page: none of them may fall off its end."""
    with working("ash"):
        made = kinds.drafted()
        first = made.questions[0]
        first.options = [{"key": f"o{n}", "label": f"Answer number {n}."} for n in range(1, 61)]
        asking.open_it(made)
        text = flat(pdf(made, "form-large-print"))
    assert [text.count(f"Answer number {n}.") for n in range(1, 61)] == [1] * 60


def test_a_condition_on_what_is_gone_says_nothing(app, working):
    with working("ash"):
        made = kinds.drafted()
        made.questions[2].show_if = Condition(made.id, ("o1",)).written
        asking.open_it(made)
        assert printing.said(made, printing.A4)["parts"][0]["questions"][2]["when"] == ""


@NEEDS_POPPLER
def test_optional_questions_about_people_are_a_sheet_of_its_own_that_says_nothing_of_the_rest(app, working):
    with working("ash"):
        made = asking.drafted()
        assert "A few questions about you" not in flat(pdf(made, "form"))
        asking.add(Manner(consultation_id=made.id, asks_equality=True))
        content = pdf(made, "form")
        pages = words_of(content).split("\f")
        (number,) = [n for n, page in enumerate(pages) if "A few questions about you" in page]
        assert number % 2 == 0
        assert "tear it off" in pages[number]
        assert made.title not in "".join(pages[number:]).replace(f"{standing().name}: {made.title}", "")
