"""The rules: one small function each, in an explicit registry."""
