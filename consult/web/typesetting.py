"""PDFs (tagged, PDF/UA-1), set by typst with its own fonts, so that they are the same on every machine. All words
arrive as data, so none of them is ever markup."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

EVERYDAY = re.compile(r"[\n\x20-\x7e\xa0-\xac\xae-\u017f\u2010-\u2015\u2018-\u201e\u2026\u20ac]*")
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # controls, direction overrides, joiners, what is no character
PROBE = b"""#set document(title: "probe")
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"))
#for letter in json(bytes(sys.inputs.letters)) { par[#letter] }
"""
NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_names: dict[int, str] = {}  # what stands for a character: itself, its name, or nothing


def pdf(sheet: Path, name: str, given: dict[str, Any], written: datetime) -> bytes:
    """The sheet, which finds `given` as JSON in its input `name`; the same in gives the same bytes."""
    import typst

    learn(set("".join(strings(given))))
    made = typst.compile(
        sheet.read_bytes(),
        format="pdf",
        sys_inputs={name: json.dumps(printable(given), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=written.replace(microsecond=0),
        font_paths=fonts(),
    )
    assert isinstance(made, bytes)
    return made


def fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False)


def strings(given: Any) -> Iterator[str]:
    if isinstance(given, str):
        yield given
    elif isinstance(given, dict | list | tuple):
        for part in given.values() if isinstance(given, dict) else given:
            yield from strings(part)


def printable(given: Any) -> Any:
    """The same, with a name in brackets for each character that the fonts cannot draw: “[party popper]”."""
    if isinstance(given, str):
        return given if EVERYDAY.fullmatch(given) else given.translate(_names)
    if isinstance(given, dict):
        return {name: printable(part) for name, part in given.items()}
    return [printable(part) for part in given] if isinstance(given, list | tuple) else given


def learn(letters: set[str]) -> None:
    """Finds out which of these can be drawn, unless it is known."""
    new = {letter for letter in letters if not EVERYDAY.fullmatch(letter) and ord(letter) not in _names}
    unseen = {letter for letter in new if unicodedata.category(letter) in UNSEEN}
    missing = without_glyph(sorted(new - unseen))
    for letter in new:
        _names[ord(letter)] = "" if letter in unseen else spoken(letter) if letter in missing else letter


def spoken(letter: str) -> str:
    if unicodedata.category(letter).startswith("M"):
        return ""  # a mark without the letter that it belongs to
    return f"[{unicodedata.name(letter, 'a character').lower()}]"


def without_glyph(letters: list[str]) -> set[str]:
    """Which of these no font of ours has; typst names each that it could not draw."""
    import typst

    try:
        typst.compile(
            PROBE,
            format="pdf",
            sys_inputs={"letters": json.dumps(letters, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            font_paths=fonts(),
        )
    except typst.TypstError as refusal:
        named = "".join(NO_GLYPH.findall(f"{refusal.message}\n{refusal.diagnostic}"))
        return set(ESCAPED.sub(lambda code: chr(int(code[1], 16)), named))
    return set()
