"""`casework codeowners`: keep `.github/CODEOWNERS` as the policy's owners want it."""

from datetime import date
from difflib import unified_diff

from casework.cli.failure import Exit, FailureError
from casework.cli.files import Replacement, create, replace
from casework.cli.options import Options
from casework.cli.rulebook import read_rulebook
from casework.cli.settings import Settings
from casework.cli.shelf import Shelf
from casework.cli.terminal import write
from casework.model.blob import Blob, Obstacle
from casework.model.english import nearest
from casework.model.organisation import Organisation
from casework.read.documents import PEOPLE, POLICY
from casework.read.git import Git
from casework.read.source import Source, WorkingTree
from casework.render.codeowners import code_owners
from casework.render.escape import terminal, without_commands

PATH = ".github/CODEOWNERS"


def run(options: Options, settings: Settings) -> int:
    """Write the file, or only say whether it is current. FAILS when it is checked and is not."""
    git = Git.find(settings.directory)
    if git.is_bare:
        raise FailureError(
            "`casework codeowners` must have files to look at; this is a bare repository",
            "Run it in a clone.",
        )
    source = WorkingTree(git.root, git)
    wanted = wanted_owners(source, settings.today)
    blob = source.read_one(PATH)
    found = _text(blob)
    if is_current(found, wanted):
        write(f"{PATH} is current.\n")
        return Exit.HOLDS
    if options.check:
        write(_difference(found, wanted))
        return Exit.FAILS
    if found is None:
        create(source, PATH, wanted.encode())
    else:
        replace(source, [Replacement(PATH, blob.content, wanted.encode())])
    write(f"Wrote {PATH}. Commit it, so that GitHub goes by it.\n")
    return Exit.HOLDS


def wanted_owners(source: Source, today: date) -> str:
    """The file as the policy and the people of some state of files want it.

    Raises FailureError where they do not say who the owners are.
    """
    organisation = read_rulebook(source, Shelf(None)).organisation
    if organisation is None:
        raise FailureError(
            f"`{POLICY}` and `{PEOPLE}` must be readable; they are not",
            "`casework check` says what is wrong in them.",
        )
    owners = organisation.policy.owners
    if not owners:
        raise FailureError(
            f"`owners` in `{POLICY}` must name somebody; it names nobody",
            "Write down who approves changes to the rules, such as `owners: [margaret-hamilton]`.",
        )
    return code_owners([_login(each, organisation, today) for each in owners])


def is_current(found: str | None, wanted: str) -> bool:
    """Whether a file says what is wanted, however its lines end."""
    return found is not None and found.replace("\r\n", "\n") == wanted


def _login(handle: str, organisation: Organisation, today: date) -> str:
    person = organisation.people.get(handle)
    if person is None:
        near = nearest(handle, organisation.people.by_handle)
        raise FailureError(
            f"an owner in `{POLICY}` must be in `{PEOPLE}`; `{handle}` is not",
            f"Did you mean `{near}`?" if near else "Add the person, or name somebody else.",
        )
    if person.is_gone(today):
        raise FailureError(
            f"an owner in `{POLICY}` must still be here; `{handle}` left on {person.left}",
            "Name somebody else under `owners`.",
        )
    if person.github is None:
        raise FailureError(
            f"an owner must have a `github` account in `{PEOPLE}`; `{handle}` has none that counts",
            "Add the login, without `@`; `casework check` says whether its form is right.",
        )
    return person.github


def _text(blob: Blob) -> str | None:
    """The file's text; None where there is no file. Raises FailureError."""
    match blob.obstacle:
        case None:
            return blob.content.decode("utf-8", "backslashreplace")
        case Obstacle.ABSENT:
            return None
        case Obstacle.SYMLINK:
            raise FailureError(
                f"`{PATH}` must be an ordinary file; it is a symbolic link, or lies behind one",
                "Delete the link, and run this again.",
            )
    raise FailureError(
        f"`{PATH}` must be readable; it is not: {_WHY[blob.obstacle]}",
        "Check that it is a file, and who may read it.",
    )


_WHY = {
    Obstacle.DIRECTORY: "it is a folder",
    Obstacle.SUBMODULE: "it is a submodule",
    Obstacle.TOO_LARGE: "it is too large",
    Obstacle.UNREADABLE: "it cannot be opened",
}


def _difference(found: str | None, wanted: str) -> str:
    if found is None:
        return f"{PATH} must be there; it is missing.\n  Run `casework codeowners` to write it.\n"
    old = found.replace("\r\n", "\n").splitlines()
    lines = list(unified_diff(old, wanted.splitlines(), n=0, lineterm=""))[2:]
    shown = [f"  {terminal(each)}\n" for each in lines if not each.startswith("@@")]
    shown = shown or ["  (only how the lines end)\n"]
    head = f"{PATH} must follow from {POLICY} and {PEOPLE}; it differs:\n"
    tail = "  Run `casework codeowners` to bring it up to date.\n"
    return without_commands(head + "".join(shown) + tail)
