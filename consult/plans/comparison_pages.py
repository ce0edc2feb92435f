"""Two versions compared on a page, for whoever may see both."""

from flask import abort, g, render_template, request

from consult.access import public
from consult.plans import seen
from consult.plans.comparing import GROUPS, STATES, compare
from consult.plans.models import PlanVersion
from consult.plans.pages import pages


@pages.get("/<space:space>/plan/comparison")
@public
def comparison() -> str:
    versions = seen.visible()
    if not versions:
        abort(404)
    before, after = chosen("from", versions, -2), chosen("to", versions, -1)
    return render_template(
        "plans/comparison.html",
        space=g.space,
        versions=versions,
        before=before,
        after=after,
        found=compare(before, after) if before is not after else {},
        groups=GROUPS,
        states=STATES,
        only=request.args.get("only") == "changed",
    )


def chosen(name: str, versions: list[PlanVersion], otherwise: int) -> PlanVersion:
    """The version of that number; a number that is none of theirs is not there."""
    wanted = request.args.get(name)
    if wanted is None:
        return versions[max(otherwise, -len(versions))]
    return next((each for each in versions if str(each.number) == wanted), None) or abort(404)
