"""Hotspots: cells, density, clusters."""
