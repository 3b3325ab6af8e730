"""The kind of slide that says what the figures of the others do not tell."""

from trygghetskarta.draw.deck.slides import Layout, Slide
from trygghetskarta.draw.shown import Shown
from trygghetskarta.subjects.dialogue.show.slide_answers import AskedSlide
from trygghetskarta.subjects.dialogue.show.slide_kind import SlideKind
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.words.sentences import Sentences


def _unknown(asked: AskedSlide) -> Slide:
    """What the figures of a presentation do not tell: only the caveats that hold for them."""
    said, views = asked.said, asked.rested_on()
    lines = [line for one in views for line in _not_known(said, one)]
    return Slide(
        Layout.CARDS,
        asked.name,
        paragraphs=tuple(dict.fromkeys([*_always(said), *lines])),
        caption=views[0].caption[:1],
    )


def _always(said: Sentences) -> list[str]:
    keys = ("feeling", "unreported", "improvement", "chance")
    return [said.language.say(f"unknown.{key}") for key in keys]


def _not_known(said: Sentences, shown: Shown) -> list[str]:
    say, facts = said.language.say, shown.facts
    lines = []
    hidden = int((shown.publishable.table["status"] == CellStatus.HIDDEN).sum())
    if hidden:
        lines.append(say("unknown.hidden", n=hidden, all=len(shown.names)))
    if untold := said.of_measure(facts.measure, "unknown"):
        lines.append(untold)
    if said.theme is not None:
        caveats = said.language.caveats(said.theme.key, facts.caveats)
        lines += [say("unknown.theme", caveat=caveat) for caveat in caveats]
    if facts.without_place is None:
        lines.append(say("unknown.place_hidden"))
    elif facts.offences and facts.without_place:
        share = said.language.share(facts.without_place / facts.offences)
        lines.append(say("unknown.place", share=share))
    if facts.preliminary != 0:
        lines.append(say("unknown.preliminary"))
    if facts.unsaid != 0:
        lines.append(say("unknown.unsaid"))
    if facts.undated != 0:
        lines.append(say("unknown.undated"))
    return lines


UNKNOWN = SlideKind("det_har_vet_vi_inte", _unknown, explains=True)
