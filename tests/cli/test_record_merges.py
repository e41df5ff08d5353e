"""Which commits a pull request brought: real commits, and answers as GitHub gives them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from casework.cli import merges
from casework.cli.merges import Merge, Merges, changing, recent
from casework.model.document import DocumentKind
from casework.model.pull_request import PullRequest
from casework.read.git import Git
from tests.read.test_git import commit, run, write

NOON = datetime(2027, 2, 22, 12, tzinfo=UTC)
CASE = "cases/ada-lovelace/2027-02.md"


class History:
    """A repository, and what GitHub says of its commits."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git = Git(root)
        self.told: dict[str, tuple[PullRequest, ...]] = {}
        self.asked: list[str] = []
        run(root, "init", "-q", "-b", "main")
        self.start = self.made("start")

    def made(self, name: str, path: str = CASE) -> str:
        write(self.root, {path: f"{name}\n"})
        return commit(self.root, name)

    def request(
        self, number: int, last: str, head: str = "", base: str = "main", hour: int = 12
    ) -> PullRequest:
        merged = NOON.replace(hour=hour)
        head = head or "12" * 20
        return PullRequest(number, "ada-l", head, base, merged=merged, merge_commit=last)

    def is_by(self, commits: list[str], *requests: PullRequest) -> None:
        self.told |= dict.fromkeys(commits, requests)

    def ask(self, each: str) -> tuple[PullRequest, ...]:
        self.asked.append(each)
        return self.told.get(each, ())

    def by(self, each: str) -> Merge | None:
        return self.all().by(each)

    def all(self) -> Merges:
        return Merges(self.git, run(self.root, "rev-parse", "main"), "main", self.ask)


@pytest.fixture
def history(tmp_path: Path) -> History:
    root = tmp_path / "clone"
    root.mkdir()
    return History(root)


def test_all_that_belongs_together_from_whichever_of_them(history: History) -> None:
    line = [history.made(f"step {n}") for n in range(3)]
    request = history.request(7, line[-1])
    history.is_by(line, request)
    for each in line:
        assert history.by(each) == Merge(request, history.start, tuple(line))


def test_github_is_asked_once_for_each_commit(history: History) -> None:
    line = [history.made(f"step {n}") for n in range(3)]
    history.is_by(line, history.request(7, line[-1]))
    found = history.all()
    for each in line * 2:
        found.by(each)
    assert sorted(history.asked) == sorted([*line, history.start])


def test_a_merge_commit_is_alone_although_the_one_before_belongs_to_it_too(
    history: History,
) -> None:
    """Its branch had been pushed to the main branch half-way."""
    half = history.made("half")
    run(history.root, "checkout", "-q", "-b", "own")
    head = history.made("the rest")
    run(history.root, "checkout", "-q", "main")
    run(history.root, "merge", "-q", "--no-ff", "-m", "Merge", "own")
    merge = run(history.root, "rev-parse", "main")
    request = history.request(7, merge, head)
    history.is_by([half, head, merge], request)
    assert history.by(merge) == Merge(request, half, (merge,))


def test_a_branch_that_was_pushed_as_it_is_counts_from_where_it_began(history: History) -> None:
    """Its last commit merged the main branch into it: the first parents are its own."""
    run(history.root, "checkout", "-q", "-b", "own")
    first = history.made("first", "docs/own.md")
    run(history.root, "checkout", "-q", "-b", "other", history.start)
    history.made("other")
    run(history.root, "checkout", "-q", "own")
    run(history.root, "merge", "-q", "--no-ff", "-m", "Merge", "other")
    head = run(history.root, "rev-parse", "own")
    run(history.root, "branch", "-f", "main", "own")
    request = history.request(7, head, head)
    history.is_by([first, head], request)
    assert history.by(head) == Merge(request, history.start, (first, head))


def test_of_several_it_is_the_one_that_ends_there(history: History) -> None:
    first, second = history.made("first"), history.made("second")
    whole, part = history.request(7, second, hour=9), history.request(8, first, hour=10)
    history.is_by([first], whole, part)
    history.is_by([second], whole)
    assert history.by(second) == Merge(whole, first, (second,))
    assert history.by(first) == Merge(part, history.start, (first,))


def test_or_else_the_one_that_was_merged_first(history: History) -> None:
    only = history.made("only")
    late, early, twin = (history.request(n, only, hour=h) for n, h in ((1, 12), (9, 9), (8, 9)))
    history.is_by([only], late, early, twin)
    found = history.by(only)
    assert found
    assert found.request.number == 8


@pytest.mark.parametrize(
    "wrong",
    [{"merged": None, "merge_commit": None}, {"base": "release"}, {"merge_commit": "12" * 20}],
)
def test_what_did_not_come_by_it(history: History, wrong: dict[str, str | None]) -> None:
    """An open pull request, one into another branch, and one whose merge is not here."""
    only = history.made("only")
    history.is_by([only], history.request(7, only)._replace(**wrong))
    assert history.by(only) is None


def test_what_the_branch_no_longer_holds(history: History) -> None:
    first, second = history.made("first"), history.made("second")
    history.is_by([first, second], history.request(7, second))
    run(history.root, "reset", "-q", "--hard", first)
    assert history.by(first) is None


def test_what_was_pushed(history: History) -> None:
    assert history.by(history.made("only")) is None


def test_what_has_no_beginning(history: History) -> None:
    history.is_by([history.start], history.request(7, history.start))
    assert history.by(history.start) is None


def test_what_began_too_long_ago(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merges, "_MOST_BROUGHT", 3)
    line = [history.made(f"step {n}") for n in range(4)]
    history.is_by(line, history.request(7, line[-1]))
    assert history.by(line[-1]) is None
    history.is_by(line[:1])
    assert history.by(line[-1]) == Merge(history.request(7, line[-1]), line[0], tuple(line[1:]))


@pytest.mark.parametrize("listed", [1, 2, 3, 4, 5, 2000])
def test_however_much_of_the_branch_is_listed_at_once(
    history: History, monkeypatch: pytest.MonkeyPatch, listed: int
) -> None:
    monkeypatch.setattr(merges, "_MOST_LISTED", listed)
    monkeypatch.setattr(merges, "_MOST_BROUGHT", 2)
    first, second, third = (history.made(each) for each in ("first", "second", "third"))
    one, other = history.request(7, second), history.request(8, third)
    history.is_by([first, second], one)
    history.is_by([third], other)
    found = history.all()
    assert found.by(third) == Merge(other, second, (third,))
    assert found.by(first) == Merge(one, history.start, (first, second))


def test_git_is_asked_once_for_all_that_was_merged_lately(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = [history.made(f"step {n}") for n in range(4)]
    for number, each in enumerate(line):
        history.is_by([each], history.request(number, each))
    found, listed = history.all(), []
    ask = history.git.run
    monkeypatch.setattr(history.git, "run", lambda *words: listed.append(words) or ask(*words))
    monkeypatch.setattr(history.git, "commit", pytest.fail)
    assert [found.by(each) for each in line].count(None) == 0
    assert len(listed) == 1


class TestWhatIsLookedAt:
    def test_only_what_changes_governed_files(self, history: History) -> None:
        others = ["docs/a.md", "cases/README.md", "README.md", ".github/workflows/x.yml"]
        for each in others:
            history.made("other", each)
        wanted = [
            history.made("governed", each)
            for each in ("cases/people.yaml", "framework/policy.yaml", "schemas/case.schema.json",
                         "cases/stray.txt", CASE)
        ]  # fmt: skip
        run(history.root, "mv", CASE, "moved.md")
        wanted.append(commit(history.root, "moved away"))
        tip = run(history.root, "rev-parse", "main")
        everything = recent(history.git, tip, None, date(2000, 1, 31))
        assert everything == (*reversed(wanted), history.start)
        found = recent(history.git, tip, history.start, date(2098, 1, 1))
        assert found == tuple(reversed(wanted))
        cases = changing(history.git, found, DocumentKind.CASE)
        assert cases == {wanted[4], wanted[5]}

    def test_the_days_are_those_of_the_committer(
        self, history: History, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = {}
        for day in ("2027-02-08", "2027-02-07", "2027-02-20"):
            monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T00:00:00+00:00")
            made[day] = history.made(day)
        tip = made["2027-02-20"]
        found = recent(history.git, tip, None, date(2027, 2, 22))
        # One of an older day in between hides nothing.
        assert [each for each in found if each in made.values()] == [
            made["2027-02-20"], made["2027-02-08"]
        ]  # fmt: skip

    @pytest.mark.parametrize("before", [None, "12" * 20, "0" * 40, "--all"])
    def test_no_beginning_that_is_known(self, history: History, before: str | None) -> None:
        tip = history.made("only")
        assert recent(history.git, tip, before, date(2098, 1, 1)) == ()

    def test_a_merge_is_looked_at_as_a_whole(self, history: History) -> None:
        run(history.root, "checkout", "-q", "-b", "own")
        inner = history.made("inner")
        run(history.root, "checkout", "-q", "main")
        run(history.root, "merge", "-q", "--no-ff", "-m", "Merge", "own")
        tip = run(history.root, "rev-parse", "main")
        found = recent(history.git, tip, history.start, date(2098, 1, 1))
        assert found == (tip,)
        assert inner not in found
