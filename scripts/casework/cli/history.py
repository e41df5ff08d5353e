"""`casework history`: what became of cases on the main branch, and when."""

from collections.abc import Iterable
from functools import partial

from casework.assess.story import Rules, standings, stories
from casework.check.pay import pay_figures
from casework.cli.failure import Exit, UsageError, did_you_mean
from casework.cli.options import Options
from casework.cli.settings import Settings
from casework.cli.terminal import write
from casework.cli.trunk import NOT_MERGED, Trunk, from_root
from casework.model.english import enumerated
from casework.model.history import CaseHistory
from casework.model.note import NOTES
from casework.model.organisation import Organisation
from casework.model.people import People
from casework.model.story import Biography, Outline, Overview, Stories, Story, Told
from casework.model.wording import Wording
from casework.read.chronicle import chronicle
from casework.read.deadlines import with_deadlines
from casework.read.documents import PEOPLE, is_case
from casework.read.lineage import all_histories, histories, latest
from casework.read.schema import Schemas
from casework.render.history import Setting


def run(options: Options, settings: Settings) -> int:
    """Tell the history of whom or what was named; of every case in a line without."""
    trunk = Trunk.of(settings, options.base)
    rulebook = trunk.rulebook(settings)
    organisation = rulebook.known_organisation
    has_notes = trunk.git.commit(NOTES) is not None
    teller = _Teller(trunk, rulebook.schemas, organisation)
    setting = Setting(trunk.name, trunk.commit, organisation, has_notes)
    write(_said(_told(options.whose, teller, trunk, settings), setting, options, settings))
    return Exit.HOLDS


def _told(whose: str | None, teller: "_Teller", trunk: Trunk, settings: Settings) -> Told:
    if whose is None:
        return teller.overview()
    path = _path(whose, trunk, settings)
    return teller.stories_at(path) if path else teller.biography(_handle(whose))


def _path(word: str, trunk: Trunk, settings: Settings) -> str | None:
    """The case that was named, if it was one: by its path from the root or from here."""
    paths = from_root(word, trunk.git.root, settings.directory)
    return next((each for each in paths if is_case(each)), None)


def _handle(word: str) -> str:
    """The handle that was named, also by its folder."""
    return word.rstrip("/").removeprefix("./").removeprefix("cases/")


class _Teller:
    """Tells what a branch says."""

    def __init__(self, trunk: Trunk, schemas: Schemas, organisation: Organisation) -> None:
        self._trunk = trunk
        self._schemas = schemas
        self._organisation = organisation
        self._rules = Rules(
            organisation.policy,
            organisation.framework,
            partial(_is_quotable, wording=organisation.wording),
        )

    def overview(self) -> Overview:
        """Every case, by person."""
        found = latest(self._trunk.git, self._trunk.commit, self._schemas)
        return Overview(tuple(map(_outline, sorted(found, key=lambda each: each.person))))

    def biography(self, handle: str) -> Biography:
        """Somebody's cases. Raises UsageError for somebody who never was."""
        lay = all_histories(self._trunk.git, self._trunk.commit, self._schemas, handle)
        found = self._with_deadlines(each for each in lay if each.person == handle)
        person = self._organisation.people.get(handle)
        if person is None and not found:
            raise self._moved(handle, lay) if lay else self._unknown(handle)
        record = standings(found, self._organisation.policy)
        return Biography(handle, person, stories(found, self._rules), record)

    def stories_at(self, path: str) -> Stories:
        """The cases that lie at a path, or ever did. Raises UsageError where none did."""
        folder = path.split("/")[1]
        found = all_histories(self._trunk.git, self._trunk.commit, self._schemas, folder)
        told: list[Story] = []
        for person in dict.fromkeys(each.person for each in found if _lay_at(path, each)):
            own = tuple(each for each in found if each.person == person)
            if person != folder:
                own = histories(self._trunk.git, self._trunk.commit, self._schemas, person)
            own = self._with_deadlines(own)
            pairs = zip(own, stories(own, self._rules), strict=True)
            told += (story for history, story in pairs if _lay_at(path, history))
        if not told:
            raise self._no_case(path)
        return Stories(tuple(told))

    def _with_deadlines(self, found: Iterable[CaseHistory]) -> tuple[CaseHistory, ...]:
        return with_deadlines(self._trunk.git, found, self._schemas)

    def _moved(self, handle: str, lay: tuple[CaseHistory, ...]) -> UsageError:
        now = sorted({each.person for each in lay})
        named = enumerated([f"`{each}`" for each in now])
        return UsageError(
            f"a person must be a handle in `{PEOPLE}`; `{handle}` no longer is one, and the "
            f"cases went to {named}",
            f"See `casework history {now[0]}`.",
        )

    def _unknown(self, handle: str) -> UsageError:
        people = self._organisation.people
        seen = {each.split("/")[1] for each in self._paths()}
        known = tuple(sorted({*people.by_handle, *seen}))
        return UsageError(
            f"a person must be a handle in `{PEOPLE}`, or have had a case on {self._trunk.name}; "
            f"there is no `{handle}`",
            _by_name(handle, people) or did_you_mean(handle, known) or _REMEDY,
        )

    def _no_case(self, path: str) -> UsageError:
        if self._trunk.is_still_here_alone(path):
            return UsageError(
                f"a case must have been on {self._trunk.name}; `{path}` is only in your files",
                NOT_MERGED,
            )
        return UsageError(
            f"a case must have been on {self._trunk.name}; there has never been `{path}`",
            did_you_mean(path, tuple(self._paths())) or _REMEDY,
        )

    def _paths(self) -> list[str]:
        """Where cases ever lay."""
        steps = chronicle(self._trunk.git, self._trunk.commit, "cases")
        paths = {change.path for step in steps for change in step.changes}
        return sorted(each for each in paths if is_case(each))


_REMEDY = "`casework history` alone lists all there are."


def _by_name(word: str, people: People) -> str:
    """A question that names whom a name or a login probably means, or nothing."""
    wanted = word.strip("@ ").casefold()
    for each in people.by_handle.values():
        if wanted in (each.name.casefold(), (each.github or "").casefold()):
            return f"Did you mean `{each.handle}`?"
    return ""


def _lay_at(path: str, history: CaseHistory) -> bool:
    return any(each.path == path for each in history.versions)


def _is_quotable(text: str, wording: Wording) -> bool:
    """Whether a text says nothing of anybody's pay, which is nowhere said again."""
    return not any(True for _ in pay_figures(text, wording.pay))


def _outline(history: CaseHistory) -> Outline:
    first, last = history.versions[0], history.versions[-1]
    case = next((each.case for each in reversed(history.versions) if each.case), None)
    return Outline(
        history.path, history.person, case, history.is_there, first.landing, last.landing
    )


def _said(told: Told, setting: Setting, options: Options, settings: Settings) -> str:
    if options.format == "json":
        from casework.render.history_data import history_data
        from casework.render.wire import json_text

        return json_text(history_data(told, setting))
    if options.format == "markdown":
        from casework.render.history_markup import history_markdown

        return history_markdown(told, setting)
    from casework.render.history_text import history_text

    return history_text(told, setting, colour=settings.colour, width=settings.width)
