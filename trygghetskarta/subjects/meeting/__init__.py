"""Möte and Tyck till: a meeting and its answers."""
