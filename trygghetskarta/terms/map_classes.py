"""Classes of a map that are no class of values."""

ZERO = -1
"""Class of nothing reported."""
HIDDEN = -2
"""Class of a figure that exists and may not be shown."""
MISSING = -3
"""Class of a figure that is not known."""
UNDECIDED = -4
"""Class of a change that cannot be told."""
