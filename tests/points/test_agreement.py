"""Agreement, against numbers worked out by hand."""

import pytest

from consult.points.agreement import alpha, f1

T, N = {"t"}, set()


def test_alpha_as_in_krippendorffs_own_example_of_two_coders_and_yes_or_no():
    """Computing Krippendorff’s Alpha-Reliability (2011), A: ten units, α = 0.095."""
    one = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0)
    other = (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    pairs = [(T if a else N, T if b else N) for a, b in zip(one, other, strict=True)]
    assert alpha(pairs, "t") == pytest.approx(0.095, abs=0.0005)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [([(T, T), (N, N)], 1), ([(T, N), (N, T)], -0.5), ([(T, T), (T, T)], None), ([(N, N)], None), ([], None)],
)
def test_alpha_at_its_ends(pairs, expected):
    assert alpha(pairs, "t") == expected


def test_f1_is_the_mean_over_points():
    assert f1([({"a"}, {"a"}), ({"a", "b"}, {"a"}), ({"a"}, {"b"})]) == pytest.approx((1 + 2 / 3 + 0) / 3)
    assert f1([]) is None
