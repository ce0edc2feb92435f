"""MANIFEST.sha256: the checksum of every other file, in the form that `sha256sum -c` reads."""

import hashlib
from collections.abc import Mapping

NAME = "MANIFEST.sha256"


def of(files: Mapping[str, bytes]) -> bytes:
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())]
    return "".join(lines).encode()


def differences(files: Mapping[str, bytes]) -> list[str]:
    """What does not match, a sentence each; nothing when every byte is as it was written."""
    rest = {name: content for name, content in files.items() if name != NAME}
    if NAME not in files:
        return [f"{NAME} is missing: without it no file can be checked."]
    if files[NAME] == of(rest):
        return []
    wrong = list(compared(listed(files[NAME]), rest))
    return wrong or [f"{NAME} itself has been changed."]


def listed(content: bytes) -> dict[str, str]:
    lines = [line.partition("  ") for line in content.decode("utf-8", "replace").splitlines()]
    return {name: sha256 for sha256, _, name in lines}


def compared(said: dict[str, str], files: Mapping[str, bytes]) -> list[str]:
    wrong = [f"{name} is listed but is not there." for name in sorted(said.keys() - files.keys())]
    wrong += [f"{name} is there but is not listed." for name in sorted(files.keys() - said.keys())]
    for name in sorted(said.keys() & files.keys()):
        if hashlib.sha256(files[name]).hexdigest() != said[name]:
            wrong.append(f"{name} has been changed: its checksum differs.")
    return wrong
