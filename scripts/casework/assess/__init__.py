"""What follows from a case: pure functions of model values and a day."""

# Approvals and the gate are imported from their own modules: most runs need neither.
from casework.assess.assessment import as_of, assess
from casework.assess.verdict import verdict

__all__ = ["as_of", "assess", "verdict"]
