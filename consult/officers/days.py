"""Responses a day: what the worker counted by the end of each day, and the small chart of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

WIDE, HIGH = 240, 36
LOWEST = 1.5  # one response among many is still seen


@dataclass(frozen=True)
class Days:
    """Of a consultation that opened on `opened` (None: it has not), as far as `last`. `counted` has the number
    received so far, at the end of each day on which it changed."""

    opened: date | None
    last: date
    counted: dict[date, int]

    def each(self) -> Iterator[tuple[date, int, int]]:
        """Day by day: how many came, and how many had come by its end. Where what had come was erased, none came."""
        day, so_far = self.opened, 0
        if day is not None and self.counted:
            day = min(day, *self.counted)
        while day is not None and day <= self.last:
            by_now = self.counted.get(day, so_far)
            yield day, max(by_now - so_far, 0), by_now
            so_far = by_now
            day += timedelta(days=1)

    @property
    def words(self) -> str:
        """What the chart shows, for whoever does not see it."""
        days = list(self.each())
        if not any(number for _, number, _ in days):
            return "No responses counted yet."
        best, most, _ = max(days, key=lambda each: each[1])
        return f"Responses a day from {days[0][0]:%-d %B} to {days[-1][0]:%-d %B %Y}: most, {most:,}, on {best:%-d %B}."

    @property
    def chart(self) -> Markup:
        """A bar a day, as an SVG whose colour is that of the words beside it; nothing where nothing came."""
        days = [number for _, number, _ in self.each()]
        most = max(days, default=0)
        if not most:
            return Markup("")
        step = WIDE / len(days)
        bars = Markup("").join(
            Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
                n * step, HIGH - high, max(step - 1, step * 0.8), high
            )
            for n, number in enumerate(days)
            if (high := max(number / most * HIGH, LOWEST if number else 0))
        )
        return Markup(
            '<svg class="app-sparkline" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-label="{2}" '
            'focusable="false"><g fill="currentColor">{3}</g></svg>'
        ).format(WIDE, HIGH, self.words, bars)
