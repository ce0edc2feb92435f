"""/api/openapi.json: the description of the API, made from what is said beside each route, so that it is true.

Plain dictionaries: the libraries for this (APIFlask, flask-smorest, spectree) bring an application class, an error
handling and a second kind of form of their own, and would stand beside the doors and not in them.
"""

import re
from typing import Any

from flask import Response, current_app, url_for
from werkzeug.routing import Rule

from consult import access
from consult.access import Act, public
from consult.api import paging
from consult.api.describing import Description, Schema, description_of
from consult.api.models import ACTS, PREFIX
from consult.api.pages import answer, pages
from consult.web.problems import MEDIA_TYPE

VERSION = "1.0.0"
ABOUT = (
    "Reads what the person who made a token may see, and nothing else; what is public needs no token. Make a token on "
    "your account’s page, and send it as `Authorization: Bearer …`, never in an address. Each read of what people "
    "wrote is noted in the access log of the space. Lists come a page at a time: follow `next`, or the Link header. "
    "Times are ISO 8601 in UTC; places are WGS84. What goes wrong is said in `application/problem+json`."
)
ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
SPACE: list[Schema] = [
    {
        "name": "kind",
        "in": "path",
        "required": True,
        "description": "f for a forum or council, a for an authority",
        "schema": {"enum": ["f", "a"]},
    },
    {
        "name": "slug",
        "in": "path",
        "required": True,
        "description": "The space’s name in addresses",
        "schema": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$"},
    },
]
WORDS = {
    "reference": "The consultation’s reference in addresses",
    "name": "The file’s name",
    "release_id": "The release’s id",
}
PAGED: list[Schema] = [
    {
        "name": "limit",
        "in": "query",
        "description": "How many at most",
        "schema": {"type": "integer", "minimum": 1, "maximum": paging.MOST, "default": paging.USUAL},
    },
    {
        "name": "cursor",
        "in": "query",
        "description": "Where the list goes on: one that was given in `next`",
        "schema": {"type": "string", "format": "cursor"},
    },
]
PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A plain sentence: what is wrong, and what to do"},
    },
    "required": ["type", "title", "status", "detail"],
}
PROBLEMS = {
    "400": "The address is not as described",
    "401": "No token, or one that does not work",
    "403": "The token, or its person, may not do this",
    "404": "Nothing here that this token may see",
    "429": "Too many requests",
    "503": "Busy: try again",
}


@pages.get("/openapi.json")
@public
def openapi() -> Response:
    return answer(
        described_api() | {"servers": [{"url": url_for("spaces.front", _external=True).rstrip("/")}]}
    )


def described_api() -> dict[str, Any]:
    paths = {path_of(rule): {"get": operation(rule, said)} for rule, said in routes()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Consult", "version": VERSION, "description": ABOUT},
        "paths": paths,
        "components": {
            "schemas": {"Problem": PROBLEM},
            "responses": {
                code: {
                    "description": words,
                    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
                for code, words in PROBLEMS.items()
            },
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": f"Begins with {PREFIX}"}
            },
        },
    }


def routes() -> list[tuple[Rule, Description]]:
    found = [
        (rule, said)
        for rule in current_app.url_map.iter_rules()
        if (said := description_of(current_app.view_functions[rule.endpoint])) is not None
    ]
    return sorted(found, key=lambda pair: pair[0].rule)


def path_of(rule: Rule) -> str:
    return ARGUMENT.sub(lambda found: f"{{{found[2]}}}", rule.rule.replace("<space:space>", "{kind}/{slug}"))


def operation(rule: Rule, said: Description) -> dict[str, Any]:
    wanted = access.declared(current_app.view_functions[rule.endpoint])
    closed = wanted != access.PUBLIC
    codes = ["400", "429", "503", *(["401", "403"] if closed else []), *(["404"] if rule.arguments else [])]
    content = {said.media_type: {"schema": said.answer} if said.answer is not None else {}}
    return {
        "operationId": rule.endpoint.partition(".")[2],
        "summary": said.summary,
        "description": " ".join(part for part in (said.words, asked_of(wanted)) if part),
        "parameters": [*path_parameters(rule), *(PAGED if said.paged else [])],
        "responses": {"200": {"description": said.summary, "content": content}}
        | {code: {"$ref": f"#/components/responses/{code}"} for code in sorted(codes)},
        "security": [{"token": []}] if closed else [{}, {"token": []}],
    }


def asked_of(wanted: Any) -> str:
    if isinstance(wanted, Act):
        return f"Needs a token that may “{ACTS[wanted]}”, of a person whose role in this space allows it."
    return "" if wanted == access.PUBLIC else "Needs a token."


def path_parameters(rule: Rule) -> list[Schema]:
    own = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": WORDS[name],
            "schema": {"type": "string", "format": "uuid"}
            if kind == "uuid"
            else {"type": "string", "minLength": 1},
        }
        for kind, name in ARGUMENT.findall(rule.rule)
        if name != "space"
    ]
    return [*(SPACE if "space" in rule.arguments else []), *own]
