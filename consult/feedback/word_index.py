"""Where words stand: an index of what people wrote, which the database keeps right by itself.

It has no wall of its own on SQLite, so what it answers is only ever a list of rows of the space we stand in, which
`search.py` then reads through the walls: nothing is shown, and nothing counted, from here. On PostgreSQL row security
binds it like every other table.

Two ways to be found: as a piece of what was written, capitals or not (three letters or more by trigrams, fewer by
reading on), or as words in whatever form and order (“flooding” finds “floods”).
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import catalogue, row_security
from consult.clearing.erasing import erasing
from consult.consultations.models import Consultation
from consult.database import native, on_postgresql
from consult.tenancy import here

Row = tuple[UUID, str]  # an answer or a place, and which of its fields
WRITTEN = (("answer", "text"), ("answer", "suggested_change"), ("place", "words"))
SHORTEST = 3  # letters of which there are trigrams
LONGEST_INDEXED = 200_000  # characters: a tsvector has no room for more than a megabyte
FTS = (("stem", "porter unicode61 remove_diacritics 2"), ("part", "trigram"))


# What keeps it.


@catalogue.also
def index(dialect: str) -> Iterator[str]:
    """The table, what keeps it right, and what it does not have yet: applied again it changes nothing."""
    yield from on_postgres() if dialect == "postgresql" else on_sqlite()
    for table, field in WRITTEN:
        yield (
            f"INSERT INTO response_search (space_id, row_id, field, text) SELECT space_id, id, '{field}', {field} "  # noqa: S608
            f"FROM {table} AS said WHERE {field} <> '' AND NOT EXISTS (SELECT 1 FROM response_search AS known WHERE "
            f"known.space_id = said.space_id AND known.row_id = said.id AND known.field = '{field}')"
        )


def on_sqlite() -> Iterator[str]:
    yield (
        "CREATE TABLE IF NOT EXISTS response_search (number INTEGER PRIMARY KEY, space_id CHAR(32) NOT NULL, "
        "row_id CHAR(32) NOT NULL, field TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (space_id, row_id, field))"
    )
    for name, tokens in FTS:
        yield (
            f"CREATE VIRTUAL TABLE IF NOT EXISTS response_search_{name} USING fts5(text, "
            f"content='response_search', content_rowid='number', tokenize='{tokens}')"
        )
    for act, follows in (("INSERT", ADDED), ("DELETE", REMOVED)):
        yield from trigger("response_search", act, " ".join(follows.format(name) for name, _ in FTS))
    for table, fields in (("answer", ("text", "suggested_change")), ("place", ("words",))):
        add = " ".join(
            f"INSERT INTO response_search (space_id, row_id, field, text) "
            f"SELECT NEW.space_id, NEW.id, '{field}', NEW.{field} WHERE NEW.{field} <> '';"
            for field in fields
        )
        remove = "DELETE FROM response_search WHERE space_id = OLD.space_id AND row_id = OLD.id;"
        yield from trigger(table, "INSERT", add)
        yield from trigger(table, "UPDATE", f"{remove} {add}")
        yield from trigger(table, "DELETE", remove)


ADDED = "INSERT INTO response_search_{0}(rowid, text) VALUES (NEW.number, NEW.text);"
REMOVED = (
    "INSERT INTO response_search_{0}(response_search_{0}, rowid, text) "
    "VALUES ('delete', OLD.number, OLD.text);"
)


def trigger(table: str, act: str, words: str) -> Iterator[str]:
    name = f"{table}_words_{act.lower()}"
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"CREATE TRIGGER {name} AFTER {act} ON {table} BEGIN {words} END"


def on_postgres() -> Iterator[str]:
    yield (
        "CREATE TABLE IF NOT EXISTS response_search (space_id uuid NOT NULL, row_id uuid NOT NULL, "
        "field text NOT NULL, text text NOT NULL, words tsvector GENERATED ALWAYS AS "
        f"(to_tsvector('english'::regconfig, left(text, {LONGEST_INDEXED}))) STORED, "
        "PRIMARY KEY (space_id, row_id, field))"
    )
    mine = f"space_id = {row_security.SPACE}"
    yield from row_security.put_up(
        "response_search",
        see=f"FOR SELECT USING ({mine})",
        add=f"FOR INSERT WITH CHECK ({mine})",
        change=f"FOR UPDATE USING ({mine}) WITH CHECK ({mine})",
        remove=f"FOR DELETE USING ({mine})",
    )
    yield KEEP_WORDS
    for table, fields in (("answer", "'text', 'suggested_change'"), ("place", "'words'")):
        yield f"DROP TRIGGER IF EXISTS {table}_words ON {table}"
        yield (
            f"CREATE TRIGGER {table}_words AFTER INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION consult_keep_words({fields})"
        )


KEEP_WORDS = """
CREATE OR REPLACE FUNCTION consult_keep_words() RETURNS trigger LANGUAGE plpgsql AS
$$DECLARE said text; field text;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM response_search WHERE space_id = OLD.space_id AND row_id = OLD.id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    FOREACH field IN ARRAY TG_ARGV LOOP
      EXECUTE format('SELECT ($1).%%I', field) INTO said USING NEW;
      IF said <> '' THEN
        INSERT INTO response_search (space_id, row_id, field, text) VALUES (NEW.space_id, NEW.id, field, said);
      END IF;
    END LOOP;
  END IF;
  RETURN NULL;
END$$
"""


@erasing
def forget_words(consultation: Consultation, by: Any) -> None:
    forget()


def forget() -> None:
    """Words that were taken out of an FTS5 index stay in its older segments until it is merged into one."""
    for merge in () if on_postgresql() else MERGED:
        native(merge)


MERGED = (
    sa.text("INSERT INTO response_search_stem(response_search_stem) VALUES ('optimize')"),
    sa.text("INSERT INTO response_search_part(response_search_part) VALUES ('optimize')"),
)


# What is asked of it.


def found(words: str) -> set[Row]:
    """Every row of this space in which this stands, or all of these words do. Never raises, whatever is typed."""
    words = " ".join(words.replace("\x00", " ").split())
    if not words:
        return set()
    asked = asked_of_postgres(words) if on_postgresql() else asked_of_sqlite(words)
    hits: Any = native(*asked)
    rows = {row_of(row_id, field) for row_id, field in hits}
    return rows if len(words) >= SHORTEST and words.isascii() else rows | read_through(words)


def row_of(row_id: Any, field: str) -> Row:
    return row_id if isinstance(row_id, UUID) else UUID(row_id), field


def read_through(words: str) -> set[Row]:
    """Too short for trigrams, or of letters whose capitals not every database knows."""
    everything = sa.text("SELECT row_id, field, text FROM response_search WHERE space_id = :space")
    rows: Any = native(everything, {"space": space()})
    looked_for = words.casefold()
    return {row_of(id_, field) for id_, field, text in rows if looked_for in text.casefold()}


def space() -> Any:
    return here() if on_postgresql() else here().hex


def pieces(words: str) -> list[str]:
    """Words, and what stands between quotation marks as one piece."""
    return [phrase or word for phrase, word in re.findall(r'["“”]([^"“”]+)["“”]|([^\s"“”]+)', words)]


def quoted(words: str) -> str:
    """As FTS5 reads text that has no meaning of its own to it."""
    return '"' + words.replace('"', '""') + '"'


IN_SQLITE = sa.text(
    "SELECT row_id, field FROM response_search WHERE space_id = :space AND number IN ("
    "SELECT rowid FROM response_search_part WHERE response_search_part MATCH :part UNION "
    "SELECT rowid FROM response_search_stem WHERE response_search_stem MATCH :stems)"
)


def asked_of_sqlite(words: str) -> tuple[sa.TextClause, dict[str, Any]]:
    stems = " ".join(quoted(piece) for piece in pieces(words))
    return IN_SQLITE, {"space": space(), "part": quoted(words), "stems": stems or '""'}


def asked_of_postgres(words: str) -> tuple[sa.TextClause, dict[str, Any]]:
    phrases = {f"p{number}": piece for number, piece in enumerate(pieces(words))}
    stems = " && ".join(f"phraseto_tsquery('english', :{name})" for name in phrases) or "''::tsquery"
    part = re.sub(r"([\\%_])", r"\\\1", words)
    statement = (
        "SELECT row_id, field FROM response_search WHERE space_id = :space "  # noqa: S608 (names of ours)
        f"AND (text ILIKE :part OR words @@ ({stems}))"
    )
    return sa.text(statement), {"space": space(), "part": f"%{part}%", **phrases}
