"""What became of a response: counted, or kept for a reason that has a place of its own in the line of numbers."""

from consult.responses.models import Response


def status_of(set_aside: str | None, late: bool) -> str:
    """Exactly one. What somebody decided about a response comes before how it came: a late duplicate is a duplicate."""
    return set_aside or ("late" if late else "counted")


def standing_of(response: Response) -> str:
    aside = response.set_aside
    return status_of(aside.kind if aside else None, response.late)
