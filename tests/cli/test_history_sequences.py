"""Whatever is done to cases, in whatever order and way of merging: the history tells just that."""

import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.assess.story import Rules, stories
from casework.model.blob import Blob
from casework.model.policy import Policy
from casework.model.story import Event
from casework.read.git import Git
from casework.read.lineage import histories
from casework.read.schema import read_schemas
from tests.cli.clones import ROOT
from tests.factories import a_framework

SCHEMAS = read_schemas(
    Blob(f"schemas/{file.name}", file.read_bytes()) for file in (ROOT / "schemas").iterdir()
)
RULES = Rules(Policy(), a_framework(), lambda text: True)
CATEGORIES = ("proficiency", "execution", "teamwork")
QUARTERS = ("FY27-Q1", "FY27-Q2")
REVIEWS = ("2026-08", "2027-02", "2027-08")
DECIDED = ("promoted", "not-yet")
FILLER = "".join(f"- A line of the summary, number {place}.\n" for place in range(40))


class Sheet(NamedTuple):
    """What a case says."""

    review: str
    status: str = "draft"
    ratings: tuple[str, ...] = ("-", "-")
    manager: str = "grace-hopper"
    words: int = 0
    is_broken: bool = False

    def text(self) -> str:
        if self.is_broken:
            return f"---\nperson: [{self.words}\n---\n\n{FILLER}"
        rated = "".join(
            f"  {label}: {{{', '.join(f'{each}: {word}' for each in CATEGORIES)}}}\n"
            for label, word in zip(QUARTERS, self.ratings, strict=True)
            if word != "-"
        )
        quarters = f"quarters:\n{rated}" if rated else "quarters: {}\n"
        return (
            "---\nperson: ada-lovelace\nkind: promotion\nfrom: IC2\nto: IC3\n"
            f"level_since: 2025-02-01\nmanager: {self.manager}\nreview: {self.review}\n"
            f"status: {self.status}\n{quarters}---\n\n## Summary\n\n{FILLER}- {self.words}\n"
        )


sheets = st.builds(
    Sheet,
    st.just(""),
    st.sampled_from(("draft", "submitted", *DECIDED)),
    st.tuples(*[st.sampled_from(("-", "meets", "next"))] * 2),
    st.sampled_from(("grace-hopper", "katherine-johnson")),
    st.integers(0, 2),
    st.booleans(),
)
acts = st.lists(
    st.tuples(
        st.sampled_from(("write", "write", "write", "move", "delete")),
        st.sampled_from(REVIEWS),
        st.sampled_from(REVIEWS),
        sheets,
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


class Told:
    """What happened to one case, told without git and without the program."""

    def __init__(self) -> None:
        self.moments: list[set[str]] = []
        self.path: str | None = None
        self._known: Sheet | None = None  # as it could be read last
        self._last: tuple[str, Sheet] | None = None
        self._was_broken = False
        self._is_gone = False

    def delete(self) -> None:
        self.moments.append({"deleted"})
        self._is_gone = True

    def write(self, path: str, sheet: Sheet) -> None:
        found: set[str] = set()
        is_decided = self._known is not None and self._known.status in DECIDED
        if self._last is None:
            found.add("opened")
        elif self._is_gone:
            found.add("put-back")
        if self._last and self._last[0] != path:
            found.add("moved")
        if sheet.is_broken:
            found.add("unreadable")
        else:
            if self._known and self._known.review != sheet.review:
                found.add("moved")
            if self._was_broken:
                found.add("readable")
            found |= self._differences(sheet)
            is_other = self._last is not None and self._last[1].text() != sheet.text()
            was = self._known
            # What changed together with the status is what was handed in.
            is_step = was and (was.status != sheet.status and was.words != sheet.words)
            if was and is_other and (is_decided or not found or is_step):
                found.add("edited")
            self._known = sheet
        self._was_broken, self._is_gone = sheet.is_broken, False
        self._last, self.path = (path, sheet), path
        self.moments.append(found)

    def _differences(self, new: Sheet) -> set[str]:
        old = self._known or Sheet("", "", ("-", "-"), new.manager)
        found = set()
        for label, was, now in zip(QUARTERS, old.ratings, new.ratings, strict=True):
            if was != now:
                what = "recorded" if was == "-" else "dropped" if now == "-" else "rerated"
                found.add(f"{what} {label}")
        if old.manager != new.manager:
            found.add("manager-changed")
        if new.status != old.status:
            if new.status in DECIDED:
                found.add(f"decided {new.status}")
            elif old.status and (old.status in DECIDED or new.status == "draft"):
                found.add("reopened")
            elif old.status:
                found.add("submitted")
        return found


class Acted(NamedTuple):
    """A repository as `git fast-import` reads it, and what is to be told of it."""

    stream: str
    expected: list[list[set[str]]]


def acted(script: list[tuple[str, str, str, Sheet, bool]]) -> Acted:
    there: dict[str, tuple[Told, Sheet]] = {}
    gone: dict[str, Told] = {}
    cases: list[Told] = []
    commits: list[tuple[list[str], bool]] = []
    for act, where, to, wanted, is_merged in script:
        path = f"cases/ada-lovelace/{where}.md"
        sheet = wanted._replace(review=where)
        if act == "write" and (path not in there or there[path][1].text() != sheet.text()):
            told = there[path][0] if path in there else gone.pop(path, None)
            if told is None:
                told = Told()
                cases.append(told)
            told.write(path, sheet)
            there[path] = told, sheet
            commits.append(([_written(path, sheet)], is_merged))
        elif act == "delete" and path in there:
            told, _ = there.pop(path)
            told.delete()
            gone[path] = told
            commits.append(([f"D {path}"], is_merged))
        elif act == "move" and path in there:
            target = f"cases/ada-lovelace/{to}.md"
            told, before = there[path]
            if target in there or before.is_broken:
                continue
            moved = before._replace(review=to)
            told.write(target, moved)
            del there[path]
            there[target] = told, moved
            gone.pop(target, None)  # what lay there once is another case
            commits.append(([f"D {path}", _written(target, moved)], is_merged))
    return Acted(_stream(commits), [each.moments for each in cases])


def _written(path: str, sheet: Sheet) -> str:
    return f"M 644 inline {path}\n{_data(sheet.text())}"


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}"


def _stream(commits: list[tuple[list[str], bool]]) -> str:
    lines, mark, last = [], 0, ""
    for place, (changes, is_merged) in enumerate((([], False), *commits)):
        who = f"committer A <a@example.com> {1_780_000_000 + place * 86_400} +0000\n"
        body = "".join(f"{each}\n" for each in changes)
        if is_merged:
            mark += 1
            head = f"commit refs/heads/topic\nmark :{mark}\n{who}{_data('Within')}\n"
            lines.append(f"{head}from {last}\n{body}")
            mark += 1
            head = f"commit refs/heads/main\nmark :{mark}\n{who}{_data('Merge')}\n"
            lines.append(f"{head}from {last}\nmerge :{mark - 1}\n{body}")
        else:
            mark += 1
            head = f"commit refs/heads/main\nmark :{mark}\n{who}{_data('Change')}\n"
            lines.append(f"{head}{f'from {last}' if last else ''}\n{body}")
        last = f":{mark}"
    return "".join(lines)


def named(event: Event) -> str:
    """An event in the model's words."""
    name = "".join(f"-{c.lower()}" if c.isupper() else c for c in type(event).__name__)[1:]
    more = getattr(event, "outcome", None) or getattr(event, "quarter", None)
    return f"{name} {getattr(more, 'label', more)}" if more else name


@given(acts)
@settings(deadline=None, max_examples=25)
def test_the_history_tells_what_was_done(script: list[tuple[str, str, str, Sheet, bool]]) -> None:
    done = acted(script)
    with tempfile.TemporaryDirectory() as folder:
        for words in (
            ("init", "-q", "--bare", "-b", "main"),
            ("fast-import", "--quiet", "--force"),
        ):
            subprocess.run(["git", *words], cwd=folder, input=done.stream.encode(), check=True)
        git = Git(Path(folder), is_bare=True)
        found = histories(git, git.resolve("main"), SCHEMAS, "ada-lovelace")
        told = [
            [{named(event) for event in moment.events} for moment in story.moments]
            for story in stories(found, RULES)
        ]
        assert told == done.expected
        everybody = histories(git, git.resolve("main"), SCHEMAS)
        assert everybody == found
