"""Words of GitHub's, made fit to stand in a message of ours."""

_LONGEST = 200


def quotation(words: str) -> str:
    """The words in backticks: on one line, without anything unseen, and not too long."""
    seen = "".join(each if each.isprintable() else " " for each in words.replace("`", "'"))
    line = " ".join(seen.split())
    return f"`{line[:_LONGEST]}`" if line else "nothing more"
