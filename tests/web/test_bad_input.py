"""Whatever is written into an address: a page, or a plain refusal; never a failure of ours."""

import pytest

from tests.reports import scene
from tests.web.test_security import everywhere

PARAMETERS = (
    *("page", "q", "home", "connection", "kind", "question", "policy", "stance", "group", "key", "mail"),
    *(
        "stage",
        "state",
        "view",
        "width",
        "next",
        "authority",
        "status",
        "layer",
        "to",
        "when",
        "do",
        "x",
        "y",
        *(
            "show",
            "with",
            "against",
            "start",
            "shape",
            "bounds",
            "points",
            "before",
            "at",
            "but",
            "pin",
            "kind",
        ),
    ),
)
VALUES = ("%00", "9" * 23, "%ED%A0%80", '*"(')


@pytest.fixture
def consulting(working):
    with working("ash"):
        scene.respond(scene.consultation(), 12)


@pytest.mark.parametrize("value", VALUES)
def test_any_parameter_may_hold_anything(app, consulting, sign_in, value):
    query = "&".join(f"{name}={value}" for name in PARAMETERS)
    chair = sign_in("ash")
    chair.inspect = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    failed = []
    for endpoint, address, method in everywhere(app):
        if method == "GET" and endpoint != "security.logout":
            for at in {address, address.replace("/consultations/x", "/consultations/reg14")}:
                with chair.get(f"{at}?{query}") as answer:
                    if answer.status_code >= 500:
                        failed.append(at)
    assert failed == []
