"""A plan that comes from Word: what is read, what is chosen, and that it comes in whole or not at all."""

import zipfile
import zlib
from io import BytesIO

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from consult.database import db
from consult.jobs import Job
from consult.plans import word_file
from consult.plans.blocks import plain
from consult.plans.models import Section, draft_version, latest_version
from consult.plans.word_file import NotWord
from consult.plans.word_marks import markdown
from consult.plans.word_reading import policy_in, read
from consult.plans.word_styles import sign
from consult.plans.word_uploads import EXPIRES, WordUpload


def chunk(kind, data):
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


ONE_BY_ONE = bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    chunk(kind, data)
    for kind, data in ((b"IHDR", ONE_BY_ONE), (b"IDAT", zlib.compress(bytes(2))), (b"IEND", b""))
)


def bytes_of(document):
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def link(paragraph, text, address):
    element = OxmlElement("w:hyperlink")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    element.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    element.append(paragraph.add_run(text)._r)
    paragraph._p.append(element)


def a_plan():
    made = docx.Document()
    made.add_heading("The Ash plan", 0)
    made.add_heading("1. Our hill", 1)
    paragraph = made.add_paragraph("It is ")
    paragraph.add_run("steep").bold = True
    paragraph.add_run(" and ")
    paragraph.add_run("green").italic = True
    paragraph.add_run(". 2 * 3 _is_ six. ")
    link(paragraph, "More", "https://example.org/more")
    made.add_paragraph("One", style="List Bullet")
    made.add_paragraph("Two", style="List Bullet")
    made.add_heading("Homes", 1)
    made.add_heading("Where", 2)
    made.add_heading("Policy H1: Homes for all", 3)
    made.add_paragraph("Many homes.")
    table = made.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Site", "Homes", "Yard", "4|5"), strict=True
    ):
        cell.text = text
    box = made.add_table(1, 1).cell(0, 0)
    box.text = "G1 – Trees for our streets"
    box.add_paragraph("Plant them.")
    made.add_paragraph("Why we say so.")
    made.add_picture(BytesIO(PNG))
    return made


def test_headings_words_lists_tables_and_links_are_read():
    contents = read(bytes_of(a_plan()))
    assert [(part.heading, part.choice, part.reference, part.title) for part in contents.parts] == [
        ("The Ash plan", "section1", "", "The Ash plan"),
        ("1. Our hill", "section1", "", "Our hill"),
        ("Homes", "section1", "", "Homes"),
        ("Where", "section2", "", "Where"),
        ("Policy H1: Homes for all", "policy", "H1", "Homes for all"),
        ("G1 – Trees for our streets", "policy", "G1", "Trees for our streets"),
        ("", "text", "", ""),
    ]
    assert contents.parts[1].text == (
        "It is **steep** and *green*. 2 \\* 3 \\_is\\_ six. [More](https://example.org/more)\n\n- One\n- Two"
    )
    assert contents.parts[4].text == "Many homes.\n\n| Site | Homes |\n|---|---|\n| Yard | 4\\|5 |"
    assert contents.parts[5].text == "Plant them."
    assert contents.parts[6].text == "Why we say so."
    assert contents.lost == ["1 picture"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Policy H1: Homes", ("H1", "Homes")),
        ("POLICY HOU 12 – Homes on the hill", ("HOU-12", "Homes on the hill")),
        ("H1 – Homes for local people", ("H1", "Homes for local people")),
        ("Policy 3: Parking", ("3", "Parking")),
        ("4.2 Policy T2: Parking", ("T2", "Parking")),
        ("Policy H1", ("H1", "")),
        ("Policy context", None),
        ("Our vision for 2041", None),
        ("Housing – where it goes", None),
    ],
)
def test_what_looks_like_a_policy(text, expected):
    assert policy_in(text) == expected


def test_letters_and_numerals_stay_what_plans_refer_to():
    assert [sign("lowerLetter", n) for n in (1, 3, 27)] == ["a", "c", "aa"]
    assert [sign("lowerRoman", n) for n in (1, 4, 9, 14, 40)] == ["i", "iv", "ix", "xiv", "xl"]


def test_tracked_words_that_were_put_in_stay_and_those_taken_out_go():
    made = docx.Document()
    paragraph = made.add_paragraph("Keep ")
    for name, text in (("w:ins", "this"), ("w:del", "that")):
        wrap = OxmlElement(name)
        wrap.append(paragraph.add_run(text)._r)
        paragraph._p.append(wrap)
    assert read(bytes_of(made)).parts[0].text == "Keep this"


@given(st.text(st.sampled_from("ab *_[]()<>#`|-+=>1.&;\\~!"), max_size=40))
def test_whatever_a_paragraph_says_it_still_says_as_markdown(text):
    paragraph = docx.Document().add_paragraph(text)
    made = markdown(paragraph._p, {})
    assert " ".join(plain(made).split()) == " ".join(text.split())


@given(
    st.lists(
        st.tuples(st.text(st.sampled_from("ab .("), max_size=6), st.booleans(), st.booleans()), max_size=6
    )
)
def test_bold_and_italic_never_show_their_signs(runs):
    paragraph = docx.Document().add_paragraph()
    for text, bold, italic in runs:
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic
    said = " ".join("".join(text for text, *_ in runs).split())
    assert " ".join(plain(markdown(paragraph._p, {})).split()) == said


def repacked(data, **parts):
    """The same zip with parts of its own in place of some."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            name = member.filename.rpartition("/")[2].split(".")[0]
            new.writestr(
                member.filename, parts[name](old.read(member)) if name in parts else old.read(member)
            )
    return made.getvalue()


SIMPLE = docx.Document()
SIMPLE.add_paragraph("Words.")
SIMPLE_BYTES = bytes_of(SIMPLE)
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
BODY = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"hello", "not a Word file"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "has a password or is of an old kind"),
        (b"PK\x03\x04 no zip", "is damaged"),
        (SIMPLE_BYTES[: len(SIMPLE_BYTES) // 2], "is damaged"),
        (repacked(SIMPLE_BYTES, document=lambda _: b"<w:document"), "unusual way"),
        (repacked(SIMPLE_BYTES, document=lambda _: b"<other/>"), "unusual way"),
        (repacked(SIMPLE_BYTES, document=lambda _: BODY % b""), "no words"),
        (repacked(SIMPLE_BYTES, document=lambda _: BODY % (b"<w:p/>" * 600_001)), "too long"),
        (repacked(SIMPLE_BYTES, document=lambda _: BODY % (b" " * 24_000_001)), "too long"),
        (
            repacked(SIMPLE_BYTES, document=lambda _: BODY % (b"<w:p>" * 5_000 + b"</w:p>" * 5_000)),
            "unusual way",
        ),
        (
            repacked(
                SIMPLE_BYTES,
                document=lambda old: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + BODY,
            ),
            "unusual way",
        ),
        (repacked(SIMPLE_BYTES, document=lambda old: old.decode().encode("utf-16")), "unusual way"),
    ],
)
def test_a_hostile_file_is_refused_in_one_sentence(data, sentence):
    with pytest.raises(NotWord, match=sentence):
        read(data)


def test_no_part_is_opened_that_a_file_points_at_outside_itself():
    outside = (
        b'<Relationship Id="r99" Type="x/styles" Target="http://127.0.0.1:9/styles.xml" '
        b'TargetMode="External"/></Relationships>'
    )
    data = repacked(SIMPLE_BYTES, document=lambda old: old.replace(b"</Relationships>", outside))
    opened = word_file.opened(data)
    assert {part.partname for part in opened.document.part.package.iter_parts()} <= {
        "/word/document.xml",
        "/word/styles.xml",
        "/word/numbering.xml",
    }


def test_links_to_scripts_are_only_words():
    made = docx.Document()
    link(made.add_paragraph(), "press", "javascript:alert(1)")
    assert read(bytes_of(made)).parts[0].text == "press"


# On the pages.


def send(client, data, name="Plan draft.docx"):
    boundary, body = encode_multipart({"file": FileStorage(BytesIO(data), name)})
    content_type = f'multipart/form-data; boundary="{boundary}"'
    return client.post("/f/ash/plan/new-word", data=body, content_type=content_type)


@pytest.fixture
def organiser(sign_in):
    return sign_in("ash", "organiser")


def test_a_plan_is_sent_looked_over_and_brought_in(organiser, working):
    sent = bytes_of(a_plan())
    answer = send(organiser, sent)
    assert answer.status_code == 303
    page = organiser.get(answer.location).text
    assert "1 picture" in page
    assert "Policy H1: Homes for all" in page
    choices = {"part-0": "leave", "part-5": "policy", "reference-5": "G2"}
    assert organiser.post(f"{answer.location}/version", data=choices).status_code == 303
    with working("ash"):
        version = latest_version()
        outline = [(e.number, e.section.title, [p.reference for p in e.policies]) for e in version.outline()]
        assert outline == [("1", "Our hill", []), ("2", "Homes", []), ("2.1", "Where", ["H1", "G2"])]
        assert version.section("section-where").text == "Why we say so."
        (kept,) = version.documents
        assert (kept.name, kept.content) == ("Plan-draft.docx", bytes_of(a_plan())) or kept.content[
            :2
        ] == b"PK"
        assert db.session.query(WordUpload).count() == 0


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"reference-4": ""}, "Enter the policy’s reference"),
        ({"reference-4": "H/1"}, "Use only letters, numbers"),
        ({"reference-4": "H.reason"}, "A reference cannot end in “reason”"),
        ({"reference-4": "g1"}, "There is already a policy G1"),
        ({f"part-{n}": "leave" for n in range(7)}, "Everything is left out"),
    ],
)
def test_a_choice_that_cannot_be_is_named_and_nothing_comes_in(organiser, working, choices, sentence):
    at = send(organiser, bytes_of(a_plan())).location
    answer = organiser.post(f"{at}/version", data={"part-1": "section3"} | choices)
    assert answer.status_code == 422
    assert sentence in answer.text
    with working("ash"):
        assert latest_version() is None
        assert db.session.query(WordUpload).count() == 1
        assert db.session.query(Section).count() == 0


def test_what_is_written_already_is_asked_about_and_keeps_its_names(organiser, working):
    with working("ash"):
        version = draft_version()
        version.add_policy("H1", "Old", "In short.", "Old words.", version.add_section("Homes"))
        version.add_policy("X1", "Goes")
        version.freeze()
    at = send(organiser, bytes_of(a_plan())).location
    assert "Choose what becomes of what is written here" in organiser.post(f"{at}/version").text
    assert organiser.post(f"{at}/version", data={"how": "add"}).status_code == 422
    assert organiser.post(f"{at}/version", data={"how": "replace"}).status_code == 303
    with working("ash"):
        second = latest_version()
        first = second.plan.versions[0]
        assert [policy.reference for policy in first.policies] == ["H1", "X1"]
        assert [policy.reference for policy in second.policies] == ["H1", "G1"]
        h1 = second.policy("H1")
        assert (h1.key, h1.title, h1.summary) == ("policy-h1", "Homes for all", "In short.")
        assert second.section("section-homes").title == "Homes"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("plan.pdf", b"%PDF-", "Choose a Word file"),
        ("plan.docx", b"hello", "not what its ending says"),
        ("plan.docx", b"PK\x03\x04", "is damaged"),
        ("plan.docx", b"", "is empty"),
        ("plan.docx", b"PK\x03\x04" + bytes(10 * 1024 * 1024), "larger than 10 MB"),
        ("plan.doc", b"\xd0\xcf\x11\xe0", "has a password or is of an old kind"),
    ],
    ids=range(6),
)
def test_a_file_that_is_none_is_refused_on_its_form(organiser, name, data, sentence):
    answer = send(organiser, data, name)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_sixth_file_waits_for_nothing_and_others_find_nothing(organiser, sign_in):
    at = ""
    for _ in range(5):
        at = send(organiser, SIMPLE_BYTES).location
    assert "5 Word files wait already" in send(organiser, SIMPLE_BYTES).text
    assert sign_in("beck", "chair").get(at).status_code == 404
    assert sign_in("ash", "viewer").get(at).status_code == 403
    assert organiser.post(f"{at}/removal").status_code == 303
    assert organiser.get(at).status_code == 404


def test_a_file_that_waits_goes_after_a_week(organiser, working):
    send(organiser, SIMPLE_BYTES)
    with working("ash"):
        (job,) = db.session.query(Job).filter_by(kind=EXPIRES)
        assert (job.due - db.session.query(WordUpload).one().at).days == 7
