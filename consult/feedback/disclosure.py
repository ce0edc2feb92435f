"""Small numbers kept back, and enough beside them that nobody can work them out by subtraction.

A table has a row for each answer and a column for each group. The row totals are public (headline totals are never
kept back) and so are the totals of its open columns. A hidden cell is safe when

- the hidden cells of its row, and of its column, are at least two, together at least `SMALLEST`, and together not
  what they would be with each as large as a small number can be;
- no chain of totals leads to it: in the graph whose nodes are the lines with a public total and whose edges are the
  hidden cells, it lies on a circle (Gusfield 1988).

Zeros are hidden like any other small number. Which cell is hidden beside a small one is told by its place and never
by its value: whoever knows this rule would else learn of a hidden cell that it is smaller than those that are shown
(Wong et al. 2007, “Minimality attack in privacy preserving data publishing”).

Where the groups overlap, but everybody is in at least one, a group that holds everybody of a row would tell that nobody
is in none of them, and is hidden; and the hidden cells may not all have to be as large as a small number can be.
"""

from collections.abc import Iterator, Sequence

SMALLEST = 5
Cell = tuple[int, int]
FREE = "no total is public"


class Table:
    """`closed`: columns kept back as a whole. `rows_add_up`: the groups are disjoint and cover everybody;
    `columns_add_up`: everybody gave exactly one of the answers; `everybody`: of each row, where groups overlap."""

    def __init__(
        self,
        cells: Sequence[Sequence[int]],
        closed: set[int],
        *,
        rows_add_up: bool,
        columns_add_up: bool,
        everybody: Sequence[int] = (),
    ) -> None:
        self.cells, self.closed, self.everybody = cells, closed, everybody
        self.rows_add_up, self.columns_add_up = rows_add_up, columns_add_up
        self.hidden = {at for at in self.all() if at[1] in closed or self.value(at) < SMALLEST}
        self.hidden |= {at for at in self.all() if everybody and self.value(at) == everybody[at[0]]}

    def all(self) -> Iterator[Cell]:
        return ((r, c) for r, row in enumerate(self.cells) for c in range(len(row)))

    def value(self, at: Cell) -> int:
        return self.cells[at[0]][at[1]]

    def row(self, row: int) -> list[Cell]:
        return [(row, c) for c in range(len(self.cells[row]))]

    def lines(self) -> Iterator[list[Cell]]:
        """Every row and column whose total is public."""
        rows, columns = len(self.cells), len(self.cells[0]) if self.cells else 0
        if self.rows_add_up:
            yield from map(self.row, range(rows))
        if self.columns_add_up:
            yield from ([(r, c) for r in range(rows)] for c in range(columns) if c not in self.closed)

    def hide_last(self, line: list[Cell]) -> bool:
        shown = [at for at in line if at not in self.hidden]
        if shown:
            self.hidden.add(shown[-1])
        return bool(shown)

    def weak(self, line: list[Cell]) -> bool:
        hidden = [at for at in line if at in self.hidden]
        together = sum(map(self.value, hidden))
        return bool(hidden) and (len(hidden) < 2 or together < SMALLEST or together == largest(hidden))

    def forced(self, row: int) -> bool:
        """Whether the groups that are shown leave so many to the hidden ones that each must be as large as it can."""
        line = self.row(row)
        hidden = [at for at in line if at in self.hidden]
        shown = sum(self.value(at) for at in line if at not in self.hidden)
        return bool(hidden) and self.everybody[row] - shown == largest(hidden)

    def ends(self, at: Cell) -> tuple[str, str]:
        row, column = at
        return (
            f"row {row}" if self.rows_add_up else FREE,
            f"column {column}" if self.columns_add_up and column not in self.closed else FREE,
        )

    def on_a_circle(self, at: Cell) -> bool:
        start, goal = self.ends(at)
        reached, frontier = {start}, [start]
        ways = [self.ends(other) for other in self.hidden if other != at]
        while frontier and goal not in reached:
            here = frontier.pop()
            further = {b if a == here else a for a, b in ways if here in (a, b)} - reached
            reached |= further
            frontier += further
        return goal in reached

    def protect(self) -> set[Cell]:
        """Hides more until every hidden cell is safe; the hidden cells."""
        while self.strengthen_lines() or self.strengthen_chains() or self.strengthen_covers():
            pass
        return self.hidden

    def strengthen_lines(self) -> bool:
        return any([self.weak(line) and self.hide_last(line) for line in self.lines()])

    def strengthen_chains(self) -> bool:
        for at in sorted(self.hidden):
            if not self.on_a_circle(at):
                for line in self.lines():
                    if at in line and self.hide_last(line):
                        return True
        return False

    def strengthen_covers(self) -> bool:
        rows = range(len(self.everybody))
        return any([self.forced(row) and self.hide_last(self.row(row)) for row in rows])


def largest(hidden: Sequence[Cell]) -> int:
    """What so many small numbers come to at most."""
    return len(hidden) * (SMALLEST - 1)


def kept_back(
    cells: Sequence[Sequence[int]],
    closed: set[int],
    *,
    rows_add_up: bool,
    columns_add_up: bool,
    everybody: Sequence[int] = (),
) -> set[Cell]:
    table = Table(cells, closed, rows_add_up=rows_add_up, columns_add_up=columns_add_up, everybody=everybody)
    return table.protect()
