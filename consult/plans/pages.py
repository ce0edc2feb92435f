"""The pages of the plan; `routes.py` and `files.py` add theirs to it."""

from typing import Any

from flask import Blueprint, redirect, url_for

from consult.plans.models import latest_version

pages = Blueprint("plans", __name__)


def frozen() -> bool:
    version = latest_version()
    return version is not None and version.frozen is not None


def back() -> Any:
    return redirect(url_for("plans.show"), 303)
