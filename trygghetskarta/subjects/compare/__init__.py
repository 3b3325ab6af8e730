"""Jämför: two periods side by side."""
