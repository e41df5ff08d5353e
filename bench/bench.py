"""Measure the program against what it is compared with, in one run on the same files."""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import generate
import past

ROOT = Path(__file__).parent.parent
TODAY = ("--today", "2026-11-22")
MARKS = ("<!-- figures: written by `make bench` -->\n", "<!-- end of figures -->\n")
MIB = 1024 * 1024
TOKENS = ("GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")
GIT_LOG = (
    *("git", "log", "--first-parent", "--diff-merges=first-parent"),
    *("--raw", "-M", "--no-abbrev", "main", "--"),
)


class Run(NamedTuple):
    """How long a process took, and how much memory it held at most."""

    seconds: float
    memory: int


class Figure(NamedTuple):
    """One line of the table."""

    what: str
    ours: str
    theirs: str
    ratio: float
    limit: float | None
    """None for a figure that is shown and not judged."""

    @property
    def holds(self) -> bool:
        """Whether the ratio is within its limit."""
        return self.limit is None or self.ratio <= self.limit


class Bench:
    """The repositories that are measured, and how a process is run in them."""

    def __init__(self, folder: Path, cases: int, rounds: int) -> None:
        self.folder = folder
        self.cases = cases
        self.rounds = rounds
        self.large = folder / "large"
        self.small = folder / "small"
        self.past = folder / "past"
        self.cache = folder / "cache"
        scripts = Path(sys.executable).parent
        self.casework = [sys.executable, "-m", "casework"]
        self.check_jsonschema = [str(scripts / "check-jsonschema")]

    def prepare(self) -> None:
        """Make the repositories, with one changed case in each."""
        for folder, cases in ((self.large, self.cases), (self.small, 10)):
            generate.generate(folder, cases)
            with a_case(folder).open("a", encoding="utf-8") as file:
                file.write("\nThe plan for the next quarter is agreed.\n")
        past.make(self.past, self.cases)
        # Compiled code is on both sides.
        self.run([*self.casework, "check", *TODAY], self.small)
        shutil.rmtree(self.cache, ignore_errors=True)

    def run(self, command: Sequence[str], at: Path) -> Run:
        """Run a process from start to exit."""
        environment = {
            **os.environ, "PYTHONPATH": str(ROOT / "scripts"), "XDG_CACHE_HOME": str(self.cache),
        }  # fmt: skip
        for each in ("PYTHONDONTWRITEBYTECODE", *TOKENS):
            environment.pop(each, None)
        begun = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=at, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.stderr is not None
        with child.stderr as stream:
            complaint = stream.read().decode()
        if child.returncode not in (0, 1) or "Traceback" in complaint:
            sys.exit(f"{' '.join(command)} ended with {child.returncode}: {complaint}")
        return Run(seconds, used.ru_maxrss * 1024)

    def in_turn(self, rounds: int, *sides: Callable[[], Run]) -> tuple[Run, ...]:
        """The medians of several sides, measured one after the other in each round."""
        runs = [[side() for side in sides] for _ in range(rounds)]
        return tuple(
            Run(statistics.median(r.seconds for r in side), max(r.memory for r in side))
            for side in zip(*runs, strict=True)
        )

    def one_case(self) -> Figure:
        """A case, beside check-jsonschema on its front matter."""
        case = a_case(self.small)
        front = self.folder / "front.yaml"
        front.write_text(case.read_text("utf-8").split("---\n")[1], "utf-8")
        schema = str(self.small / "schemas/case.schema.json")
        name = case.relative_to(self.small).as_posix()
        ours, theirs = self.in_turn(
            15,
            lambda: self.run([*self.casework, "check", name, *TODAY], self.small),
            lambda: self.run(
                [*self.check_jsonschema, "--schemafile", schema, str(front)], self.small
            ),
        )
        return figure(
            "`check` of one case, beside `check-jsonschema` on its front matter", ours, theirs, 0.5
        )

    def all_cases(self) -> list[Figure]:
        """Commands over all cases, cold and again, beside a process that only parses them."""
        commands = ("check", "growth", "status")
        sides = [partial(side, each) for each in commands for side in (self._cold, self._again)]
        *ours, theirs = self.in_turn(self.rounds, *sides, self._baseline)
        names = [f"`{each}` of {self.cases:,} cases" for each in commands]
        whats = [f"{each}{again}" for each in names for again in ("", " again")]
        limits = (0.6, 0.05, None, None, None, None)
        return [
            figure(f"{what}, beside only parsing them", run, theirs, limit)
            for what, run, limit in zip(whats, ours, limits, strict=True)
        ]

    def _cold(self, command: str) -> Run:
        shutil.rmtree(self.cache, ignore_errors=True)
        return self._again(command)

    def _again(self, command: str) -> Run:
        return self.run([*self.casework, command, *TODAY], self.large)

    def _baseline(self) -> Run:
        script = str(Path(__file__).parent / "baseline.py")
        return self.run([sys.executable, script, str(self.large)], self.large)

    def one_change(self) -> list[Figure]:
        """A changed case among many, beside the same among ten."""
        many, few = self.in_turn(
            9,
            lambda: self.run([*self.casework, "review", *TODAY], self.large),
            lambda: self.run([*self.casework, "review", *TODAY], self.small),
        )
        what = f"`review` of one changed case among {self.cases:,}"
        return [
            figure(f"{what}, beside the same among ten", many, few, 1.5),
            Figure(
                f"{what}: memory, beside 200 MiB", f"{many.memory / MIB:.0f} MiB", "200 MiB",
                many.memory / MIB / 200, 1.0,
            ),
        ]  # fmt: skip

    def one_persons_history(self) -> Figure:
        """What became of one person's cases, beside the pass over git that finds them."""
        folder = sorted(self.past.glob("cases/*/"))[0]
        ours, theirs = self.in_turn(
            5,
            lambda: self.run([*self.casework, "history", folder.name], self.past),
            lambda: self.run([*GIT_LOG, f"cases/{folder.name}"], self.past),
        )
        what = f"`history` of one person, {self._size}, beside `git log` of the folder"
        return figure(what, ours, theirs, 3.0)

    def everybodys_history(self) -> list[Figure]:
        """What became of all cases, and whether it was right, beside one pass over git."""
        history, audit, theirs = self.in_turn(
            1,
            lambda: self.run([*self.casework, "history"], self.past),
            lambda: self.run([*self.casework, "audit", "--offline"], self.past),
            lambda: self.run([*GIT_LOG, "cases"], self.past),
        )
        beside = f"{self._size}, beside `git log` of all"
        return [
            figure(f"`history` of everybody, {beside}", history, theirs, None),
            figure(f"`audit` of everything, {beside}", audit, theirs, None),
            Figure(
                "`audit` of everything: memory of its largest process, beside 300 MiB",
                f"{audit.memory / MIB:.0f} MiB", "300 MiB", audit.memory / MIB / 300, 1.0,
            ),
        ]  # fmt: skip

    @property
    def _size(self) -> str:
        return f"{self.cases:,} cases on {2 * self.cases:,} commits"


def main() -> int:
    """Measure, print a table, and say whether all limits hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3, help="how often all cases are measured")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--write", type=Path, help="the page whose figures to write")
    options = parser.parse_args()
    bench = Bench(options.folder.resolve(), options.cases, options.rounds)
    bench.prepare()
    figures = [
        bench.one_case(),
        *bench.one_change(),
        *bench.all_cases(),
        bench.one_persons_history(),
        *bench.everybodys_history(),
    ]
    page = table(figures)
    print(page)
    if options.write:
        write(options.write, page)
    return 0 if all(each.holds for each in figures) else 1


def a_case(folder: Path) -> Path:
    """The case that is changed: one that is still open."""
    return sorted(folder.glob("cases/*/2027-02.md"))[0]


def figure(what: str, ours: Run, theirs: Run, limit: float | None) -> Figure:
    """Two times and their ratio."""
    ratio = ours.seconds / theirs.seconds
    return Figure(what, f"{ours.seconds:.3f} s", f"{theirs.seconds:.3f} s", ratio, limit)


def table(figures: list[Figure]) -> str:
    """The figures in Markdown, with where they were measured."""
    rows = "".join(
        f"| {each.what} | {each.ours} | {each.theirs} | {each.ratio:.2f} | {_limit(each)} |\n"
        for each in figures
    )
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return (
        "| what, and beside what | ours | theirs | ratio | at most |\n"
        "| --- | --: | --: | --: | --: |\n"
        f"{rows}\n"
        f"Measured with {python} on {platform.system()} ({platform.machine()}, {cores} cores).\n"
    )


def _limit(figure: Figure) -> str:
    return "" if figure.limit is None else f"{figure.limit:.2f}"


def write(page: Path, figures: str) -> None:
    """Put the figures into a page, between their marks."""
    before, rest = page.read_text("utf-8").split(MARKS[0])
    _, after = rest.split(MARKS[1])
    page.write_text(f"{before}{MARKS[0]}\n{figures}\n{MARKS[1]}{after}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
