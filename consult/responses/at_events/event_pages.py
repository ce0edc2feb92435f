"""Members open and end devices at events; residents see what such a device shows between one person and the next."""

from typing import Any
from uuid import UUID

from flask import abort, flash, make_response, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts import sessions
from consult.consultations.models import Consultation
from consult.database import db
from consult.responses.asking import consultation_at
from consult.responses.at_events.events import EventDevice, device_with, devices_of, open_device
from consult.responses.form.fields import line
from consult.responses.pages import pages
from consult.tenancy import here
from consult.web.forms import Form, required
from consult.web.languages import forget

DEVICES = "/<space:space>/consultations/<reference>/event-devices"


class DeviceForm(Form):
    name = line("Where and when is it used?", description="For example Village hall, 3 May.")
    name.kwargs["validators"].append(required("Say where and when it is used."))


@pages.get(DEVICES)
@needs(Act.CONSULT)
def event_devices(reference: str) -> str:
    return devices_page(consultation_at(reference), DeviceForm())


@pages.post(DEVICES)
@needs(Act.CONSULT)
def open_event_device(reference: str) -> Any:
    consultation, form = consultation_at(reference), DeviceForm()
    if not form.validate_on_submit():
        return devices_page(consultation, form), 422
    device = open_device(consultation, form.name.data or "", sessions.me())
    flash(f"{device.name} can be used now: open its address on the device.", "success")
    return redirect(url_for("responses.event_devices", reference=reference), 303)


@pages.post(f"{DEVICES}/<uuid:device>/ending")
@needs(Act.CONSULT)
def end_event_device(reference: str, device: UUID) -> Any:
    consultation = consultation_at(reference)
    found = db.session.get(EventDevice, (here(), device))
    if found is None or found.consultation_id != consultation.id:
        abort(404)
    found.end(sessions.me())
    return redirect(url_for("responses.event_devices", reference=reference), 303)


def devices_page(consultation: Consultation, form: DeviceForm) -> str:
    addresses = {
        device.id: start_of(consultation, device.code, _external=True) for device in devices_of(consultation)
    }
    return render_template(
        "responses/event_devices.html",
        consultation=consultation,
        form=form,
        devices=devices_of(consultation),
        addresses=addresses,
    )


def start_of(consultation: Consultation, code: str, **more: Any) -> str:
    return url_for("responses.respond", reference=consultation.reference, event=code, **more)


def event_at(consultation: Consultation) -> EventDevice | None:
    """The device that the address names; none where it names none. One that has been ended is not there."""
    code = request.values.get("event", "")
    if not code:
        return None
    return device_with(consultation, code) or abort(404)


def nothing_left(page: Any) -> Any:
    """Tells the browser to let go of every page it has kept of this place, so that Back shows none of them, and
    forgets their language."""
    response = make_response(page)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return forget(response)
