"""References that people can read out: R-7K3M-Q4. No letter or figure that is taken for another, and no vowels."""

import secrets

LETTERS = "346789CDFGHJKMNPQRTVWXY"


def new_reference() -> str:
    drawn = "".join(secrets.choice(LETTERS) for _ in range(6))
    return f"R-{drawn[:4]}-{drawn[4:]}"
