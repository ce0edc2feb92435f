"""What the environment says. Unset means production: no debug, no demo, and no secret that everyone knows."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
DEMO_SECRET = "the demo keeps no secrets"  # noqa: S105 - public on purpose, refused outside the demo


class HalfConfigured(RuntimeError):
    """The service must not start: the sentence says what is missing."""


@dataclass(frozen=True)
class Settings:
    database_url: str
    data_dir: Path
    secret_key: str | None
    demo: bool
    server_name: str | None
    smtp_url: str | None
    redis_url: str | None
    basemap_url: str | None
    basemap_attribution: str
    trusted_proxies: int
    metrics_token: str | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        data_dir = Path(environment.get("DATA_DIR") or ROOT / "instance").resolve()
        demo = environment.get("CONSULT_DEMO") == "1"
        return cls(
            database_url=database_url(environment.get("DATABASE_URL"), data_dir),
            data_dir=data_dir,
            secret_key=environment.get("SECRET_KEY") or (DEMO_SECRET if demo else None),
            demo=demo,
            server_name=environment.get("SERVER_NAME") or None,
            smtp_url=environment.get("SMTP_URL") or None,
            redis_url=environment.get("REDIS_URL") or None,
            basemap_url=environment.get("BASEMAP_URL") or None,
            basemap_attribution=environment.get("BASEMAP_ATTRIBUTION", ""),
            trusted_proxies=whole_number(environment, "TRUSTED_PROXIES"),
            metrics_token=environment.get("METRICS_TOKEN") or None,
        )

    def ready_to_serve(self) -> None:
        if not self.secret_key:
            raise HalfConfigured(
                "SECRET_KEY is not set: give it a long random value, or CONSULT_DEMO=1 to try the demo."
            )
        if self.secret_key == DEMO_SECRET and not self.demo:
            raise HalfConfigured(
                "SECRET_KEY is the demo's, which everyone knows: give it a long random value."
            )


def database_url(given: str | None, data_dir: Path) -> str:
    """SQLite under DATA_DIR unless told otherwise; PostgreSQL always through psycopg 3."""
    if not given:
        return f"sqlite:///{data_dir / 'consult.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    return given


def whole_number(environment: Mapping[str, str], name: str) -> int:
    given = environment.get(name, "0") or "0"
    if not given.isdecimal():
        raise HalfConfigured(f"{name} must be a whole number, such as 1: it is “{given}”.")
    return int(given)
