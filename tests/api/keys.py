"""Tokens for tests, put there as the page does."""

from typing import Any

import sqlalchemy as sa

from consult import tenancy
from consult.accounts.models import Person
from consult.api.models import ACTS, ApiToken
from consult.database import db, unit_of_work
from consult.spaces.models import memberships_of


def token_of(app: Any, world: Any, space: str, role: str = "chair", **changes: Any) -> str:
    """A token of that person for all that their role allows; `spaces` (slugs), `acts` and `days` may be others."""
    person_id = world.operator if space == "operator" else world.person[space, role]
    with app.app_context(), unit_of_work(), tenancy.entered(tenancy.Scope(person_id=person_id)):
        person = db.session.get_one(Person, person_id)
        spaces = [world.space[slug] for slug in changes.get("spaces", ())] or [
            each.space_id for each in memberships_of(person)
        ]
        acts = changes.get("acts", list(ACTS))
        return ApiToken.make(person, f"for {role} of {space}", spaces, acts, changes.get("days", 30))[1]


class Reader:
    """A program with a token, or without."""

    def __init__(self, app: Any, token: str | None) -> None:
        self.client = app.test_client()
        self.client.inspect = False  # programs look at no pages
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, url: str, method: str = "GET", **more: Any) -> Any:
        return self.client.open(url, method=method, headers=self.headers | more)

    def walk(self, url: str, key: str = "items") -> list[Any]:
        """All of a list, page by page."""
        found: list[Any] = []
        while url:
            said = self.get(url).json
            found += said[key]
            url = said["next"]
        return found


def the_token(name_contains: str) -> ApiToken:
    return db.session.scalars(sa.select(ApiToken).where(ApiToken.name.contains(name_contains))).one()
