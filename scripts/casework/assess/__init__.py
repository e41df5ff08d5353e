"""What follows from a case: pure functions of model values and a day."""

from casework.assess.assessment import as_of, assess
from casework.assess.verdict import verdict

__all__ = ["as_of", "assess", "verdict"]
