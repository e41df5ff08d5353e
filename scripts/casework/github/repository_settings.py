"""Reading how a repository is set up, as far as the token may look."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from casework.github.fault import FaultKind, GitHubError
from casework.github.protection import classic_guard, closed_paths, rule_guards
from casework.github.repository import Repository
from casework.model.setup import (
    ActionsSettings,
    AppSettings,
    Environment,
    Guard,
    Hidden,
    RepositorySettings,
)

ENVIRONMENT = "casework"
_PLACE = f"/environments/{ENVIRONMENT}"
_KEY = "CASEWORK_APP_PRIVATE_KEY"
_PAGE = 100
_MOST_PAGES = 10
_MOST_VARIABLES = 30


def read_settings(repository: Repository, *, is_github_com: bool) -> RepositorySettings:
    """All settings, with what could not be looked at. Raises GitHubError without any answer."""
    found = repository.ask("")
    branch = str(found["default_branch"])
    # Whoever may push sees names of secrets: for others, what is not shown may still be there.
    may_push = bool((found.get("permissions") or {}).get("push"))
    asker = _Asker(repository, may_push)
    return RepositorySettings(
        repository=repository.name,
        branch=branch,
        is_private=bool(found["private"]),
        workflows=_workflows(asker),
        code_owners=_code_owners(asker, branch),
        code_owner_errors=_code_owner_errors(asker, branch),
        guards=tuple(_guards(asker, branch)),
        environment=_environment(asker),
        app=_app(asker),
        actions=_actions(asker),
        closed_paths=tuple(_closed_paths(asker)),
        is_github_com=is_github_com,
    )


class _Asker:
    """Asks for settings, where a refusal is an answer too."""

    def __init__(self, repository: Repository, may_push: bool) -> None:
        self._repository = repository
        self._may_push = may_push

    def ask(self, what: str, path: str, **parameters: str | int) -> Any:
        """The answer, None where there is no such thing, or why it cannot be told."""
        try:
            return self._repository.ask(path, **parameters)
        except GitHubError as error:
            if error.kind is FaultKind.ABSENT:
                return None
            if error.kind in (FaultKind.FORBIDDEN, FaultKind.REFUSED):
                return Hidden(f"the token may not read {what}")
            raise

    def ask_secretly(self, what: str, path: str, **parameters: str | int) -> Any:
        """Likewise, where `no such thing` is also said to somebody who may not look."""
        found = self.ask(what, path, **parameters)
        if found is None and not self._may_push:
            return Hidden(f"the token may not read {what}")
        return found

    def list(self, what: str, path: str, **parameters: str) -> list[Any] | Hidden | None:
        """All pages of a list."""
        entries: list[Any] = []
        for page in range(1, _MOST_PAGES + 1):
            found = self.ask(what, path, per_page=_PAGE, page=page, **parameters)
            if not isinstance(found, list):
                return None if found is None else Hidden(f"the token may not read {what}")
            entries += found
            if len(found) < _PAGE:
                return entries
        return Hidden(f"there are too many {what} to read")


def _workflows(asker: _Asker) -> Mapping[str, str] | Hidden:
    found = asker.ask("the workflows", "/actions/workflows", per_page=_PAGE)
    if found is None:
        return Hidden("the token may not read the workflows")
    if isinstance(found, Hidden):
        return found
    return {str(each["path"]): str(each["state"]) for each in found["workflows"]}


def _code_owners(asker: _Asker, branch: str) -> str | Hidden | None:
    found = asker.ask("the files", "/contents/.github/CODEOWNERS", ref=branch)
    if found is None or isinstance(found, Hidden):
        return found
    if not isinstance(found, dict) or found.get("encoding") != "base64":
        return ""
    try:
        return base64.b64decode(found["content"]).decode("utf-8", "backslashreplace")
    except (binascii.Error, KeyError):
        return ""


def _code_owner_errors(asker: _Asker, branch: str) -> tuple[str, ...] | Hidden:
    found = asker.ask("what GitHub makes of CODEOWNERS", "/codeowners/errors", ref=branch)
    if isinstance(found, Hidden):
        return found
    errors = found["errors"] if found else ()
    return tuple(f"line {each['line']}: {each['kind']}" for each in errors)


def _guards(asker: _Asker, branch: str) -> Iterator[Guard]:
    name = quote(branch)
    rules = asker.list("the rules of the branch", f"/rules/branches/{name}")
    if isinstance(rules, Hidden):
        yield Guard("rulesets", None, None, None, None, None)
    else:
        for each, ruleset in rule_guards(rules or ()):
            yield each._replace(bypass=_bypass(asker, ruleset))
    state = asker.ask("the branch", f"/branches/{name}")
    if state is None:
        return
    seen = {} if isinstance(state, Hidden) else state
    protection = seen.get("protection") or {}
    if protection.get("enabled", seen.get("protected", True)):
        whole = asker.ask("the branch protection", f"/branches/{name}/protection")
        yield classic_guard(whole if isinstance(whole, dict) else None, protection)


def _closed_paths(asker: _Asker) -> Iterator[str]:
    # Rules about pushes are not among those of a branch. What is hidden is not there: the step
    # that would gain by them says what else to do.
    listed = asker.list("the rulesets", "/rulesets", includes_parents="true", targets="push")
    for each in listed if isinstance(listed, list) else ():
        if each["enforcement"] != "active" or each.get("target") != "push":
            continue
        found = asker.ask("the ruleset", f"/rulesets/{each['id']}", includes_parents="true")
        if isinstance(found, dict):
            yield from closed_paths(found.get("rules") or ())


def _bypass(asker: _Asker, ruleset: int | None) -> tuple[str, ...] | None:
    if ruleset is None:
        return None
    found = asker.ask("the ruleset", f"/rulesets/{ruleset}", includes_parents="true")
    if not isinstance(found, dict) or not isinstance(found.get("bypass_actors"), list):
        return None
    return tuple(_actor(each) for each in found["bypass_actors"])


_ROLES = {2: "maintain", 4: "write", 5: "admin"}


def _actor(actor: Mapping[str, Any]) -> str:
    kind, number = actor.get("actor_type"), actor.get("actor_id")
    if kind == "OrganizationAdmin":
        return "administrators of the organisation"
    if kind == "RepositoryRole":
        return f"everybody with the role `{_ROLES.get(number or 0, number)}`"
    if kind == "DeployKey":
        return "deploy keys"
    return f"{'app' if kind == 'Integration' else str(kind).lower()} {number}"


def _environment(asker: _Asker) -> Environment | Hidden | None:
    found = asker.ask("the environments", _PLACE)
    if found is None or isinstance(found, Hidden):
        return found
    policy = found.get("deployment_branch_policy")
    if policy is None:
        return Environment(None)
    if policy["protected_branches"]:
        return Environment((), only_protected=True)
    path = f"{_PLACE}/deployment-branch-policies"
    listed = asker.ask("the environment's branches", path, per_page=_PAGE)
    if listed is None or isinstance(listed, Hidden):
        return Environment(listed or Hidden("the token may not read the environment's branches"))
    return Environment(tuple(map(_branch, listed["branch_policies"])))


def _branch(policy: Mapping[str, Any]) -> str:
    # A tag that is named as the branch is: whoever may push tags could use it.
    prefix = "tag " if policy.get("type") == "tag" else ""
    return f"{prefix}{policy['name']}"


def _app(asker: _Asker) -> AppSettings:
    number = _entry(asker, f"{_PLACE}/variables", "variables", "CASEWORK_APP_ID")
    key = _entry(asker, f"{_PLACE}/secrets", "secrets", _KEY)
    opened = _entry(asker, "/actions/secrets", "secrets", _KEY)
    return AppSettings(
        id=str(number["value"]).strip() if isinstance(number, dict) else number,
        has_key=key if isinstance(key, Hidden) else key is not None,
        key_is_open=opened if isinstance(opened, Hidden) else opened is not None,
    )


def _entry(asker: _Asker, path: str, kind: str, name: str) -> dict[str, Any] | Hidden | None:
    """A variable, or a secret without its value; None where there is none of that name."""
    found = asker.ask_secretly(f"the {kind}", path, per_page=_MOST_VARIABLES)
    if found is None or isinstance(found, Hidden):
        return found
    named = next((each for each in found[kind] if each["name"] == name), None)
    if named is None and found["total_count"] > len(found[kind]):
        return Hidden(f"there are too many {kind} to read")
    return named


def _actions(asker: _Asker) -> ActionsSettings | Hidden:
    found = asker.ask("the settings of Actions", "/actions/permissions/workflow")
    if not isinstance(found, dict):
        return Hidden("the token may not read the settings of Actions")
    return ActionsSettings(
        writes=found["default_workflow_permissions"] != "read",
        approves=bool(found["can_approve_pull_request_reviews"]),
    )
