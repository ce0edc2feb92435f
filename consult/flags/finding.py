"""Finds what looks unusual in the way responses came: no web and no database, and the same twice.

Moments are instants, so the hour that a clock shows twice in October is two hours here. Only what somebody sent from a
device of their own is looked at for haste and for bursts: a stall, a scanner or an import brings many at once, and that
is what they are for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

Thresholds = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Arrival:
    id: UUID
    received: datetime
    own_device: bool  # sent by whoever answered, and not at an event
    took_seconds: float | None = None  # from opening the form; None where that says nothing
    network: str = ""
    late: bool = False


@dataclass(frozen=True)
class Finding:
    """`evidence` holds numbers and moments only."""

    rule: str
    responses: tuple[UUID, ...]
    evidence: dict[str, Any]


def findings(
    arrivals: Iterable[Arrival], takes_seconds: float, thresholds: Thresholds, closes: datetime | None = None
) -> list[Finding]:
    """`takes_seconds` is how long the form takes, as people are told; the rest in the order of `rules.toml`."""
    every = sorted(arrivals, key=lambda one: (one.received, one.id))
    own = [one for one in every if one.own_device]
    by_network = networks(own)
    crowds = [crowd for of_one in by_network for crowd in bursts(of_one, thresholds["network_burst"])]
    seen = {one.id for crowd in crowds for one in crowd}
    others = bursts([one for one in own if one.id not in seen], thresholds["burst"])
    return [
        *(burst("network_burst", crowd, thresholds) for crowd in crowds),
        *(burst("burst", crowd, thresholds) for crowd in others),
        *quick(own, takes_seconds, thresholds["quick"]),
        *shared(by_network, thresholds["network"]),
        *late(every, closes),
    ]


def networks(own: Sequence[Arrival]) -> list[list[Arrival]]:
    found: dict[str, list[Arrival]] = {}
    for one in own:
        if one.network:
            found.setdefault(one.network, []).append(one)
    return list(found.values())


def bursts(arrivals: Sequence[Arrival], least: Mapping[str, int]) -> Iterator[list[Arrival]]:
    """Stretches in which at least `number` came with no more than `minutes` from the first to the last of them; those
    that overlap are one."""
    within, begins, stretch = timedelta(minutes=least["minutes"]), 0, None
    for at, one in enumerate(arrivals):
        while one.received - arrivals[begins].received > within:
            begins += 1
        if at - begins + 1 < least["number"]:
            continue
        if stretch is not None and begins <= stretch[1]:
            stretch = (stretch[0], at)
            continue
        if stretch is not None:
            yield list(arrivals[stretch[0] : stretch[1] + 1])
        stretch = (begins, at)
    if stretch is not None:
        yield list(arrivals[stretch[0] : stretch[1] + 1])


def burst(rule: str, crowd: list[Arrival], thresholds: Thresholds) -> Finding:
    first, last = crowd[0].received, crowd[-1].received
    evidence = {"number": len(crowd), "from": first.isoformat(), "until": last.isoformat()}
    return Finding(rule, ids(crowd), evidence | {"by": dict(thresholds[rule])})


def quick(own: Sequence[Arrival], takes_seconds: float, least: Mapping[str, int]) -> Iterator[Finding]:
    """All together are one finding: each would be looked at alike."""
    below = min(takes_seconds * least["percent"] / 100, least["seconds"])
    found = [one for one in own if one.took_seconds is not None and one.took_seconds < below]
    if found:
        evidence = {"number": len(found), "below_seconds": below, "takes_seconds": takes_seconds}
        yield Finding("quick", ids(found), evidence | {"by": dict(least)})


def shared(by_network: list[list[Arrival]], least: Mapping[str, int]) -> Iterator[Finding]:
    for of_one in by_network:
        if len(of_one) >= least["number"]:
            yield Finding("network", ids(of_one), {"number": len(of_one), "by": dict(least)})


def late(every: Sequence[Arrival], closes: datetime | None) -> Iterator[Finding]:
    found = [one for one in every if one.late]
    if found:
        moments = {"closed": closes.isoformat()} if closes else {}
        yield Finding(
            "late", ids(found), {"number": len(found), "until": found[-1].received.isoformat(), **moments}
        )


def ids(arrivals: Iterable[Arrival]) -> tuple[UUID, ...]:
    return tuple(one.id for one in arrivals)
