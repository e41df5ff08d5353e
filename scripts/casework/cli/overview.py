"""What a command that lists many cases looks at: the files of a clone, and the rules they state."""

from typing import NamedTuple

from casework.cli.cache import Cache
from casework.cli.results import examine_all
from casework.cli.rulebook import Rulebook, readable_rulebook, require_flawless
from casework.cli.settings import Settings
from casework.cli.shelf import Shelf
from casework.model.finding import Severity
from casework.model.growth import KnownCase
from casework.model.organisation import Organisation
from casework.read.documents import PEOPLE, POLICY
from casework.read.git import Git
from casework.read.source import Revision, Source, WorkingTree


class Overview(NamedTuple):
    """One state of the files, whose rules can be read."""

    source: Source
    rulebook: Rulebook
    settings: Settings

    @classmethod
    def of(cls, git: Git, settings: Settings) -> "Overview":
        """The files as they lie in the working tree; of a bare repository, its current commit.

        Raises FailureError where it cannot be known from them who is who, or what is due.
        """
        source = Revision(git, git.resolve("HEAD")) if git.is_bare else WorkingTree(git.root, git)
        return cls.by_own_rules(source, settings)

    @classmethod
    def by_own_rules(cls, source: Source, settings: Settings) -> "Overview":
        """A state of the files, by the rules that it states itself. Raises FailureError."""
        rulebook = readable_rulebook(source, Shelf(settings.cache_folder))
        # Somebody would be missing from a list without a word.
        for path in (POLICY, PEOPLE):
            require_flawless(rulebook, path)
        return cls(source, rulebook, settings)

    @property
    def organisation(self) -> Organisation:
        """What cases are judged against."""
        return self.rulebook.known_organisation

    def cases(self, paths: tuple[str, ...]) -> tuple[KnownCase, ...]:
        """How the cases at the paths stand."""
        with Cache(self.settings.cache_folder) as cache:
            found = examine_all(self.source, paths, self.rulebook, self.settings, cache)
        return tuple(
            KnownCase(each.case, sum(one.severity is Severity.ERROR for one in each.findings))
            for each in found
            if each.case
        )
