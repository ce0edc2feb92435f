"""The private list of members: for the chair alone, and for the authority's officers once it is handed over."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.forums import drafting, rows
from consult.forums.counting import AT_LEAST, tally
from consult.forums.forms import ListForm, MemberForm
from consult.forums.pages import AT, forum_only, pages, sent


@pages.route(f"{AT}/members", methods=["GET", "POST"])
@needs(Act.APPLY)
def members() -> Any:
    forum_only()
    form = MemberForm()
    if form.validate_on_submit():
        drafting.add_member(me(), form.member)
        flash(f"{form.name.data} is on the list.", "success")
        return redirect(url_for("forums.members"), 303)
    listed = drafting.draft().members
    page = render_template(
        "forums/members.html", form=form, members=listed, tally=tally(listed), at_least=AT_LEAST
    )
    return page, 422 if form.errors else 200


@pages.post(f"{AT}/members/<uuid:member_id>/removal")
@needs(Act.APPLY)
def remove_member(member_id: UUID) -> Any:
    forum_only()
    found = next((each for each in drafting.take().members if each.id == member_id), None)
    if found is None:
        abort(404)
    name = found.name
    drafting.remove_member(me(), found)
    flash(f"{name} is off the list.", "success")
    return redirect(url_for("forums.members"), 303)


@pages.route(f"{AT}/members/list", methods=["GET", "POST"])
@needs(Act.APPLY)
def paste() -> Any:
    """The whole list at once: what is pasted takes the place of what there is, or nothing changes."""
    forum_only()
    now = rows.table_of(drafting.draft().members).decode("utf-8-sig")
    form, faults = ListForm(data={"rows": now}), []
    if form.validate_on_submit():
        read = rows.read(form.rows.data)
        faults = read.faults
        if not faults:
            drafting.keep_members(me(), read.members)
            flash(f"The list has {len(read.members)} members now.", "success")
            return redirect(url_for("forums.members"), 303)
    page = render_template("forums/paste.html", form=form, faults=faults, columns=rows.COLUMNS)
    return page, 422 if form.errors or faults else 200


@pages.get(f"{AT}/members.csv")
@needs(Act.APPLY)
def members_csv() -> Any:
    forum_only()
    return sent("members.csv", "text/csv", rows.table_of(drafting.draft().members), "private list of members")
