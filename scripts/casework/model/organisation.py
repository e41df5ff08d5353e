"""What a case is judged against."""

from typing import NamedTuple

from casework.model.framework import Framework
from casework.model.people import People
from casework.model.policy import Policy
from casework.model.wording import Wording


class Organisation(NamedTuple):
    """The framework, the policy, the people and the word lists of one revision."""

    framework: Framework
    policy: Policy
    people: People
    wording: Wording
