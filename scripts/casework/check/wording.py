"""The rules about how a case is worded: advice, and two that keep out what may not stay."""

import re
from collections.abc import Iterator
from functools import lru_cache

from casework.check.cells import rated_sections
from casework.check.context import Context, Problem
from casework.check.pay import pay_figures
from casework.check.phrases import passages, said
from casework.check.placeholders import placeholders
from casework.check.words import quoted
from casework.model.case import Evidence
from casework.model.position import Position
from casework.model.wording import Outcome


def personality_not_work(context: Context) -> Iterator[Problem]:
    """Prose about a person says what was done, and not what the person is like.

    Why: Judgements of personality cannot be checked or acted on, and studies of reviews find them
    mostly in those of women and of people of colour. The same conduct is called confident in one
    and abrasive in another.

    Fix: Describe one occasion: what was done, and what it did to the work or to others. If it did
    nothing to either, leave it out.

    Bad:
        - She is too abrasive in reviews.

    Good:
        - Three authors asked for another reviewer after comments that called their code careless.
    """
    for phrase in said(context, "personality-not-work"):
        yield Problem(
            phrase.at,
            f"Prose about a person should say what was done; {quoted(phrase.text)} says what "
            "somebody is like.",
            phrase.advice,
        )


def fixed_trait(context: Context) -> Iterator[Problem]:
    """Skill is described by what it did, and not as a gift.

    Why: Gifts are seen in people who look like those who had them before. Words such as genius and
    natural go to some groups several times as often as to others, for the same work; and nobody
    can learn to be born with something.

    Fix: Say what was learned or done, and how.

    Bad:
        - A natural leader.

    Good:
        - Split the migration for three people, and asked each for the date before naming one.
    """
    for phrase in said(context, "fixed-trait"):
        yield Problem(
            phrase.at,
            f"Skill should be shown by what it did; {quoted(phrase.text)} makes a gift of it.",
            phrase.advice,
        )


def vague_praise(context: Context) -> Iterator[Problem]:
    """Praise says what it is for.

    Why: Reviewers cannot weigh a superlative, and it tells the engineer nothing to do again. In
    studies of reviews vague praise goes along with lower ratings for women: it takes the place of
    the outcomes that a rating would rest on.

    Fix: Write down what was done and what changed because of it. The superlative is then not
    missed.

    Bad:
        - A rock star who always goes above and beyond.

    Good:
        - Took over the pager in the week of the move, and closed the last gap on Friday.
    """
    for phrase in said(context, "vague-praise"):
        yield Problem(
            phrase.at,
            f"Praise should say what it is for; {quoted(phrase.text)} says nothing that a reviewer "
            "can weigh.",
            phrase.advice,
        )


def potential_not_performance(context: Context) -> Iterator[Problem]:
    """A case rests on what was done, and not on what somebody may become.

    Why: In a study of thirty thousand employees women were given better ratings than men for what
    they had done, and worse ones for what they might do; and then did more than was forecast. The
    framework promotes for a quarter at the next level, not for the hope of one.

    Fix: Name the work that makes you expect more. If there is none yet, wait for it.

    Bad:
        - She has the potential to be a great tech lead.

    Good:
        - Led three people through the second part; two of them have led a part since.
    """
    for phrase in said(context, "potential-not-performance"):
        yield Problem(
            phrase.at,
            f"A case should rest on what was done; {quoted(phrase.text)} says what may come.",
            phrase.advice,
        )


def hedge(context: Context) -> Iterator[Problem]:
    """What a case says of a person, it says outright.

    Why: A doubt without a reason cannot be answered. In letters of recommendation such doubts stand
    more often beside women's names, and readers rate the person lower for them.

    Fix: Say what you know and how you know it. Name a doubt that has a reason under Growth areas,
    with the reason.

    Bad:
        - She seems to understand the indexer, I think.

    Good:
        - Found two faults in the indexer that its authors had missed.
    """
    for phrase in said(context, "hedge"):
        yield Problem(
            phrase.at,
            f"What is said of a person should be said outright; {quoted(phrase.text)} takes "
            "half of it back.",
            phrase.advice,
        )


def no_outcome(context: Context) -> Iterator[Problem]:
    """Evidence says what came of the work.

    Why: Being busy looks the same at every level; what came of it does not. Reviews name
    the outcome more often when they are about men, and what is not named is not rated.

    Fix: Add what changed, for whom, and by how much if there is a figure. A decision that was taken
    or something that others now do is an outcome too. A link also counts: the rule says nothing
    about an item that has one.

    Bad:
        - Worked on the indexer.

    Good:
        - Rewrote how the indexer retries; it has not lost a repository since.
    """
    outcome = context.organisation.wording.outcome
    for _, _, section in rated_sections(context):
        for item in section.items:
            # Of what is still to be written, another rule says so.
            if _lacks_outcome(item, outcome) and not _is_unwritten(item):
                yield Problem(
                    item.at,
                    "Evidence should say what came of the work; this item names no result.",
                    "Add what changed because of it, and for whom.",
                )


_SHOWN = re.compile(r"\d|https?:|\]\(|\n\s*\n")


def _lacks_outcome(item: Evidence, outcome: Outcome) -> bool:
    """Whether an item is short and holds neither a figure nor a source nor a word of result."""
    longest = max(outcome.short, outcome.short_activity)
    count = len(item.text.split())
    if not 0 < count <= longest or item.links or _SHOWN.search(item.text):
        return False
    text = " ".join(item.text.lower().split())
    allowed = outcome.short_activity if _any(outcome.activities).match(text) else outcome.short
    return count <= allowed and not _any(outcome.results).search(text)


def _is_unwritten(item: Evidence) -> bool:
    return any(True for passage in item.passages for _ in placeholders(passage))


@lru_cache(maxsize=8)
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words)) or '(?!)'})\b")


def pay_figure(context: Context) -> Iterator[Problem]:
    """Nobody's pay is in the repository.

    Why: Everybody who can read the repository can read it, now and in its history, which is
    never deleted. Money saved or earned for the company is an outcome and welcome.

    Fix: Take the figure out, and ask the owners of the repository to remove it from the history of
    the branch before it is merged. The finding does not repeat it, since findings end up in logs.

    Bad:
        - Her salary goes from $90,000 to $101,000.

    Good:
        - Saved $90,000 a year on storage.
    """
    text = context.document.text
    for offset in pay_figures(text, context.organisation.wording.pay):
        yield Problem(
            Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)),
            "A case must not say what anybody is paid; here an amount is next to a word for pay.",
            "Remove the amount, and have it removed from the branch's history before it is merged. "
            "Money saved or earned for the company may stay.",
        )


def placeholder_text(context: Context) -> Iterator[Problem]:
    """Every placeholder has been replaced by text.

    Why: A reviewer cannot tell what was meant to be there, and the engineer will still find it
    years later.

    Fix: Write the text, or delete the line. Where the word itself is meant, as in a list of TODO
    comments that were cleared, put it in backticks.

    Bad:
        - TODO: numbers from the dashboard

    Good:
        - The error rate fell from 4 % to 0.2 %.
    """
    for passage in passages(context.case):
        for offset, text in placeholders(passage):
            yield Problem(
                passage.position(offset),
                f"A case must be written out in full; {quoted(text)} is a placeholder.",
                "Write what belongs here, or delete it.",
            )
