"""Sources meet store: import of every kind, and what the store holds."""
