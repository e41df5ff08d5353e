"""Quarters, requirements and verdicts: pure functions of model values and a day."""
