"""Contents of objects, asked of one git for as many as are wanted."""

from collections.abc import Iterator, Sequence
from typing import IO

from casework.read.git_error import GitError

_WINDOW = 64  # objects asked for at once: few enough that neither pipe ever fills with requests


def contents(asking: IO[bytes], answers: IO[bytes], ids: Sequence[str]) -> Iterator[bytes]:
    """The content of each object, in the order asked for, from a `cat-file --batch`."""
    for start in range(0, len(ids), _WINDOW):
        window = ids[start : start + _WINDOW]
        asking.write("".join(f"{each}\n" for each in window).encode())
        asking.flush()
        for each in window:
            yield _content(answers, each)


def _content(stream: IO[bytes], id: str) -> bytes:
    header = stream.readline().split()
    if len(header) != 3:
        raise GitError(
            f"the repository must hold all of its objects; `{id}` is missing",
            "Clone the repository again, with all that it holds (without `--filter`).",
        )
    content = stream.read(int(header[2]))
    stream.read(1)
    return content
