"""Reading a repository's settings: what GitHub tells, and what it keeps from a token."""

import base64
from typing import Any

import pytest

from casework.github.connection import Access, connect
from casework.github.fault import FaultKind, GitHubError
from casework.github.repository_settings import read_settings
from casework.model.setup import ActionsSettings, AppSettings, Environment, Hidden, RequiredCheck
from tests.github.hub import Hub

INFO = {
    "ruleset_source_type": "Repository",
    "ruleset_source": "acme/careers",
    "ruleset_id": 7,
}
REVIEWS = {
    "dismiss_stale_reviews_on_push": False,
    "require_code_owner_review": True,
    "require_last_push_approval": False,
    "required_approving_review_count": 0,
    "required_review_thread_resolution": False,
}
CHECKS = {
    "strict_required_status_checks_policy": False,
    "required_status_checks": [{"context": "Casework", "integration_id": 4711}],
}
RULES: list[dict[str, Any]] = [
    {"type": "pull_request", "parameters": REVIEWS, **INFO},
    {"type": "required_status_checks", "parameters": CHECKS, **INFO},
    {"type": "non_fast_forward", **INFO},
    {"type": "deletion", **INFO},
]
PLACE = "environments/casework"
AT = "2026-11-22T08:00:00Z"
WORKFLOWS = [
    {"path": f".github/workflows/{name}.yml", "name": name, "state": "active"}
    for name in ("casework", "relay")
]


def complete(owners: str = "* @mhamilton\n") -> dict[str, Any]:
    """The settings of a repository that is set up as the set-up page says."""
    key = {"name": "CASEWORK_APP_PRIVATE_KEY", "created_at": AT, "updated_at": AT}
    number = {"name": "CASEWORK_APP_ID", "value": "4711", "created_at": AT, "updated_at": AT}
    return {
        "": {"private": True, "permissions": {"admin": True, "push": True, "pull": True}},
        "actions/workflows": {"total_count": 2, "workflows": WORKFLOWS},
        "contents/.github/CODEOWNERS": code_owners(owners),
        "codeowners/errors": {"errors": []},
        "rules/branches/main": RULES,
        "rulesets/7": {"bypass_actors": []},
        "branches/main": {"protected": True, "protection": {"enabled": False}},
        PLACE: {
            "name": "casework",
            "deployment_branch_policy": {
                "protected_branches": False,
                "custom_branch_policies": True,
            },
        },
        f"{PLACE}/deployment-branch-policies": {
            "total_count": 1,
            "branch_policies": [{"name": "main", "type": "branch"}],
        },
        f"{PLACE}/variables": {"total_count": 1, "variables": [number]},
        f"{PLACE}/secrets": {"total_count": 1, "secrets": [key]},
        "actions/secrets": {"total_count": 0, "secrets": []},
        "actions/permissions/workflow": {
            "default_workflow_permissions": "read",
            "can_approve_pull_request_reviews": False,
        },
    }


def code_owners(text: str) -> dict[str, Any]:
    path = ".github/CODEOWNERS"
    content = base64.encodebytes(text.encode()).decode()
    return {
        "type": "file", "encoding": "base64", "path": path, "name": "CODEOWNERS",
        "size": len(text), "content": content,
    }  # fmt: skip


def read(hub: Hub, **settings: Any):
    hub.settings = {**complete(), **settings}
    waits: list[float] = []
    repository = connect(Access(hub.api_url, hub.repository, hub.token), waits.append)
    return read_settings(repository, is_github_com=False)


def test_reads_all_settings(hub):
    found = read(hub)
    (guard,) = found.guards
    assert (found.repository, found.branch, found.is_private) == ("acme/careers", "main", True)
    assert found.workflows == {each["path"]: "active" for each in WORKFLOWS}
    assert found.code_owners == "* @mhamilton\n"
    assert found.code_owner_errors == ()
    assert guard.name == "ruleset 7 of acme/careers"
    assert (guard.pull_request, guard.code_owners) == (True, True)
    assert guard.checks == (RequiredCheck("Casework", 4711),)
    assert (guard.blocks_force_pushes, guard.blocks_deletion, guard.bypass) == (True, True, ())
    assert found.environment == Environment(("main",))
    assert found.app == AppSettings("4711", has_key=True, key_is_open=False)
    assert found.actions == ActionsSettings(writes=False, approves=False)


def test_asks_no_more_than_it_must(hub):
    read(hub)
    assert len(hub.log) == 14
    assert {each.method for each in hub.log} == {"GET"}


class TestRules:
    def test_each_ruleset_is_a_guard_of_its_own(self, hub):
        other = {"ruleset_source_type": "Organization", "ruleset_source": "acme", "ruleset_id": 8}
        rules = [*RULES, {"type": "deletion", **other}]
        found = read(hub, **{"rules/branches/main": rules, "rulesets/8": 404})
        names = ["ruleset 7 of acme/careers", "ruleset 8 of acme"]
        assert [each.name for each in found.guards] == names
        assert found.guards[1].bypass is None

    @pytest.mark.parametrize(
        ("enforcement", "closed"), [("active", (".github/**/*",)), ("evaluate", ())]
    )
    def test_files_that_nobody_may_push_are_known(self, hub, enforcement, closed):
        ruleset = {"id": 9, "name": "workflows", "target": "push", "enforcement": enforcement}
        rule = {
            "type": "file_path_restriction",
            "parameters": {"restricted_file_paths": [".github/**/*"]},
        }
        found = read(hub, **{"rulesets": [ruleset], "rulesets/9": {**ruleset, "rules": [rule]}})
        assert found.closed_paths == closed

    def test_all_pages_are_read(self, hub):
        many = [{"type": "creation", **INFO, "ruleset_id": 9}] * 100
        found = read(hub, **{"rules/branches/main": [*many, *RULES], "rulesets/9": 404})
        assert [each.pull_request for each in found.guards] == [False, True]

    def test_a_list_without_an_end_is_given_up(self, hub):
        many = [{"type": "creation", **INFO}] * 1001
        (guard,) = read(hub, **{"rules/branches/main": many}).guards
        assert guard.pull_request is None
        assert len(hub.log) < 30

    def test_who_may_bypass_is_named(self, hub):
        actors = [
            {"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"},
            {"actor_id": None, "actor_type": "OrganizationAdmin", "bypass_mode": "always"},
            {"actor_id": 12, "actor_type": "Team", "bypass_mode": "pull_request"},
        ]
        (guard,) = read(hub, **{"rulesets/7": {"bypass_actors": actors}}).guards
        assert guard.bypass == (
            "everybody with the role `admin`", "administrators of the organisation", "team 12",
        )  # fmt: skip


class TestClassicProtection:
    SEEN = {  # noqa: RUF012
        "protected": True,
        "protection": {
            "enabled": True,
            "required_status_checks": {
                "contexts": ["Casework"],
                "checks": [{"context": "Casework", "app_id": 4711}],
            },
        },
    }

    def test_an_administrator_sees_all_of_it(self, hub):
        (guard,) = read(hub, **{
            "rules/branches/main": [],
            "branches/main": self.SEEN,
            "branches/main/protection": {
                "required_pull_request_reviews": {
                    "dismiss_stale_reviews": False,
                    "require_code_owner_reviews": True,
                },
                "required_status_checks": {
                    "contexts": ["Casework"],
                    "checks": [{"context": "Casework", "app_id": None}],
                },
                "enforce_admins": {"url": hub.api_url, "enabled": False},
                "allow_force_pushes": {"enabled": False},
                "allow_deletions": {"enabled": True},
            },
        }).guards  # fmt: skip
        assert (guard.pull_request, guard.code_owners) == (True, True)
        assert guard.checks == (RequiredCheck("Casework", None),)
        assert (guard.blocks_force_pushes, guard.blocks_deletion) == (True, False)
        assert guard.bypass == ("administrators",)

    @pytest.mark.parametrize("status", [403, 404])
    def test_others_see_its_checks_alone(self, hub, status):
        (guard,) = read(hub, **{
            "rules/branches/main": [],
            "branches/main": self.SEEN,
            "branches/main/protection": status,
        }).guards  # fmt: skip
        assert guard.checks == (RequiredCheck("Casework", 4711),)
        assert (guard.pull_request, guard.code_owners, guard.bypass) == (None, None, None)

    def test_a_branch_without_any_has_no_guard(self, hub):
        nothing = {"protected": False, "protection": {"enabled": False}}
        assert read(hub, **{"rules/branches/main": [], "branches/main": nothing}).guards == ()


class TestWhatATokenMayNotSee:
    READER = {"private": True, "permissions": {"admin": False, "push": False, "pull": True}}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("path", "field"),
        [
            ("actions/workflows", "workflows"),
            ("codeowners/errors", "code_owner_errors"),
            (PLACE, "environment"),
            ("actions/permissions/workflow", "actions"),
        ],
    )
    def test_is_hidden(self, hub, path, field):
        assert isinstance(getattr(read(hub, **{path: 403}), field), Hidden)

    @pytest.mark.parametrize("status", [403, 404])
    def test_secrets_that_a_reader_is_not_shown_may_be_there(self, hub, status):
        hidden = {f"{PLACE}/variables": status, f"{PLACE}/secrets": status}
        found = read(hub, **{"": self.READER, "actions/secrets": status, **hidden})
        assert all(isinstance(each, Hidden) for each in found.app)

    def test_rules_that_are_hidden_are_not_taken_for_none(self, hub):
        found = read(hub, **{"rules/branches/main": 403})
        assert found.guards[0].pull_request is None


class TestWhatIsNotThere:
    def test_no_environment_and_no_app(self, hub):
        gone = dict.fromkeys((PLACE, f"{PLACE}/variables", f"{PLACE}/secrets"), 404)
        found = read(hub, **gone)
        assert found.environment is None
        assert found.app == AppSettings(None, has_key=False, key_is_open=False)

    def test_no_code_owners(self, hub):
        hidden = {"contents/.github/CODEOWNERS": 404, "codeowners/errors": 404}
        found = read(hub, **hidden)
        assert (found.code_owners, found.code_owner_errors) == (None, ())

    def test_an_environment_without_limits(self, hub):
        every = {"name": "casework", "deployment_branch_policy": None}
        assert read(hub, **{PLACE: every}).environment == Environment(None)


def test_a_key_that_every_branch_may_use_is_seen(hub):
    key = {"name": "CASEWORK_APP_PRIVATE_KEY", "created_at": AT, "updated_at": AT}
    found = read(hub, **{"actions/secrets": {"total_count": 1, "secrets": [key]}})
    assert found.app.key_is_open is True


def test_what_github_finds_wrong_in_code_owners_is_told(hub):
    error = {
        "line": 6, "column": 3, "kind": "Unknown owner", "message": "…",
        "path": ".github/CODEOWNERS",
    }  # fmt: skip
    found = read(hub, **{"codeowners/errors": {"errors": [error]}})
    assert found.code_owner_errors == ("line 6: Unknown owner",)


def test_a_repository_that_cannot_be_seen_is_a_failure(hub):
    hub.fail("GET", r"/repos/acme/careers$", status=404)
    with pytest.raises(GitHubError) as raised:
        read(hub)
    assert raised.value.kind is FaultKind.ABSENT


def test_a_token_that_is_not_known_is_a_failure(hub):
    hub.fail("GET", r".*", status=401, times=99)
    with pytest.raises(GitHubError) as raised:
        read(hub)
    assert raised.value.kind is FaultKind.UNAUTHORISED
    assert hub.token not in f"{raised.value.message}{raised.value.help}"
