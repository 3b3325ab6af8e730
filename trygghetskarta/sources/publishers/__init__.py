"""Whose file it is: from cells to a table of the house."""
