"""Grid references: known squares, every figure, and what is refused in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.gridref import LETTERS, NotAReference, corner_of, point_of


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("ST 748 648", (374_850, 164_850)),
        ("st748648", (374_850, 164_850)),
        ("TQ 3000 8000", (530_005, 180_005)),
        ("SU 12345 67890", (412_345.5, 167_890.5)),
        ("SV 000 000", (50, 50)),
        ("NT 250 730", (325_050, 673_050)),
        ("HU 396 753", (439_650, 1_175_350)),
    ],
)
def test_a_reference_names_the_middle_of_its_square(text, point):
    assert point_of(text) == point


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "two letters"),
        ("748 648", "two letters"),
        ("SI 748 648", "two letters"),
        ("ST 74 64", "6, 8 or 10 figures"),
        ("ST 748 6481", "6, 8 or 10 figures"),
        ("ST 748123 648123", "6, 8 or 10 figures"),
        ("AA 748 648", "no square"),
        ("ST ７４８ ６４８", "two letters"),
        ("ST 748 648" * 50, "two letters"),
    ],
)
def test_what_is_no_reference_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(NotAReference, match=sentence):
        point_of(text)


def test_no_two_squares_share_a_corner():
    corners = []
    for first in LETTERS:
        for second in LETTERS:
            try:
                corners.append(corner_of(first, second))
            except NotAReference:
                continue
    assert len(corners) == len(set(corners)) == 7 * 13


@given(st.text(max_size=80))
def test_any_text_is_a_point_or_a_sentence(text):
    try:
        easting, northing = point_of(text)
    except NotAReference:
        return
    assert 0 <= easting < 700_000
    assert 0 <= northing < 1_300_000
