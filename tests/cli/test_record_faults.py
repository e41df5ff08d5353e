"""`casework record` when others write at the same moment, and when GitHub fails."""

import pytest

from casework.cli.failure import Exit
from casework.model.note import NOTES
from tests.cli.clones import Clone, case
from tests.cli.test_record import ELSEWHERE, NOTHING, World
from tests.cli.test_record import world as world  # a fixture
from tests.github.conftest import hub as hub  # a fixture


class TestSeveralAtOnce:
    """The other one writes at the very moment, by git's own means on the server."""

    def other(self, world: World, commit: str, text: str = "theirs") -> None:
        world.git("notes", "--ref=approvals", "add", "-m", text, commit)

    @pytest.mark.parametrize("pattern", ["info/refs$", "git-receive-pack$"])
    def test_whoever_is_slower_writes_on_top(self, world: World, pattern: str) -> None:
        start = world.tip()
        commit = world.decision()
        # Before notes are pushed, they and the branch are fetched.
        skip = 2 if pattern == "info/refs$" else 0
        world.hub.before("*", pattern, lambda: self.other(world, start), skip=skip)
        ran = world.record()
        assert (ran.code, ran.err) == (Exit.HOLDS, "")
        assert ran.out.startswith("Pull request 1 is written down.")
        assert world.waited == [1.0]
        assert set(world.notes()) == {start, commit}
        assert world.notes()[start] == "theirs\n"
        assert world.note(commit).pull_request == 1

    def test_what_the_other_wrote_on_the_same_commit_stays(self, world: World) -> None:
        commit = world.decision()
        world.hub.before("POST", "git-receive-pack$", lambda: self.other(world, commit))
        ran = world.record()
        assert (ran.code, ran.out) == (Exit.HOLDS, NOTHING)
        assert world.notes() == {commit: "theirs\n"}

    def test_whoever_is_always_slower_gives_up_and_has_written_nothing(self, world: World) -> None:
        start = world.tip()
        commit = world.decision()

        def again() -> None:
            self.other(world, start)
            world.git("notes", "--ref=approvals", "remove", start)

        world.hub.before("POST", "git-receive-pack$", again, times=None)
        ran = world.record()
        assert ran.code == Exit.CANNOT_RUN
        assert "each time somebody was faster" in ran.err
        assert "Run it again" in ran.err
        assert world.waited == [1.0, 2.0, 4.0, 8.0]
        assert commit not in world.notes()


class TestFailures:
    CALLS = ("/careers$", "/commits/[0-9a-f]{40}/pulls$", "/pulls/1/reviews$")
    REQUESTS = 3
    """That git makes: for the notes, for the branch, and to push."""

    @pytest.mark.parametrize("status", [401, 404, 503])
    @pytest.mark.parametrize("call", CALLS)
    def test_github_says_no(self, world: World, call: str, status: int) -> None:
        commit = world.decision()
        world.hub.fail("GET", call, status=status, times=None)
        ran = world.record(default_branch=None)
        assert ran.code == Exit.CANNOT_RUN
        assert ran.out == ""
        assert ran.err.startswith("casework: ")
        assert world.notes() == {}
        assert world.hub.token not in ran.err
        world.hub._faults.clear()
        assert world.record().code == Exit.HOLDS
        assert set(world.notes()) == {commit}

    @pytest.mark.parametrize("call", CALLS)
    def test_github_hesitates(self, world: World, call: str) -> None:
        commit = world.decision()
        world.hub.fail("GET", call, status=502)
        assert world.record(default_branch=None).code == Exit.HOLDS
        assert world.waited
        assert set(world.notes()) == {commit}

    @pytest.mark.parametrize("skip", range(REQUESTS))
    def test_git_is_away_for_ever(self, world: World, skip: int) -> None:
        world.decision()
        world.hub.fail("GET", "info/refs$", status=503, times=None, skip=skip)
        ran = world.record()
        assert ran.code == Exit.CANNOT_RUN
        assert "must answer; git could not reach it" in ran.err
        assert world.notes() == {}

    @pytest.mark.parametrize("skip", range(REQUESTS))
    def test_git_is_away_for_a_moment(self, world: World, skip: int) -> None:
        commit = world.decision()
        world.hub.fail("GET", "info/refs$", status=503, skip=skip)
        assert world.record().code == Exit.HOLDS
        assert set(world.notes()) == {commit}
        assert world.waited == [2.0]

    def test_an_answer_to_the_push_that_got_lost(self, world: World) -> None:
        commit = world.decision()
        world.hub.drop("POST", "git-receive-pack$", after=True)
        ran = world.record()
        assert ran.code == Exit.HOLDS
        assert set(world.notes()) == {commit}
        assert world.git("rev-list", "--count", NOTES) == "1"

    def test_a_token_that_may_not_write(self, world: World) -> None:
        world.decision()
        world.hub.may_push = False
        ran = world.record()
        assert ran.code == Exit.CANNOT_RUN
        assert f"must let git push `{NOTES}`" in ran.err
        assert "the right to write the repository's contents" in ran.err
        assert world.hub.token not in ran.err

    def test_one_pull_request_that_cannot_be_read_leaves_all_unwritten(self, world: World) -> None:
        world.decision()
        world.merged(world.open({ELSEWHERE: case("draft")}))
        world.hub.fail("GET", "/pulls/2/reviews$", status=404, times=None)
        assert world.record().code == Exit.CANNOT_RUN
        assert world.notes() == {}

    @pytest.mark.parametrize("variable", ["GITHUB_REPOSITORY", "GITHUB_TOKEN"])
    def test_on_somebodys_own_machine(self, world: World, variable: str) -> None:
        world.decision()
        world.unset(variable)
        ran = world.record()
        assert ran.code == Exit.CANNOT_RUN
        assert ran.err == (
            "casework: `casework record` must know the repository and have a token; "
            f"{variable} is not set\n"
            "  It is meant for the workflow. To read what that wrote: `git fetch origin "
            "refs/notes/approvals:refs/notes/approvals`, then `git log --notes=approvals`.\n"
        )
        assert world.hub.log == []

    def test_nothing_is_left_in_the_clone_but_refs_of_our_own(self, world: World) -> None:
        git = Clone(world.here).git
        before = git("for-each-ref", "--format=%(refname)")
        world.decision()
        world.record()
        world.record()
        after = git("for-each-ref", "--format=%(refname)")
        new = set(after.split()) - set(before.split())
        assert new == {"refs/casework/base", "refs/casework/notes", "refs/notes/casework-record"}
        assert git("status", "--porcelain") == ""
        kept = [each.read_bytes() for each in world.here.rglob("*") if each.is_file()]
        assert not any(world.hub.token.encode() in each for each in kept)
