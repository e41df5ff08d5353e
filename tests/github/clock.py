"""A clock of GitHub's own, that nothing on this machine moves."""

import threading
from datetime import UTC, datetime, timedelta


class Clock:
    """A minute later each time it is looked at."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._now = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def now(self) -> str:
        with self.lock:
            self._now += timedelta(minutes=1)
            return self._now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def turn_clock(self, day: str) -> None:
        """To nine o'clock on a day, such as `2027-02-10`."""
        self._now = datetime.fromisoformat(f"{day}T09:00:00+00:00")
