"""When a response arrived, as people write it. Told only the day, we take noon of it."""

from datetime import date, datetime, timedelta

from consult import clock
from consult.web.days import REGULATIONS_BEGAN

PATTERNS = ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d.%m.%Y")


def read_day(text: str) -> date | None:
    for pattern in PATTERNS:
        try:
            return datetime.strptime(text.strip(), pattern).date()
        except ValueError:
            continue
    return None


def arrival(day: date) -> datetime:
    """Noon of that day; of today, now while noon is still ahead."""
    noon = clock.start_of(day) + timedelta(hours=12)
    return min(noon, clock.now()) if day == clock.today() else noon


def doubt(at: datetime) -> str:
    """Why nothing can have arrived then; empty when it can."""
    if at > clock.now():
        return "is in the future"
    if at < clock.start_of(REGULATIONS_BEGAN):
        return "is before 6 April 2012, when neighbourhood planning began"
    return ""
