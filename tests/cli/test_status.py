"""`casework status` from what is typed to what is said: in a clone, and with GitHub on loopback."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

from casework.cli import status
from tests.cli.clones import CASE, PEOPLE, POLICY, ROOT, Clone, Ran, Run, case
from tests.cli.published import Published, committed, publish
from tests.github.conftest import hub as hub  # a fixture
from tests.github.hub import Hub

EXPECTED = Path(__file__).parent / "expected"
SCHEMA = json.loads((ROOT / "schemas" / "status.schema.json").read_text("utf-8"))
NOT_SEEN = "Open pull requests are not shown"
MORE = """\
  clarence-ellis:
    {name: Clarence Ellis, github: cellis, level: IC2, level_since: 2025-03-01,
     onboarded: 2023-11-01, manager: grace-hopper}
  mary-jackson:
    {name: "Mary *Jackson* @mjackson", github: mjackson, level: IC2, level_since: 2025-02-01,
     onboarded: 2024-02-01, manager: grace-hopper}
"""
CLARENCE, MARY = "cases/clarence-ellis/2027-02.md", "cases/mary-jackson/2027-02.md"
IN_BAND = "cases/clarence-ellis/in-band-2026-11.md"


def of(person: str, state: str = "draft", **fields: str) -> str:
    since = "2025-03-01" if person == "clarence-ellis" else "2025-02-01"
    return case(state, person=person, level_since=since, **fields)


def in_band(state: str = "draft") -> str:
    lines = of("clarence-ellis", state).splitlines()
    kept = [each for each in lines if not each.startswith(("to: ", "review: "))]
    return "\n".join(kept).replace("kind: promotion", "kind: in-band-increase") + "\n"


@pytest.fixture(scope="session")
def everybody(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The team's repository. To be copied."""
    clone = Clone(tmp_path_factory.mktemp("team") / "clone")
    shutil.copytree(template, clone.root)
    make_team(clone)
    return clone.root


@pytest.fixture
def team(everybody: Path, tmp_path: Path) -> Clone:
    shutil.copytree(everybody, tmp_path / "team")
    return Clone(tmp_path / "team")


@pytest.fixture(autouse=True)
def nobody_said_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("GITHUB_TOKEN", "GH_TOKEN", "GITHUB_REPOSITORY", "GITHUB_API_URL",
                 "GITHUB_SERVER_URL"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)


def make_team(clone: Clone) -> None:
    clone.write("cases/people.yaml", PEOPLE + MORE)
    clone.write(CASE, case("submitted", ready=False))
    earlier = of("mary-jackson", "submitted", review="2026-08")
    clone.write("cases/mary-jackson/2026-08.md", earlier)
    over = of("clarence-ellis", "not-yet", review="2026-08", decided="2026-08-27")
    clone.write("cases/clarence-ellis/2026-08.md", over + "## Feedback\n\nReasons: too soon.\n")
    clone.write(IN_BAND, in_band())
    clone.write("cases/barbara-liskov/2027-02.md", "no front matter\n")
    clone.commit("Cases")


def told(ran: Ran) -> dict:
    data = json.loads(ran.out)
    jsonschema.validate(data, SCHEMA, format_checker=jsonschema.FormatChecker())
    return data


def places(data: dict, part: str = "cases") -> dict[str, tuple]:
    return {
        each["person"]: (each["status"], each["where"], each["pull_request"]) for each in data[part]
    }


class TestInAClone:
    @pytest.mark.parametrize(
        ("form", "name"),
        [("text", "status.txt"), ("markdown", "status.md"), ("json", "status.json")],
    )  # fmt: skip
    def test_it_reads_well(self, team, run, agrees, form, name):
        team.write(MARY, of("mary-jackson"))  # not committed
        ran = run("status", "--format", form, at=team)
        assert (ran.code, ran.err) == (0, "")
        agrees(ran.out, EXPECTED / name)

    def test_no_line_is_wider_than_the_terminal(self, team, run):
        team.write(MARY, of("mary-jackson"))
        assert max(map(len, run("status", at=team).out.splitlines())) <= 80

    def test_programs_find_what_the_schema_promises(self, team, run):
        for words in ((), ("2026-08",), ("--today", "2030-01-01"), ("--today", "2027-02-12")):
            told(run("status", "--format", "json", *words, at=team))

    def test_the_same_files_give_the_same_bytes(self, team, run):
        assert len({run("status", *each, at=team).out for each in ((), ("--no-cache",))}) == 1

    def test_what_the_working_tree_changes_is_told_as_it_is_there(self, team, run):
        team.git("checkout", "-q", "-b", "case")
        team.write(CASE, case("draft"))
        team.write(CLARENCE, of("clarence-ellis"))
        team.git("rm", "-q", IN_BAND)
        data = told(run("status", "--format", "json", at=team))
        assert places(data) == {
            "ada-lovelace": ("draft", "working-tree", None),
            "barbara-liskov": (None, "main-branch", None),
            "clarence-ellis": ("draft", "working-tree", None),
        }
        assert data["in_band"] == []

    def test_what_is_on_main_alone_is_told_from_there(self, team, run):
        team.git("checkout", "-q", "-b", "case", "main~1")
        data = told(run("status", "--format", "json", at=team))
        assert places(data)["ada-lovelace"] == ("submitted", "main-branch", None)

    def test_what_the_main_branch_has_too_is_no_difference(self, team, run):
        team.git("checkout", "-q", "-b", "case")
        team.write(CASE, case("draft"))
        team.commit("Back to a draft")
        team.git("checkout", "-q", "main")
        team.git("merge", "-q", "--squash", "case")
        team.commit("Squashed")
        team.git("checkout", "-q", "case")
        data = told(run("status", "--format", "json", at=team))
        assert places(data)["ada-lovelace"] == ("draft", "main-branch", None)

    def test_the_rules_are_those_of_the_main_branch(self, team, run):
        team.write("framework/policy.yaml", POLICY.replace("2027-02-12", "2027-02-20"))
        team.write("cases/people.yaml", "people: [\n")
        data = told(run("status", "--format", "json", at=team))
        assert data["review"]["cases_due"] == "2027-02-12"

    def test_before_there_is_a_main_branch(self, team, run):
        team.git("checkout", "-q", "-b", "other")
        team.git("branch", "-q", "-D", "main")
        data = told(run("status", "--format", "json", at=team))
        assert places(data)["ada-lovelace"] == ("submitted", "working-tree", None)

    def test_a_history_that_shares_nothing_leaves_the_working_tree_out(self, team, run):
        team.git("checkout", "-q", "--orphan", "other")
        team.commit("From nowhere")
        ran = run("status", at=team)
        assert ran.code == 0
        assert "Note: Your working tree is not looked at: base and head" in ran.out

    def test_a_bare_repository_has_its_main_branch(self, team, run, tmp_path):
        here = run("status", at=team).out
        team.git("clone", "-q", "--bare", str(team.root), str(tmp_path / "bare.git"))
        assert run("status", at=tmp_path / "bare.git").out == here

    def test_other_reviews_cases_are_not_read(self, team, run, monkeypatch):
        from casework.read import git

        team.write("cases/ada-lovelace/2025-02.md", case("submitted"))
        team.commit("An old one")
        wanted = team.git("rev-parse", "HEAD:cases/ada-lovelace/2025-02.md")
        asked: list[str] = []
        objects = git.Git.objects

        def noted(self, ids):
            listed = list(ids)
            asked.extend(listed)
            return objects(self, listed)

        monkeypatch.setattr(git.Git, "objects", noted)
        assert run("status", at=team).code == 0
        assert team.git("rev-parse", f"HEAD:{CASE}") in asked
        assert wanted not in asked


class TestWhichReview:
    def test_the_next_to_be_decided(self, team, run):
        assert run("status", at=team).out.startswith("Talent review 2027-02, as of 22 November")
        assert run("status", at=team, today="2026-08-31").out.startswith("Talent review 2026-08,")

    def test_the_last_once_all_are_over(self, team, run):
        out = run("status", at=team, today="2027-03-01").out
        assert "It ended on 28 February 2027, 1 day ago. The policy lists no later one" in out

    def test_the_one_that_is_named(self, team, run):
        out = run("status", "2026-08", at=team).out
        assert out.startswith("Talent review 2026-08,")
        assert "Mary *Jackson* @mjackson  to IC3  submitted  83 days ago" in out

    def test_a_slip_of_the_pen_is_guessed(self, team, run):
        ran = run("status", "2027-2", at=team)
        assert (ran.code, ran.out) == (2, "")
        assert "there is no `2027-2`\n  Did you mean `2027-02`?" in ran.err

    def test_none_is_listed(self, team, run):
        policy = "approvals:\n  reviewers: [katherine-johnson, barbara-liskov]\n"
        team.write("framework/policy.yaml", policy)
        team.commit("No review")
        ran = run("status", at=team)
        assert (ran.code, ran.out) == (3, "")
        assert "must be listed" in ran.err
        named = run("status", "2027-02", at=team)
        assert (named.code, "It lists none." in named.err) == (2, True)

    def test_one_without_a_case(self, team, run):
        team.git("rm", "-q", "-r", "cases/ada-lovelace", "cases/barbara-liskov")
        team.commit("Gone")
        for form in ("text", "markdown"):
            out = run("status", "--format", form, at=team).out
            assert "No case for this talent review yet.\n" in out


class World:
    """A team's repository on GitHub, and a clone of it."""

    def __init__(self, hub: Hub, run: Run, here: Clone) -> None:
        self.hub, self.run, self.here = hub, run, here

    def commit(self, changes: dict[str, str], onto: str | None = None) -> str:
        """A commit on top of the remote's main branch, unless of another."""
        return committed(self.hub.remote, changes, onto or self.hub.git.tip("main"))

    def open(self, changes: dict[str, str], **given) -> int:
        return self.hub.open_pull_request("ghopper", self.commit(changes), **given)

    def status(self, *words: str, today: str = "2026-12-02") -> Ran:
        self.hub.log.clear()
        return self.run("status", *words, at=self.here, today=today)


@pytest.fixture(scope="session")
def team_published(everybody: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(everybody, tmp_path_factory.mktemp("published"))


@pytest.fixture
def world(hub: Hub, team_published: Published, run: Run, tmp_path: Path, monkeypatch) -> World:
    here = team_published.on(hub, tmp_path / "here")
    for name, value in {
        "GITHUB_API_URL": hub.api_url, "GITHUB_SERVER_URL": hub.server_url,
        "GITHUB_REPOSITORY": hub.repository, "GH_TOKEN": hub.token,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(status, "time", SimpleNamespace(sleep=lambda seconds: None))
    return World(hub, run, here)


def state_of(clone: Clone) -> tuple:
    """All of a clone that is its owner's: branches, index and files, and what is checked out."""
    refs = clone.git("for-each-ref", "--format=%(refname) %(objectname)").splitlines()
    kept = [each for each in refs if not each.startswith("refs/casework/")]
    return kept, clone.git("status", "--porcelain"), clone.git("symbolic-ref", "HEAD")


class TestOnGitHub:
    @pytest.mark.parametrize(
        ("form", "name"),
        [("text", "status-asked.txt"), ("markdown", "status-asked.md"),
         ("json", "status-asked.json")],
    )  # fmt: skip
    def test_it_reads_well(self, world, agrees, form, name):
        world.hub.turn_clock("2026-11-20")
        late = world.open({CASE: case("submitted")})
        world.hub.turn_clock("2026-11-28")
        world.open({CLARENCE: of("clarence-ellis", "submitted")})
        world.open({MARY: of("mary-jackson")})
        world.hub.comment(late, "kjohnson", "Soon.")
        ran = world.status("--format", form)
        assert (ran.code, ran.err) == (0, "")
        assert NOT_SEEN not in ran.out
        agrees(ran.out, EXPECTED / name)

    def test_what_is_proposed_has_the_verdict_of_its_reviews(self, world):
        number = world.open({CASE: case("submitted")})
        (ada, _) = told(world.status("--format", "json"))["cases"]
        assert (ada["pull_request"], ada["verdict"]) == (number, "ready")
        for login in ("kjohnson", "bliskov"):
            world.hub.review(number, login, "APPROVED")
        (ada, _) = told(world.status("--format", "json"))["cases"]
        assert (ada["verdict"], ada["missing_next"]) == ("approved", "the decision")
        assert ada["waiting"] is None

    def test_a_push_begins_the_wait_anew(self, world):
        world.hub.turn_clock("2026-11-20")
        number = world.open({CASE: case("submitted")})
        world.hub.review(number, "kjohnson", "CHANGES_REQUESTED")
        (ada, _) = told(world.status("--format", "json"))["cases"]
        assert ada["waiting"] is None
        world.hub.turn_clock("2026-11-25")
        answered = {CASE: case("submitted").replace("sooner", "much sooner")}
        world.hub.push(number, world.commit(answered, world.hub.pulls[number].head))
        (ada, _) = told(world.status("--format", "json"))["cases"]
        assert ada["waiting"] == {"since": "2026-11-25", "answer_by": "2026-12-02"}

    def test_the_main_branch_is_that_of_now(self, world):
        world.hub.move_base(world.commit({CASE: case("draft")}))
        data = told(world.status("--format", "json"))
        assert places(data)["ada-lovelace"] == ("draft", "main-branch", None)

    def test_the_clone_is_left_as_it_was(self, world):
        world.open({CASE: case("submitted")})
        before = state_of(world.here)
        assert world.status().code == 0
        assert state_of(world.here) == before

    def test_nothing_is_written(self, world):
        world.open({CASE: case("submitted")})
        world.status()
        assert world.hub.writes == []

    def test_a_fork_waits_since_it_was_opened(self, world):
        world.hub.turn_clock("2026-11-20")
        world.open({CASE: case("submitted")}, fork=True)
        (ada, _) = told(world.status("--format", "json"))["cases"]
        assert ada["waiting"]["since"] == "2026-11-20"
        assert not [each for each in world.hub.calls if "activity" in each.path]

    def test_where_is_known_from_origin(self, world, monkeypatch):
        world.open({CASE: case("submitted")})
        monkeypatch.delenv("GITHUB_REPOSITORY")
        url = f"{world.hub.server_url}/{world.hub.repository}.git"
        world.here.git("remote", "set-url", "origin", url)
        (ada, _) = told(world.status("--format", "json"))["cases"]
        assert ada["pull_request"] == 1

    def test_reminders_are_for_the_workflow(self, world, monkeypatch):
        monkeypatch.delenv("GITHUB_REPOSITORY")
        ran = world.status("--post")
        assert ran.code == 3
        assert "GITHUB_REPOSITORY is not set" in ran.err


class TestWhatCannotBeAsked:
    def test_without_a_token_it_says_so(self, world, monkeypatch):
        monkeypatch.delenv("GH_TOKEN")
        world.open({CASE: case("submitted")})
        ran = world.status()
        assert (ran.code, world.hub.calls) == (0, [])
        assert NOT_SEEN in ran.out

    def test_without_a_repository_on_github_it_says_so(self, world, monkeypatch):
        monkeypatch.delenv("GITHUB_REPOSITORY")
        ran = world.status()
        assert (ran.code, world.hub.calls) == (0, [])
        assert f"Note: {NOT_SEEN}: the repository on GitHub must be known" in ran.out

    @pytest.mark.parametrize("code", [401, 404, 500])
    def test_a_github_that_fails_hides_nothing_else(self, world, code):
        world.hub.fail("GET", r".*", status=code, times=99)
        ran = world.status()
        assert (ran.code, ran.err) == (3, "")
        assert "Ada Lovelace" in ran.out
        assert f"Note: {NOT_SEEN}: " in ran.out
        assert world.hub.token not in ran.out

    def test_one_pull_request_that_cannot_be_asked_hides_no_other(self, world):
        world.open({CASE: case("submitted")})
        world.open({CLARENCE: of("clarence-ellis")})
        world.hub.fail("GET", r"/pulls/1/reviews$", status=404, times=99)
        ran = world.status("--format", "json")
        data = told(ran)
        assert ran.code == 3
        assert places(data)["clarence-ellis"] == ("draft", "pull-request", 2)
        assert places(data)["ada-lovelace"] == ("submitted", "main-branch", None)
        assert data["notes"][0].startswith("Pull request 1 is left out: ")

    def test_a_push_that_nobody_tells_of_leaves_the_day_it_was_opened(self, world):
        world.hub.turn_clock("2026-11-20")
        world.open({CASE: case("submitted")})
        world.hub.fail("GET", r"/activity$", status=403, times=99)
        ran = world.status("--format", "json")
        data = told(ran)
        assert ran.code == 3
        assert data["cases"][0]["waiting"]["since"] == "2026-11-20"
        assert data["notes"][0].startswith("When pull request 1 was last pushed to is not known")

    def test_a_head_that_git_does_not_have_yet_is_passed_over(self, world):
        world.open({CASE: case("submitted")})
        world.hub.pulls[1].head = "0123456789" * 4
        ran = world.status()
        assert ran.code == 3
        assert "Pull request 1 is left out: somebody pushed to it meanwhile." in ran.out

    def test_one_that_closed_meanwhile_hides_no_other(self, world):
        world.open({CASE: case("submitted")})
        world.open({CLARENCE: of("clarence-ellis")})
        world.hub.git.git("update-ref", "-d", "refs/pull/1/head")
        ran = world.status("--format", "json")
        data = told(ran)
        assert ran.code == 3
        assert places(data)["clarence-ellis"] == ("draft", "pull-request", 2)
        assert "Pull request 1 is left out" in data["notes"][0]
