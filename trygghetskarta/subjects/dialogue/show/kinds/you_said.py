"""The kind of slide *Ni sa – vi gjorde*: what walks have found, and what became of it."""

from trygghetskarta import formats
from trygghetskarta.draw.deck.slides import Layout, Slide
from trygghetskarta.draw.paper.document import Table, cells
from trygghetskarta.subjects.dialogue.show.slide_answers import AskedSlide, FindingLine
from trygghetskarta.subjects.dialogue.show.slide_fields import DISTRICT
from trygghetskarta.subjects.dialogue.show.slide_kind import SlideKind
from trygghetskarta.words.language import Language

MOST_FINDINGS = 7
"""Findings that have room on a wall."""


def _you_said(asked: AskedSlide) -> Slide:
    """What walks have found in a district and what has become of it, without words or people."""
    district, findings = asked.findings()
    language, say = asked.said.language, asked.say
    shown = findings[:MOST_FINDINGS]
    headings = tuple(say(f"you_said.{key}") for key in ("said", "when", "did", "who", "due"))
    rows = tuple(cells(_finding_row(language, one)) for one in shown)
    more = len(findings) - len(shown)
    told = [language.counted("you_said.more", more)] if more else []
    return Slide(
        Layout.TABLE,
        say("title.you_said", district=district),
        say("question.you_said"),
        table=Table(headings, (0.25, 0.17, 0.22, 0.2, 0.16), rows) if rows else None,
        paragraphs=tuple(told) if rows else (say("you_said.empty"),),
        caption=(say("you_said.source"),),
    )


def _finding_row(language: Language, one: FindingLine) -> tuple[str, ...]:
    say = language.say
    status = say(f"status.{one.status}")
    if one.changed is not None and one.status in _DATED:
        status = f"{status}, {language.month(one.changed)}"
    owner = one.owner or say("you_said.nobody" if one.is_named else "you_said.municipality")
    due = language.day(one.due) if one.due and one.status not in _DATED else formats.NO_VALUE
    seen = language.month(one.seen) if one.seen else formats.NO_VALUE
    return say(f"category.{one.category}"), seen, status, owner, due


_DATED = ("atgardad", "avslutad_utan_atgard")


YOU_SAID = SlideKind("ni_sa_vi_gjorde", _you_said, (DISTRICT,))
