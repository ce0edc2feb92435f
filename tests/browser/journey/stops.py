"""Where the journey stops to look around: by the names of the routes, which its test holds it to."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

STOPS = {
    "accounts.sign_up", "areas.application", "areas.applications", "areas.apply", "areas.draft", "areas.show",
    "consultations.add_question", "consultations.closing", "consultations.consultees", "consultations.decide",
    "consultations.extend", "consultations.new", "consultations.opening", "consultations.preview",
    "consultations.publicity", "consultations.questions", "consultations.setup",
    "consultations.show", "consultations.task", "feedback.figures", "feedback.places", "feedback.written",
    "officers.announcements", "officers.overview", "officers.release", "officers.releases", "plans.add_policy",
    "plans.show", "reports.index", "reports.one", "responses.draft", "responses.preview", "responses.preview_page",
    "responses.receipt", "responses.respond",
    "spaces.accept", "spaces.designate", "spaces.invite_member", "spaces.members", "spaces.show", "spaces.start",
    "trying_out.mails",
}  # fmt: skip


def endpoint_of(app: Flask, address: str) -> str:
    try:
        return str(app.url_map.bind("localhost").match(urlsplit(address).path)[0])
    except HTTPException:
        return ""
