"""What the body replied to each point. The one place where replies come into a report: none are kept yet."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from consult.feedback.models import Snapshot
from consult.reports.points import NO_REPLY, Point, Reply


def replies_of(snapshot: Snapshot) -> Mapping[UUID, Reply]:
    """By the point as it was coded (`points.models.Point`)."""
    return {}


def replied(points: list[Point], snapshot: Snapshot) -> list[Point]:
    """The points, each with its reply."""
    replies = replies_of(snapshot)
    if not replies:
        return points
    return [replace(each, reply=replies.get(each.id, NO_REPLY)) if each.id else each for each in points]
