"""What the workflows install: by pip itself, or by a link to what pip made of the same lock.

Pip takes most of a run's time, and makes the same of the same lock each time. So as a rule a runner
has a `python3` of its own, which hands everything on to the real one but the one command by which
the workflows install. A story of each workflow does without it (see `pip_itself` in conftest.py).
"""

import fcntl
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.cli.clones import ROOT

LOCKED = ROOT / "requirements" / "run.txt"
REAL = Path(sys.executable).parent / "python3"
SAFELY = ("--require-hashes", "--only-binary", ":all:")
INSTALL = (
    "-I", "-m", "pip", "--python", ".venv/bin/python", "install", "--quiet",
    "--disable-pip-version-check", *SAFELY, "-r", "requirements/run.txt",
)  # fmt: skip
"""The workflows' command, word for word: whatever differs from it is left to pip."""

_SCRIPT = """\
#!/bin/sh
if [ "$*" = {words} ] && cmp -s requirements/run.txt {lock}
then
  set -e
  cd .venv/lib/python3*/
  rmdir site-packages
  exec ln -s {found} site-packages
fi
exec {python} "$@"
"""


def wheels(cache: Path) -> Path:
    """What pip installs from, so that no story needs a network."""

    def download(folder: Path) -> None:
        quietly = ("--quiet", "--disable-pip-version-check")
        words = ("download", *quietly, *SAFELY, "-r", LOCKED, "-d", folder)
        subprocess.run([REAL, "-m", "pip", *words], check=True)

    return _once(cache, "wheels", download)


def from_wheels(folder: Path) -> dict[str, str]:
    """Settings by which pip takes wheels from there, and compiles nothing that nobody imports."""
    # To pip the last one means: do as `--no-compile` says, not otherwise.
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder), "PIP_NO_COMPILE": "0"}


def packages(cache: Path, surroundings: Mapping[str, str]) -> Path:
    """A folder of all packages, as the workflows' own commands make it."""

    def install(folder: Path) -> None:
        at = folder.with_name("at")
        (at / "requirements").mkdir(parents=True)
        shutil.copy(LOCKED, at / "requirements")
        for words in (("-I", "-m", "venv", "--without-pip", ".venv"), INSTALL):
            told = {**os.environ, **surroundings}
            subprocess.run([REAL, *words], cwd=at, env=told, check=True)
        (made,) = (at / ".venv" / "lib").glob("python3*/site-packages")
        made.rename(folder)

    return _once(cache, "packages", install)


def link_in_place_of_pip(folder: Path, installed: Path, real: Path = REAL) -> Path:
    """A folder to be first on a runner's path: its `python3` installs by a link."""
    script = folder / "python3"
    words, lock, found, python = (
        shlex.quote(str(each)) for each in (" ".join(INSTALL), LOCKED, installed, real)
    )
    script.write_text(_SCRIPT.format(words=words, lock=lock, found=found, python=python), "utf-8")
    script.chmod(0o755)
    return folder


def _once(cache: Path, name: str, make: Callable[[Path], None]) -> Path:
    """A folder made of this lock, kept from one run of the tests to the next."""
    of = LOCKED.read_bytes() + sys.version.encode() + " ".join(INSTALL).encode()
    folder = cache / f"{name}-{hashlib.sha256(of).hexdigest()[:16]}"
    # Several workers may come here at once: one makes it, and nobody sees it half-made.
    with (cache / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            fresh = cache / f"{name}.new"
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            make(fresh / "made")
            (fresh / "made").rename(folder)
            shutil.rmtree(fresh)
    return folder
