"""Git commands in somebody's working copy."""

import subprocess
from pathlib import Path

from tests.github.remote import environment


def run(folder: Path, *arguments: str, **environ: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, env={**environment(), **environ},
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip


def commit(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, "utf-8")
    run(folder, "add", "-A")
    run(folder, "commit", "-qm", text)
    return run(folder, "rev-parse", "HEAD")
