"""What every edit of a file is put through before it is written."""

from collections.abc import Callable

from casework.cli.failure import FailureError
from casework.cli.workplace import Found, Workplace
from casework.edit.refusal import RefusedError
from casework.model.finding import Finding, Severity


def edited(edit: Callable[[], bytes], path: str) -> bytes:
    """What an edit makes of a file. Raises FailureError where the edit refuses it."""
    try:
        return edit()
    except RefusedError as refusal:
        raise FailureError(
            f"`{path}`: {refusal.message}", f"{refusal.help} Nothing was changed."
        ) from refusal


def require_no_new_error(
    before: Found, after: Found, work: Workplace, about_days: str = ""
) -> None:
    """Raise FailureError where an edit would bring an error that was not there.

    `about_days` says what to do about a day that is out of order.
    """
    known = {(each.rule, each.message) for each in _errors(before, work)}
    new = [each for each in _errors(after, work) if (each.rule, each.message) not in known]
    if new:
        hint = about_days if new[0].rule == "implausible-date" else ""
        remedy = " ".join(filter(None, (new[0].help, hint, "Nothing was changed.")))
        raise FailureError(
            f"`{after.path}` must be right once it is edited: {new[0].message.rstrip('.')}",
            remedy,
        )


def _errors(found: Found, work: Workplace) -> list[Finding]:
    from casework.check.run import check_case

    findings = check_case(found.case, work.organisation, work.today)
    return [each for each in findings if each.severity is Severity.ERROR]
