import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from consult.feedback.disclosure import SMALLEST, kept_back
from consult.feedback.tallies import figures
from tests.feedback.made_up import Rows, calm, chose, response, rows


@st.composite
def tables(draw):
    # a single group is everybody, and its numbers are the headline's
    rows_, columns = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    cell = st.one_of(st.integers(0, 9), st.integers(0, 60))
    return draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=rows_, max_size=rows_))


def recoverable(cells, hidden, closed, rows_add_up, columns_add_up) -> set:
    """The hidden cells that linear algebra works out from what is public: rows of totals over the hidden cells."""
    order = sorted(hidden)
    lines = [{(r, c) for c in range(len(cells[0]))} for r in range(len(cells))] if rows_add_up else []
    if columns_add_up:
        lines += [{(r, c) for r in range(len(cells))} for c in range(len(cells[0])) if c not in closed]
    known = np.array([[at in line for at in order] for line in lines] or [[False] * len(order)], float)
    rank = np.linalg.matrix_rank(known) if order else 0
    found = set()
    for place, at in enumerate(order):
        unit = np.eye(len(order))[place]
        if np.linalg.matrix_rank(np.vstack([known, unit])) == rank:
            found.add(at)
    return found


@calm
@given(tables(), st.booleans(), st.booleans())
def test_no_hidden_cell_is_worked_out_by_subtraction(cells, rows_add_up, columns_add_up):
    hidden = kept_back(cells, set(), rows_add_up=rows_add_up, columns_add_up=columns_add_up)
    assert {(r, c) for r, row in enumerate(cells) for c, n in enumerate(row) if n < SMALLEST} <= hidden
    assert not recoverable(cells, hidden, set(), rows_add_up, columns_add_up)


@calm
@given(tables())
def test_what_is_hidden_in_a_row_is_together_no_small_number_unless_the_whole_row_is_hidden(cells):
    hidden = kept_back(cells, set(), rows_add_up=True, columns_add_up=False)
    for r, row in enumerate(cells):
        kept = [n for c, n in enumerate(row) if (r, c) in hidden]
        assert not kept or len(kept) == len(row) or (len(kept) > 1 and sum(kept) >= SMALLEST)


def test_big_numbers_are_all_shown():
    assert kept_back([[10, 12], [30, 8]], set(), rows_add_up=True, columns_add_up=True) == set()


def test_one_small_number_takes_the_last_that_is_shown_with_it_however_large_that_is():
    assert kept_back([[40, 9, 2]], set(), rows_add_up=True, columns_add_up=False) == {(0, 1), (0, 2)}
    assert kept_back([[2, 9, 40]], set(), rows_add_up=True, columns_add_up=False) == {(0, 0), (0, 2)}


def test_small_numbers_that_are_all_as_large_as_they_can_be_take_another_with_them():
    assert len(kept_back([[4, 4, 30]], set(), rows_add_up=True, columns_add_up=False)) == 3
    assert len(kept_back([[3, 4, 30]], set(), rows_add_up=True, columns_add_up=False)) == 2
    alike = {"rows_add_up": False, "columns_add_up": False}
    assert kept_back([[5, 9, 4]], set(), **alike, everybody=[18]) == {(0, 1), (0, 2)}
    assert kept_back([[5, 9, 4]], set(), **alike, everybody=[17]) == {(0, 2)}


def test_a_group_that_everybody_is_in_tells_of_those_in_no_group_and_is_hidden():
    hidden = kept_back([[12, 7, 0]], set(), rows_add_up=False, columns_add_up=False, everybody=[12])
    assert hidden == {(0, 0), (0, 2)}


def test_groups_that_overlap_hide_only_what_is_small():
    assert kept_back([[40, 9, 2]], set(), rows_add_up=False, columns_add_up=False) == {(0, 2)}


@calm
@given(rows())
def test_no_public_group_is_small_and_every_headline_is_whole(made):
    facts = made.facts()
    whole = {(f.key, f.filter): f for f in figures(facts)}
    for figure in figures(facts, public=True):
        if not figure.filter:
            assert figure == whole[figure.key, ""]
        elif figure.suppressed:
            assert (figure.responses, figure.people, figure.value, figure.ids_sha256) == (
                None,
                None,
                None,
                "",
            )
        else:
            assert figure.responses >= SMALLEST or not whole[figure.key, ""].responses
            assert figure.responses == whole[figure.key, figure.filter].responses


@calm
@given(rows())
def test_one_hidden_home_is_never_alone(made):
    public = figures(made.facts(), public=True)
    for key in {figure.key for figure in public}:
        homes = [figure for figure in public if figure.key == key and figure.filter.startswith("home=")]
        assert sum(figure.suppressed for figure in homes) != 1 or len(homes) == 1


def test_a_group_kept_back_as_a_whole_is_kept_back_in_every_question():
    inside = [response(n) for n in range(30)]
    few = [response(n, home="outside") for n in range(30, 33)]
    others = [response(n, home="unknown") for n in range(40, 60)]
    everybody = inside + few + others
    public = figures(Rows(everybody, [chose(row, "yes") for row in everybody], []).facts(), public=True)
    shown = {f.filter for f in public if f.filter.startswith("home=") and f.responses}
    assert shown == {"home=inside"}


def lines(*homes: str) -> dict[str, bool]:
    """The groups of homes that have a line, and whether it shows a number."""
    public = figures(
        Rows([response(n, home=home) for n, home in enumerate(homes)], [], []).facts(), public=True
    )
    return {
        f.filter.removeprefix("home="): not f.suppressed
        for f in public
        if f.key == "counted" and f.filter.startswith("home=")
    }


def test_where_anything_is_kept_back_the_groups_that_nobody_is_in_look_like_the_others():
    nothing = {"inside": False, "outside": False, "unknown": False}
    assert lines(*["inside"] * 3) == nothing
    assert lines(*["inside"] * 30) == nothing
    assert lines(*["inside"] * 30, *["outside"] * 4) == nothing
    assert lines(*["inside"] * 30, *["outside"] * 9) == {"inside": True, "outside": True}
    assert lines() == {}
