"""A small repository of a test's own, read and checked as a whole one is.

`examples/_base` holds what every example starts from. An example lays its files over it:

- `bad.md`, `bad-draft.md`, `good.md`: Ada Lovelace's case; what follows the hyphen is free.
  `bad-262145-bytes.md` is filled up with blank lines to that size.
- `bad-people.yaml`, `bad-policy.yaml`, `bad-framework.yaml`, `bad-level.yaml`,
  `bad-wording.yaml`: that file (the level is IC3).
- `bad/`, `good/`: a folder of files at their own paths.
- `bad/before/`, `bad/after/`: a pull request. Each is laid over the base; what is only in the first
  is deleted. With `bad/meanwhile/`, that is what the main branch has by now.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from casework.check.changes import ChangedCase, Proposal
from casework.check.run import check_case, check_document, check_proposal
from casework.model.blob import Blob, Obstacle
from casework.model.case import Case, RatedQuarter
from casework.model.document import Document, DocumentKind
from casework.model.finding import Finding
from casework.read.case import read_case
from casework.read.documents import kind_of, read_document
from casework.read.organisation import read_organisation
from casework.read.people import people_data, people_document
from casework.read.schema import Schemas, read_schemas
from casework.read.source import WorkingTree

ROOT = Path(__file__).parents[2]
EXAMPLES = Path(__file__).parent / "examples"
BASE = EXAMPLES / "_base"
TODAY = date(2027, 2, 10)

CASE = "cases/ada-lovelace/2027-02.md"
DATA = {
    "people.yaml": "cases/people.yaml",
    "policy.yaml": "framework/policy.yaml",
    "framework.yaml": "framework/framework.yaml",
    "level.yaml": "framework/levels/ic3.yaml",
    "wording.yaml": "framework/wording.yaml",
}


class Example(NamedTuple):
    """One `bad` or `good` entry of an example's folder."""

    entry: Path

    def lay_over(self, root: Path) -> Iterator[str]:
        """Copies its files, and yields the paths that are to be checked."""
        if not self.entry.is_dir():
            target = root / self.path
            target.write_bytes(self.content())
            yield self.path
            return
        for path in sorted(self.entry.rglob("*")):
            own = path.relative_to(self.entry)
            if path.suffix or path.is_symlink():
                (root / own).unlink(missing_ok=True)
                yield own.as_posix()
        shutil.copytree(self.entry, root, symlinks=True, dirs_exist_ok=True)

    @property
    def path(self) -> str:
        return DATA.get(self.entry.name.partition("-")[2], CASE)

    def content(self) -> bytes:
        content = self.entry.read_bytes()
        size = re.search("-([0-9]+)-bytes", self.entry.name)
        return content + b"\n" * (int(size[1]) - len(content)) if size else content


def examples(rule: str, sort: str) -> list[Example]:
    """The entries of a rule's folder that are `bad` or `good`."""
    entries = sorted((EXAMPLES / rule).iterdir())
    return [Example(each) for each in entries if re.match(f"{sort}(-|[.]|$)", each.name)]


@cache
def schemas() -> Schemas:
    """The program's own."""
    tree = WorkingTree(ROOT)
    return read_schemas(tree.read(tree.folder("schemas")))


@cache
def document(blob: Blob) -> Document:
    """A file of data, read. Nearly all are the base's own."""
    return read_document(blob, schemas())


def findings(example: Example, root: Path, ours: Schemas) -> list[Finding]:
    """What is found in an example's files, laid over the base in an empty folder."""
    if (example.entry / "after").is_dir():
        return list(check_proposal(proposal(example.entry, root, ours)))
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    checked = list(example.lay_over(root))
    # A folder where a file belongs may be a repository of its own, so git is asked.
    subprocess.run(["git", "init", "--quiet", root], check=True)
    tree = WorkingTree(root)
    paths = sorted(each.relative_to(root).as_posix() for each in root.rglob("*.yaml"))
    documents = {path: document(tree.read_one(path)) for path in paths}
    organisation = read_organisation(documents)
    found: list[Finding] = []
    for path in checked:
        blob = tree.read_one(path)
        kind = kind_of(path)
        if kind is DocumentKind.CASE:
            found += check_case(read_case(blob, ours), organisation, TODAY)
        elif kind is not None:
            own = read_document(blob, ours)
            found += check_document(own, organisation, documents, TODAY)
    return found


def proposal(entry: Path, root: Path, ours: Schemas) -> Proposal:
    """What a pull request changes that leads from one folder's files to another's."""
    sides = [WorkingTree(root / name) for name in ("before", "after")]
    for side in sides:
        shutil.copytree(BASE, side.root)
        shutil.copytree(entry / side.root.name, side.root, dirs_exist_ok=True)
    before, after = sides
    files = (path for side in sides for path in side.root.rglob("*") if path.is_file())
    paths = sorted({"/".join(each.relative_to(root).parts[1:]) for each in files})
    changed = [each for each in paths if before.read_one(each) != after.read_one(each)]
    cases = [each for each in changed if kind_of(each) is DocumentKind.CASE]

    def case(tree: WorkingTree, path: str) -> Case | None:
        blob = tree.read_one(path)
        return None if blob.obstacle is Obstacle.ABSENT else read_case(blob, ours)

    documents = {path: document(before.read_one(path)) for path in paths
                 if path.endswith(".yaml") and (before.root / path).exists()}  # fmt: skip
    rated: dict[str, list[RatedQuarter]] = {}
    for path in paths:
        old = case(before, path) if kind_of(path) is DocumentKind.CASE else None
        rated.setdefault(path.rpartition("/")[0], []).extend(old.quarters if old else ())
    people = people_document(after.read_one("cases/people.yaml"))
    return Proposal(
        tuple(ChangedCase(each, case(before, each), case(after, each)) for each in cases),
        tuple(each for each in changed if each not in cases),
        people_data(before.read_one("cases/people.yaml")),
        people.data["people"] if people else None,
        people,
        read_organisation(documents),
        TODAY,
        rated,
        outdated=_outdated(entry, root, before, after),
        bereft=tuple(sorted(_bereft(before, after))),
    )


def _bereft(before: WorkingTree, after: WorkingTree) -> set[str]:
    """Whose entry is gone while there were cases of them."""
    old, new = (people_data(each.read_one("cases/people.yaml")) or {} for each in (before, after))
    return {each for each in old if each not in new and (before.root / "cases" / each).is_dir()}


def _outdated(entry: Path, root: Path, before: WorkingTree, after: WorkingTree) -> tuple[str, ...]:
    """The cases that the main branch has otherwise by now."""
    if not (entry / "meanwhile").is_dir():
        return ()
    main = WorkingTree(root / "meanwhile")
    shutil.copytree(BASE, main.root)
    shutil.copytree(entry / "meanwhile", main.root, dirs_exist_ok=True)
    sides = (before.read_one(CASE), after.read_one(CASE))
    return () if main.read_one(CASE) in sides else (CASE,)


def written(found: list[Finding]) -> str:
    """Findings as `expected.txt` holds them."""
    return "".join(
        f"{each.path}:{each.line}:{each.column} {each.severity.value} {each.rule}\n"
        f"  {each.message}\n  {each.help}\n"
        for each in found
    )
