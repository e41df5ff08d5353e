"""`casework status`: a talent review at a glance, on the main branch, here and on GitHub."""

import time
from typing import NamedTuple

from casework.assess.glance import current_review, glance, review_before
from casework.cli.failure import Exit, FailureError, UsageError, did_you_mean
from casework.cli.open_requests import OpenRequests, look
from casework.cli.options import Options
from casework.cli.overview import Overview
from casework.cli.place import place_of
from casework.cli.settings import Settings
from casework.cli.sightings import clone_of, in_clone, in_requests, named
from casework.cli.surroundings import Surroundings
from casework.cli.terminal import write
from casework.github.connection import Access, connect
from casework.github.fault import GitHubError
from casework.model.glance import Glance
from casework.model.policy import Policy, TalentReview
from casework.read.documents import POLICY
from casework.read.git import Git
from casework.read.git_error import GitError

_PATIENCE = 60
_NOT_ASKED = (
    "Open pull requests are not shown: GitHub is asked only where GH_TOKEN or GITHUB_TOKEN holds "
    "a token."
)


class _Asked(NamedTuple):
    """What GitHub told."""

    requests: OpenRequests | None
    notes: tuple[str, ...] = ()
    has_failed: bool = False


def run(options: Options, settings: Settings) -> int:
    """Show it, or remind of what is due where that was asked for."""
    if options.post:
        from casework.cli.reminders import run as remind

        return remind(options, settings)
    git = Git.find(settings.directory)
    asked = _asked(git, settings)
    clone = clone_of(git, asked.requests.tip if asked.requests else None, settings)
    organisation = clone.main.organisation
    review = _review(options.review, organisation.policy, settings)
    before = review_before(review, organisation.policy)
    is_wanted = named(review.id, *([before.id] if before else []))
    found = [*in_clone(clone, is_wanted)]
    if asked.requests:
        found += in_requests(asked.requests.found, is_wanted)
    notes = (*clone.notes, *asked.notes)
    told = glance(found, review, organisation, settings.today, notes)
    write(_said(told, clone.main, options, settings))
    return Exit.CANNOT_RUN if asked.has_failed else Exit.HOLDS


def _asked(git: Git, settings: Settings) -> _Asked:
    """What is open on GitHub; without a token, that nobody was asked."""
    around = Surroundings.read()
    if not (around.token or around.enterprise_token):
        return _Asked(None, (_NOT_ASKED,))
    try:
        place = place_of(around, git)
    except FailureError as failure:  # a token may be there for other ends
        return _Asked(None, (f"Open pull requests are not shown: {failure.message}.",))
    token = place.token(around)
    if token is None:
        return _Asked(
            None, (f"Open pull requests are not shown: {place.variable} holds no token.",)
        )
    try:
        access = Access(place.api_url, place.repository, token)
        repository = connect(access, time.sleep, _PATIENCE)
        found = look(repository, git, place.remote, settings, time.sleep)
    except (GitHubError, GitError, FailureError) as error:
        why = f"Open pull requests are not shown: {error.message}. {error.help}".strip()
        return _Asked(None, (why,), has_failed=True)
    return _Asked(found, found.troubles, has_failed=bool(found.troubles))


def _review(wanted: str | None, policy: Policy, settings: Settings) -> TalentReview:
    """The talent review that was named, or else the current one. Raises UsageError."""
    if wanted is None:
        current = current_review(policy, settings.today)
        if current is None:
            raise FailureError(
                f"a talent review must be listed in `{POLICY}`; none is",
                "Have the owners of the policy add one under `talent_reviews`.",
            )
        return current
    found = policy.talent_review(wanted)
    if found is None:
        known = tuple(each.id for each in policy.talent_reviews)
        raise UsageError(
            f"a talent review must be one of `{POLICY}`; there is no `{wanted}`",
            did_you_mean(wanted, known) or f"It lists {', '.join(known) or 'none'}.",
        )
    return found


def _said(told: Glance, main: Overview, options: Options, settings: Settings) -> str:
    people = main.organisation.people
    if options.format == "json":
        from casework.render.status import status_data
        from casework.render.wire import json_text

        return json_text(status_data(told))
    if options.format == "markdown":
        from casework.render.status_markup import status_markdown

        return status_markdown(told, people)
    from casework.render.status_text import status_text

    return status_text(told, people, colour=settings.colour, width=settings.width)
