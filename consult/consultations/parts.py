"""Parts that the floors above add to the page of a consultation: for everyone, or for its members."""

from collections.abc import Callable

from consult.consultations.models import Consultation
from consult.spaces.home import Panel

Part = Callable[[Consultation], Panel | None]
_parts: dict[str, tuple[str, int, Part]] = {}


def part(order: int, to: str = "everyone") -> Callable[[Part], Part]:
    """Marks a function as drawing a part of the page that `everyone` sees, or of the one `members` manage it from."""

    def add(function: Part) -> Part:
        _parts[f"{function.__module__}.{function.__qualname__}"] = (to, order, function)
        return function

    return add


def parts_of(to: str, consultation: Consultation) -> list[Panel]:
    in_order = sorted(
        (order, name, function) for name, (whose, order, function) in _parts.items() if whose == to
    )
    drawn = [function(consultation) for _, _, function in in_order]
    return [panel for panel in drawn if panel is not None]
