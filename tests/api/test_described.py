"""/api/openapi.json is true: what it describes is there, and answers as it says, whatever is asked (schemathesis)."""

import base64
import json
import random

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from consult import access
from consult.api.describing import description_of
from tests.api.keys import token_of

EXAMPLES = 8  # of each address, for each person: the whole takes seconds
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PEOPLE = [("ash", "chair"), ("dell", "chair"), ("northam", "officer"), None]


def cursor(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


CURSORS = st.sampled_from(
    [
        cursor("2026-01-01T00:00:00+00:00", "00000000-0000-4000-8000-00000000dead"),
        cursor("2999-01-01T00:00:00+00:00", "00000000-0000-4000-8000-00000000dead"),
    ]
)


@pytest.fixture
def described(app, client):
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200
    return answer.json


def test_every_address_is_described(app, described):
    told = set(described["paths"])
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")]
    assert len(told) == len(rules) > 5
    for rule in rules:
        view = app.view_functions[rule.endpoint]
        assert description_of(view), rule
        assert access.declared(view), rule
        assert rule.methods == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    "who", PEOPLE, ids=lambda who: "nobody" if who is None else " of ".join(reversed(who))
)
def test_it_answers_as_described_whatever_is_asked(app, world, released, elsewhere, who):
    schemathesis.openapi.format("cursor", CURSORS)
    token = token_of(app, world, *who) if who else None
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    seen = set()
    for operation in (found.ok() for found in schema.get_all_operations()):
        ask(operation, headers, seen, released)
    assert {200, 404 if who else 401} <= seen


def ask(operation, headers, seen, released):
    @given(case=operation.as_strategy(), real=st.booleans(), draw=st.randoms(use_true_random=False))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def asked(case, real, draw):
        if real:
            lead_somewhere(case, draw, released)
        answer = case.call(headers=headers | {"Accept-Encoding": "identity"})
        seen.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    asked()


def lead_somewhere(case, draw: random.Random, released):
    """To what is there, of one's own or of others."""
    kind, slug = draw.choice([("f", "ash"), ("f", "dell"), ("a", "northam")])
    there = {
        "kind": kind,
        "slug": slug,
        "reference": "reg14",
        "release_id": str(released),
        "name": "responses.csv",
    }
    for name in case.path_parameters or {}:
        case.path_parameters[name] = there.get(name, case.path_parameters[name])
