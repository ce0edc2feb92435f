import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.spaces.colours import WHITE, contrast

FORM = {
    "name": "Ash Hill",
    "about": "",
    "contact_name": "",
    "contact_email": "",
    "contact_phone": "",
    "contact_address": "",
    "colour": "",
}


def test_settings_are_shown_on_the_home_page(client, sign_in):
    chair = sign_in("ash", "chair")
    assert chair.page("/f/ash/settings").status == 200
    saved = chair.send(
        "/f/ash/settings",
        **(
            FORM
            | {
                "about": "We meet on\nTuesdays.",
                "contact_email": "hello@ash.example.org",
                "colour": "#1F4D3A",
            }
        ),
    )
    assert saved.status_code == 303
    page = client.get("/f/ash/")
    assert "We meet on\nTuesdays." in page.text
    assert "mailto:hello@ash.example.org" in page.text
    assert "--govuk-brand-colour: #1f4d3a" in page.text
    assert sign_in("ash", "organiser").get("/f/ash/settings").status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Enter the name"),
        ("name", "x" * 10_000, "100 characters or fewer"),
        ("about", "x" * 10_000, "1,000 characters or fewer"),
        ("contact_email", "nobody", "like name@example.org"),
        ("contact_phone", "1" * 50, "40 characters or fewer"),
        ("contact_address", "x" * 10_000, "500 characters or fewer"),
        ("colour", "red", "six figures"),
        ("colour", "#12345g", "six figures"),
        ("colour", "</style>", "7 characters or fewer"),
        ("colour", "#ffff00", "hard to read"),
    ],
)
def test_a_wrong_setting_gets_a_sentence_and_nothing_is_lost(sign_in, field, value, sentence):
    chair = sign_in("ash", "chair")
    response = chair.send("/f/ash/settings", **(FORM | {"contact_name": "Nora"} | {field: value}))
    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="Nora"' in response.text
    assert "Nora" not in chair.get("/f/ash/").text


def test_markup_and_formulas_are_only_text(client, sign_in):
    words = "<script>alert(1)</script> =HYPERLINK(1) N\x00ul"
    assert (
        sign_in("ash", "chair")
        .send("/f/ash/settings", **(FORM | {"about": words, "contact_address": words}))
        .status_code
        == 303
    )
    page = client.get("/f/ash/").text
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt; =HYPERLINK(1) Nul") == 2


def test_contrast_is_wcags():
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.005)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.005)


@given(st.integers(0, 0xFFFFFF), st.integers(0, 0xFFFFFF))
def test_contrast_is_the_same_both_ways_and_within_bounds(one, other):
    a, b = f"#{one:06x}", f"#{other:06x}"
    assert contrast(a, b) == contrast(b, a)
    assert 1 <= contrast(a, b) <= 21.0001
