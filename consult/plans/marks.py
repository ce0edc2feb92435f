"""What somebody saw when they began to write, so that nobody's words are written over unseen."""

from hashlib import sha256


def mark(*words: object) -> str:
    return sha256(repr(words).encode()).hexdigest()[:20]
