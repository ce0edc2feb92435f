"""That a body has taken back its plan proposal, for the consultation on it (regulation 16)."""

from datetime import datetime

from consult.consultations import taking_back
from consult.consultations.handed.proposals import Proposal
from consult.submitting.models import Submission


@taking_back.of("submission")
def submission(proposal: Proposal) -> datetime | None:
    found = taking_back.handed(Submission, proposal)
    return found.withdrawal.at if found and found.withdrawal else None
