"""Requirements with what is said of them."""

from casework.model.report import Requirement, State


def answer(id: str, is_met: bool, detail: str) -> Requirement:
    """A requirement that uses no quarters, met or not."""
    return Requirement(id, State.MET if is_met else State.UNMET, (), detail)


def unknown_until_repaired(id: str, field: str) -> Requirement:
    """A requirement that a broken field, or with an empty one the whole file, leaves open."""
    what = f"`{field}` in the file" if field else "the file"
    return Requirement(id, State.UNDETERMINED, (), f"This is not known until {what} is fixed.")
