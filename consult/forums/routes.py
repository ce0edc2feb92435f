"""The body’s side of a forum application: what it includes, what is missing; handed over, and taken back."""

from typing import Any

from flask import Flask, abort, flash, g, redirect, render_template, request, url_for

from consult import clock
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.forums import deciding_pages as deciding_pages
from consult.forums import drafting, ground, pack
from consult.forums import listing as listing
from consult.forums import panel as panel
from consult.forums import road as road
from consult.forums.counting import AT_LEAST, tally
from consult.forums.forms import ConstitutionForm, ContactForm, NamesForm, statement_form
from consult.forums.models import applications_of
from consult.forums.pages import AT, constitution_of, forum_only, pages, sent
from consult.spaces.models import admission
from consult.web.files_taken import ROOM_FOR_A_FILE


@pages.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint == "forums.constitution":
        request.max_content_length = ROOM_FOR_A_FILE


@pages.get(AT)
@needs(Act.LOOK)
def show() -> str:
    forum_only()
    said = drafting.draft()
    return render_template(
        "forums/show.html",
        said=said,
        items=drafting.items(said),
        applications=applications_of(g.space),
        admission=admission(),
        tally=tally(said.members),
        at_least=AT_LEAST,
        has_area=ground.of(g.space) is not None,
        pages_of=PAGES_OF,
    )


PAGES_OF = {
    "name": "forums.names",
    "area": "forums.names",
    "constitution": "forums.constitution",
    "contact": "forums.contact",
    "statement": "forums.statement",
    "members": "forums.members",
}


@pages.route(f"{AT}/names", methods=["GET", "POST"])
@needs(Act.APPLY)
def names() -> Any:
    forum_only()
    form = NamesForm(obj=drafting.draft())
    if form.validate_on_submit():
        drafting.keep(me(), "names", name=form.name.data, area_name=form.area_name.data)
        return kept("The names are saved.")
    shown = {"area": ground.of(g.space)}
    return render_template("forums/names.html", form=form, **shown), 422 if form.errors else 200


@pages.route(f"{AT}/constitution", methods=["GET", "POST"])
@needs(Act.APPLY)
def constitution() -> Any:
    forum_only()
    said = drafting.draft()
    form = ConstitutionForm(obj=said)
    if not form.validate_on_submit():
        page = render_template("forums/constitution.html", form=form, said=said)
        return page, 422 if form.errors else 200
    words: dict[str, Any] = {"constitution": form.constitution.data or ""}
    if form.taken:
        words |= {
            "constitution_name": form.taken.name,
            "constitution_type": form.taken.media_type,
            "constitution_file": form.taken.content,
        }
    drafting.keep(me(), "the constitution", **words)
    return kept("The constitution is saved.")


@pages.post(f"{AT}/constitution/removal")
@needs(Act.APPLY)
def remove_constitution() -> Any:
    forum_only()
    nothing = {"constitution_name": "", "constitution_type": "", "constitution_file": None}
    drafting.keep(me(), "the file of the constitution, removed", **nothing)
    return kept("The file is removed.")


@pages.get(f"{AT}/constitution/file")
@needs(Act.LOOK)
def own_constitution() -> Any:
    forum_only()
    return constitution_of(drafting.draft())


@pages.route(f"{AT}/contact", methods=["GET", "POST"])
@needs(Act.APPLY)
def contact() -> Any:
    forum_only()
    form = ContactForm(obj=drafting.draft())
    if form.validate_on_submit():
        said = {f.name: f.data or "" for f in form if f.name.startswith("contact_")}
        drafting.keep(me(), "the public contact", **said)
        return kept("The public contact is saved.")
    return render_template("forums/contact.html", form=form), 422 if form.errors else 200


@pages.route(f"{AT}/statement", methods=["GET", "POST"])
@needs(Act.APPLY)
def statement() -> Any:
    forum_only()
    form = statement_form(drafting.draft(), clock.today())
    if form.validate_on_submit():
        said = {f.name: f.data for f in form if f.name != "csrf_token" and f.data}
        drafting.keep(me(), "how the forum meets the conditions", statement=said)
        return kept("Your answers are saved.")
    return render_template("forums/statement.html", form=form), 422 if form.errors else 200


def kept(sentence: str) -> Any:
    flash(sentence, "success")
    return redirect(url_for("forums.show"), 303)


@pages.post(f"{AT}/handing")
@needs(Act.APPLY)
def hand() -> Any:
    forum_only()
    drafting.hand(me())
    authority = g.space.authority.name if g.space.authority else "the authority"
    return kept(f"The application is with {authority}. It stays as it is; you can replace or withdraw it.")


@pages.post(f"{AT}/withdrawal")
@needs(Act.APPLY)
def withdraw() -> Any:
    forum_only()
    drafting.withdraw(me())
    return kept("The application is withdrawn. What you wrote stays here, and you can apply again.")


@pages.get(f"{AT}/application.pdf")
@needs(Act.LOOK)
def own_pdf() -> Any:
    """As it was handed over or, while none waits, as it would be."""
    forum_only()
    applied = drafting.live()
    area = ground.of(g.space)
    if applied is None and area is None:
        abort(404)
    made = pack.of_application(applied) if applied else pack.of_draft(g.space, drafting.draft(), area)
    return sent(
        "forum-application.pdf", "application/pdf", pack.pdf(made), f"forum application of {g.space.name}"
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
