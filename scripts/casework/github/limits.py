"""How long GitHub wants to be left alone: its primary and its secondary limits.

It says so in several ways, and they are heeded in the order that it asks for: `Retry-After`, then
the reset of an allowance that is used up, else at least a minute. Its own clock says what time it
is, so that nothing here depends on ours.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

AT_LEAST = 60.0
"""Seconds to wait where GitHub names none; doubled each time."""


def seconds_of_limit(
    status: int, headers: Mapping[str, str], message: str, attempt: int
) -> float | None:
    """For how long no request is taken, or None when the answer is no limit's."""
    if status not in (403, 429):
        return None
    named = _retry_after(headers)
    if named is None and headers.get("x-ratelimit-remaining") == "0":
        named = _reset(headers)
    if named is not None:
        return max(named, 1.0)
    said = message.lower()
    if status == 429 or "rate limit" in said or "abuse detection" in said:
        return AT_LEAST * 2.0**attempt
    return None


def again_at(headers: Mapping[str, str], delay: float) -> str:
    """When requests are taken again, as people say it."""
    now = _clock(headers)
    if now is None:
        return f"{round(delay)} seconds from now"
    try:
        # The minute that it falls in has begun a little too early.
        return f"`{now + timedelta(seconds=delay, minutes=1):%Y-%m-%d %H:%M} UTC`"
    except OverflowError:
        return "a day that no calendar has"


def _retry_after(headers: Mapping[str, str]) -> float | None:
    value = headers.get("retry-after", "")
    if value.isdecimal():
        return float(value)
    day, now = _day(value), _clock(headers)
    return (day - now).total_seconds() if day and now else None


def _reset(headers: Mapping[str, str]) -> float | None:
    value, now = headers.get("x-ratelimit-reset", ""), _clock(headers)
    # A second more, since nobody says when in that second it is.
    return float(value) - now.timestamp() + 1 if value.isdecimal() and now else AT_LEAST


def _clock(headers: Mapping[str, str]) -> datetime | None:
    return _day(headers.get("date", ""))


def _day(value: str) -> datetime | None:
    with suppress(ValueError):
        return parsedate_to_datetime(value).astimezone(UTC)
    return None
