"""Åtgärder: what is done, and whether it helped."""
