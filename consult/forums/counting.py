"""Who counts on the private list of members (section 61F(5)(c) of the Town and Country Planning Act 1990)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

AT_LEAST = 21  # individuals: section 61F(5)(c)


@dataclass(frozen=True)
class Tally:
    """How many individuals are listed, how many of them count, and as what; one may count as several."""

    listed: int
    counted: int
    live: int
    work: int
    elected: int

    @property
    def short_by(self) -> int:
        return max(AT_LEAST - self.counted, 0)

    @property
    def kinds_missing(self) -> list[str]:
        """Which of the three kinds nobody is of: the authority weighs it (section 61F(7)(a)), and may still
        designate."""
        kinds = {
            "somebody who lives there": self.live,
            "somebody who works there": self.work,
            "an elected member": self.elected,
        }
        return [words for words, number in kinds.items() if not number]


def tally(members: Iterable[Any]) -> Tally:
    everyone = list(members)
    return Tally(
        listed=len(everyone),
        counted=sum(bool(each.lives or each.works or each.elected) for each in everyone),
        live=sum(bool(each.lives) for each in everyone),
        work=sum(bool(each.works) for each in everyone),
        elected=sum(bool(each.elected) for each in everyone),
    )
