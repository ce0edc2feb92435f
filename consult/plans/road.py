"""Where a body stands with its draft plan, on the road of its plan."""

from flask import url_for

from consult import clock
from consult.plans.models import latest_version
from consult.spaces import journey
from consult.spaces.journey import Place
from consult.spaces.models import Space


@journey.step("draft_plan")
def drafting(space: Space) -> Place:
    """Done once a version was frozen: people were asked about it."""
    page, version = url_for("plans.show"), latest_version()
    if version is None or not version.policies:
        return journey.now("There are no policies yet.", page, "Write the plan")
    frozen = [each.frozen for each in version.plan.versions if each.frozen]
    if frozen:
        return journey.done(clock.uk(frozen[-1]).date(), f"Version {version.number}.", page)
    number = len(version.policies)
    written = f"{number} {'policy' if number == 1 else 'policies'} so far."
    return journey.now(
        f"{written} It has to be complete before you consult on it.", page, "Go on with the plan"
    )
