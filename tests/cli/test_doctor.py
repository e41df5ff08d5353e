"""`casework doctor` from what is typed to what is said, against the loopback GitHub."""

import json
from pathlib import Path

import pytest

from casework.render.codeowners import code_owners
from tests.cli.clones import Clone
from tests.github.conftest import hub  # noqa: F401  # the fixture
from tests.github.test_repository_settings import complete

OWNERS = code_owners(["mhamilton"])
NAMES = (
    "GITHUB_API_URL", "GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN", "GH_TOKEN",
    "CASEWORK_APP_ID", "CASEWORK_APP_PRIVATE_KEY", "CASEWORK_BOT",
)  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def doctor(run, clone: Clone, hub, monkeypatch):  # noqa: F811
    hub.settings = complete(OWNERS)
    monkeypatch.setenv("GITHUB_API_URL", hub.api_url)
    monkeypatch.setenv("GITHUB_REPOSITORY", hub.repository)
    monkeypatch.setenv("GH_TOKEN", hub.token)
    return lambda *words: run("doctor", *words, at=clone)


def test_holds_when_all_steps_are_done(doctor):
    ran = doctor()
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("acme/careers, branch main\n")
    assert ran.out.endswith("All steps of docs/setting-up.md are done.\n")


def test_fails_when_a_step_is_missing_and_says_what_to_do(doctor, hub):  # noqa: F811
    hub.settings[""] = {**hub.settings[""], "private": False}
    ran = doctor()
    assert ran.code == 1
    assert "missing       The repository is private\n" in ran.out
    assert "Change visibility" in ran.out
    assert ran.out.endswith("One step is missing: see docs/setting-up.md.\n")


def test_fails_when_a_step_cannot_be_told(doctor, hub):  # noqa: F811
    hub.settings["actions/permissions/workflow"] = 403
    ran = doctor()
    assert ran.code == 1
    assert "undetermined  Workflows may only read" in ran.out
    assert "an administrator's token sees more" in ran.out


def test_says_it_to_programs(doctor):
    told = json.loads(doctor("--format", "json").out)
    assert (told["doctor"], told["repository"], told["branch"]) == (1, "acme/careers", "main")
    assert {each["standing"] for each in told["steps"]} == {"done"}
    assert set(told["steps"][0]) == {"id", "title", "standing", "detail", "remedy"}


def test_says_it_in_markdown(doctor, hub):  # noqa: F811
    hub.settings["codeowners/errors"] = {"errors": [
        {"line": 1, "column": 1, "kind": "@mallory <img>", "message": "x", "path": "CODEOWNERS"}
    ]}  # fmt: skip
    ran = doctor("--format", "markdown")
    assert ran.code == 1
    assert "- **missing:** " in ran.out
    assert "<img>" not in ran.out


def test_the_same_settings_give_the_same_bytes(doctor):
    assert len({doctor().out for _ in range(3)}) == 1


class TestCannotRun:
    def test_without_a_token(self, doctor, monkeypatch):
        monkeypatch.delenv("GH_TOKEN")
        ran = doctor()
        assert ran.code == 3
        assert "there is none in GH_TOKEN" in ran.err

    def test_with_a_token_that_github_does_not_know(self, doctor, hub):  # noqa: F811
        hub.fail("GET", r".*", status=401, times=99)
        ran = doctor()
        assert ran.code == 3
        assert ran.out == ""
        assert hub.token not in ran.err
        assert "gh auth token" in ran.err

    def test_without_a_repository_to_see(self, doctor, hub):  # noqa: F811
        hub.fail("GET", r"/repos/acme/careers$", status=404)
        assert doctor().code == 3

    def test_without_a_repository_to_name(self, doctor, monkeypatch):
        monkeypatch.delenv("GITHUB_REPOSITORY")
        ran = doctor()
        assert ran.code == 3
        assert "Set GITHUB_REPOSITORY" in ran.err


def test_takes_the_repository_from_origin(doctor, clone, monkeypatch):
    monkeypatch.delenv("GITHUB_REPOSITORY")
    clone.git("remote", "add", "origin", "git@github.com:acme/careers.git")
    assert doctor().code == 0


def test_an_apps_settings_of_the_environment_are_not_used(doctor, monkeypatch):
    monkeypatch.setenv("CASEWORK_APP_ID", "1")
    assert doctor().code == 0


def test_a_policy_without_owners_leaves_code_owners_undetermined(doctor, clone):
    policy = Path("framework/policy.yaml")
    text = (clone.root / policy).read_text().replace("[margaret-hamilton]", "[]")
    clone.write(str(policy), text)
    ran = doctor()
    assert ran.code == 1
    assert "undetermined  `.github/CODEOWNERS` follows from the policy" in ran.out
