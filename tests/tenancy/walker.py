"""Walks the URL map as people who have no business in a space, and writes down whatever they learn.

Two rules. Nothing that carries another space's word appears. And an id that belongs to another space is answered
byte for byte like one that does not exist (but for nonce and token, which are fresh on every page).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.routing import IntegerConverter, Rule, UUIDConverter

from tests.inspector import PageInspector

NOWHERE = UUID("00000000-0000-4000-8000-00000000dead")
NO_WORD = "no-such-thing"
NUMBER = 9_001  # what every numbered row of the planted space is numbered
FRESH = re.compile(r'nonce="[^"]*"|nonce-[^\']*|name="csrf_token"[^>]*>|value="[^"]*" name="csrf_token"')
# What an argument names where neither it nor the word before it is called as its table is. Those called after no table
# (a person, a sign-in, a boundary that everyone may see; a file's ending, a step, a token that only its owner has) are
# tried with one row's name: there is nothing of the space that they could lead to.
CALLED = {
    "/response-files/": ("answer_file",),
    "/imports/": ("held_table", "held_file"),
    "/easy-read-pictures/": ("easy_read_line",),
    "/forum-application/members/": ("forum_application_member", "forum_member"),
    "/submission/draft-files/": ("submission_draft_file",),
    "/area/consents/<": ("parish_consent",),
    "/bodies/<slug>": ("area",),
    "/progress/<slug>": ("area",),
    "/register/<reference>": ("register_entry",),
    "/sign-in/<uuid:": ("deed",),
    "/devices/<uuid:": ("deed",),
    "/api-tokens/<uuid:": ("deed",),
    "/boundary/<uuid:": ("area",),
    "/operator/spaces/<slug>": ("area",),
    "<token>": ("draft", "email_confirmation", "follower", "follower_link", "invitation", "response"),
    "<name>": ("report_file", "release_file"),
    "/reports/words/": ("area",),
    "<form>": ("area",),
    "<ending>": ("area",),
    "<item>": ("submission_draft_file",),
    "<signed>": ("digest_subscription",),
    "<body>": ("consultee",),
    "<path:filename>": ("area",),
}
LEFT_OUT = ("static", "security.logout")  # signs the walker out


@dataclass(frozen=True)
class Walker:
    """Somebody: their session cookie, their own space, the words that they may not see, and what was handed to them."""

    name: str
    cookie: str | None
    token: str | None  # for the API, which no cookie opens
    home: str  # as in f/beck
    forbidden: tuple[str, ...]
    handed: frozenset[Any] = frozenset()
    oversees: tuple[str, ...] = ()  # addresses that tell them, alone, of every space


def walk(
    app: Flask, target: str, named: dict[str, list[Any]], walkers: list[Walker], only: str = ""
) -> Iterator[str]:
    """Every fault found, in words. `target` is the foreign space, as in f/ash; `named` what addresses could name."""
    rules = [r for r in app.url_map.iter_rules() if r.endpoint not in LEFT_OUT and only in r.rule]
    for method in ("GET", "POST"):
        for rule, walker in product(rules, walkers):
            if method in (rule.methods or ()):
                yield from visit(app, rule, method, walker, target, named)


def visit(
    app: Flask, rule: Rule, method: str, walker: Walker, target: str, named: dict[str, list[Any]]
) -> Iterator[str]:
    homes = (target, walker.home) if "space" in rule.arguments else (None,)
    missed: dict[str | None, Answer] = {}  # what does not exist is asked for once a home
    for home, values in product(homes, list(fillings(rule, named))):
        foreign = fetch(app, rule, method, walker, values | ({"space": home} if home else {}))
        where = f"{walker.name}: {method} {foreign.path}"
        if foreign.status >= 500:
            yield f"{where} answers {foreign.status}"
        for word in walker.forbidden:
            if word in foreign.text and not foreign.path.startswith(walker.oversees):
                yield f"{where} shows “{word}”"
        posted = any(str(value).startswith("public-") for value in values.values())
        known = posted or (home == target and foreign.status < 400) or walker.handed & set(values.values())
        if values and not known:
            if home not in missed:
                nothing = {name: absent(value) for name, value in values.items()}
                missed[home] = fetch(app, rule, method, walker, nothing | ({"space": home} if home else {}))
            missing = missed[home]
            if (foreign.status, foreign.text) != (missing.status, missing.text):
                yield f"{where} differs from what does not exist ({foreign.status}, {missing.status})"


def fillings(rule: Rule, named: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Every way of filling the rule's other arguments with what the foreign space has."""
    arguments = sorted(rule.arguments - {"space"})
    for values in product(*(what_fits(rule, argument, named) for argument in arguments)):
        yield dict(zip(arguments, values, strict=True))


def what_fits(rule: Rule, argument: str, named: dict[str, list[Any]]) -> list[Any]:
    """What an argument could name: of the table that it, or the word before it in the address, is called after; where
    there is none, of every table."""
    before = re.search(rf"([a-z-]+)/<(?:[a-z]+:)?{argument}>", rule.rule)
    stems = [
        argument.removesuffix("_id").removesuffix("_reference"),
        before[1].removesuffix("s") if before else "",
    ]
    tables = [
        table
        for stem in stems
        for table in named
        if table == stem.replace("-", "_").replace("policie", "policy")
    ]
    tables = tables or [table for part, called in CALLED.items() if part in rule.rule for table in called]
    found = [value for table in tables or named for value in named.get(table, ())]
    converter = rule._converters[argument]
    if isinstance(converter, IntegerConverter):
        return [NUMBER]
    named_so = isinstance(converter, UUIDConverter)
    fitting = [value for value in found if isinstance(value, UUID) == named_so]
    return fitting or [v for values in named.values() for v in values if isinstance(v, UUID) == named_so][:1]


def absent(value: Any) -> Any:
    return NOWHERE if isinstance(value, UUID) else 404_404 if isinstance(value, int) else NO_WORD


@dataclass(frozen=True)
class Answer:
    path: str
    status: int
    text: str


def fetch(app: Flask, rule: Rule, method: str, walker: Walker, values: dict[str, Any]) -> Answer:
    client: PageInspector = app.test_client()  # type: ignore[assignment]
    client.inspect = False
    if walker.cookie:
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], walker.cookie)
    path = app.url_map.bind("localhost").build(rule.endpoint, values, method)
    token = walker.token if path.startswith("/api/") else None
    response = client.open(path, method=method, headers={"Authorization": f"Bearer {token}"} if token else {})
    text = response.get_data().decode("utf-8", "replace") + str(response.headers.get("Location", ""))
    for given in (path, *(str(v) for v in values.values())):
        text = text.replace(given, "…") if given not in ("f/ash",) else text
    return Answer(path, response.status_code, FRESH.sub("", text))
