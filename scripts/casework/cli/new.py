"""`casework new`: begin a case, with all that is known about the person filled in."""

from casework.cli.asking import ask, can_ask
from casework.cli.failure import Exit, FailureError, UsageError
from casework.cli.files import create
from casework.cli.options import Options
from casework.cli.prospects import (
    finalised,
    possible_quarters,
    require_fit,
    talent_review,
    target,
)
from casework.cli.settings import Settings
from casework.cli.terminal import write
from casework.cli.workplace import Found, Workplace, what
from casework.edit.draft import Start, draft
from casework.model.case import Kind, Status
from casework.model.document import DocumentKind
from casework.model.english import day
from casework.model.framework import Level
from casework.model.people import Person
from casework.model.policy import TalentReview
from casework.read.documents import POLICY, kind_of
from casework.render.escape import terminal, without_commands

_SHOWN = 4
"""How many quarters a new case has headings for: a year's."""


def run(options: Options, settings: Settings) -> int:
    """Write the draft, and say where it is and what to do with it."""
    work = Workplace.of(settings, "new")
    options = _asked(options, work)
    person = work.person(options.person or "")
    level = work.level(person)
    require_fit(person, work)
    cases = work.cases(person.handle)
    if options.in_band:
        review, next_level = None, finalised(work.organisation.framework.level_after(level.id))
    else:
        done = frozenset(each.case.review for each in cases if not each.is_open)
        review = talent_review(options.review, work, done)
        next_level = target(options.to, level, work)
    path = _path(person, review, work)
    _require_none_open(cases, Kind.IN_BAND_INCREASE if options.in_band else Kind.PROMOTION)
    start = _start(person, level, next_level, review, work, cases)
    create(work.source, path, draft(start).encode())
    write(_told(path, start, review, cases))
    return Exit.HOLDS


def _asked(options: Options, work: Workplace) -> Options:
    """The options, with what a terminal was asked for."""
    if options.in_band and (options.review or options.to):
        name = "--review" if options.review else "--to"
        raise UsageError(
            f"`--in-band` must stand without `{name}`: the level stays, and any day will do",
            f"Leave `{name}` out for an increase within the level, or `--in-band` for a promotion.",
        )
    if options.person is not None:
        return options
    missing = "`casework new` must be told whom the case is about"
    remedy = "Name a handle in cases/people.yaml, such as `casework new ada-lovelace`."
    people = work.organisation.people.by_handle
    possible = {
        each.handle: f"{terminal(each.name)}, {terminal(each.level)}"
        for each in people.values()
        if each.level is not None and not each.is_gone(work.today)
    }
    handle = ask("Whom is the case about?", possible, missing, remedy)
    if options.in_band or options.review or options.to or not can_ask():
        return options._replace(person=handle)
    kinds = {"promotion": "to the next level", "in-band": "an increase within the level held"}
    missing = "`casework new` must be told what the case asks for"
    remedy = f"`casework new {handle}` is for a promotion; add `--in-band` for an increase."
    kind = ask("Promotion or in-band?", kinds, missing, remedy)
    return options._replace(person=handle, in_band=kind == "in-band")


def _path(person: Person, review: TalentReview | None, work: Workplace) -> str:
    name = review.id if review else f"in-band-{work.today:%Y-%m}"
    path = f"cases/{person.handle}/{name}.md"
    if kind_of(path) is not DocumentKind.CASE:
        raise FailureError(
            f"a talent review's id must be fit to name a file; `{name}` is not",
            f"Have the owners of `{POLICY}` change it.",
        )
    blob = work.source.read_one(path)
    if blob.obstacle is None:
        status = work.found(path).case.status
        state = f"a case that is `{status.value}`" if status else "a case that cannot be read"
        raise FailureError(
            f"`{path}` must not be there yet; there is {state}",
            f"Nothing is ever overwritten: {_instead(path, status, review)}",
        )
    return path


def _instead(path: str, status: Status | None, review: TalentReview | None) -> str:
    """What to do about a case that is there already."""
    if status is None:
        return f"fix that one first; `casework check {path}` says what is wrong."
    if status is Status.DRAFT:
        return "go on with that one, with `casework rate`."
    if status is Status.SUBMITTED:
        return "go on with that one. Ratings change in a draft: set its `status` back first."
    if review is None:
        return "that one is decided and stays as it is. Another month takes another increase."
    return "that one is decided and stays as it is. Name another talent review: `--review`."


def _require_none_open(cases: tuple[Found, ...], kind: Kind) -> None:
    for each in cases:
        if not each.is_open:
            continue
        case = each.case
        if case.status is None or case.kind is None:
            raise FailureError(
                f"all cases of a person must be readable before one is added; `{each.path}` is not",
                f"Fix it first: `casework check {each.path}` says what is wrong.",
            )
        if case.kind is kind:
            raise FailureError(
                f"a person may have one open case of a kind; `{each.path}` is {case.status.value}",
                "Go on with that one. To take it to another talent review, change `review` in it "
                "and rename the file."
                if kind is Kind.PROMOTION
                else "Go on with that one, or have it decided first.",
            )


def _start(
    person: Person,
    level: Level,
    next_level: Level | None,
    review: TalentReview | None,
    work: Workplace,
    cases: tuple[Found, ...],
) -> Start:
    categories, policy = work.categories(level.id), work.organisation.policy
    quarters = possible_quarters(person, categories, work)
    in_progress = policy.calendar.containing(work.today)
    return Start(
        person,
        level,
        next_level,
        review.id if review else None,
        work.organisation.framework,
        categories,
        quarters[-_SHOWN:],
        quarters[:-_SHOWN],
        in_progress,
        policy.calendar.last_day(in_progress),
        tuple(each.case for each in cases if each.case.person == person.handle),
    )


def _told(path: str, start: Start, review: TalentReview | None, cases: tuple[Found, ...]) -> str:
    handle = start.person.handle
    lines = [f"Wrote {path}, a draft."]
    if start.quarters:
        labels = ", ".join(each.label for each in start.quarters)
        lines.append(f"Next: rate the quarters that have ended ({labels}), for instance with")
        # With two drafts, the one that is meant has to be named.
        is_only = not any(each.case.status is Status.DRAFT for each in cases)
        which = "" if is_only else f" --case {path}"
        lines.append(f"  casework rate {handle} {start.quarters[-1].label}{which}")
        lines.append("and write what they rest on under their headings; then the other sections.")
        if start.recalled:
            lines.append("Some were rated in other cases; comments in the file say where, and how.")
    else:
        lines.append(
            f"No quarter that can count has ended yet; the next one, {start.in_progress.label}, "
            f"does on {day(start.ends)}."
        )
    if review is not None:
        lines.append(
            f"The talent review {review.id} takes cases until {day(review.cases_due)}, with "
            "`status: submitted`."
        )
    lines += [f"Other open case: {each.path}, {what(each.case)}." for each in cases if each.is_open]
    lines.append("`casework review` shows at any time how it stands. Merge the draft early.")
    return without_commands("".join(f"{terminal(each)}\n" for each in lines))
