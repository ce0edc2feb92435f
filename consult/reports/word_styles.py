"""How a statement looks in Word: styles by name, so that whoever edits it changes them in one place."""

from typing import Any

GREEN, INK, SOFT = "1F4D3A", "1C2A26", "4A544F"
LANGUAGE = "en-GB"
FONT = "Georgia"
Look = tuple[float, str, bool, float, float]  # size in points, colour, bold, space before, space after
OURS: dict[str, Look] = {
    "Cover Text": (13, SOFT, False, 0, 8),
    "Cover Note": (11, INK, True, 48, 6),
    "Cover Small": (9, SOFT, False, 0, 4),
    "Fact Name": (9.5, SOFT, True, 8, 0),
    "Fact Text": (11, INK, False, 0, 4),
    "Number": (11, INK, False, 0, 2),
    "Table Text": (10, INK, False, 2, 2),
    "Table Small": (8.5, INK, False, 2, 2),
    "After Table": (6, INK, False, 0, 6),
    "Quoted Who": (9, SOFT, False, 8, 1),
    "toc 1": (11, INK, False, 4, 2),
    "toc 2": (10, SOFT, False, 0, 2),
}
THEIRS: dict[str, Look] = {
    "Normal": (11, INK, False, 0, 7),
    "Title": (32, GREEN, True, 6, 8),
    "Subtitle": (17, INK, False, 0, 6),
    "Heading 1": (19, GREEN, True, 26, 8),
    "Heading 2": (14, INK, True, 20, 6),
    "Heading 3": (11.5, GREEN, True, 14, 4),
    "TOC Heading": (19, GREEN, True, 0, 10),
    "List Bullet": (11, INK, False, 0, 4),
    "Caption": (10.5, INK, True, 12, 4),
    "Quote": (11, INK, False, 0, 6),
    "Header": (9, SOFT, False, 0, 0),
    "Footer": (9, SOFT, False, 0, 0),
}
KEPT_WITH_NEXT = ("Fact Name", "Quoted Who")
IDS = {"toc 1": "TOC1", "toc 2": "TOC2"}
INDENTED_MM = {"Quote": 5, "Quoted Who": 5, "toc 2": 6}


def dress(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    speaks(document)
    pages(document)
    for name, look in THEIRS.items():
        shape(document.styles[name], *look)
    for name, look in OURS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.element.set(attribute("styleId"), IDS.get(name, name.replace(" ", "")))
        shape(style, *look)
    big = document.styles.add_style("Big Number", WD_STYLE_TYPE.CHARACTER)
    big.element.set(attribute("styleId"), "BigNumber")
    letters(big, 22, GREEN, True)


def attribute(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def speaks(document: Any) -> None:
    """British English, in the styles and in the settings."""
    for mark in document.styles.element.iter(attribute("lang")):
        mark.set(attribute("val"), LANGUAGE)
    for mark in document.settings.element.iter(attribute("themeFontLang")):
        mark.set(attribute("val"), LANGUAGE)


def pages(document: Any) -> None:
    """A4, with room at the edges; the numbers of the pages stand at the right."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    for name in ("Header", "Footer"):
        stops = document.styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.RIGHT)


def shape(style: Any, size: float, colour: str, bold: bool, before: float, after: float) -> None:
    from docx.shared import Mm, Pt

    letters(style, size, colour, bold)
    about = style.paragraph_format
    about.space_before, about.space_after = Pt(before), Pt(after)
    if style.name in KEPT_WITH_NEXT:
        about.keep_with_next = True
    if style.name in INDENTED_MM:
        about.left_indent = Mm(INDENTED_MM[style.name])


def letters(style: Any, size: float, colour: str, bold: bool) -> None:
    from docx.shared import Pt, RGBColor

    font = style.font
    font.size, font.bold, font.italic, font.color.rgb = Pt(size), bold, False, RGBColor.from_string(colour)
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    faces.attrib.clear()  # what the template's theme says
    for script in ("ascii", "hAnsi", "cs"):
        faces.set(attribute(script), FONT)
