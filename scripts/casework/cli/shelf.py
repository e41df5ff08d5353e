"""Parsed rules kept between runs, a file for each state of them: read sooner than YAML is."""

import json
import os
from pathlib import Path
from typing import Any

from casework.cli.digest import digest_of
from casework.cli.ownership import open_own

_SEAL = 20
_MOST = 16
_LARGEST = 32 * 1024 * 1024


class Shelf:
    """A few JSON values by name. It never raises: what cannot be had is absent."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder and folder / "rules"

    @property
    def is_kept(self) -> bool:
        """Whether anything is kept at all."""
        return self._folder is not None

    def get(self, key: bytes) -> Any:
        """What was kept under a key, or None."""
        if self._folder is None:
            return None
        try:
            stored = _read(self._folder / _name(key))
            seal, data = stored[:_SEAL], stored[_SEAL:]
            return json.loads(data) if seal == _sealed(data) else None
        except (OSError, ValueError, RecursionError):
            return None

    def put(self, key: bytes, value: Any) -> None:
        """Keep what JSON can hold under a key, and the oldest no longer when there are many."""
        if self._folder is None:
            return
        try:
            data = json.dumps(value, separators=(",", ":")).encode()
            # JSON has no keys but strings: what it would change is not kept.
            if len(data) <= _LARGEST and json.loads(data) == value:
                # The mode is that of the last folder alone, so each of ours is made by itself.
                self._folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._folder.mkdir(mode=0o700, exist_ok=True)
                _write(self._folder / _name(key), _sealed(data) + data)
                _thin_out(self._folder)
        except (OSError, ValueError, TypeError, RecursionError):
            return


def _name(key: bytes) -> str:
    return f"{key.hex()}.json"


def _sealed(data: bytes) -> bytes:
    return digest_of((data,))


def _read(file: Path) -> bytes:
    with os.fdopen(open_own(file, os.O_RDONLY), "rb") as stream:
        return stream.read()


def _write(file: Path, content: bytes) -> None:
    # Another run never sees half a file: it is written aside and then put in place.
    aside = file.with_suffix(f".{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
    aside.replace(file)


def _thin_out(folder: Path) -> None:
    files = sorted(folder.iterdir(), key=lambda each: each.stat().st_mtime_ns)
    for each in files[:-_MOST]:
        each.unlink(missing_ok=True)
