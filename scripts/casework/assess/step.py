"""Steps of the set-up page, made from what was found."""

from casework.model.setup import Standing, Step


def found(id: str, title: str, is_done: bool, done: str, missing: str, help: str) -> Step:
    """A step that is done, or is not: with what was found, and what to do where it is not."""
    if is_done:
        return Step(id, title, Standing.DONE, done)
    return Step(id, title, Standing.MISSING, missing, help)


def undetermined(id: str, title: str, why: str, help: str) -> Step:
    """A step that cannot be told, with where to look."""
    return Step(id, title, Standing.UNDETERMINED, f"{why[0].upper()}{why[1:]}.", f"Look: {help}")
