"""The main issues and concerns raised, theme by theme: regulation 15(2)(c). Counts nothing."""

from collections.abc import Iterator

from consult.feedback.coded import CODED, Theme
from consult.feedback.tallies import Figure
from consult.reports.charts import Bar, bars
from consult.reports.document import Block, Facts, Table, Words
from consult.reports.material import Material
from consult.reports.results import counted, shown

NOT_READ = (
    "Nobody has sorted the comments into themes yet. What was raised is given question by question below{}."
)
IN_FULL = ", and word for word in the appendix"
CHART = "Themes, by the responses that raise them"


def issues(given: Material) -> Iterator[Block]:
    told = themes(given)
    if not told:
        yield Words(NOT_READ.format("" if given.public else IN_FULL))
        return
    read = given.board.number(CODED)
    yield Words(
        f"The comments of {counted(read.responses, 'counted response')} were read and sorted into themes. A response "
        "that raises a theme in several places is counted once, and one may raise several themes."
    )
    yield bars(CHART, [Bar(label(given, theme), (figure.responses,)) for theme, figure in told])
    yield Table(
        "Themes: responses and people that raise them",
        ["Theme", "Responses", "People"],
        [[label(given, theme), shown(figure), shown(figure, "people")] for theme, figure in told],
    )
    defined = [(theme.label, meaning(theme)) for theme, _ in told if meaning(theme)]
    if defined:
        yield Words("What belongs to a theme:")
        yield Facts(defined)


def themes(given: Material) -> list[tuple[Theme, Figure]]:
    """In the order of the code frame, each with its figure; none where there are none, or none that may be told."""
    numbers = given.board.numbers
    found = [(theme, numbers.get((theme.key, ""))) for theme in given.coded.matters]
    return [(theme, figure) for theme, figure in found if figure is not None]


def label(given: Material, theme: Theme) -> str:
    wider = given.coded.by_number.get(theme.under)
    return f"{wider.label}: {theme.label}" if wider else theme.label


def meaning(theme: Theme) -> str:
    includes = f"Includes: {theme.includes}" if theme.includes else ""
    excludes = f"Does not include: {theme.excludes}" if theme.excludes else ""
    return "\n".join(part for part in (theme.definition, includes, excludes) if part)


def how_read(given: Material) -> str:
    """For the chapter on method."""
    frame = given.coded
    return (
        f"People of the body read the comments, cut them into points where they raise several matters, and gave each "
        f"the themes that it raises, from a code frame of {counted(len(frame.matters), 'theme')} (SHA-256 "
        f"{frame.frame_sha256}). Where two themes were merged, both are counted under the one that stayed."
    )
