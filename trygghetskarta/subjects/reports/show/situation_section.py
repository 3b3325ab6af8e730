"""What a section of the *lägesbild* declares: its word, its figures, its sentences, its lacks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from trygghetskarta.analysis.situation_facts import SituationFacts
from trygghetskarta.draw.paper.document import Section
from trygghetskarta.subjects.reports.ask.gathering import Gathering
from trygghetskarta.words.situation_words import SITUATION_MISSING, SITUATION_SECTIONS


@dataclass(frozen=True)
class SituationSection:
    """A section of the *lägesbild*.

    Attributes
    ----------
    word
        Its key in ``SITUATION_SECTIONS``, which has its heading and its place.
    write
        Writes it; several where it has parts of their own, none where it is left out. One whose
        ``key`` is set takes staff's own text.
    lacks
        By key of ``SITUATION_MISSING``: whether the report lacks that, and says so beside it.
    gather
        Gives figures that nothing else rests on, for ``facts.own[word]``; never asked for the
        public. None where what every report has gathered is enough.
    """

    word: str
    write: Callable[[SituationFacts], Sequence[Section]]
    lacks: Mapping[str, Callable[[SituationFacts], bool]] = field(default_factory=dict)
    gather: Callable[[Gathering], object] | None = None

    def __post_init__(self) -> None:
        if unsaid := self.lacks.keys() - SITUATION_MISSING:
            raise LookupError(f"{self.word} lacks what no sentence tells: {sorted(unsaid)}")


def heading_of(word: str) -> str:
    """What stands above a section."""
    return SITUATION_SECTIONS[word]
