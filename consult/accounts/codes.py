"""Codes that prove something once: by email, that the address is theirs; by authenticator app, that the device is."""

import hashlib
from typing import Any, cast

from flask_security import Totp
from flask_security.proxies import _security
from passlib.exc import TokenError  # type: ignore[import-untyped]

from consult import mail
from consult.accounts.models import Person
from consult.database import alone

MINUTES = 10
EMAILED_DIGITS = 8  # a code lives ten minutes: six digits could be guessed in that time, eight cannot


class Codes(Totp):
    """Time-based codes, each of which works once: the last one used is kept, and only a later one is taken."""

    def for_email(self) -> str:
        return str(self._totp.new(digits=EMAILED_DIGITS).to_json(encrypt=True))

    def verify_totp(self, token: str, totp_secret: str, user: Any, window: int = 0) -> bool:
        alone(f"codes of {user.id}")
        used = dict(user.used_codes or {})
        name = fingerprint(totp_secret)
        try:
            match = self._totp.verify(token, totp_secret, window=window, last_counter=used.pop(name, None))
        except TokenError:
            return False
        user.used_codes = dict(list(used.items())[-3:]) | {name: match.counter}
        return True


def fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()[:16]


def secret_for_email(person: Person) -> str:
    """The secret behind the codes that are mailed to a person: a new one after each code used."""
    people = _security.datastore
    secrets = people.us_get_totp_secrets(person)
    if "email" not in secrets or fingerprint(secrets["email"]) in (person.used_codes or {}):
        secrets["email"] = cast(Codes, _security.totp_factory).for_email()
        people.us_put_totp_secrets(person, secrets)
    return str(secrets["email"])


def send(person: Person) -> None:
    """Mails a person the code to sign in with."""
    code = _security.totp_factory.generate_totp_password(secret_for_email(person))
    shown = f"{code[:4]} {code[4:]}"
    mail.write(
        person.email, "code", f"{shown} is your code for Consult", code=shown, person=person, minutes=MINUTES
    )


def send_to(email: str) -> None:
    """The same to whoever asks: an address without an account is told so, by mail, where only its owner reads it."""
    person = cast(Person | None, _security.datastore.find_user(case_insensitive=True, email=email))
    if person is not None and person.active:
        send(person)
    else:
        mail.write(
            email, "no_account", "You have no account on Consult yet", link=mail.link("accounts.sign_up")
        )
