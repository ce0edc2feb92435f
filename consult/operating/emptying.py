"""A space deleted: every row that is its own and every file go, in one transaction.

What it handed through the walls stays with those it was handed to: releases and submissions are the authority's
evidence, and the register is a public record, on which a designated area stands until its authority ends that; what was
only applied for leaves it with the day. Announcements and publications go. The space itself stays as a name and an
address, which is never given again, and the operator's record says what went.
"""

from typing import Any, Final, cast
from uuid import UUID

import sqlalchemy as sa

from consult import audit, clock, jobs, mail, tenancy
from consult.accounts.models import Person
from consult.areas import register
from consult.areas.models import Application, BaseMapLayer, RegisterEntry
from consult.consultations.records import AnnouncementDay
from consult.database import Base, db
from consult.feedback import word_index
from consult.forums import drafting
from consult.jobs import Job
from consult.operating import deletions, exporting, rows
from consult.operating.deletions import Deletion
from consult.reports.models import Release
from consult.spaces.founding import leaders
from consult.spaces.models import Space, standing
from consult.tenancy import Handed, Walled, here

HANGS_ON_WHAT_GOES: Final = (AnnouncementDay,)  # of what was handed over
OF_ITSELF: Final = ("about", "colour", "contact_name", "contact_email", "contact_phone", "contact_address")


@jobs.handler(deletions.KIND)
def carry_out(job: Job) -> dict[str, Any] | None:
    deletion = db.session.get(Deletion, UUID(hex=job.payload["deletion"]))
    if deletion is None or deletion.withdrawn is not None or deletion.done is not None:
        return None
    if deletions.why_not(deletion.space):
        deletions.take_back(deletion, None)
        return None
    job.note(steps="Everything of it is being removed")  # from here on no other worker takes this job up
    name, told = deletion.space.name, addresses(deletion.space)
    counts = empty(deletion)
    for address in told:
        mail.send(
            address,
            f"{name} has been deleted",
            f"{name} and everything in it has been deleted from Consult.\n",
        )
    return {"rows": sum(counts.values())}


def addresses(space: Space) -> list[str]:
    with tenancy.inside(space.id):
        return [person.email for person in leaders(space)]


def empty(deletion: Deletion) -> dict[str, int]:
    """Removes all of it; how many rows of each table. Called where nobody stands."""
    space = deletion.space
    deletion.begun = clock.now()
    db.session.flush()  # from here on the database lets it be done
    with tenancy.inside(space.id):
        end_applications(deletion)
        let_go_of_what_stays()
        remove_exports()
        counts = {kind.__tablename__: remove(kind) for kind in what_goes()}
        word_index.forget()
        close(space)
    counts["job"] = remove_jobs(space.id)
    counts["base_map_layer"] = removed(sa.delete(BaseMapLayer).where(BaseMapLayer.authority_id == space.id))
    deletion.done = clock.now()
    db.session.flush()  # and from here on no more
    gone = {table: number for table, number in sorted(counts.items()) if number}
    asked = {"asked_by": deletion.asked_by, "by_id": deletion.by_id.hex if deletion.by_id else ""}
    about = {"name": space.name, "slug": space.slug, "asked": deletion.at.isoformat(), "why": deletion.why}
    audit.record_operator("space.deleted", by="the service", space=space.id.hex, rows=gone, **about, **asked)
    return gone


def end_applications(deletion: Deletion) -> None:
    """What waits for a decision is taken back, so that the register makes room."""
    now, space = register.application_now(), standing()
    if now is not None and now.is_live:
        now.withdrawn, now.withdrawn_by_id = clock.now(), deletion.by_id
        register.take_off(now.entry)
    if space.kind == "forum" and (waits := drafting.live()) is not None:
        drafting.withdrawn(waits, db.session.get(Person, deletion.by_id), replaced=False)
    db.session.flush()


def let_go_of_what_stays() -> None:
    """What was handed over no longer links to what it was made from."""
    for kind, column in ((Release, "report_id"), (Application, "area_version_id")):
        mine = sa.update(kind).where(kind.space_id == here()).values({column: None})
        db.session.execute(mine, execution_options={"synchronize_session": False})


def what_goes() -> list[type[Any]]:
    """The classes of all tables with rows of its own, those that link first."""
    classes = {cast(sa.Table, m.local_table).name: m.class_ for m in Base.registry.mappers}
    ordered = [classes[table.name] for table in reversed(rows.tables())]
    return [kind for kind in ordered if issubclass(kind, Walled) and not stays(kind)]


def stays(kind: Any) -> bool:
    if issubclass(kind, Handed):
        return kind not in HANGS_ON_WHAT_GOES
    return kind is RegisterEntry


def remove(kind: type[Any]) -> int:
    return removed(sa.delete(kind).where(kind.space_id == here()))


def removed(statement: Any) -> int:
    done: Any = db.session.execute(statement, execution_options={"synchronize_session": False})
    return int(done.rowcount)


def close(space: Space) -> None:
    for name in OF_ITSELF:
        setattr(space, name, "")
    space.deleted = clock.now()
    db.session.flush()


def remove_exports() -> None:
    for path in exporting.folder().glob(f"{here().hex}-*.zip"):
        path.unlink(missing_ok=True)


def remove_jobs(space_id: UUID) -> int:
    """With the mail that lies as files: what a space wrote to people names them."""
    theirs = sa.select(Job.result).where(Job.space_id == space_id, Job.kind == "mail")
    for result in db.session.scalars(theirs):
        kept = str((result or {}).get("sent", ""))
        if kept.endswith(".eml"):
            (mail.folder() / kept).unlink(missing_ok=True)
    return removed(sa.delete(Job).where(Job.space_id == space_id))
