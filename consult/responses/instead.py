"""One person's words stand once. Where a response took the place of another, both are kept and one of them stands:
counted, or late. Whatever is decided later, two of them never stand together."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult.database import alone, db
from consult.responses.models import Replacement, Response
from consult.tenancy import here
from consult.web.errors import Refused

_pairs: list[tuple[Any, Any]] = [(Replacement.former_id, Replacement.response_id)]


def takes_the_place(former: Any, newer: Any) -> None:
    """A floor above says of a table of its own that the response of the second column took the place of the first's."""
    _pairs.append((former, newer))


def formers(response_id: UUID) -> Iterator[UUID]:
    for former, newer in _pairs:
        yield from db.session.scalars(sa.select(former).where(newer == response_id))


def newer_ones(response_id: UUID) -> Iterator[UUID]:
    for former, newer in _pairs:
        yield from db.session.scalars(sa.select(newer).where(former == response_id, newer.is_not(None)))


def first_of(response_id: UUID) -> UUID:
    """What its sender, or the sheet, was first received as."""
    while (former := next(formers(response_id), None)) is not None:
        response_id = former
    return response_id


def those_of(response: Response) -> list[Response]:
    """The first, and whatever took its place, in that order."""
    found = [first_of(response.id)]
    for each in found:  # which grows
        found += newer_ones(each)
    return [db.session.get_one(Response, (here(), each)) for each in found]


def standing_instead(response: Response) -> Response | None:
    """The one that stands in its place, or that it had taken the place of."""
    others = (other for other in those_of(response) if other.id != response.id)
    return next((other for other in others if other.set_aside is None), None)


def refuse_beside_another(response: Response) -> None:
    """From here to the end of the transaction nobody else lets one of them stand. Raises Refused where one does."""
    response.take()
    alone(f"response {first_of(response.id)}")
    other = standing_instead(response)
    if other is not None:
        raise Refused(
            f"{other.reference} stands in place of {response.reference}: the same person would be counted twice. "
            f"Set {other.reference} aside first, if it should not be counted."
        )
