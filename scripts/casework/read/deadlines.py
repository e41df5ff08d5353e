"""How soon a quarter was to be on record, by the policy of the commit that rated it."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO

from casework.model.blob import Blob
from casework.model.history import CaseHistory
from casework.read.documents import POLICY, read_document
from casework.read.git import Git
from casework.read.policy import read_policy
from casework.read.schema import Schemas


def with_deadlines(
    git: Git, histories: Iterable[CaseHistory], schemas: Schemas
) -> tuple[CaseHistory, ...]:
    """The histories, of which each commit that rated a quarter has its policy's deadline.

    All policies are looked up together, and each one is read once. Raises GitError.
    """
    known = tuple(histories)
    commits = tuple(dict.fromkeys(each for history in known for each in _that_rated(history)))
    found = _deadlines(git, commits, schemas)
    return tuple(
        CaseHistory(
            tuple(
                each._replace(
                    landing=each.landing._replace(deadline=found.get(each.landing.commit))
                )
                for each in history.versions
            )
        )
        for history in known
    )


def _that_rated(history: CaseHistory) -> Iterator[str]:
    """The commits by which a case came to rate something otherwise."""
    before: dict[object, object] = {}
    for version in history.versions:
        rated = version.case.quarters if version.case else ()
        now = {each.quarter: each.ratings for each in rated}
        if any(before.get(quarter) != ratings for quarter, ratings in now.items()):
            yield version.landing.commit
        before = dict(now)


def _deadlines(git: Git, commits: tuple[str, ...], schemas: Schemas) -> Mapping[str, int | None]:
    """Each commit's `record_within_days`; None where its policy cannot be read."""
    if not commits:
        return {}
    asked = "".join(f"{each}:{POLICY}\n" for each in commits).encode()
    told = BytesIO(git.run("cat-file", "--batch", content=asked))
    known: dict[bytes, int | None] = {}
    found: dict[str, int | None] = {}
    for commit in commits:
        # The id, the type and the size; of what is not there, its name and a word.
        id_, *rest = told.readline().split()
        if len(rest) != 2:
            found[commit] = read_policy(None).record_within_days
            continue
        content = told.read(int(rest[1]))
        told.read(1)
        if id_ not in known:
            known[id_] = _days(content, schemas) if rest[0] == b"blob" else None
        found[commit] = known[id_]
    return found


def _days(content: bytes, schemas: Schemas) -> int | None:
    document = read_document(Blob(POLICY, content), schemas)
    return read_policy(document).record_within_days if document.readable else None
