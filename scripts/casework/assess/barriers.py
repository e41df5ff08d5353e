"""The steps that keep a check from being forged: whose word counts, and who can speak as whom."""

from casework.assess.step import found, undetermined
from casework.model.check_run import NAME
from casework.model.setup import Environment, Hidden, RepositorySettings, Step

ACTIONS_ON_GITHUB_COM = 15368
"""The number of the app behind every workflow's own token, on github.com."""

_CLOSED = (
    ".github/**",
    ".github/**/*",
    ".github/workflows/**",
    ".github/workflows/**/*",
    ".github/workflows/*",
)
_ENVIRONMENT = "Settings → Environments → casework"
_STATUS_CHECKS = f"Settings → Rules → the status check `{NAME}` → its source"


def forgery_is_closed(settings: RepositorySettings) -> bool:
    """Whether no branch can bring a workflow of its own, app or not.

    That a ruleset requires the workflow to pass does not matter: it passes once it has reported.
    """
    return any(path in _CLOSED for path in settings.closed_paths)


def check_source(settings: RepositorySettings) -> Step:
    """Whether the required check counts from one app alone, the right one."""
    name, title = "check-source", f"The check `{NAME}` counts from its own app alone"
    required = [
        check for each in settings.guards for check in each.checks or () if check.name == NAME
    ]
    if not required:
        if any(each.checks is None for each in settings.guards):
            return undetermined(name, title, "GitHub tells only administrators", _STATUS_CHECKS)
        return found(name, title, False, "", "The check is not required at all.", _STATUS_CHECKS)
    # All that are required must pass, so one of the right source is enough.
    sources = {check.source for check in required}
    app = settings.app.id
    if isinstance(app, str) and app:
        return found(
            name, title, app in {str(each) for each in sources},
            f"Only app {app} can report it.",
            f"Anybody's workflow can report it: its source must be app {app}.",
            f"{_STATUS_CHECKS}: your GitHub App.",
        )  # fmt: skip
    return _from_actions(name, title, settings, sources - {None})


def _from_actions(
    name: str, title: str, settings: RepositorySettings, sources: set[int | None]
) -> Step:
    remedy = f"{_STATUS_CHECKS}: `GitHub Actions`, or better your GitHub App."
    if not sources:
        detail = "Any app, and any token that may write statuses, can report it."
        return found(name, title, False, "", detail, remedy)
    named = ", ".join(str(each) for each in sorted(filter(None, sources)))
    if isinstance(settings.app.id, Hidden):
        why = f"its source is app {named}, and {settings.app.id.why}"
        return undetermined(name, title, why, f"It must be the number in CASEWORK_APP_ID. {remedy}")
    if not settings.is_github_com:
        why = f"its source is app {named}, whose name only this server's settings show"
        return undetermined(name, title, why, remedy)
    return found(
        name, title, ACTIONS_ON_GITHUB_COM in sources,
        "Only workflows can report it, whichever branch they are on.",
        f"Its source is app {named}, which does not report it.",
        remedy,
    )  # fmt: skip


def environment(settings: RepositorySettings) -> Step:
    """Whether no branch but the default one may use the environment."""
    name, title = "environment", "The environment `casework` is for the default branch alone"
    remedy = (
        f"{_ENVIRONMENT} → Deployment branches and tags → Selected branches and tags: "
        f"`{settings.branch}` and no other."
    )
    where = settings.environment
    if isinstance(where, Hidden):
        return undetermined(name, title, where.why, remedy)
    if where is None:
        return found(name, title, False, "", "There is no environment of that name.", remedy)
    if isinstance(where.branches, Hidden):
        return undetermined(name, title, where.branches.why, remedy)
    is_alone = where.branches == (settings.branch,)
    done = f"Only `{settings.branch}` may use it."
    return found(name, title, is_alone, done, _users(where), remedy)


def _users(where: Environment) -> str:
    if where.only_protected:
        return "All protected branches may use it: a rule for another branch would open it."
    if where.branches is None:
        return "Every branch may use it, and so whatever key it holds."
    if not where.branches:
        return "No branch may use it, so the workflow cannot run."
    assert not isinstance(where.branches, Hidden)  # noqa: S101  # the caller has seen to it
    return f"These may use it: {', '.join(f'`{each}`' for each in where.branches)}."


def app(settings: RepositorySettings) -> Step:
    """Whether the check is reported in a name that no other workflow can use."""
    name, title = "app", "A GitHub App reports, or no branch can bring a workflow of its own"
    if forgery_is_closed(settings):
        return found(name, title, True, "A ruleset keeps everybody from pushing workflows.", "", "")
    remedy = (
        "Make a GitHub App, and put CASEWORK_APP_ID and CASEWORK_APP_PRIVATE_KEY into the "
        "environment `casework`: docs/setting-up.md says how."
    )
    number, has_key, is_open = settings.app
    if is_open is True:
        detail = "The app's key is a secret of the whole repository: every branch may use it."
        return found(name, title, False, "", detail, f"Delete it there. {remedy}")
    for each in (number, has_key, is_open):
        if isinstance(each, Hidden):
            return undetermined(name, title, each.why, f"{_ENVIRONMENT}. {remedy}")
    if number and has_key:
        return found(name, title, True, f"App {number} reports, with a key of its own.", "", "")
    detail = (
        "Whoever may push a branch can run a workflow of their own there, and report a green check."
    )
    if number or has_key:
        detail = "The environment holds the app's number or its key, and not both."
    return found(name, title, False, "", detail, remedy)
