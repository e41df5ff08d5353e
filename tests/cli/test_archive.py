"""Which commits belong to one pull request, as the notes tell."""

import pytest

from casework.cli.archive import _pull_requests


@pytest.mark.parametrize(
    ("numbers", "begins", "ends"),
    [
        ([], [], []),
        ([None, None], [0, 1], [0, 1]),
        ([41, 41, 42], [0, 0, 2], [1, 1, 2]),
        ([41, None, 41, None], [0, 0, 0, 3], [2, 2, 2, 3]),
        ([41, None, 42, 41], [0, 1, 2, 3], [0, 1, 2, 3]),
        ([None, 41, None, None], [0, 1, 2, 3], [0, 1, 2, 3]),
    ],
)
def test_a_pull_request_is_what_lies_side_by_side(numbers, begins, ends):
    assert _pull_requests(numbers) == (tuple(begins), tuple(ends))
