"""How an engineer performed in one category in one quarter, against the level held then."""

from enum import IntEnum


class Rating(IntEnum):
    """The four ratings in ascending order, so that they compare as design.md orders them."""

    BELOW = 1
    MEETS = 2
    EXCEEDS = 3
    NEXT = 4

    @property
    def word(self) -> str:
        """The rating as it is written in a case."""
        return self.name.lower()

    @classmethod
    def parse(cls, word: object) -> "Rating | None":
        """The rating of that name, or None when there is none."""
        return _BY_WORD.get(word) if isinstance(word, str) else None


_BY_WORD = {rating.word: rating for rating in Rating}

RATING_WORDS = tuple(_BY_WORD)
