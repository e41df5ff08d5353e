"""`.github/CODEOWNERS`: whom GitHub asks for a review of which files, made from the policy."""

from collections.abc import Iterable

_HEAD = """\
# Who must approve a change of which file. Made by `casework codeowners` from `owners` in
# framework/policy.yaml and the accounts in cases/people.yaml: change those, and run it again.
# The last pattern that fits a file decides.

# Everything has these owners:
"""
_TAIL = """
# ... but for people's cases, which the calibration group approves. Without a name, a file has none:
/cases/*/*.md
"""


def code_owners(logins: Iterable[str]) -> str:
    """The whole file, for the owners' accounts in the policy's order; each is named once."""
    by_folded: dict[str, str] = {}
    for each in logins:
        by_folded.setdefault(each.casefold(), each)
    names = " ".join(f"@{each}" for each in by_folded.values())
    return f"{_HEAD}* {names}\n{_TAIL}"
