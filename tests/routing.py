"""Each test has an application of its own, and most of what making one costs is werkzeug compiling the same 350 rules
for building addresses, again. A rule's builder depends on the rule alone and takes it as its first argument: those
of one application serve the next."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

_compiled: dict[Any, Callable[..., tuple[str, str]]] = {}
_compile = Rule._compile_builder


def compile_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
    if key not in _compiled:
        _compiled[key] = _compile(rule, append_unknown)
    return _compiled[key]


def remember_builders() -> None:
    Rule._compile_builder = compile_once  # type: ignore[method-assign]
