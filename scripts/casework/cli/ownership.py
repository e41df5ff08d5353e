"""Files in the cache that are this user's own: no others are read or written."""

import os
import stat
from pathlib import Path


def open_own(file: Path, flags: int) -> int:
    """A descriptor of a file. Raises OSError when it is no ordinary file, or somebody else's."""
    # Without waiting: a pipe of that name would never answer.
    careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(file, flags | careful | getattr(os, "O_BINARY", 0), 0o600)
    if _is_own(os.fstat(descriptor)):
        return descriptor
    os.close(descriptor)
    raise PermissionError(f"not a file of this user: {file}")


def _is_own(found: os.stat_result) -> bool:
    is_mine = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return is_mine and stat.S_ISREG(found.st_mode)
