"""A resident who answers a page at a time, without JavaScript: posts what a page holds, and goes where it leads."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.inspector import Page
from tests.responses.asking import URL


class Paging:
    def __init__(self, client: Any, url: str = URL, **more: Any) -> None:
        self.client = client
        self.at(client.send(url, do="start", **more))

    @classmethod
    def of(cls, client: Any, location: str) -> "Paging":
        made = cls.__new__(cls)
        made.client, made.location = client, location
        return made

    def at(self, answer: Any) -> "Paging":
        assert answer.status_code == 303, answer.text
        self.location = answer.headers["Location"]
        return self

    @property
    def draft(self) -> str:
        return self.location.partition("?")[0]

    @property
    def step(self) -> str:
        found = parse_qs(urlsplit(self.location).query).get("at")
        return found[0] if found else "page-1"

    def page(self) -> Page:
        return Page(self.client.get(self.location))

    def post(self, **fields: Any) -> Any:
        given: dict[str, Any] = {"at": self.step, "do": "next"}
        return self.client.post(self.location, data=given | fields)

    def writes(self, **fields: Any) -> "Paging":
        return self.at(self.post(**fields))

    def to_the_end(self, **fields: Any) -> "Paging":
        """Presses “Save and continue” until the answers are checked; each page gets those of the fields that it has."""
        for _ in range(30):
            if self.step == "check":
                return self
            page = self.page()
            names = {e.get("name") for kind in ("input", "textarea", "select") for e in page.tree.iter(kind)}
            self.writes(**{name: value for name, value in fields.items() if name in names})
        raise AssertionError("the pages never end")

    def send(self, **fields: Any) -> Any:
        return self.client.post(self.location, data={"do": "send", **fields})
