"""The plan as a PDF: all that is written in it, whatever that is."""

from consult import clock
from consult.plans import printing
from consult.plans.models import draft_version
from consult.spaces.models import standing
from tests.areas.ground import square
from tests.consultations.setting import designate

WORDS = """#### Deep

Some **bold *both*** [here](https://x.example), [not](javascript:x)
next

3. a
   - b

> quoted

| A | B |
|---|---|
| 1 | 2 |

```
#set page(width: 1pt)
```
"""


def test_every_kind_of_words_is_set_and_headings_go_down_one_at_a_time(working):
    with working("ash"):
        designate()
        version = draft_version()
        section = version.add_section("Our hill", WORDS)
        version.add_section("A part of it", "# Larger than it may be", level=2)
        version.place(version.add_policy("H1", "#emph[Homes]", "Short.", WORDS), section)
        said = printing.said(version, square(), standing())
        levels = [block["level"] for block in said["blocks"] if block["kind"] == "heading"]
        assert levels == [1, 2, 2, 2, 3]
        made = printing.pdf(version, square(), standing(), clock.now())
        again = printing.pdf(version, square(), standing(), clock.now())
    assert made.startswith(b"%PDF")
    assert b"/StructTreeRoot" in made
    assert len(again) == len(made)


def test_an_empty_plan_is_a_pdf_too(working):
    with working("ash"):
        version = draft_version()
        assert printing.pdf(version, None, standing(), clock.now()).startswith(b"%PDF")
