"""What happens to the main branch, and to a pull request, when it is merged."""

from typing import TYPE_CHECKING

from tests.github.state import Activity

if TYPE_CHECKING:
    from tests.github.hub import Hub


def merge(hub: "Hub", number: int, how: str, by: str) -> str:
    """Merges as the button does: `merge`, `squash` or `rebase`; the last commit on the branch."""
    pull = hub.pulls[number]
    assert pull.state == "open", f"pull request {number} is {pull.state}"
    own = hub.git.own_commits(pull.base, pull.head)
    at = hub.now()
    if how == "rebase":
        made = hub.git.rebase(pull.base, pull.head, at)
    else:
        made = [hub.git.merge(pull.base, pull.head, message(hub, number, how), at, how == "squash")]
    _move(hub, pull.base, made[-1], by, at, "pr_merge")
    _close(hub, number, made[-1], at)
    introduced = [*made, *own] if how == "merge" else made
    hub.introduced |= dict.fromkeys(introduced, number)
    return made[-1]


def merge_queued(hub: "Hub", branch: str) -> str:
    """The queue's checks passed: the base moves on to the group, and all in it are merged."""
    base, numbers = hub.groups.pop(branch)
    tip, at = hub.git.tip(branch), hub.now()
    own = {number: hub.git.own_commits(base, hub.pulls[number].head) for number in numbers}
    for number, commit in zip(numbers, hub.git.line(base, tip)[-len(numbers) :], strict=True):
        _close(hub, number, commit, at)
        is_merge = hub.git.parents(commit)[1:]
        introduced = [commit, *own[number]] if is_merge else [commit]
        hub.introduced |= dict.fromkeys(introduced, number)
    _move(hub, base, tip, "github-merge-queue[bot]", at, "merge_queue_merge")
    hub.git.git("update-ref", "-d", f"refs/heads/{branch}")
    return tip


def message(hub: "Hub", number: int, how: str) -> str:
    pull = hub.pulls[number]
    if how == "squash":
        return f"{pull.title} (#{number})"
    owner = pull.author if pull.fork else hub.repository.split("/")[0]
    return f"Merge pull request #{number} from {owner}/{pull.branch}\n\n{pull.title}"


def _close(hub: "Hub", number: int, commit: str, at: str) -> None:
    pull = hub.pulls[number]
    pull.state, pull.merged, pull.updated, pull.merged_at = "closed", True, at, at
    pull.merge_commit = commit


def _move(hub: "Hub", branch: str, commit: str, by: str, at: str, kind: str) -> None:
    before = hub.git.tip(branch)
    hub.git.point(f"refs/heads/{branch}", commit)
    hub.activities.append(Activity(hub.next_id(), branch, before, commit, kind, by, at))
