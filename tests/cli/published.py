"""A repository on GitHub and a clone of it: made once, and copied for each test."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.cli.clones import Clone
from tests.github.hub import Hub
from tests.github.remote import environment

_NO_COMMIT = "0" * 40


class Published(NamedTuple):
    """What is never changed itself."""

    objects: Path
    clone: Path
    tip: str
    """The commit that the main branch is at."""

    def on(self, hub: Hub, here: Path) -> Clone:
        """Give the hub a main branch that is at the tip, and let a clone of it be here."""
        shutil.copytree(self.objects, hub.remote / "objects", dirs_exist_ok=True)
        hub.move_base(self.tip)
        shutil.copytree(self.clone, here)
        config = here / ".git" / "config"
        shared, own = str(self.objects.parent), str(hub.remote)
        text = config.read_text("utf-8")
        assert shared in text, "else a test would push to what all of them share"
        config.write_text(text.replace(shared, own), "utf-8")
        return Clone(here)


def publish(source: Path, folder: Path) -> Published:
    """The main branch of a repository, as it would be on GitHub, and a clone of that."""
    git = Clone(source).git
    remote, here = folder / "remote.git", folder / "here"
    git("clone", "-q", "--bare", "--template=", str(source), str(remote))
    git("-C", str(remote), "repack", "-a", "-d", "-q")  # one file is copied sooner than many
    git("clone", "-q", "--template=", str(remote), str(here))
    return Published(remote / "objects", here, git("rev-parse", "main"))


def committed(
    repository: Path, changes: Mapping[str, str | None], onto: str, message: str = "A change"
) -> str:
    """A commit that changes some files of another; None takes one away. No ref leads to it."""
    # By one process and without a working tree, which hundreds of proposals would do by ten each.
    name = "refs/casework/being-made"
    files = "".join(_file(path, text) for path, text in changes.items())
    words = (
        f"commit {name}\nmark :1\ncommitter A <a@example.com> now\n"
        + _data(f"{message}\n")
        + f"from {onto}\n{files}\nget-mark :1\nreset {name}\nfrom {_NO_COMMIT}\n\n"
    )
    done = subprocess.run(
        ["git", "-c", "fastimport.unpackLimit=1", "-c", "core.fsync=none",
         "fast-import", "--quiet", "--force", "--date-format=now"],
        input=words.encode(), cwd=repository, env=environment(), check=True, capture_output=True,
    )  # fmt: skip
    return done.stdout.decode().strip()


def _file(path: str, text: str | None) -> str:
    name = '"{}"'.format(path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n"))
    return f"D {name}\n" if text is None else f"M 100644 inline {name}\n{_data(text)}"


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"
