"""What an area application includes of what regulation 5 asks, item by item."""

from dataclasses import dataclass
from pathlib import Path

from consult import clock
from consult.areas.models import Application
from consult.spaces import law

REGULATION_5 = Path(__file__).with_name("regulation_5.toml")


@dataclass(frozen=True)
class Item:
    """One thing that the law asks, and what is missing of it (empty: nothing is)."""

    key: str
    where: str
    name: str
    missing: str = ""

    @property
    def done(self) -> bool:
        return not self.missing


def items(application: Application) -> list[Item]:
    """Regulation 5(1) of the Neighbourhood Planning (General) Regulations 2012, as it stood on the day of receipt."""
    there = {
        "map": not application.geometry.is_empty,
        "why": bool(application.why_appropriate.strip()),
        "relevant": bool(application.relevant_body.strip()),
    }
    asked = law.in_force(REGULATION_5, clock.uk(application.at).date()).points
    return [
        Item(point.key, point.where, point.name, "" if there[point.key] else "It says nothing of this.")
        for point in asked
    ]
