"""Presentations: slides, frozen, as web page, PDF, PPTX and pictures."""
