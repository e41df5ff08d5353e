"""The steps of the set-up page, one by one."""

import pytest

from casework.assess.setup import steps
from casework.model.setup import (
    ActionsSettings,
    AppSettings,
    Environment,
    Guard,
    Hidden,
    RepositorySettings,
    RequiredCheck,
    Standing,
)

OWNERS = "* @mhamilton\n"
ACTIONS = 15368
HIDDEN = Hidden("the token may not read it")
WHOLE = Guard(
    "ruleset 7 of acme/careers",
    pull_request=True,
    code_owners=True,
    checks=(RequiredCheck("Casework", 4711),),
    blocks_force_pushes=True,
    blocks_deletion=True,
    bypass=(),
)
COMPLETE = RepositorySettings(
    repository="acme/careers",
    branch="main",
    is_private=True,
    workflows={".github/workflows/casework.yml": "active", ".github/workflows/relay.yml": "active"},
    code_owners=OWNERS,
    code_owner_errors=(),
    guards=(WHOLE,),
    environment=Environment(("main",)),
    app=AppSettings("4711", has_key=True, key_is_open=False),
    actions=ActionsSettings(writes=False, approves=False),
)
IDS = [
    "private", "workflows", "code-owners", "pull-request", "required-check", "check-source",
    "code-owner-review", "history", "bypass", "environment", "app", "actions",
]  # fmt: skip


def step(id, owners=OWNERS, **changes):
    found = steps(COMPLETE._replace(**changes), owners)
    return next(each for each in found if each.id == id)


def guarded(**changes):
    return (WHOLE._replace(**changes),)


def test_all_steps_are_taken_in_the_pages_order():
    found = steps(COMPLETE, OWNERS)
    assert [each.id for each in found] == IDS
    assert [each.standing for each in found] == [Standing.DONE] * len(IDS)
    assert not [each.remedy for each in found if each.remedy]


MISSING = [
    ("private", {"is_private": False}),
    ("workflows", {"workflows": {}}),
    ("workflows", {"workflows": COMPLETE.workflows | {
        ".github/workflows/relay.yml": "disabled_manually"}}),
    ("code-owners", {"code_owners": None}),
    ("code-owners", {"code_owners": "* @mallory\n"}),
    ("code-owners", {"code_owner_errors": ("line 6: Unknown owner",)}),
    ("pull-request", {"guards": ()}),
    ("pull-request", {"guards": guarded(pull_request=False)}),
    ("required-check", {"guards": guarded(checks=())}),
    ("required-check", {"guards": guarded(checks=(RequiredCheck("casework", 4711),))}),
    ("check-source", {"guards": guarded(checks=())}),
    ("check-source", {"guards": guarded(checks=(RequiredCheck("Casework", None),))}),
    ("check-source", {"guards": guarded(checks=(RequiredCheck("Casework", ACTIONS),))}),
    ("code-owner-review", {"guards": guarded(code_owners=False)}),
    ("history", {"guards": guarded(blocks_force_pushes=False)}),
    ("history", {"guards": guarded(blocks_deletion=False)}),
    ("bypass", {"guards": guarded(bypass=("administrators",))}),
    ("bypass", {"guards": ()}),
    ("environment", {"environment": None}),
    ("environment", {"environment": Environment(None)}),
    ("environment", {"environment": Environment((), only_protected=True)}),
    ("environment", {"environment": Environment(())}),
    ("environment", {"environment": Environment(("main", "release/*"))}),
    ("environment", {"environment": Environment(("tag main",))}),
    ("app", {"app": AppSettings(None, has_key=False, key_is_open=False)}),
    ("app", {"app": AppSettings("4711", has_key=False, key_is_open=False)}),
    ("app", {"app": AppSettings("4711", has_key=True, key_is_open=True)}),
    ("actions", {"actions": ActionsSettings(writes=True, approves=False)}),
    ("actions", {"actions": ActionsSettings(writes=False, approves=True)}),
]  # fmt: skip

UNDETERMINED = [
    ("workflows", {"workflows": HIDDEN}),
    ("code-owners", {"code_owners": HIDDEN}),
    ("code-owners", {"code_owner_errors": HIDDEN}),
    ("pull-request", {"guards": guarded(pull_request=None)}),
    ("required-check", {"guards": guarded(checks=None)}),
    ("check-source", {"guards": guarded(checks=None)}),
    ("code-owner-review", {"guards": guarded(code_owners=None)}),
    ("history", {"guards": guarded(blocks_deletion=None)}),
    ("bypass", {"guards": guarded(bypass=None)}),
    ("environment", {"environment": HIDDEN}),
    ("environment", {"environment": Environment(HIDDEN)}),
    ("app", {"app": AppSettings(HIDDEN, has_key=True, key_is_open=False)}),
    ("app", {"app": AppSettings("4711", has_key=HIDDEN, key_is_open=False)}),
    ("app", {"app": AppSettings("4711", has_key=True, key_is_open=HIDDEN)}),
    ("actions", {"actions": HIDDEN}),
]


@pytest.mark.parametrize(("id", "changes"), MISSING)
def test_a_step_that_is_missing_says_what_to_do(id, changes):
    found = step(id, **changes)
    assert found.standing is Standing.MISSING
    assert found.detail.endswith(".")
    assert found.remedy


@pytest.mark.parametrize(("id", "changes"), UNDETERMINED)
def test_what_the_token_may_not_read_is_undetermined(id, changes):
    found = step(id, **changes)
    assert found.standing is Standing.UNDETERMINED
    assert found.remedy.startswith("Look: ")


def test_what_one_ruleset_leaves_out_another_may_ask_for():
    halves = (WHOLE._replace(checks=(), code_owners=None), WHOLE._replace(pull_request=False))
    found = {each.id: each.standing for each in steps(COMPLETE._replace(guards=halves), OWNERS)}
    assert set(found.values()) == {Standing.DONE}


def test_two_halves_of_the_history_may_lie_in_two_rulesets():
    halves = guarded(blocks_deletion=False) + guarded(blocks_force_pushes=False)
    assert step("history", guards=halves).standing is Standing.DONE


def test_rules_that_were_not_told_are_neither_there_nor_missing():
    unknown = (Guard("rulesets", None, None, None, None, None),)
    for name in ("pull-request", "required-check", "check-source", "code-owner-review", "history"):
        assert step(name, guards=unknown).standing is Standing.UNDETERMINED


def test_code_owners_may_have_the_line_ends_of_another_system():
    assert step("code-owners", code_owners=OWNERS.replace("\n", "\r\n")).standing is Standing.DONE


def test_a_policy_that_names_no_owners_leaves_nothing_to_compare_with():
    assert step("code-owners", owners=HIDDEN).standing is Standing.UNDETERMINED


class TestWithoutAnApp:
    NO_APP = AppSettings(None, has_key=False, key_is_open=False)

    def source(self, number, **changes):
        guards = guarded(checks=(RequiredCheck("Casework", number),))
        return step("check-source", guards=guards, **{"app": self.NO_APP, **changes})

    def test_the_source_is_github_actions(self):
        found = self.source(ACTIONS)
        assert found.standing is Standing.DONE
        assert "whichever branch" in found.detail

    def test_the_source_is_not_another_app(self):
        assert self.source(99).standing is Standing.MISSING

    def test_on_another_server_the_number_is_looked_up(self):
        assert self.source(3, is_github_com=False).standing is Standing.UNDETERMINED

    def test_an_app_that_was_not_told_of_is_compared_by_hand(self):
        hidden = AppSettings(HIDDEN, has_key=False, key_is_open=False)
        found = self.source(99, app=hidden)
        assert found.standing is Standing.UNDETERMINED
        assert "99" in found.detail

    def test_it_says_what_stays_open(self):
        found = step("app", app=self.NO_APP)
        assert found.standing is Standing.MISSING
        assert "workflow of their own" in found.detail

    @pytest.mark.parametrize("path", [".github/**/*", ".github/workflows/**"])
    def test_a_ruleset_that_lets_nobody_push_workflows_closes_it_too(self, path):
        found = step("app", app=self.NO_APP, closed_paths=(path,))
        assert found.standing is Standing.DONE

    def test_a_ruleset_about_other_files_does_not(self):
        found = step("app", app=self.NO_APP, closed_paths=("docs/**", ".github/CODEOWNERS"))
        assert found.standing is Standing.MISSING
