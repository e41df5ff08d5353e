"""The rules about fields: which there are, and what may stand in them.

The schemas find most of it while a file is read; what depends on the framework is found here.
"""

from collections.abc import Iterator

from casework.check import ladder, levels, people, policy
from casework.check.context import Context, Problem
from casework.check.data import fields, value
from casework.check.words import did_you_mean, listed, quoted
from casework.model.document import DocumentKind
from casework.model.english import nearest
from casework.model.fiscal import Quarter
from casework.model.framework import Track


def unknown_field(context: Context) -> Iterator[Problem]:
    """Every field is one that the file's kind has.

    Why: A field that nobody reads, usually a misspelt one, would be silently ignored, and
    the case judged as if it had never been written.

    Fix: Correct the spelling, or delete the field.

    Bad:
        FY27-Q4: {proficency: next, execution: next, teamwork: next}

    Good:
        FY27-Q4: {proficiency: next, execution: next, teamwork: next}
    """
    yield from context.flaws("unknown-field")
    yield from _rated_without_being_asked(context)
    yield from levels.foreign_categories(context)


def missing_field(context: Context) -> Iterator[Problem]:
    """Every field that the file's kind needs is there.

    Why: What is left out cannot be judged. A quarter rated in two of three categories, for
    example, is no statement about the quarter.

    Fix: Add the field that is named, with one of the values that are listed.

    Bad:
        FY27-Q4: {proficiency: next, execution: next}

    Good:
        FY27-Q4: {proficiency: next, execution: next, teamwork: next}
    """
    yield from context.flaws("missing-field")
    yield from _left_unrated(context)
    yield from levels.missing_categories(context)


def wrong_type(context: Context) -> Iterator[Problem]:
    """Every field holds the sort of value that it is for: a text, a number, a list or fields.

    Why: A list where one name belongs, or a text where fields belong, can be read in several ways.

    Fix: Write the value in the form that the message names.

    Bad:
        manager: [grace-hopper, margaret-hamilton]

    Good:
        manager: grace-hopper
    """
    yield from context.flaws("wrong-type")


def invalid_value(context: Context) -> Iterator[Problem]:
    """Every value is one of those accepted, and agrees with the others in its file.

    Why: The program does not guess what a value means. Policy, framework and people
    also have to agree with each other: two talent reviews at once, or one GitHub login for two
    people, would leave it open which one applies.

    Fix: Use one of the values, or the form, that the message names.

    Bad:
        status: sumbitted

    Good:
        status: submitted
    """
    yield from context.flaws("invalid-value")
    inconsistencies = {
        DocumentKind.FRAMEWORK: ladder.inconsistencies,
        DocumentKind.LEVEL: levels.inconsistencies,
        DocumentKind.POLICY: policy.inconsistencies,
        DocumentKind.PEOPLE: people.inconsistencies,
    }.get(context.document.kind)
    if inconsistencies is not None:
        yield from inconsistencies(context)


def _rated_without_being_asked(context: Context) -> Iterator[Problem]:
    """Ratings of a case for categories that the track of `from` does not have."""
    track = _track(context)
    if track is None:
        return
    known = [each.id for each in track.categories]
    for label, ratings in _rated_quarters(context):
        for category in ratings:
            if category not in known:
                yield Problem(
                    context.document.key_at("quarters", label, category),
                    f"A quarter must be rated in {listed(known)} and nothing else; {label} has "
                    f"{quoted(category)}.{did_you_mean(category, known)}",
                    "Correct the spelling, or delete the rating.",
                )


def _left_unrated(context: Context) -> Iterator[Problem]:
    """Categories of the track of `from` that a listed quarter does not rate."""
    track = _track(context)
    if track is None:
        return
    known = [each.id for each in track.categories]
    for label, ratings in _rated_quarters(context):
        # Of a misspelt category unknown-field says enough.
        meant = {nearest(each, known) for each in ratings if each not in known}
        for category in known:
            if category not in ratings and category not in meant:
                yield Problem(
                    context.document.key_at("quarters", label),
                    f"{label} must be rated in {listed(known)}; {quoted(category)} is missing.",
                    f"Add `{category}` with below, meets, exceeds or next, or leave the whole "
                    "quarter out.",
                )


def _rated_quarters(context: Context) -> Iterator[tuple[str, dict[str, None]]]:
    """The quarters of the front matter that are mappings, with what they rate."""
    for label in fields(context.document, "quarters"):
        ratings = value(context.document, "quarters", label)
        if Quarter.parse(label) and isinstance(ratings, dict):
            # Kept in the file's order, so that findings come out the same every time.
            yield label, dict.fromkeys(each for each in ratings if isinstance(each, str))


def _track(context: Context) -> Track | None:
    """The track that an undecided case is rated in; None where that is not known."""
    case = context.maybe_case
    if case is None or context.maybe_organisation is None:
        return None
    if case.status is not None and case.status.is_decided:
        return None
    return context.framework.track_of(case.from_level)
