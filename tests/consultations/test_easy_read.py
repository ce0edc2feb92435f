"""The Easy Read version: written until the opening, everyone's after it, and nobody else's."""

import re
import shutil
import struct
import subprocess
from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult import clock, jobs
from consult.consultations.easy_read import sentences as easy_read
from consult.consultations.easy_read.sentences import EasyReadLine
from consult.consultations.models import find
from consult.consultations.paper import printed_pictures, prints
from consult.database import db
from tests.consultations.pictures import png
from tests.consultations.setting import regulation_14

LINES, NEW = "/f/ash/consultations/reg14/easy-read-lines", "/f/ash/consultations/reg14/easy-read-lines/new"
PAGE, PDF = "/f/ash/consultations/reg14/easy-read", "/f/ash/consultations/reg14/easy-read.pdf"
NEEDS_POPPLER = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")


def sentence(words="We want to build homes.", alt="A house", content=None, **more):
    picture = (BytesIO(png() if content is None else content), "house.png")
    return {"words": words, "alt": alt, "picture": picture} | more


@pytest.fixture
def draft(working):
    with working("ash"):
        regulation_14(last_day=clock.today() + timedelta(days=60))


def open_it(app, working):
    with working("ash"):
        find("reg14").open(None)
    with app.app_context():
        jobs.run_due()


def said(working):
    with working("ash"):
        return [line.words for line in find("reg14").easy_read]


def line_id(working, words):
    with working("ash"):
        return next(line.id for line in find("reg14").easy_read if line.words == words)


def test_sentences_are_written_moved_changed_and_removed(draft, sign_in, working):
    chair = sign_in("ash", "organiser")
    for words in ("One.", "Two.", "Three."):
        assert chair.post(NEW, data=sentence(words)).status_code == 303
    chair.post(f"/f/ash/easy-read-lines/{line_id(working, 'Three.')}/position", data={"to": "up"})
    assert said(working) == ["One.", "Three.", "Two."]
    changed = {"words": "First.", "alt": "Another house"}
    assert chair.post(f"/f/ash/easy-read-lines/{line_id(working, 'One.')}", data=changed).status_code == 303
    chair.post(f"/f/ash/easy-read-lines/{line_id(working, 'Two.')}/removal")
    assert said(working) == ["First.", "Three."]
    page = chair.get(LINES).text
    assert "First." in page and 'alt="Another house"' in page


@pytest.mark.parametrize(
    ("fault", "sentence_said"),
    [
        ({"words": ""}, "Write the sentence."),
        ({"words": "word " * 41}, "This has 41 words."),
        ({"alt": ""}, "Say in words what the picture shows"),
        ({"picture": (BytesIO(b""), "")}, "Choose a picture: each sentence"),
        ({"picture": (BytesIO(b"GIF89a and more"), "a.gif")}, "Choose a PNG, JPEG or WebP picture."),
        ({"picture": (BytesIO(png() + b"\0" * 2**21), "a.png")}, "larger than 2 MB"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_stay(draft, sign_in, working, fault, sentence_said):
    answer = sign_in("ash", "chair").post(NEW, data=sentence() | fault)
    assert answer.status_code == 422
    assert sentence_said in answer.text
    assert said(working) == []


def test_it_stays_short_and_light(draft, sign_in, working, monkeypatch):
    chair = sign_in("ash", "chair")
    chair.post(NEW, data=sentence("One."))
    monkeypatch.setattr(easy_read, "MOST_BYTES_TOGETHER", len(png()) + 10)
    answer = chair.post(NEW, data=sentence("Two."))
    assert answer.status_code == 409 and "12 MB together" in answer.text and "Two." in answer.text
    monkeypatch.setattr(easy_read, "MOST_LINES", 1)
    assert "at most 1 sentences" in chair.post(NEW, data=sentence("Two.")).text
    assert said(working) == ["One."]


def test_only_members_see_it_before_it_opens_and_everyone_after(app, draft, sign_in, client, working):
    chair = sign_in("ash", "chair")
    chair.post(NEW, data=sentence("We want to build homes.", "A house with a garden"))
    picture = f"/f/ash/easy-read-pictures/{line_id(working, 'We want to build homes.')}"
    for path in (PAGE, PDF, picture):
        assert client.get(path).status_code == sign_in("beck", "chair").get(path).status_code == 404
        assert sign_in("ash", "viewer").get(path).status_code == 200
    open_it(app, working)
    page = client.get(PAGE).text
    assert "We want to build homes." in page and 'alt="A house with a garden"' in page and picture in page
    assert client.get(picture).mimetype == "image/png"
    assert f'href="{PAGE}"' in client.get("/f/ash/consultations/reg14/").text


def test_another_forum_s_address_has_none_of_it(app, draft, sign_in, client, working):
    sign_in("ash", "chair").post(NEW, data=sentence())
    with working("beck"):
        regulation_14(last_day=clock.today() + timedelta(days=60)).open(None)
    id = line_id(working, "We want to build homes.")
    open_it(app, working)
    for path in (
        "consultations/reg14/easy-read",
        "consultations/reg14/easy-read.pdf",
        f"easy-read-pictures/{id}",
    ):
        assert client.get(f"/f/beck/{path}").status_code == 404
    assert sign_in("beck", "chair").post(f"/f/beck/easy-read-lines/{id}/removal").status_code == 404
    assert 'easy-read"' not in client.get("/f/beck/consultations/reg14/").text


def test_it_is_frozen_at_the_opening(app, draft, sign_in, working):
    chair = sign_in("ash", "chair")
    chair.post(NEW, data=sentence())
    id = line_id(working, "We want to build homes.")
    open_it(app, working)
    line = f"/f/ash/easy-read-lines/{id}"
    answers = [
        chair.post(NEW, data=sentence("More.")),
        chair.post(line, data={"words": "Other.", "alt": "A house"}),
        chair.post(f"{line}/position", data={"to": "down"}),
        chair.post(f"{line}/removal"),
    ]
    assert [answer.status_code for answer in answers] == [409] * 4
    assert said(working) == ["We want to build homes."]


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_who_may_only_look_writes_nothing(draft, sign_in, working, role):
    assert sign_in("ash", role).post(NEW, data=sentence()).status_code in (403, 404)
    assert said(working) == []


def output_of(tool, *options, content):
    return subprocess.run([tool, *options], input=content, capture_output=True, check=True).stdout.decode()


@NEEDS_POPPLER
def test_it_is_printed_large_with_its_pictures_and_their_words(app, draft, sign_in, client, working):
    chair = sign_in("ash", "chair")
    for number in range(1, 8):
        chair.post(NEW, data=sentence(f"Sentence number {number}."))
    chair.post(NEW, data=sentence("The last.", "A picture that is broken", b"\x89PNG\r\n\x1a\n" + b"\0" * 40))
    open_it(app, working)
    content = client.get(PDF).data
    text = " ".join(output_of("pdftotext", "-", "-", content=content).split())
    assert re.findall(r"Sentence number (\d)\.", text) == list("1234567")
    assert "A picture that is broken" in text
    assert b"/StructTreeRoot" in content
    assert re.search(r"^ +1 +\d+ image", output_of("pdfimages", "-list", "-", content=content), re.M)


def test_a_copy_of_the_consultation_begins_with_it(draft, sign_in, working):
    from consult.consultations.copying import copy

    sign_in("ash", "chair").post(NEW, data=sentence())
    with working("ash"):
        made = copy(find("reg14"), None)
        db.session.flush()
        db.session.expire(made)
        assert [line.words for line in made.easy_read] == ["We want to build homes."]
        assert made.easy_read[0].content == png()


@pytest.mark.parametrize("words", ["#x $y$ *z* \\ <a>", "🎉 東京 ‮x‬", "x" * 300])
def test_whatever_was_typed_it_is_printed(app, draft, working, words):
    with working("ash"):
        made = find("reg14")
        made.say_simply(words, words, png())
        made.title = words
        assert prints.sheet_of(made, "easy-read", "en", draft=True).pdf(clock.now()).startswith(b"%PDF-")


# The sizes of pictures, which strangers send.

JPEG = (
    b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 30, 40) + b"\x01\x01\x11\x00"
)
WEBP = {
    b"VP8X": b"\0" * 8 + (39).to_bytes(3, "little") + (29).to_bytes(3, "little"),
    b"VP8L": b"\0" * 4 + b"\x2f" + (39 | 29 << 14).to_bytes(4, "little"),
    b"VP8 ": b"\0" * 4 + b"\0" * 6 + struct.pack("<HH", 40, 30),
}


def test_the_size_of_a_picture_is_read_from_its_first_bytes():
    assert printed_pictures.size_of(png(40, 30)) == (40, 30)
    assert printed_pictures.size_of(JPEG) == (40, 30)
    for form, rest in WEBP.items():
        assert printed_pictures.size_of(b"RIFF\0\0\0\0WEBP" + form + rest) == (40, 30), form


FAR_TOO_LARGE = png()[:16] + b"\x7f" * 8
CUT = (png()[:20], JPEG[:9], b"RIFF\0\0\0\0WEBPnone")


@pytest.mark.parametrize("content", [b"", b"GIF89a", *CUT, FAR_TOO_LARGE])
def test_what_has_no_sensible_size_is_not_drawn(content):
    assert printed_pictures.size_of(content) is None
    assert printed_pictures.drawn(content) == ""


@given(
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBPVP8 "]), st.binary(max_size=200)
)
def test_any_bytes_have_a_size_or_none(mark, rest):
    size = printed_pictures.size_of(mark + rest)
    assert size is None or 0 < size[0] * size[1] <= printed_pictures.MOST_PIXELS


def test_a_line_knows_its_picture():
    line = EasyReadLine()
    line.show(png())
    assert (line.media_type, line.size) == ("image/png", len(png()))
