"""The rules about names: whatever a file refers to is there."""

from collections.abc import Iterator

from casework.check import ladder
from casework.check.context import Context, Problem
from casework.check.mentions import evidence_of, levels_named, people_named
from casework.check.words import did_you_mean, listed, quoted
from casework.model.document import DocumentKind
from casework.model.people import People


def unknown_person(context: Context) -> Iterator[Problem]:
    """Whoever a file names is in people.yaml.

    Why: Who the subject, the manager and the reviewers are decides whose word counts. A handle
    that leads to nobody would let a case pass with fewer eyes on it than agreed.

    Fix: Correct the handle, or add the person to cases/people.yaml. Somebody who has left stays
    there, with the field `left`: old cases name them. For the same reason a handle is never
    changed; the `name` beside it may change at any time.

    Bad:
        manager: grace-hoper

    Good:
        manager: grace-hopper
    """
    known = context.people.by_handle
    for what, handle, at in people_named(context.document):
        if handle not in known:
            yield Problem(
                at,
                f"{what} must be a handle in cases/people.yaml; it is {quoted(handle)}."
                f"{_whom(handle, context.people)}",
                "Correct the handle, or add the person to cases/people.yaml first.",
            )


def unknown_level(context: Context) -> Iterator[Problem]:
    """Every level that a file names is in the framework, with a file of its own.

    Why: A level is what a case is compared with. Without a description there is nothing to
    compare.

    Fix: Use one of the levels that framework/framework.yaml lists. A new level needs its entry
    there and its file under framework/levels/.

    Bad:
        to: IC33

    Good:
        to: IC3
    """
    if context.document.kind is DocumentKind.FRAMEWORK:
        yield from _levels_without_file(context)
        return
    known = context.framework.level_ids()
    for what, level, at in levels_named(context.document):
        if level not in known:
            yield Problem(
                at,
                f"{what} must be a level of the framework, {listed(known)}; it is "
                f"{quoted(level)}.{did_you_mean(level, known, likeness=0.8)}",
                "Use one of these levels, or add the level to framework/ first.",
            )


def _levels_without_file(context: Context) -> Iterator[Problem]:
    """Levels that framework.yaml lists and nothing describes."""
    for path, level in ladder.listed_levels(context.document):
        file = f"framework/levels/{level.lower()}.yaml"
        if file not in context.documents:
            yield Problem(
                context.document.at(*path),
                f"A listed level must have a file, {quoted(file)}; {quoted(level)} has none.",
                "Write the file, or take the level off the list.",
            )


def unknown_review(context: Context) -> Iterator[Problem]:
    """The talent review of a case is one that the policy lists.

    Why: A promotion is decided in one of the talent reviews, and their dates say when the case
    is due.

    Fix: Use the id of a talent review in framework/policy.yaml, or have the owners of the policy
    add the one that is missing.

    Bad:
        review: 2027-03

    Good:
        review: 2027-02
    """
    review = context.case.review
    known = [each.id for each in context.policy.talent_reviews]
    if review is not None and review not in known:
        yield Problem(
            context.document.at("review"),
            "`review` must be a talent review of framework/policy.yaml, "
            f"{listed(known, 'which lists none so far')}; it is {quoted(review)}."
            f"{did_you_mean(review, known, likeness=0.9)}",
            ("Use one of these, or ask" if known else "Ask")
            + " the owners of the policy to add the talent review.",
        )


def unknown_behaviour(context: Context) -> Iterator[Problem]:
    """Every behaviour that evidence cites is one of the framework's.

    Why: A reader looks the behaviour up to see what was meant. An id that leads nowhere
    is usually a slip, and hides which one was.

    Fix: Look the id up with `casework ladder` and correct it, or leave it out: citing
    behaviours is a help to readers and never a condition.

    Bad:
        - Split the migration into three deliveries. (shows: IC3-X1)

    Good:
        - Split the migration into three deliveries. (shows: IC3-E1)
    """
    known = [each.id for each in context.framework.behaviours()]
    for item in evidence_of(context.case):
        for mention in item.shows:
            if mention.word not in known:
                yield Problem(
                    mention.at,
                    "`shows` must name behaviours of the framework, such as `IC3-E2`; it has "
                    f"{quoted(mention.word)}.{did_you_mean(mention.word, known, likeness=0.9)}",
                    "Look the behaviour up with `casework ladder`, and correct the id or drop it.",
                )


def unknown_witness(context: Context) -> Iterator[Problem]:
    """Every witness of evidence is in people.yaml.

    Why: A witness is somebody whom reviewers can ask. That takes a name that leads to a person.

    Fix: Write the handle as in cases/people.yaml. For somebody outside, link to what they wrote
    instead.

    Bad:
        - Led the incident review in June. (witness: Barbara)

    Good:
        - Led the incident review in June. (witness: barbara-liskov)
    """
    known = context.people.by_handle
    for item in evidence_of(context.case):
        for mention in item.witnesses:
            if mention.word not in known:
                yield Problem(
                    mention.at,
                    f"`witness` must be a handle in cases/people.yaml, or several with commas "
                    f"between; it is {quoted(mention.word)}.{_whom(mention.word, context.people)}",
                    "Correct the handle, add the person to cases/people.yaml, or give a link "
                    "instead of a witness.",
                )


def _whom(word: str, people: People) -> str:
    """The end of a message that suggests whom somebody meant: by login, by name, or by handle."""
    wanted = word.strip("@*_ ").casefold()
    for person in people.by_handle.values():
        if wanted in (person.handle, person.name.casefold(), (person.github or "").casefold()):
            return f" Did you mean {quoted(person.handle)}?"
    return did_you_mean(word, people.by_handle)
