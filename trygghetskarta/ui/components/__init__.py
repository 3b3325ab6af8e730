"""Widgets with their labels, each giving back a plain value."""
