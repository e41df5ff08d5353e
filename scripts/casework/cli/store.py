"""The file in which results are kept: a database that may be damaged, foreign, locked or full."""

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

from casework.cli.digest import digest_of, program
from casework.cli.ownership import open_own

_MARK = 0x43617365  # "Case", in the header of every database of ours
_LAYOUT = 1
_HEADER = b"SQLite format 3\0"
_MARK_AT = 68
_LARGEST = 256 * 1024 * 1024
_BATCH = 500
_PATIENCE = 0.2  # seconds to wait for another run that writes
_SEAL = 16


class Store:
    """A table from digests to JSON. It never raises: what cannot be had is absent."""

    def __init__(self, folder: Path, largest: int = _LARGEST) -> None:
        self._file = folder / "results.sqlite3"
        self._largest = largest
        self._waiting: dict[bytes, bytes] = {}
        self._database = self._opened()

    def get(self, key: bytes) -> Any:
        """What was kept under a key, or None."""
        if self._database is None:
            return None
        try:
            query = "SELECT value FROM results WHERE key = ?"
            row = self._database.execute(query, (self._own(key),)).fetchone()
            return _unsealed(row[0]) if row else None
        except sqlite3.OperationalError:
            self._give_up()  # another run holds it: waiting again for each file takes too long
            return None
        except (sqlite3.Error, ValueError, TypeError, RecursionError):
            return None

    def put(self, key: bytes, value: Any) -> None:
        """Keep what JSON can hold under a key."""
        if self._database is None:
            return
        self._waiting[self._own(key)] = _sealed(value)
        if len(self._waiting) >= _BATCH:
            self._flush()

    def close(self) -> None:
        """Write what is waiting, and let go of the file."""
        if self._database is None:
            return
        self._flush()
        self._shrink()
        self._database.close()
        self._database = None

    def _give_up(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _own(self, key: bytes) -> bytes:
        return digest_of((program(), key))

    def _flush(self) -> None:
        if self._database is None or not self._waiting:
            return
        try:
            with self._database:
                insert = "INSERT OR REPLACE INTO results (key, value) VALUES (?, ?)"
                self._database.executemany(insert, self._waiting.items())
        except sqlite3.Error:
            pass  # locked or full: the next run is no faster, and that is all
        self._waiting.clear()

    def _shrink(self) -> None:
        """Drop the older half when there is too much."""
        if self._database is None:
            return
        try:
            with self._database:
                if _used(self._database) > self._largest:
                    self._database.execute(
                        "DELETE FROM results WHERE place <="
                        " (SELECT (min(place) + max(place)) / 2 FROM results)"
                    )
        except sqlite3.Error:
            return

    def _opened(self) -> sqlite3.Connection | None:
        try:
            return _connect(self._file)
        except sqlite3.OperationalError:
            return None  # locked by another run, or unwritable
        except sqlite3.DatabaseError:
            return self._anew()
        except OSError:
            return None

    def _anew(self) -> sqlite3.Connection | None:
        try:
            if not _is_ours(self._file):
                return None
            self._file.unlink()
            return _connect(self._file)
        except (sqlite3.Error, OSError):
            return None


def _connect(file: Path) -> sqlite3.Connection | None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(open_own(file, os.O_RDWR | os.O_CREAT))
    database = sqlite3.connect(file, timeout=_PATIENCE)
    try:
        if _prepare(database):
            return database
    except sqlite3.Error:
        database.close()
        raise
    database.close()
    return None


def _prepare(database: sqlite3.Connection) -> bool:
    """Whether the database is ours, or empty and now made ours."""
    (mark,) = database.execute("PRAGMA application_id").fetchone()
    (layout,) = database.execute("PRAGMA user_version").fetchone()
    if (mark, layout) == (_MARK, _LAYOUT):
        database.execute("SELECT key, value, place FROM results LIMIT 1").fetchone()
        return True
    if mark or layout or database.execute("SELECT 1 FROM sqlite_master").fetchone():
        return False
    with database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute(
            "CREATE TABLE results (place INTEGER PRIMARY KEY, key BLOB UNIQUE, value BLOB)"
        )
        database.execute(f"PRAGMA application_id = {_MARK}")
        database.execute(f"PRAGMA user_version = {_LAYOUT}")
    return True


def _is_ours(file: Path) -> bool:
    with file.open("rb") as stream:
        header = stream.read(_MARK_AT + 4)
    return header.startswith(_HEADER) and header[_MARK_AT:] == _MARK.to_bytes(4, "big")


def _used(database: sqlite3.Connection) -> int:
    count, free, size = (
        database.execute(f"PRAGMA {each}").fetchone()[0]
        for each in ("page_count", "freelist_count", "page_size")
    )
    return int((count - free) * size)


def _sealed(value: Any) -> bytes:
    data = json.dumps(value, separators=(",", ":")).encode()
    return digest_of((data,))[:_SEAL] + data


def _unsealed(stored: bytes) -> Any:
    data = stored[_SEAL:]
    return json.loads(data) if digest_of((data,))[:_SEAL] == stored[:_SEAL] else None
