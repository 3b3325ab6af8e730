"""File formats: from bytes to cells."""
