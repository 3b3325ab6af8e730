"""Säkerhet och trygghet: risk and perceived safety, never blended."""
