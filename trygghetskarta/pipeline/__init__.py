"""The street from source file to page, in both directions of the store: ``intake`` and ``view``."""
