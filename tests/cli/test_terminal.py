import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casework.cli import terminal
from casework.cli.options import Options
from casework.cli.settings import Settings
from casework.cli.terminal import Progress
from tests.cli.clones import ROOT, Clone, Run, case


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def test_a_short_run_shows_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    progress = Progress(100, shown=True)
    progress.advance(50)
    progress.close()
    assert screen.getvalue() == ""


def test_a_long_run_counts_and_clears_up(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    clock = iter(range(100))
    monkeypatch.setattr(terminal.time, "monotonic", lambda: next(clock))
    progress = Progress(12_345, shown=True)
    progress.advance(500)
    progress.advance(1_000)
    progress.advance(2_000)
    progress.close()
    assert "1,000 of 12,345" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_progress_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", Screen())
    assert Settings.read(Options()).shows_progress
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert not Settings.read(Options()).shows_progress
    monkeypatch.setattr("sys.stderr", None)
    assert not Settings.read(Options()).shows_progress


@pytest.mark.parametrize(("columns", "width"), [("72", 72), ("0", 100), ("many", 100), ("", 100)])
def test_the_width_of_lines(monkeypatch: pytest.MonkeyPatch, columns: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert Settings.read(Options()).width == width


def test_the_current_folder_was_deleted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    ran = run("check")
    assert (ran.code, "the current folder must exist" in ran.err) == (3, True)


UNIX_ONLY = pytest.mark.skipif(
    sys.platform == "win32", reason="processes are interrupted otherwise"
)


@UNIX_ONLY
def test_an_interruption_is_quiet_and_leaves_no_process(clone: Clone) -> None:
    many_cases(clone, 1500)
    child = started(clone, "-m", "casework", "check")
    while _processes(child.pid) < 2 and child.poll() is None:
        time.sleep(0.02)
    os.killpg(child.pid, signal.SIGINT)
    assert_quiet(child)


# What starts the other processes: each step of it, and the worst moment for an interruption.
STEPS = (
    "concurrent.futures.process.ProcessPoolExecutor._spawn_process",
    "concurrent.futures.process._ExecutorManagerThread.__init__",
    "concurrent.futures.process._ExecutorManagerThread.start",
)


@UNIX_ONLY
@pytest.mark.parametrize("step", STEPS)
def test_an_interruption_while_processes_are_started(clone: Clone, step: str) -> None:
    many_cases(clone, 100)
    assert_quiet(started(clone, "-c", INTERRUPTED, step))


INTERRUPTED = """
import os, pkgutil, signal, sys
owner, _, name = sys.argv[1].rpartition(".")
owner = pkgutil.resolve_name(owner)
step = getattr(owner, name)

def interrupted(*given):
    os.killpg(os.getpid(), signal.SIGINT)
    return step(*given)

setattr(owner, name, interrupted)
sys.argv = ["casework", "check", "--no-cache"]
from casework.__main__ import run
run()
"""


def many_cases(clone: Clone, count: int) -> None:
    for number in range(count):
        clone.write(f"cases/ada-lovelace/{number}.md", case())


def started(clone: Clone, *words: str) -> subprocess.Popen[bytes]:
    """The program in a group of its own, as a terminal starts it."""
    return subprocess.Popen(
        [sys.executable, *words], cwd=clone.root, start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def assert_quiet(child: subprocess.Popen[bytes]) -> None:
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err) == (130, b"", b"")
    assert _processes(child.pid) == 0


def _processes(group: int) -> int:
    listing = subprocess.run(
        ["ps", "-A", "-o", "pgid="], capture_output=True, text=True, check=True
    )
    return listing.stdout.split().count(str(group))
