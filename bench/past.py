"""A repository with a past: two years of drafts, decisions and promotions, the same for a number.

Each case gets on the main branch twice, as a draft and as it is now. A third of these landings are
merge commits, with what was merged behind them; the rest are single commits, as a squash or a
rebase leaves them. Each has its note, and a promotion changes people.yaml.
"""

import argparse
import random
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha1
from pathlib import Path
from typing import IO, NamedTuple

import generate
from casework.model.note import Note, NotedApproval, NotedCase
from casework.model.people import People, Person
from casework.render.note import note_text
from generate import CASES_EACH, DECIDED, QUARTERS, REVIEWS, ROOT, SEED, Engineer

OPENED = {
    "2025-08": "2025-05-05", "2026-02": "2025-11-03", "2026-08": "2026-05-04",
    "2027-02": "2026-11-02",
}  # fmt: skip
DONE = {**DECIDED, "2027-02": "2026-11-18"}
EFFECTIVE = {"2025-08": "2025-09-01", "2026-02": "2026-03-01", "2026-08": "2026-09-01"}
FROM_THE_START = "2024-08-01"
APPROVERS = (("katherine-johnson", "kjohnson-example", "IC5"),
             ("barbara-liskov", "bliskov-example", "IC4"))  # fmt: skip
PEOPLE = "cases/people.yaml"
MOVED = 0.02
"""Which part of the cases is begun for an earlier talent review."""


class Career(NamedTuple):
    """Who is promoted by which talent review, if at all."""

    engineer: Engineer
    review: str | None

    def before(self, review: str) -> tuple[Engineer, str]:
        """The engineer with the level held when a talent review decides, and since when."""
        if self.review is None or review <= self.review:
            return self.engineer, FROM_THE_START
        return self.engineer._replace(level=self.engineer.level + 1), EFFECTIVE[self.review]


class Landing(NamedTuple):
    """What one pull request brings: a case, by the mark and the id of its content."""

    day: str
    engineer: Engineer
    path: str
    status: str
    mark: int
    content: str
    moved_from: str | None = None
    people: int | None = None
    """The mark of people.yaml, where it changes with it."""


def main() -> None:
    """Write the repository that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=10_000)
    options = parser.parse_args()
    make(options.folder, options.cases)


def make(folder: Path, cases: int) -> None:
    """A repository with that many cases, in place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    generate.git(folder, "init", "-q", "-b", "main")
    command = ["git", "fast-import", "--quiet"]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE) as importer:
        assert importer.stdin is not None
        stream = Stream(importer.stdin)
        careers = list(_careers(cases // CASES_EACH))
        people = stream.people_files(careers)
        landings = list(_landings(stream, careers, people))
        commits = stream.main_branch(next(iter(people.values())), landings)
        stream.notes(zip(commits, landings, strict=True))
    if importer.returncode:
        raise SystemExit("git fast-import failed")
    generate.git(folder, "update-ref", "-d", "refs/heads/merged")
    generate.git(folder, "gc", "-q")
    generate.git(folder, "reset", "-q", "--hard")


def _careers(count: int) -> Iterator[Career]:
    chance = random.Random(SEED)
    for each in generate.engineers(count):
        review = chance.choice((None, None, *EFFECTIVE))
        yield Career(each, review if each.level < 4 else None)


class Stream:
    """What `git fast-import` reads."""

    def __init__(self, into: IO[bytes]) -> None:
        self._into = into
        self._marks = 0

    def blob(self, text: str) -> int:
        """A content's mark."""
        self._marks += 1
        self._write(f"blob\nmark :{self._marks}\n", text)
        return self._marks

    def people_files(self, careers: list[Career]) -> dict[str, int]:
        """The marks of all versions of people.yaml: the first, and that of each promotion.

        They follow each other, so that git keeps only what differs.
        """
        shipped = (ROOT / PEOPLE).read_text("utf-8").rstrip("\n")
        lines = {each.engineer.handle: _entry(each.engineer, FROM_THE_START) for each in careers}
        marks = {"": self.blob("\n".join((shipped, *lines.values(), "")))}
        for review, effective in EFFECTIVE.items():
            for each in careers:
                if each.review == review:
                    reached = each.engineer._replace(level=each.engineer.level + 1)
                    lines[reached.handle] = _entry(reached, effective)
                    marks[reached.handle] = self.blob("\n".join((shipped, *lines.values(), "")))
        return marks

    def main_branch(self, people: int, landings: list[Landing]) -> Iterator[int]:
        """The marks of the commits on the main branch, one for each pull request."""
        moment = _nine("2025-04-01")
        files = [
            each for name in ("framework", "schemas") for each in sorted((ROOT / name).rglob("*"))
        ]
        marks = {each: self.blob(each.read_text("utf-8")) for each in files if each.is_file()}
        changes = [f"M 644 :{mark} {each.relative_to(ROOT)}" for each, mark in marks.items()]
        changes.append(f"M 644 :{people} {PEOPLE}")
        last = self._commit("main", moment, "The framework and the team", changes)
        for number, each in enumerate(landings, start=1):
            moment = max(moment + timedelta(seconds=5), _nine(each.day))
            what = f"{each.engineer.name}: {each.status}"
            if number % 3:
                last = self._commit("main", moment, f"{what} (#{number})", _changes(each), last)
            else:
                branch = self._commit("merged", moment, what, _changes(each), last)
                subject = (
                    f"Merge pull request #{number} from example/{each.engineer.handle}\n\n{what}"
                )
                last = self._commit("main", moment, subject, _changes(each), last, branch)
            yield last

    def notes(self, noted: Iterable[tuple[int, Landing]]) -> None:
        """What the workflow wrote about each merge."""
        notes = [(commit, _note(number, each)) for number, (commit, each) in enumerate(noted, 1)]
        self._begin("refs/notes/approvals", _nine("2026-11-20"), "Notes")
        for commit, note in notes:
            self._write(f"N inline :{commit}\n", note)

    def _commit(
        self, branch: str, moment: datetime, message: str, changes: list[str], *parents: int
    ) -> int:
        self._begin(f"refs/heads/{branch}", moment, message)
        words = ("from", "merge")
        lines = [f"{word} :{parent}" for word, parent in zip(words, parents, strict=False)]
        self._into.write("".join(f"{each}\n" for each in (*lines, *changes)).encode())
        return self._marks

    def _begin(self, ref: str, moment: datetime, message: str) -> None:
        self._marks += 1
        who = f"Bench <bench@example.com> {int(moment.timestamp())} +0000"
        self._write(f"commit {ref}\nmark :{self._marks}\ncommitter {who}\n", message)

    def _write(self, head: str, data: str) -> None:
        content = data.encode()
        self._into.write(f"{head}data {len(content)}\n".encode() + content + b"\n")


def _landings(stream: Stream, careers: list[Career], people: dict[str, int]) -> Iterator[Landing]:
    """All pull requests, in the order in which they are merged."""
    chance = random.Random(SEED)
    everybody = [each.engineer for each in careers]
    on_record: dict[str, str] = {}
    for review in REVIEWS:
        done = []
        for career in careers:
            text = _text(career, review, everybody, chance, on_record)
            begun = "2025-02" if chance.random() < MOVED else review
            draft = _draft(text, review).replace(f"review: {review}", f"review: {begun}", 1)
            drafted = _landing(stream, career, begun, OPENED[review], draft)
            yield drafted
            landing = _landing(stream, career, review, DONE[review], text)
            if begun != review:
                landing = landing._replace(moved_from=drafted.path)
            if career.review == review:
                landing = landing._replace(people=people[career.engineer.handle])
            done.append(landing)
        yield from done


def _landing(stream: Stream, career: Career, review: str, day: str, text: str) -> Landing:
    engineer, _ = career.before(review)
    path = f"cases/{engineer.handle}/{review}.md"
    status = text.split("status: ")[1].split("\n")[0]
    return Landing(day, engineer, path, status, stream.blob(text), _id(text))


def _text(
    career: Career,
    review: str,
    everybody: list[Engineer],
    chance: random.Random,
    on_record: dict[str, str],
) -> str:
    """The case as it is in the end."""
    engineer, since = career.before(review)
    text = generate.case(engineer, review, everybody, chance).replace(FROM_THE_START, since, 1)
    if career.review == review:
        text = _promoted(text, review)
    return _as_before(text, engineer.handle, review, on_record)


def _promoted(text: str, review: str) -> str:
    """The case as one that was decided for: its last two quarters are as they must be."""
    for label, word in zip(QUARTERS[review][1:], ("exceeds", "next"), strict=True):
        line = next(each for each in text.split("\n") if each.startswith(f"  {label}:"))
        cells = ", ".join(f"{name.lower()}: {word}" for name in generate.CATEGORIES)
        text = text.replace(line, f"  {label}: {{{cells}}}", 1)
    decided = f"decided: {DECIDED[review]}\n"
    text = text.replace("status: not-yet", "status: promoted", 1)
    return text.replace(decided, f"{decided}effective: {EFFECTIVE[review]}\n", 1)


def _as_before(text: str, handle: str, review: str, on_record: dict[str, str]) -> str:
    """The case with a quarter rated as the person's last one rated it."""
    for label in QUARTERS[review]:
        line = next(each for each in text.split("\n") if each.startswith(f"  {label}:"))
        text = text.replace(line, on_record.setdefault(f"{handle} {label}", line), 1)
    return text


def _draft(text: str, review: str) -> str:
    """What the main branch had of a case at first: a draft without its last quarter."""
    last = QUARTERS[review][-1]
    front, rest = text.split(f"## {last}\n", 1)
    dropped = ("decided:", "effective:", f"  {last}:")
    lines = [each for each in front.split("\n") if not each.startswith(dropped)]
    lines = ["status: draft" if each.startswith("status:") else each for each in lines]
    return "\n".join(lines) + rest[rest.index("## Values") :].split("## Feedback", 1)[0]


def _entry(engineer: Engineer, since: str) -> str:
    return (
        f"  {engineer.handle}: {{name: {engineer.name}, github: {engineer.handle}, "
        f"level: IC{engineer.level}, level_since: {since}, onboarded: 2023-02-01, "
        f"manager: {engineer.manager}, team: search}}"
    )


def _changes(landing: Landing) -> list[str]:
    moved = [f"D {landing.moved_from}"] if landing.moved_from else []
    people = [f"M 644 :{landing.people} {PEOPLE}"] if landing.people else []
    return [*moved, f"M 644 :{landing.mark} {landing.path}", *people]


def _note(number: int, landing: Landing) -> str:
    engineer = landing.engineer
    reviewed = sha1(landing.content.encode(), usedforsecurity=False).hexdigest()
    is_decided = landing.status not in ("draft", "submitted")
    approvals = tuple(
        NotedApproval(*each, reviewed, date.fromisoformat(landing.day))
        for each in (APPROVERS if is_decided else ())
    )
    levels = (f"IC{engineer.level}", f"IC{engineer.level + 1}")
    case = NotedCase(
        landing.path, landing.content, landing.status, "approved" if is_decided else "not-ready",
        approvals, "promotion", *levels,
    )  # fmt: skip
    people = People({engineer.handle: Person(engineer.handle, engineer.name)})
    return note_text(Note(number, engineer.manager, "1.0.0", (case,)), people)


def _nine(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(9), UTC)


def _id(text: str) -> str:
    """The id that git gives a file with that content."""
    content = text.encode()
    return sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


if __name__ == "__main__":
    main()
