"""`casework growth` from what is typed to what is said, and to the issues that it keeps."""

import json
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

from casework.cli import growth_issues
from tests.cli.clones import CASE, PEOPLE, POLICY, ROOT, Clone, Ran, Run, case
from tests.github.conftest import hub as hub  # a fixture
from tests.github.hub import BOT, Hub

EXPECTED = Path(__file__).parent / "expected"
SCHEMA = ROOT / "schemas" / "growth.schema.json"
MORE = """\
  clarence-ellis:
    {name: Clarence Ellis, github: cellis, level: IC2, level_since: 2025-03-01,
     onboarded: 2023-11-01, manager: grace-hopper}
  annie-easley:
    {name: Annie Easley, github: aeasley, level: IC1, level_since: 2026-09-01,
     onboarded: 2027-01-15, manager: katherine-johnson}
  mary-jackson:
    {name: "Mary *Jackson* @mjackson", github: mjackson, level: IC2, level_since: 2026-11-01,
     onboarded: 2024-02-01, manager: rozsa-peter}
  rozsa-peter:
    {name: Rózsa Péter, github: rpeter, level: IC2, level_since: 2025-09-01,
     onboarded: 2023-05-01, manager: grace-hopper, left: 2026-06-30}
"""


@pytest.fixture
def team(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> Clone:
    monkeypatch.setenv("COLUMNS", "80")
    clone.write("cases/people.yaml", PEOPLE + MORE)
    clone.write(CASE, case("submitted", ready=False))
    earlier = case("not-yet", ready=False, review="2026-08", decided="2026-08-27")
    clone.write("cases/ada-lovelace/2026-08.md", earlier + "## Feedback\n\nReasons: too soon.\n")
    clone.write("cases/clarence-ellis/in-band-2026-11.md", in_band())
    clone.write("cases/annie-easley/2027-02.md", "no front matter\n")
    return clone


def in_band() -> str:
    lines = case(person="clarence-ellis", level_since="2025-03-01").splitlines()
    kept = [each for each in lines if not each.startswith(("to: ", "review: "))]
    return "\n".join(kept).replace("kind: promotion", "kind: in-band-increase") + "\n"


@pytest.mark.parametrize(
    ("format", "name"), [("text", "growth.txt"), ("markdown", "growth.md"), ("json", "growth.json")]
)
def test_it_reads_well(team: Clone, run: Run, agrees, format: str, name: str) -> None:
    ran = run("growth", "--format", format, at=team)
    assert (ran.code, ran.err) == (0, "")
    agrees(ran.out, EXPECTED / name)


def test_no_line_is_wider_than_the_terminal(team: Clone, run: Run) -> None:
    assert max(map(len, run("growth", at=team).out.splitlines())) <= 80


def test_programs_find_what_the_schema_promises(team: Clone, run: Run) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    for words in ((), ("--manager", "grace-hopper"), ("--today", "2030-01-01")):
        told = json.loads(run("growth", "--format", "json", *words, at=team).out)
        jsonschema.validate(told, schema, format_checker=jsonschema.FormatChecker())


def test_the_same_files_give_the_same_bytes(team: Clone, run: Run) -> None:
    first = run("growth", at=team).out
    assert {first} == {run("growth", *each, at=team).out for each in ((), ("--no-cache",))}


class TestOneManager:
    def test_only_the_reports_are_listed(self, team: Clone, run: Run) -> None:
        out = run("growth", "--manager", "katherine-johnson", at=team).out
        assert "Annie Easley" in out
        assert "Ada Lovelace" not in out

    def test_somebody_without_any_is_told_so(self, team: Clone, run: Run) -> None:
        ran = run("growth", "--manager", "margaret-hamilton", at=team)
        assert ran.code == 0
        assert "Nobody who reports to Margaret Hamilton is below IC3.\n" in ran.out

    def test_a_slip_of_the_pen_is_guessed(self, team: Clone, run: Run) -> None:
        ran = run("growth", "--manager", "grace-hoper", at=team)
        assert (ran.code, ran.out) == (2, "")
        assert "there is no `grace-hoper`\n  Did you mean `grace-hopper`?" in ran.err


class TestNobody:
    def test_without_an_expected_level(self, team: Clone, run: Run) -> None:
        team.write("framework/policy.yaml", f"{POLICY}expected_level: null\n")
        for each in ("text", "markdown"):
            ran = run("growth", "--format", each, at=team)
            assert ran.code == 0
            assert "names no `expected_level`" in ran.out
        told = json.loads(run("growth", "--format", "json", at=team).out)
        assert (told["expected_level"], told["managers"]) == (None, [])

    def test_below_it(self, team: Clone, run: Run) -> None:
        team.write("framework/policy.yaml", f"{POLICY}expected_level: IC1\n")
        assert "Nobody is below IC1.\n" in run("growth", at=team).out
        assert "Nobody is below IC1.\n" in run("growth", "--format", "markdown", at=team).out

    def test_who_holds_a_level_that_is_none_is_pointed_out(self, team: Clone, run: Run) -> None:
        team.write("cases/people.yaml", (PEOPLE + MORE).replace("IC1", "IC11"))
        out = run("growth", at=team).out
        assert "Annie Easley (`IC11`) holds a level that the framework does not" in out
        told = json.loads(run("growth", "--format", "json", at=team).out)
        assert told["unplaced"] == ["annie-easley"]


class TestCannotRun:
    def test_with_a_level_that_is_none(self, team: Clone, run: Run) -> None:
        team.write("framework/policy.yaml", f"{POLICY}expected_level: IC33\n")
        ran = run("growth", at=team)
        assert (ran.code, ran.out) == (3, "")
        assert "`IC33` is none" in ran.err
        assert "Did you mean" in ran.err

    def test_where_somebody_would_be_missing_without_a_word(self, team: Clone, run: Run) -> None:
        text = (PEOPLE + MORE).replace("level: IC1, level_since", "levl: IC1, level_since")
        team.write("cases/people.yaml", text)
        ran = run("growth", at=team)
        assert (ran.code, ran.out) == (3, "")
        assert "`cases/people.yaml` must be free of errors of form; line" in ran.err

    def test_with_people_that_cannot_be_read(self, team: Clone, run: Run) -> None:
        team.write("cases/people.yaml", "people: [\n")
        assert run("growth", at=team).code == 3


def test_a_bare_repository_has_its_own_commit(team: Clone, run: Run, tmp_path: Path) -> None:
    here = run("growth", at=team).out
    team.commit("All")
    team.git("clone", "-q", "--bare", str(team.root), str(tmp_path / "bare.git"))
    assert run("growth", at=tmp_path / "bare.git").out == here


def test_only_the_cases_of_those_who_are_listed_are_read(
    team: Clone, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casework.read import source

    team.write("cases/barbara-liskov/2027-02.md", case(person="barbara-liskov"))
    asked: list[str] = []
    read_one = source.WorkingTree.read_one

    def noted(self: source.WorkingTree, path: str):
        asked.append(path)
        return read_one(self, path)

    monkeypatch.setattr(source.WorkingTree, "read_one", noted)
    assert run("growth", at=team).code == 0
    assert CASE in asked
    assert not [each for each in asked if "barbara-liskov" in each]


class Issues:
    """The issues of a repository on GitHub, and the run that keeps them."""

    def __init__(self, hub: Hub, team: Clone, run: Run) -> None:
        self.hub, self.team, self._run = hub, team, run

    def post(self, today: str = "2026-11-22") -> Ran:
        self.hub.log.clear()
        return self._run("growth", "--post", at=self.team, today=today)

    @property
    def open(self) -> dict[str, str]:
        """The texts of the open ones, by title."""
        return {e.title: e.body or "" for e in self.hub.issues.values() if e.state == "open"}


@pytest.fixture
def issues(hub: Hub, team: Clone, run: Run, monkeypatch: pytest.MonkeyPatch) -> Issues:
    for name, value in {
        "GITHUB_API_URL": hub.api_url, "GITHUB_SERVER_URL": hub.server_url,
        "GITHUB_REPOSITORY": hub.repository, "GITHUB_TOKEN": hub.token,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    for name in ("CASEWORK_APP_ID", "CASEWORK_APP_PRIVATE_KEY", "CASEWORK_BOT"):
        monkeypatch.delenv(name, raising=False)
    team.write("framework/policy.yaml", f"{POLICY}growth_issues: true\n")
    monkeypatch.setattr(growth_issues, "time", SimpleNamespace(sleep=lambda seconds: None))
    return Issues(hub, team, run)


class TestIssues:
    def test_one_for_every_manager(self, issues: Issues, agrees) -> None:
        ran = issues.post()
        assert (ran.code, ran.err) == (0, "")
        assert list(issues.open) == [
            "Growth towards IC3: who reports to Grace Hopper",
            "Growth towards IC3: who reports to Katherine Johnson",
            "Growth towards IC3: who has no manager",
        ]
        assert ran.out == "Grace Hopper: written\nKatherine Johnson: written\nNo manager: written\n"
        agrees("\n".join(issues.open.values()), EXPECTED / "growth-issues.md")

    def test_they_mention_nobody(self, issues: Issues) -> None:
        issues.post()
        assert "Mary \\*Jackson\\* @&#8203;mjackson" in "".join(issues.open.values())

    @pytest.mark.parametrize("today", ["2026-11-01", "2026-11-30"])
    def test_a_new_day_of_the_same_month_writes_nothing(self, issues: Issues, today: str) -> None:
        issues.post()
        ran = issues.post(today)
        assert (ran.code, issues.hub.writes) == (0, [])
        assert ran.out.startswith("Grace Hopper: nothing new\n")

    def test_a_new_month_does(self, issues: Issues) -> None:
        issues.post()
        before = issues.open
        assert issues.post("2026-12-01").code == 0
        assert issues.open.keys() == before.keys()
        assert issues.open != before

    def test_that_of_a_manager_with_nobody_left_is_closed(self, issues: Issues) -> None:
        issues.post()
        text = (PEOPLE + MORE).replace("level: IC1", "level: IC3")
        issues.team.write("cases/people.yaml", text)
        ran = issues.post()
        assert ran.code == 0
        assert "katherine-johnson: closed\n" in ran.out
        assert "Growth towards IC3: who reports to Katherine Johnson" not in issues.open
        issues.team.write("cases/people.yaml", PEOPLE + MORE)
        issues.post()
        assert len(issues.hub.issues) == len(issues.open) == 3

    def test_what_others_wrote_is_left_alone(self, issues: Issues) -> None:
        theirs = issues.hub.issue("mallory", "x", "<!-- casework:growth somebody -->")
        other = issues.hub.issue(BOT, "x", "<!-- casework:other -->")
        issues.post()
        assert [issues.hub.issues[each].state for each in (theirs, other)] == ["open", "open"]

    def test_all_are_closed_where_nobody_is_below(self, issues: Issues) -> None:
        issues.post()
        policy = f"{POLICY}growth_issues: true\nexpected_level: IC1\n"
        issues.team.write("framework/policy.yaml", policy)
        assert issues.post().code == 0
        assert issues.open == {}


class TestNoIssues:
    def test_without_the_policys_consent(self, issues: Issues) -> None:
        issues.team.write("framework/policy.yaml", POLICY)
        ran = issues.post()
        assert (ran.code, issues.hub.calls) == (0, [])
        assert ran.out == "No issue is kept: `growth_issues` in `framework/policy.yaml` is off.\n"

    @pytest.mark.parametrize("name", ["GITHUB_REPOSITORY", "GITHUB_TOKEN"])
    def test_without_knowing_where_or_as_whom(
        self, issues: Issues, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv(name)
        ran = issues.post()
        assert ran.code == 3
        assert f"{name} is not set" in ran.err

    def test_for_one_manager_alone(self, issues: Issues, run: Run) -> None:
        ran = run("growth", "--post", "--manager", "grace-hopper", at=issues.team)
        assert ran.code == 2
        assert "leave `--manager` out" in ran.err

    def test_one_that_cannot_be_written_does_not_keep_the_others(self, issues: Issues) -> None:
        issues.hub.fail("POST", r"/issues$", status=422, times=1)
        ran = issues.post()
        assert ran.code == 3
        assert "Grace Hopper:" in ran.err
        assert len(issues.open) == 2

    def test_nor_does_a_github_that_is_gone_go_unsaid(self, issues: Issues) -> None:
        issues.hub.fail("GET", r".*", status=401, times=99)
        ran = issues.post()
        assert ran.code == 3
        assert ran.err
        assert issues.hub.token not in ran.err
