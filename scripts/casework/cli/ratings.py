"""The ratings of a quarter that somebody typed, and questions for those that are missing."""

from casework.cli.asking import ask, can_ask
from casework.cli.failure import UsageError, choice, did_you_mean
from casework.cli.terminal import say
from casework.model.fiscal import Quarter
from casework.model.framework import Category
from casework.model.rating import RATING_WORDS, Rating

_MEANINGS = {
    "below": "falls short of what the level asks for",
    "meets": "what the level asks for",
    "exceeds": "high performance at the level held",
    "next": "performance at the next level",
}


def given(typed: tuple[str, ...], categories: tuple[Category, ...]) -> dict[str, Rating]:
    """The ratings that were typed, by the category's id. Raises UsageError."""
    ids = tuple(each.id for each in categories)
    found: dict[str, Rating] = {}
    for each in typed:
        name, equals, word = each.partition("=")
        category = next((one for one in categories if one.is_titled(name)), None)
        if not equals or category is None:
            raise UsageError(
                f"`--rating` must be a category and its rating, such as {ids[0]}=exceeds; it is "
                f"`{each}`",
                f"Such as `--rating {category.id}=meets`."
                if category
                else did_you_mean(name, ids) or f"The categories are {', '.join(ids)}.",
            )
        rating = Rating.parse(word)
        if rating is None:
            raise choice(f"`--rating {category.id}`", word, RATING_WORDS)
        if found.setdefault(category.id, rating) is not rating:
            raise UsageError(f"`--rating {category.id}` must be given once; it is there twice")
    return found


def asked(
    quarter: Quarter, missing: tuple[Category, ...], recalled: tuple[str, ...]
) -> dict[str, Rating]:
    """Answers for the categories that are missing. Raises UsageError.

    `recalled` is how the quarter was rated before, in sentences; it is said before the questions.
    """
    names = ", ".join(each.id for each in missing)
    verb = "is" if len(missing) == 1 else "are"
    options = " ".join(f"--rating {each.id}=RATING" for each in missing)
    remedy = f"Add {options}: {', '.join(RATING_WORDS)}."
    if missing and can_ask():
        say("".join(f"{each}\n" for each in recalled))
    ratings: dict[str, Rating] = {}
    for each in missing:
        word = ask(
            f"{quarter.label}, {each.name}?",
            _MEANINGS,
            f"a quarter must be rated in every category; {names} of {quarter.label} {verb} missing",
            " ".join((remedy, *recalled)),
        )
        ratings[each.id] = Rating[word.upper()]
    return ratings
