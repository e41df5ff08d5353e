"""The words of the domain as immutable types. Imports nothing of ours."""
