"""The search for standard letters as a job, so that nobody waits for it and no response waits behind it.
What takes long is done before anything is locked."""

from typing import Any

from consult.campaigns.letters import Letters, look
from consult.consultations.models import Consultation
from consult.responses.searches import searching

LETTERS = "letters"


@searching(LETTERS)
def search(consultation: Consultation, by: Any) -> dict[str, Any]:
    """How many copies were found that nobody knew of, in `new`. A second search finds nothing new."""
    looked = look(consultation)
    return {"new": Letters(consultation, by).search(looked)}
