"""What every answer carries, over the whole URL map: a route of tomorrow is walked as well."""

from itertools import product
from uuid import UUID

import pytest
from werkzeug.routing import IntegerConverter, UUIDConverter

from consult.app import create_app
from consult.settings import Settings

CARRIED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = (
    "default-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
)
SIGNS_OUT = "security.logout"
A_FILE = "sandbox; default-src 'none'"  # to be kept, not shown: nothing in it may run, or load anything
PUBLIC_FILES = {"static", "areas.base_geojson"}  # the same for everyone, so they may be kept
OPEN_DATA = {  # other sites' pages may read them, and may be kept a minute
    *("areas.register_geojson", "areas.register_csv", "areas.entry_geojson"),
    *("consultations.timetable_csv", "consultations.timetable_json"),
}


def filled(rule):
    def fitting(name):
        converter = rule._converters[name]
        if isinstance(converter, UUIDConverter):
            return UUID(int=1)
        return 1 if isinstance(converter, IntegerConverter) else "f/ash" if name == "space" else "x"

    return {name: fitting(name) for name in rule.arguments}


def everywhere(app):
    """(endpoint, address, method) of every rule."""
    for rule, method in product(app.url_map.iter_rules(), ("GET", "POST")):
        if method in rule.methods:
            yield (
                rule.endpoint,
                app.url_map.bind("localhost").build(rule.endpoint, filled(rule), method),
                method,
            )


def lacking(answer):
    """What an answer does not carry, by name."""
    wrong = [name for name, value in CARRIED.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    wrong += [part for part in POLICY if part not in policy and policy != A_FILE]
    return wrong + [word for word in ("unsafe-inline", "unsafe-eval", "*") if word in policy]


@pytest.fixture(params=["a stranger", "the chair", "the operator"])
def who(request, client, sign_in):
    known = {"the chair": "ash", "the operator": "operator"}
    client = sign_in(known[request.param]) if request.param in known else client
    client.inspect = False
    return client


def test_every_answer_carries_its_headers_and_is_not_kept(app, who):
    faults, walked = {}, 0
    for endpoint, address, method in everywhere(app):
        if endpoint == SIGNS_OUT:
            continue
        with who.open(address, method=method) as answer:
            walked += 1
            wrong = lacking(answer)
            if endpoint in OPEN_DATA and answer.status_code == 200:
                wrong.remove("Cross-Origin-Resource-Policy")
                assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
                assert answer.headers["Cache-Control"] == "public, max-age=60"
            elif endpoint not in PUBLIC_FILES and "no-store" not in answer.headers.get("Cache-Control", ""):
                wrong.append("no-store")
            if answer.status_code >= 500:
                wrong.append(f"{answer.status_code}")
        if wrong:
            faults[method, address] = wrong
    assert faults == {}
    assert walked > 100


def test_a_page_that_is_not_there_carries_them_too(client):
    for address in ("/nothing/here", "/f/none/", "/static/none.css"):
        assert lacking(client.get(address)) == []


@pytest.fixture
def in_production(app, tmp_path):
    given = {"SECRET_KEY": "long and random", "DATA_DIR": str(tmp_path), "SERVER_NAME": "plan.example.org"}
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    return create_app(Settings.read(given | {"DATABASE_URL": url}), RATELIMIT_ENABLED=False)


def test_cookies_of_production_are_for_this_host_over_tls_and_for_no_script(in_production):
    address = in_production.url_map.bind("plan.example.org").build("security.login")
    answer = in_production.test_client().get(address, base_url="https://plan.example.org")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    name, *flags = [part.strip() for part in cookie.split(";")]
    assert name.startswith("__Host-consult=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(flags)
    assert not [flag for flag in flags if flag.startswith("Domain")]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_another_host_is_not_answered(in_production):
    answer = in_production.test_client().get("/login", base_url="https://evil.example.org")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("site", "refused"), [("cross-site", True), ("same-site", True), ("same-origin", False)]
)
def test_a_form_from_another_site_is_refused(app, client, site, refused):
    address = app.url_map.bind("localhost").build("security.login")
    assert (client.post(address, headers={"Sec-Fetch-Site": site}).status_code == 403) == refused
