"""What happened to a person's cases, from their versions on the main branch."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from casework.assess.differences import cell_changes, differences
from casework.assess.record import is_late, on_record
from casework.model.case import Case, RatedQuarter, Status
from casework.model.difference import Change, Changes
from casework.model.fiscal import Quarter
from casework.model.framework import Framework, Track
from casework.model.history import CaseHistory, Landing, Version
from casework.model.policy import Policy
from casework.model.rating import Rating
from casework.model.story import (
    Decided,
    Deleted,
    Dropped,
    Edited,
    Event,
    EvidenceGone,
    ManagerChanged,
    Moment,
    Moved,
    Opened,
    PutBack,
    Readable,
    Recorded,
    Reopened,
    Rerated,
    Standing,
    Story,
    Submitted,
    Unreadable,
)

IsQuotable = Callable[[str], bool]
"""Whether a text of somebody may be repeated."""


class Rules(NamedTuple):
    """What a story is told by."""

    policy: Policy
    framework: Framework
    is_quotable: IsQuotable

    def track(self, case: Case) -> Track | None:
        """Whose categories a case is rated in."""
        return self.framework.track_of(case.from_level)

    def is_rated(self, rated: RatedQuarter, case: Case) -> bool:
        """Whether a quarter is rated in all categories."""
        track = self.track(case)
        needed = {each.id for each in track.categories} if track else set()
        return bool(rated.ratings) and needed <= rated.ratings.keys()


def stories(histories: Iterable[CaseHistory], rules: Rules) -> tuple[Story, ...]:
    """The story of each case; `histories` are all of the person's."""
    known = tuple(histories)
    return tuple(_Teller(each, known, rules).story() for each in known)


def standings(histories: Iterable[CaseHistory], policy: Policy) -> tuple[Standing, ...]:
    """The quarters of a person as the main branch rates them last, and since when."""
    known = tuple(histories)
    last: dict[Quarter, RatedQuarter] = {}
    # What cases say now stands before what they said, and a later commit before an earlier one.
    versions = ((v, v is each.versions[-1]) for each in known for v in each.versions)
    for version, _ in sorted(versions, key=lambda each: (each[1], each[0].landing.place)):
        rated = version.case.quarters if version.case else ()
        last |= {each.quarter: each for each in rated if each.ratings}
    quarters = [last[each] for each in sorted(last)]
    found = on_record(known, quarters, policy.calendar)
    return tuple(Standing(e.ratings, r) for e, r in zip(quarters, found, strict=True))


class _Teller:
    """Goes through the versions of a case, from the first to the last."""

    def __init__(
        self, history: CaseHistory, of_person: tuple[CaseHistory, ...], rules: Rules
    ) -> None:
        self._history = history
        self._of_person = of_person
        self._rules = rules
        self._before: Version | None = None
        self._case: Case | None = None
        """As it could be read last."""
        self._status: Status | None = None
        """As it was known last."""
        self._content: str | None = None
        self._is_broken = False

    def story(self) -> Story:
        """What became of the case."""
        moments = tuple(self._moment(each) for each in self._history.versions)
        path, person = self._history.path, self._history.person
        return Story(path, person, self._history.is_there, self._case, moments)

    def _moment(self, version: Version) -> Moment:
        before, was = self._before, self._status
        is_after = was is not None and was.is_decided
        events = list(self._happened(version))
        case, old = version.case, self._case
        if case is not None and case.document.readable:
            if old is not None and version.content != self._content:
                events += self._edited(old, case, is_all=is_after or not events)
            self._case, self._is_broken = case, False
            self._status = case.status or was
        days = (version.landing.day - before.landing.day).days if before else None
        self._before, self._content = version, version.content or self._content
        landing, path, content = version.landing, version.path, version.content
        return Moment(landing, path, content, days, tuple(events), is_after)

    def _happened(self, version: Version) -> Iterator[Event]:
        case = version.case
        if case is None or version.content is None:
            yield Deleted()
            return
        is_readable = case.document.readable
        if self._before is None:
            yield Opened(case.status if is_readable else None)
        elif self._before.content is None:
            yield PutBack()
        yield from self._moved(version, case)
        if not is_readable:
            self._is_broken = True
            yield Unreadable()
            return
        if self._is_broken:
            yield Readable()
        yield from self._told(case, version.landing)

    def _moved(self, version: Version, case: Case) -> Iterator[Event]:
        if self._before is None:
            return
        was, old = self._before.path, self._case
        review = old.review if old else None
        is_known = old is not None and case.document.readable
        if was != version.path or (is_known and review != case.review):
            yield Moved(was, version.path, review, case.review if is_known else review)

    def _told(self, case: Case, landing: Landing) -> Iterator[Event]:
        """What differs from what could be read before."""
        old = self._case
        yield from self._status_events(case)
        yield from self._recorded(old, case, landing)
        if old is not None:
            changes = self._changes(old, case)
            yield from self._rerated(changes, old, case)
            yield from self._evidence_gone(changes)
            if old.manager != case.manager:
                yield ManagerChanged(old.manager, case.manager)

    def _changes(self, old: Case, case: Case) -> Changes:
        track = self._rules.track(case) or self._rules.track(old)
        return differences(old, case, track, "") or Changes("")

    def _status_events(self, case: Case) -> Iterator[Event]:
        was, now = self._status, case.status
        if now is None or was is now:
            return
        if now.is_decided:
            instead_of = was if was and was.is_decided else None
            yield Decided(now, case.decided, case.effective, instead_of)
        elif was is not None and (was.is_decided or now is Status.DRAFT):
            yield Reopened(was, now)
        elif was is not None:
            yield Submitted()

    def _recorded(self, old: Case | None, case: Case, landing: Landing) -> Iterator[Event]:
        calendar = self._rules.policy.calendar
        known = {e.quarter for e in old.quarters if self._rules.is_rated(e, old)} if old else set()
        for each in case.quarters:
            if each.quarter in known or not self._rules.is_rated(each, case):
                continue
            (record,) = on_record(self._of_person, (each,), calendar)
            days = (landing.day - calendar.last_day(each.quarter)).days
            if record.first and record.first.place < landing.place:
                was = self._rated_last(each.quarter, landing)
                cells = tuple(cell_changes(was, each.ratings))
                yield Recorded(each.quarter, each.ratings, days, False, record.first, cells)
            else:
                yield Recorded(each.quarter, each.ratings, days, is_late(days, landing))

    def _rated_last(self, quarter: Quarter, landing: Landing) -> Mapping[str, Rating]:
        """How a quarter was rated before a commit, by whatever case rated it last."""
        found = (
            (version.landing.place, rated.ratings)
            for history in self._of_person
            for version in history.versions
            if version.case and version.landing.place < landing.place
            for rated in version.case.quarters
            if rated.quarter == quarter
        )
        return max(found, key=lambda each: each[0])[1]

    def _rerated(self, changes: Changes, old: Case, case: Case) -> Iterator[Event]:
        new = {e.quarter for e in case.quarters if self._rules.is_rated(e, case)}
        new -= {e.quarter for e in old.quarters if self._rules.is_rated(e, old)}
        for each in changes.quarters:
            if each.change is Change.REMOVED:
                yield Dropped(each.quarter, each.cells)
            elif each.quarter not in new:
                yield Rerated(each.quarter, each.cells)

    def _evidence_gone(self, changes: Changes) -> Iterator[Event]:
        for each in changes.evidence:
            if each.removed:
                texts = tuple(item.text for item in each.removed)
                shown = texts if all(map(self._rules.is_quotable, texts)) else ()
                yield EvidenceGone(each.quarter, each.category, shown, len(texts))

    def _edited(self, old: Case, case: Case, *, is_all: bool) -> Iterator[Event]:
        """What else differs: of the fields all of it, of the text only where `is_all`.

        Of what changed together with the status it is told too: it is what was handed in.
        """
        told = {"review", "manager"}
        if None not in (old.status, case.status):
            told.add("status")
        if old.status is not case.status:
            told |= {"decided", "effective"}
        changes = self._changes(old, case)
        fields = tuple(each.name for each in changes.fields if each.name not in told)
        rated = {each.quarter for each in old.quarters}
        evidence = any(
            each.added or each.reworded
            for each in changes.evidence
            if is_all or each.quarter in rated
        )
        is_told = is_all or old.status is not case.status
        titles = tuple(each.title for each in changes.sections) if is_told else ()
        if fields or is_all or (is_told and (titles or evidence)):
            shown = tuple(each for each in titles if each and self._rules.is_quotable(each))
            yield Edited(fields, evidence and is_told, bool(titles), shown)
