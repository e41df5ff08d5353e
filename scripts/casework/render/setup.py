"""How a repository is set up: for a terminal, as Markdown, as JSON."""

from collections.abc import Iterable, Iterator
from typing import Any

from casework.model.english import counted
from casework.model.setup import Standing, Step
from casework.render.columns import wrapped
from casework.render.escape import prose, terminal, without_commands
from casework.render.paint import painter

_STYLE = {Standing.DONE: "green", Standing.MISSING: "red", Standing.UNDETERMINED: "yellow"}


def setup_text(
    repository: str, branch: str, steps: Iterable[Step], *, colour: bool, width: int
) -> str:
    """All steps for a terminal, each with what to do unless it is done."""
    paint = painter(colour)
    known = tuple(steps)
    lines = [f"{paint(terminal(repository), 'bold')}, branch {terminal(branch)}", ""]
    for each in known:
        word = paint(f"{each.standing.value:<13}", _STYLE[each.standing])
        lines.append(f"{word} {paint(terminal(each.title), 'bold')}")
        for text in (each.detail, each.remedy):
            lines += wrapped(terminal(text), width, " " * 14)
    lines += ["", conclusion(known)]
    return without_commands("".join(f"{line}\n" for line in lines))


def setup_markdown(repository: str, branch: str, steps: Iterable[Step]) -> str:
    """All steps as a page."""
    known = tuple(steps)
    lines = [f"# {prose(f'`{repository}`, branch `{branch}`')}", "", conclusion(known), ""]
    for each in known:
        parts = (f"**{each.standing.value}:** {prose(each.title)}", each.detail, each.remedy)
        first, *rest = parts
        lines.append("<br>".join((f"- {first}", *(prose(part) for part in rest if part))))
    return "".join(f"{line}\n" for line in lines)


def setup_data(repository: str, branch: str, steps: Iterable[Step]) -> dict[str, Any]:
    """All steps as an object for programs."""
    return {
        "doctor": 1,
        "repository": repository,
        "branch": branch,
        "steps": [
            {
                "id": each.id,
                "title": each.title,
                "standing": each.standing.value,
                "detail": each.detail,
                "remedy": each.remedy or None,
            }
            for each in steps
        ],
    }


def conclusion(steps: tuple[Step, ...]) -> str:
    """What it comes to, in a sentence."""
    return " ".join(_conclusions(steps)) or "All steps of docs/setting-up.md are done."


def _conclusions(steps: tuple[Step, ...]) -> Iterator[str]:
    missing = sum(each.standing is Standing.MISSING for each in steps)
    unknown = sum(each.standing is Standing.UNDETERMINED for each in steps)
    if missing:
        count = counted(missing, "step").capitalize()
        yield f"{count} {'is' if missing == 1 else 'are'} missing: see docs/setting-up.md."
    if unknown:
        count = counted(unknown, "step").capitalize()
        yield f"{count} cannot be told: an administrator's token sees more."
