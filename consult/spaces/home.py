"""What the front page, the home of a space (`/f/<slug>/` or `/a/<slug>/`) and the page of its area show beside what is
their own: the panels that each subject adds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import render_template

Drawn = Callable[[], "Panel | None"]
_panels: dict[str, dict[str, tuple[int, Drawn]]] = {"home": {}, "front": {}, "area": {}}
_whole: dict[str, Drawn] = {}


@dataclass(frozen=True)
class Panel:
    """A part of a page: a template and what it is given."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)

    def __html__(self) -> str:
        return render_template(self.template, **self.context)


def panel(order: int, page: str = "home") -> Callable[[Drawn], Drawn]:
    """Marks a function as a panel of every space's home, or of the front page; it answers None where it has nothing
    to say. One whose order is below nought stands above all else, also where the home is drawn whole."""

    def add(function: Drawn) -> Drawn:
        _panels[page][f"{function.__module__}.{function.__qualname__}"] = (order, function)
        return function

    return add


def whole(function: Drawn) -> Drawn:
    """Marks a function that draws the home of a space in place of all panels; it answers None where they are wanted."""
    _whole[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def panels(page: str = "home") -> list[Panel]:
    """What the home of the space we stand in, or the front page, is made of, in order."""
    in_order = sorted(_panels[page].items(), key=lambda item: (item[1][0], item[0]))
    for function in _whole.values() if page == "home" else ():
        if drawn_whole := function():
            urgent = [function() for _, (order, function) in in_order if order < 0]
            return [panel for panel in (*urgent, drawn_whole) if panel is not None]
    drawn = [function() for _, (_, function) in in_order]
    return [panel for panel in drawn if panel is not None]
