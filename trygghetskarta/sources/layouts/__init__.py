"""Every layout of files: each module here declares one, and a new one is found by itself."""

from trygghetskarta.registers import declared
from trygghetskarta.sources.readers.file_layout import FileLayout

LAYOUTS = tuple(declared(__name__, __path__, FileLayout).values())
"""Layouts in the order of their words; the first that recognises a file reads it."""
