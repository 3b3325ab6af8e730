"""A presentation as its parts, before it is a screen, a web file, a PDF or a PowerPoint file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from trygghetskarta.draw.paper.document import Picture, Table
from trygghetskarta.draw.shown import Shown
from trygghetskarta.terms.audience import Audience


class Layout(StrEnum):
    """How the parts of a slide stand on the wall; kept presentations and style sheets know it."""

    MAP = "karta"
    TWO_MAPS = "jamforelse"
    CHART = "diagram"
    LEGEND = "sa_laser_du_kartan"  # a map's legend, with what each of its looks means
    CARDS = "det_har_vet_vi_inte"  # sentences that begin with what they are about
    TABLE = "ni_sa_vi_gjorde"  # a table, plain sentences, or both


@dataclass(frozen=True)
class Chart:
    """Bars, or points with intervals, as figures: a PowerPoint file makes a real chart of them.

    Attributes
    ----------
    heading, unit
        What is shown, and in what.
    categories
        Names along the axis: districts in alphabetical order, periods in order of time.
    series
        Name and one value per category each; None where hidden or missing.
    lower, upper
        Limits of the first series' 95 % intervals; empty when there are none.
    told
        Words for each category without a value ("dolt", "saknas"), empty where there is one.
    """

    heading: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    lower: tuple[float | None, ...] = ()
    upper: tuple[float | None, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Slide:
    """One picture on the wall.

    Attributes
    ----------
    layout
        How its parts stand; says which of the fields below are set.
    title, question
        Its heading, and the one question the room is asked.
    shown, beside
        One map, or two that are compared; only gated figures.
    chart, table, paragraphs
        A chart, a table, short lines of text.
    caption
        Lines that must follow: n, period, source, hidden cells, caveats.
    code
        Short code that brings the same view back, empty when there is none.
    notes
        What only the speaker reads.
    picture
        A map that is not of areas, drawn already.
    """

    layout: Layout
    title: str
    question: str = ""
    shown: Shown | None = None
    beside: Shown | None = None
    chart: Chart | None = None
    table: Table | None = None
    paragraphs: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    code: str = ""
    notes: str = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class Deck:
    """A whole presentation; a single map is a deck of one slide.

    Attributes
    ----------
    title, subtitle
        Its name; municipality and occasion.
    slides
        In order.
    language
        ``sv``, ``en`` …: a BCP 47 tag; decides words, numbers and direction.
    mark
        Mark of invented data, empty otherwise.
    day
        A day that belongs to the content and not to the clock, so that the same deck is the same
        file.
    fingerprint
        Short name of the data it rests on.
    audience
        Who may read it. A deck with a view for internal use is internal whatever stands here.
    """

    title: str
    subtitle: str
    slides: Sequence[Slide]
    language: str
    mark: str
    day: date
    fingerprint: str = ""
    audience: Audience = Audience.PUBLIC

    @property
    def is_internal(self) -> bool:
        """Whether it must say that it is for internal use."""
        views = [view for slide in self.slides for view in (slide.shown, slide.beside)]
        audiences = [self.audience, *(view.publishable.audience for view in views if view)]
        return Audience.INTERNAL in audiences

    @property
    def moment(self) -> datetime:
        """The day as a moment, for a file's properties."""
        return datetime.combine(self.day, time(12), tzinfo=UTC)
