"""The pages of the plan, which several modules add theirs to, and what these share."""

from typing import Any

from flask import Blueprint, abort, redirect, url_for

from consult.plans.models import PlanVersion, latest_version
from consult.plans.sites import Site

pages = Blueprint("plans", __name__)


def frozen() -> bool:
    version = latest_version()
    return version is not None and version.frozen is not None


def back(key: str = "") -> Any:
    """To the plan, at the place of what was saved."""
    return redirect(url_for("plans.show", _anchor=key or None), 303)


def site_of(version: PlanVersion | None, reference: str) -> Site:
    found = version.site(reference) if version else None
    return found or abort(404)
