"""How long a cell of a CSV may be: longer than Python's 131,072 characters, since one outline is one cell.

Python keeps that limit for the whole process, so it is set once, here, before any table is read, and by nobody else:
what a reader allows of its own tables it counts itself. The bytes of a table are bounded before it is parsed.
"""

import csv

LONGEST_CELL = 1_000_000_000

csv.field_size_limit(LONGEST_CELL)
reader = csv.reader
