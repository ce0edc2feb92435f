"""The walls that the sandboxed child builds around itself before it looks at a stranger's bytes.

Standard library only, and built before anything else is loaded: a user namespace needs a process of one thread.

On Linux: limits on memory, processor time, open files and written bytes; no gaining of privileges; a network
namespace of its own, in which there is no network; and Landlock, by which only the private folder can be read
and nothing written. Where the kernel or a container forbids namespaces, Landlock still refuses TCP (Linux 6.7),
and GDAL's own network settings (`sandbox.ENVIRONMENT`) are dead either way; so a service in such a container
should also be denied traffic outward. macOS has none of these but the limit on processor time: there the drivers
left out, the dead settings and the parent's clock are what protects, enough for a developer's own machine.
"""

import ctypes
import os
import resource
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress

CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000
PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446
VERSION_ONLY, RULE_BENEATH = 1, 1
READ_FILE, READ_FOLDER = 1 << 2, 1 << 3
# Every right over files that the first version knew, so that what is not given below is refused.
FILE_RIGHTS = (1 << 13) - 1
BIND_TCP_AND_CONNECT_TCP = 0b11
NETWORK_VERSION = 4


def limit(memory_bytes: int, cpu_s: int, open_files: int = 64) -> None:
    """Memory, processor time, files: beyond any of them the kernel refuses or ends this process."""
    limits = {
        "RLIMIT_AS": memory_bytes,
        "RLIMIT_CPU": cpu_s,
        "RLIMIT_NOFILE": open_files,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
    }
    for name, most in limits.items():
        with suppress(OSError, ValueError, AttributeError):  # macOS refuses the first
            resource.setrlimit(getattr(resource, name), (most, most))


def leave_the_network() -> bool:
    """No new privileges and an empty network of one's own. Returns whether the kernel gave the latter."""
    if sys.platform != "linux":
        return False
    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    system.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    return bool(system.unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) == 0)


def read_only_beneath(folders: Iterable[str]) -> bool:
    """From here on no file outside these folders can be opened, and none written. Whether Landlock is there."""
    if sys.platform != "linux":
        return False
    system = ctypes.CDLL(None, use_errno=True)
    version = system.syscall(LANDLOCK_CREATE, None, ctypes.c_size_t(0), VERSION_ONLY)
    if version < 1:
        return False
    handled = struct.pack("<QQ", FILE_RIGHTS, BIND_TCP_AND_CONNECT_TCP if version >= NETWORK_VERSION else 0)
    size = len(handled) if version >= NETWORK_VERSION else 8
    rules = system.syscall(LANDLOCK_CREATE, handled, ctypes.c_size_t(size), 0)
    if rules < 0:
        return False
    for folder in folders:
        _allow_reading(system, rules, folder)
    restricted = system.syscall(LANDLOCK_RESTRICT, rules, 0) == 0
    os.close(rules)
    return bool(restricted)


def _allow_reading(system: ctypes.CDLL, rules: int, folder: str) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    system.syscall(LANDLOCK_ADD, rules, RULE_BENEATH, struct.pack("<Qi", READ_FILE | READ_FOLDER, opened), 0)
    os.close(opened)
