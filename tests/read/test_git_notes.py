"""Notes on real bare repositories: by path, and over HTTP on the loopback GitHub."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from casework.model.note import NOTES
from casework.read.git import Git
from casework.read.git_error import GitError
from casework.read.git_notes import Notes, Writer
from casework.read.git_remote_error import RemoteError, RemoteFault
from tests.github.conftest import hub  # noqa: F401 - a fixture
from tests.github.hub import Hub
from tests.read.test_git import commit, run, write

WRITER = Writer("recorder[bot]", "recorder@example.com")
TEXT = '# Approved by Ada "the first" Lovelace: Łódź.\n\n#no heading\npull_request: 1   \n'


class World(NamedTuple):
    hub: Hub
    bare: Path
    remote: str
    token: str
    first: str
    second: str
    clones: Callable[[], Git]

    def shown(self, commit: str) -> str:
        """What `git log` shows of a note on the remote."""
        return run(self.bare, "log", "-1", "--notes=approvals", "--format=%N", commit)

    def stored(self, commit: str) -> str:
        blob = run(self.bare, "notes", "--ref=approvals", "list", commit)
        done = subprocess.run(
            ["git", "cat-file", "blob", blob], cwd=self.bare, check=True, capture_output=True
        )
        return done.stdout.decode()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of two commits."""
    author = tmp_path_factory.mktemp("author")
    run(author, "init", "-q", "-b", "main")
    write(author, {"cases/a/x.md": "one\n"})
    commit(author)
    commit(author, "Again")
    run(author, "clone", "-q", str(author), "clone")
    return author / "clone"


@pytest.fixture(params=["path", "http"])
def world(
    request: pytest.FixtureRequest,
    template: Path,
    hub: Hub,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> World:
    second, first = run(template, "rev-list", "HEAD").split()
    hub.may_push = True
    hub.source = template
    hub.move_base(second)
    made = iter(range(10))

    def clones() -> Git:
        return Git(shutil.copytree(template, tmp_path / f"clone-{next(made)}"))

    remote = str(hub.remote) if request.param == "path" else hub.git_url
    return World(hub, hub.remote, remote, hub.token, first, second, clones)


def refs(git: Git) -> set[str]:
    return set(run(git.root, "for-each-ref", "--format=%(refname)").split())


def test_the_first_note_of_all(world: World) -> None:
    notes = Notes(world.clones(), WRITER)
    notes.fetch(world.remote, world.token)
    assert not notes.has(world.first)
    notes.add(world.first, TEXT)
    assert notes.has(world.first)
    assert notes.push(world.remote, world.token)
    assert world.stored(world.first) == TEXT
    who = run(world.bare, "log", "-1", "--format=%an <%ae> %cn <%ce>", NOTES)
    assert who == " ".join(["recorder[bot] <recorder@example.com>"] * 2)


def test_later_notes_come_on_top_of_the_others(world: World) -> None:
    for each, text in ((world.first, "one\n"), (world.second, "two\n")):
        notes = Notes(world.clones(), WRITER)
        notes.fetch(world.remote, world.token)
        notes.add(each, text)
        assert notes.push(world.remote, world.token)
    assert world.shown(world.first) == "one"
    assert world.shown(world.second) == "two"
    assert notes.has(world.first)
    assert run(world.bare, "rev-list", "--count", NOTES) == "2"


@pytest.mark.parametrize("is_first", [True, False])
def test_whoever_comes_second_is_refused_and_loses_nothing(world: World, is_first: bool) -> None:
    if not is_first:
        run(world.bare, "notes", "--ref=approvals", "add", "-m", "older", f"{world.first}^{{tree}}")
    mine, theirs = Notes(world.clones(), WRITER), Notes(world.clones(), WRITER)
    for each in (mine, theirs):
        each.fetch(world.remote, world.token)
    theirs.add(world.first, "theirs\n")
    assert theirs.push(world.remote, world.token)
    mine.add(world.first, "mine\n")
    mine.add(world.second, "mine, too\n")
    assert not mine.push(world.remote, world.token)
    assert world.shown(world.first) == "theirs"

    mine.fetch(world.remote, world.token)
    assert mine.has(world.first)
    assert not mine.has(world.second), "what was not pushed is not there"
    mine.add(world.second, "mine, too\n")
    assert mine.push(world.remote, world.token)
    assert world.shown(world.first) == "theirs"
    assert world.shown(world.second) == "mine, too"


def test_a_note_is_never_overwritten(world: World) -> None:
    notes = Notes(world.clones(), WRITER)
    notes.fetch(world.remote, world.token)
    notes.add(world.first, "one\n")
    with pytest.raises(GitError):
        notes.add(world.first, "two\n")
    assert notes.push(world.remote, world.token)
    assert world.shown(world.first) == "one"


def test_pushing_again_what_is_there_changes_nothing(world: World) -> None:
    notes = Notes(world.clones(), WRITER)
    notes.fetch(world.remote, world.token)
    notes.add(world.first, "one\n")
    assert notes.push(world.remote, world.token)
    tip = run(world.bare, "rev-parse", NOTES)
    assert notes.push(world.remote, world.token), "as after an answer that got lost"
    assert run(world.bare, "rev-parse", NOTES) == tip


def test_notes_that_were_taken_away_are_not_brought_back(world: World) -> None:
    git = world.clones()
    notes = Notes(git, WRITER)
    notes.fetch(world.remote, world.token)
    notes.add(world.first, "one\n")
    assert notes.push(world.remote, world.token)
    run(world.bare, "update-ref", "-d", NOTES)
    notes.fetch(world.remote, world.token)
    assert not notes.has(world.first)
    notes.add(world.second, "two\n")
    assert notes.push(world.remote, world.token)
    assert world.shown(world.first) == ""


def test_no_ref_of_anybodys_here_is_moved(world: World) -> None:
    git = world.clones()
    run(git.root, "notes", "--ref=approvals", "add", "-m", "my own draft", world.first)
    before = {each: run(git.root, "rev-parse", each) for each in refs(git)}
    notes = Notes(git, WRITER)
    notes.fetch(world.remote, world.token)
    notes.add(world.first, "one\n")
    assert notes.push(world.remote, world.token)
    notes.fetch(world.remote, world.token)
    for each, tip in before.items():
        assert run(git.root, "rev-parse", each) == tip
    assert refs(git) - set(before) == {"refs/casework/notes", "refs/notes/casework-record"}


def test_settings_of_whoever_runs_it_change_nothing(world: World) -> None:
    git = world.clones()
    for name, value in {
        "commit.gpgSign": "true", "push.gpgSign": "true", "push.pushOption": "ci.skip",
        "push.followTags": "true", "core.notesRef": "refs/notes/others",
        "user.useConfigOnly": "true",
        "notes.displayRef": "refs/notes/*", "push.default": "nothing",
    }.items():  # fmt: skip
        run(git.root, "config", name, value)
    run(git.root, "tag", "-m", "Mine", "v1", world.second)
    notes = Notes(git, WRITER)
    notes.fetch(world.remote, world.token)
    notes.add(world.second, "one\n")
    assert notes.push(world.remote, world.token)
    assert run(world.bare, "tag") == ""


def test_a_note_on_a_commit_that_is_not_here(world: World) -> None:
    notes = Notes(world.clones(), WRITER)
    notes.fetch(world.remote, world.token)
    with pytest.raises(GitError):
        notes.add("12" * 20, "one\n")


@pytest.mark.parametrize("world", ["http"], indirect=True)
class TestOverHttp:
    @pytest.fixture
    def notes(self, world: World) -> Notes:
        notes = Notes(world.clones(), WRITER)
        notes.fetch(world.remote, world.token)
        notes.add(world.first, "one\n")
        return notes

    @pytest.mark.parametrize("pattern", ["info/refs", "git-receive-pack$"])
    def test_the_refusal_at_the_very_moment(
        self,
        world: World,
        notes: Notes,
        pattern: str,
    ) -> None:
        other = Notes(world.clones(), WRITER)
        other.fetch(str(world.bare))
        other.add(world.second, "theirs\n")
        world.hub.before("*", pattern, lambda: other.push(str(world.bare)))
        assert not notes.push(world.remote, world.token)
        assert world.shown(world.second) == "theirs"

    def test_a_token_that_may_not_write(self, world: World, notes: Notes) -> None:
        world.hub.may_push = False
        with pytest.raises(RemoteError, match=f"must let git push `{NOTES}`") as caught:
            notes.push(world.remote, world.token)
        assert caught.value.fault is RemoteFault.REFUSED
        assert "write" in caught.value.help

    def test_a_ruleset_that_forbids_it(self, world: World, notes: Notes) -> None:
        hook = world.bare / "hooks/pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\necho 'GH013: rule violations' >&2\nexit 1\n")
        hook.chmod(0o755)
        with pytest.raises(RemoteError, match="it refuses: pre-receive hook declined") as caught:
            notes.push(world.remote, world.token)
        assert caught.value.fault is RemoteFault.REFUSED

    def test_a_github_that_is_away(self, world: World, notes: Notes) -> None:
        world.hub.fail("POST", "git-receive-pack$", status=503)
        with pytest.raises(RemoteError) as caught:
            notes.push(world.remote, world.token)
        assert caught.value.fault is RemoteFault.UNREACHABLE
        world.hub.fail("GET", "info/refs", status=503)
        with pytest.raises(RemoteError) as caught:
            notes.fetch(world.remote, world.token)
        assert caught.value.fault is RemoteFault.UNREACHABLE

    def test_the_token_is_told_to_nobody(
        self,
        world: World,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        folder, log = tmp_path / "bin", tmp_path / "log"
        folder.mkdir()
        real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True)
        (folder / "git").write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$@" >> {log}\nexec {real.stdout.strip()} "$@"\n'
        )
        (folder / "git").chmod(0o755)
        git = world.clones()
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        notes = Notes(git, WRITER)
        notes.fetch(world.remote, world.token)
        notes.add(world.first, "one: Approved by Ada.\n")
        world.hub.may_push = False
        with pytest.raises(RemoteError) as caught:
            notes.push(world.remote, world.token)
        world.hub.may_push = True
        assert notes.push(world.remote, world.token)
        told = log.read_text() + repr(caught.value) + caught.value.help
        kept = [each.read_bytes() for each in git.root.rglob("*") if each.is_file()]
        assert "receive-pack" in log.read_text()
        assert world.token not in told
        assert "basic" not in told.lower()
        assert "Approved by" not in log.read_text(), "what a note says is on no command line either"
        assert not any(world.token.encode() in each for each in kept)


@pytest.mark.parametrize("what", ["main:cases", "main:cases/a/x.md"])
def test_what_somebody_pushed_in_their_place(world: World, what: str) -> None:
    run(world.bare, "update-ref", NOTES, run(world.bare, "rev-parse", what))
    with pytest.raises(GitError) as caught:
        Notes(world.clones(), WRITER).fetch(world.remote, world.token)
    assert f"there must be notes at `{NOTES}`" in caught.value.message
    assert f"git push origin :{NOTES}" in caught.value.help
