"""The career framework: tracks of levels, their categories and behaviours, and the values."""

from typing import NamedTuple


class Category(NamedTuple):
    """One of the areas in which every level of a track says what it expects."""

    id: str
    name: str
    initial: str
    """The letter in a behaviour's id, `E` in `IC3-E2`."""
    description: str

    def is_titled(self, title: str) -> bool:
        """Whether a section's title names this category, in whatever case."""
        return title.strip().casefold() in (self.id.casefold(), self.name.casefold())


class Behaviour(NamedTuple):
    """An example of what a level looks like in a category: never a checkbox."""

    id: str
    text: str


class Expectation(NamedTuple):
    """What a level asks for in one category."""

    category: str
    summary: str
    behaviours: tuple[Behaviour, ...]


class Level(NamedTuple):
    """A step of a track."""

    id: str
    name: str
    summary: str
    finalised: bool
    """False while its description is not settled: nobody can be promoted to it yet."""
    expectations: tuple[Expectation, ...]

    def expectation(self, category: str) -> Expectation | None:
        """What the level asks for in the category of that id."""
        return next((each for each in self.expectations if each.category == category), None)


class Track(NamedTuple):
    """A ladder of levels that share their categories, lowest first."""

    name: str
    categories: tuple[Category, ...]
    levels: tuple[Level, ...]

    def category(self, title: str) -> Category | None:
        """The category that a section's title names."""
        return next((each for each in self.categories if each.is_titled(title)), None)


class Value(NamedTuple):
    """One of the organisation's values, which hold at every level."""

    id: str
    name: str
    description: str


class Framework(NamedTuple):
    """All that is asked of engineers, in one version."""

    version: str
    tracks: tuple[Track, ...]
    values: tuple[Value, ...]

    def track_of(self, level: str | None) -> Track | None:
        """The track that has the level of that id."""
        return next((t for t in self.tracks if any(each.id == level for each in t.levels)), None)

    def level(self, level: str | None) -> Level | None:
        """The level of that id."""
        track = self.track_of(level)
        return next((each for each in track.levels if each.id == level), None) if track else None

    def level_after(self, level: str | None) -> Level | None:
        """The level right above, or None at the top of a track."""
        above = self.levels_above(level)
        return above[0] if above else None

    def levels_above(self, level: str | None) -> tuple[Level, ...]:
        """All levels above one of the same track, lowest first."""
        track = self.track_of(level)
        ids = [each.id for each in track.levels] if track else []
        return track.levels[ids.index(level) + 1 :] if track and level is not None else ()

    def levels_through(self, level: str | None) -> tuple[Level, ...]:
        """The level and all that it builds on, lowest first."""
        track = self.track_of(level)
        ids = [each.id for each in track.levels] if track else []
        return track.levels[: ids.index(level) + 1] if track and level is not None else ()

    def behaviour(self, behaviour: str) -> Behaviour | None:
        """The behaviour of that id."""
        return next((each for each in self.behaviours() if each.id == behaviour), None)

    def behaviours(self) -> tuple[Behaviour, ...]:
        """All behaviours of all tracks, in reading order."""
        return tuple(
            behaviour
            for track in self.tracks
            for level in track.levels
            for expectation in level.expectations
            for behaviour in expectation.behaviours
        )

    def level_ids(self) -> tuple[str, ...]:
        """The ids of all levels, track by track, lowest first."""
        return tuple(level.id for track in self.tracks for level in track.levels)
