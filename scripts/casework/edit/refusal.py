"""What is said where a file cannot be edited safely."""


class RefusedError(Exception):
    """Nothing was changed: what must be, and what to do about it."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def unclear(line: int, what: str) -> RefusedError:
    """The refusal of a place that nobody can edit without guessing."""
    return RefusedError(
        f"{what} must be written so that it can be edited in place; on line {line} it is not",
        f"Edit line {line} by hand, or write it plainly first: `name: value`, on one line.",
    )
