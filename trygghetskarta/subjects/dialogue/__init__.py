"""Medborgardialog: presentations, and the full screen."""
