"""The street from source file to page: ``intake`` up to the store, ``view`` from it."""
