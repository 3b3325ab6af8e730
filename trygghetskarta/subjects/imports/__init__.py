"""Data: import and quarantine."""
