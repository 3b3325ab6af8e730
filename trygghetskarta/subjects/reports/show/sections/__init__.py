"""Every section of the *lägesbild*: each module declares some, and a new one is found by itself."""

from trygghetskarta.registers import declared
from trygghetskarta.subjects.reports.show.situation_section import SituationSection
from trygghetskarta.words.situation_words import SITUATION_SECTIONS

SECTIONS = declared(__name__, __path__, SituationSection, tuple(SITUATION_SECTIONS))
"""Sections by word, in the order in which they stand."""
