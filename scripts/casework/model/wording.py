"""The word lists behind the wording rules: data that people ops edit."""

from typing import NamedTuple


class Phrase(NamedTuple):
    """One phrase that a wording rule points out, and what helps instead."""

    pattern: str
    """A regular expression over lower-case text, made from the list's plain notation."""
    advice: str


class Wording(NamedTuple):
    """The phrases of each wording rule, by the rule's id."""

    phrases: dict[str, tuple[Phrase, ...]]

    def of(self, rule: str) -> tuple[Phrase, ...]:
        """The phrases of one rule, none when the lists leave it out."""
        return self.phrases.get(rule, ())
