"""What a run takes from its surroundings: the one reader of clock, environment and terminal."""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple, TextIO

from casework.cli.failure import FailureError, UsageError
from casework.cli.options import Options


class Settings(NamedTuple):
    """Everything that is not in a file and not typed after a command."""

    today: date
    """By universal time, so that the same commit is judged alike wherever it is judged."""
    directory: Path
    """The folder that the program was started in, or was told to act as if it was."""
    colour: bool
    width: int
    """How many columns a line of text may take."""
    shows_progress: bool
    cache_folder: Path | None
    """Where results may be kept; None when they may not."""
    processes: int
    """How many processes may work at the same time."""

    @classmethod
    def read(cls, options: Options) -> "Settings":
        """The settings of this run, where what was typed comes before what is found."""
        environment = os.environ
        return cls(
            today=options.today or datetime.now(UTC).date(),
            directory=_directory(options.directory),
            colour=_has_colour(environment, sys.stdout),
            width=_width(environment, sys.stdout),
            shows_progress=_is_terminal(sys.stderr) and environment.get("TERM") != "dumb",
            cache_folder=None if options.no_cache else _cache_folder(environment),
            processes=_processors(),
        )


def wants_traceback() -> bool:
    """Whether somebody looks into why the program broke."""
    return bool(os.environ.get("CASEWORK_DEBUG"))


def _directory(chosen: str | None) -> Path:
    try:
        folder = Path(os.path.abspath(chosen or ""))  # noqa: PTH100  # symbolic links stay
    except FileNotFoundError as error:
        raise FailureError("the current folder must exist; it was deleted") from error
    if not folder.is_dir():
        raise UsageError(f"`-C` must name a folder that exists; there is no `{chosen}`")
    return folder


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _has_colour(environment: Mapping[str, str], stream: TextIO | None) -> bool:
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return environment.get("TERM") != "dumb" and _is_terminal(stream)


def _width(environment: Mapping[str, str], stream: TextIO | None) -> int:
    columns = environment.get("COLUMNS", "")
    if columns.isdecimal() and len(columns) < 10 and int(columns) > 0:
        return int(columns)
    try:
        wide = os.get_terminal_size(stream.fileno()).columns if _is_terminal(stream) else 0  # type: ignore[union-attr]  # a terminal is there
    except (OSError, ValueError):
        wide = 0
    return wide or 100


def _cache_folder(environment: Mapping[str, str]) -> Path | None:
    chosen = environment.get("XDG_CACHE_HOME", "")
    if Path(chosen).is_absolute():
        return Path(chosen) / "casework"
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return Path(local) / "casework" / "cache" if local else None
    home = Path(environment.get("HOME") or "")
    own = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return home / own / "casework" if home.is_absolute() else None


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
