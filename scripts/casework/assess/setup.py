"""How far a repository is set up as the set-up page says: one small function for each step."""

from collections.abc import Callable, Iterable

from casework.assess.barriers import app, check_source, environment
from casework.assess.step import found, undetermined
from casework.model.check_run import NAME
from casework.model.english import enumerated
from casework.model.setup import Guard, Hidden, RepositorySettings, Step

WORKFLOWS = (".github/workflows/casework.yml", ".github/workflows/relay.yml")
CODE_OWNERS = ".github/CODEOWNERS"
_RULESET = "Settings → Rules → Rulesets → the default branch's"


def steps(settings: RepositorySettings, code_owners: str | Hidden) -> tuple[Step, ...]:
    """All steps in the page's order; `code_owners` is the file as the policy wants it."""
    first, *rest = (each(settings) for each in STEPS)
    return (first, rest[0], _code_owners(settings, code_owners), *rest[1:])


def _private(settings: RepositorySettings) -> Step:
    return found(
        "private", "The repository is private", settings.is_private,
        "Only those whom you let in can read the cases.",
        "Everybody can read the cases.",
        "Settings → General → Danger Zone → Change visibility.",
    )  # fmt: skip


def _workflows(settings: RepositorySettings) -> Step:
    name, title = "workflows", "The workflows are on the default branch, and enabled"
    states = settings.workflows
    if isinstance(states, Hidden):
        return undetermined(name, title, states.why, "Look at the tab Actions.")
    lacking = [f"`{each}`" for each in WORKFLOWS if each not in states]
    idle = [f"`{each}`" for each in WORKFLOWS if states.get(each, "active") != "active"]
    if lacking:
        detail = f"{enumerated(lacking)} must be there."
        return found(name, title, False, "", detail, "Restore what is missing from the template.")
    return found(
        name, title, not idle, "Both are active.", f"{enumerated(idle)} must be enabled.",
        "Tab Actions → the workflow → Enable workflow.",
    )  # fmt: skip


def _code_owners(settings: RepositorySettings, wanted: str | Hidden) -> Step:
    name, title = "code-owners", f"`{CODE_OWNERS}` follows from the policy"
    renew = "Run `casework codeowners`, and merge what it writes."
    text, errors = settings.code_owners, settings.code_owner_errors
    if text is None:
        return found(name, title, False, "", "There is none on the default branch.", renew)
    for each in (text, wanted, errors):
        if isinstance(each, Hidden):
            remedy = "Run `casework codeowners --check` in a clone."
            return undetermined(name, title, each.why, remedy)
    if str(text).replace("\r\n", "\n") != wanted:
        detail = "That of the default branch differs from what this clone's policy says."
        return found(name, title, False, "", detail, f"Bring the clone up to date. {renew}")
    return found(
        name, title, not errors, "It is current, and GitHub can use it.",
        f"GitHub cannot use it: {'; '.join(map(str, errors))}.",
        "Give each owner write access to the repository, and check that the logins are right.",
    )  # fmt: skip


def _pull_request(settings: RepositorySettings) -> Step:
    return _guarded(
        settings, "pull-request", "Nothing is merged without a pull request",
        lambda guard: guard.pull_request,
        f"A pull request is needed to change `{settings.branch}`.",
        f"Whoever may push can change `{settings.branch}` directly.",
        f"{_RULESET}: `Require a pull request before merging`.",
    )  # fmt: skip


def _required_check(settings: RepositorySettings) -> Step:
    def requires(guard: Guard) -> bool | None:
        return None if guard.checks is None else any(each.name == NAME for each in guard.checks)

    return _guarded(
        settings, "required-check", f"The check `{NAME}` must pass before merging",
        requires, "It is required.", "A pull request can be merged whatever the check says.",
        f"{_RULESET}: `Require status checks to pass`, add `{NAME}`.",
    )  # fmt: skip


def _code_owner_review(settings: RepositorySettings) -> Step:
    return _guarded(
        settings, "code-owner-review", "Code owners must approve what is theirs",
        lambda guard: guard.code_owners, "Their review is required.",
        "GitHub asks them and does not wait for them.",
        f"{_RULESET}: `Require review from Code Owners`.",
    )  # fmt: skip


def _history(settings: RepositorySettings) -> Step:
    # One ruleset may block the one, and another the other.
    halves = (
        _any(each.blocks_force_pushes for each in settings.guards),
        _any(each.blocks_deletion for each in settings.guards),
    )
    holds = False if False in halves else None if None in halves else True
    return _protected(
        "history", "The default branch can be neither rewritten nor deleted", holds,
        "Force pushes and deletion are blocked.",
        "Force pushes or deletion are allowed, so decided cases could vanish.",
        f"{_RULESET}: `Block force pushes` and `Restrict deletions`.",
    )  # fmt: skip


def _bypass(settings: RepositorySettings) -> Step:
    name, title = "bypass", "Nobody may bypass these rules"
    remedy = f"{_RULESET}: empty the bypass list. Classic protection: `Do not allow bypassing`."
    if not settings.guards:
        return found(name, title, False, "", "There are no rules to bypass.", remedy)
    named = sorted({name for each in settings.guards for name in each.bypass or ()})
    if named:
        detail = f"They may merge what the check refuses: {enumerated(named)}."
        return found(name, title, False, "", detail, remedy)
    untold = [each.name for each in settings.guards if each.bypass is None]
    if untold:
        why = f"GitHub tells only administrators who may, of {enumerated(untold)}"
        return undetermined(name, title, why, remedy)
    return found(name, title, True, "The bypass lists are empty.", "", "")


def _actions(settings: RepositorySettings) -> Step:
    name, title = (
        "actions",
        "Workflows may only read unless they ask for more, and may approve nothing",
    )
    remedy = (
        "Settings → Actions → General → Workflow permissions: `Read repository contents`, and "
        "no `Allow GitHub Actions to create and approve pull requests`."
    )
    actions = settings.actions
    if isinstance(actions, Hidden):
        return undetermined(name, title, actions.why, remedy)
    wrong = [
        *(["a workflow may write without asking for it"] if actions.writes else ()),
        *(["a workflow may approve a pull request"] if actions.approves else ()),
    ]
    detail = f"{enumerated(wrong).capitalize()}."
    return found(name, title, not wrong, "Both hold.", detail, remedy)


def _guarded(
    settings: RepositorySettings,
    name: str,
    title: str,
    holds: Callable[[Guard], bool | None],
    done: str,
    missing: str,
    remedy: str,
) -> Step:
    """A step that any ruleset, or the classic protection, takes."""
    return _protected(name, title, _any(map(holds, settings.guards)), done, missing, remedy)


def _protected(
    name: str, title: str, holds: bool | None, done: str, missing: str, remedy: str
) -> Step:
    if holds is None:
        why = "GitHub tells only administrators what the branch protection asks for"
        return undetermined(name, title, why, remedy)
    return found(name, title, holds, done, missing, remedy)


def _any(answers: Iterable[bool | None]) -> bool | None:
    """Whether one of them holds; None when that depends on what was not told."""
    known = list(answers)
    return True if True in known else None if None in known else False


STEPS: tuple[Callable[[RepositorySettings], Step], ...] = (
    _private,
    _workflows,
    _pull_request,
    _required_check,
    check_source,
    _code_owner_review,
    _history,
    _bypass,
    environment,
    app,
    _actions,
)
"""In the page's order, but for CODEOWNERS, which follows the second."""
