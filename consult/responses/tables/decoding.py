"""Which letters the bytes of a table stand for. UTF-8, UTF-16 that says it is, and what Excel in Britain saves as plain
“CSV” (Windows-1252) are read; a file that is two of these at once is refused, with the line to look at."""

from dataclasses import dataclass

SAVE_AGAIN = (
    "save it again as “CSV UTF-8”: in Excel under Save As, in LibreOffice as Text CSV with the character set "
    "Unicode (UTF-8)."
)
LONGEST_SAMPLE = 60


class Undecodable(ValueError):
    """`str()` is one plain sentence."""


@dataclass(frozen=True)
class Decoded:
    """`told` says what was taken for granted, and shows a line by which somebody sees whether that is right."""

    text: str
    told: str = ""


def decoded(content: bytes) -> Decoded:
    """Raises Undecodable."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(of_utf_16(content))
    try:
        return Decoded(content.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        return of_windows(content, line_at(content, problem.start))


def of_utf_16(content: bytes) -> str:
    try:
        return content.decode("utf-16")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].decode("utf-16", "replace").count("\n") + 1
        raise Undecodable(f"Line {line} of the file is damaged: {SAVE_AGAIN}") from None


def of_windows(content: bytes, line: int) -> Decoded:
    """What is not UTF-8, first in this line."""
    if any(letter > "\x7f" for letter in content.decode("utf-8", "ignore")):
        raise Undecodable(f"Line {line} of the file is not UTF-8, and other lines are: {SAVE_AGAIN}")
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as problem:
        line = line_at(content, problem.start)
        raise Undecodable(
            f"Line {line} of the file holds letters that cannot be read: {SAVE_AGAIN}"
        ) from None
    sample = " ".join(text.split("\n")[line - 1].split())
    start = max(0, next(at for at, letter in enumerate(sample) if letter > "\x7f") - LONGEST_SAMPLE // 2)
    shown = sample[start : start + LONGEST_SAMPLE]
    told = f"The file is not UTF-8; it was read as Windows-1252, as Excel saves “CSV”. Line {line} then says “{shown}”."
    return Decoded(text, told)


def line_at(content: bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1
