"""Results kept by content between runs. Whatever is wrong with them, a run only takes longer.

They lie in the user's own cache directory, readable by nobody else: cases speak about people.
"""

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from casework.cli.store import Store


class Cache:
    """A table from digests to JSON, opened when it is first asked; without a folder, empty."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._store: Store | None = None

    @property
    def is_kept(self) -> bool:
        """Whether anything is kept at all."""
        return self._folder is not None

    def get(self, key: bytes) -> Any:
        """What was kept under a key, or None."""
        store = self._opened()
        return store.get(key) if store else None

    def put(self, key: bytes, value: Any) -> None:
        """Keep what JSON can hold under a key."""
        if store := self._opened():
            store.put(key, value)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._store:
            self._store.close()
            self._store = None

    def _opened(self) -> "Store | None":
        if self._store is None and self._folder is not None:
            from casework.cli.store import Store  # a run over few files never opens one

            self._store = Store(self._folder)
        return self._store
