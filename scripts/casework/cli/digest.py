"""What tells one content, and one state of this program, from all others."""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

try:
    from _blake2 import blake2b  # hashlib has it from there, but loads OpenSSL first
except ImportError:
    from hashlib import blake2b

from casework import __version__
from casework.model.blob import Blob


def digest_of(parts: Iterable[bytes]) -> bytes:
    """A digest of parts that keeps them apart."""
    digest = blake2b(digest_size=20)
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.digest()


def digest_of_blobs(blobs: Iterable[Blob]) -> bytes:
    """A digest of files: their paths, and what was found there."""
    return digest_of(part for blob in blobs for part in _parts(blob))


@cache
def program(*folders: str) -> bytes:
    """A digest of the program, its code included: other code may find other things.

    Of all its code, or of that in some of its folders.
    """
    found = (
        each
        for folder in os.scandir(Path(__file__).parent.parent)
        if folder.is_dir() and (not folders or folder.name in folders)
        for each in os.scandir(folder)
        if each.name.endswith(".py")
    )
    stamps = sorted((each.path, each.stat().st_size, each.stat().st_mtime_ns) for each in found)
    return digest_of((__version__.encode(), repr(stamps).encode()))


def _parts(blob: Blob) -> tuple[bytes, ...]:
    path = blob.path.encode("utf-8", "surrogateescape")
    return path, (blob.obstacle or "").encode(), blob.content
