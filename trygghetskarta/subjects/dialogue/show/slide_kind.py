"""What a kind of slide declares: its word, what staff set it to, and how it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.draw.deck.slides import Slide
from trygghetskarta.subjects.dialogue.ask.presentation import SlideSpec
from trygghetskarta.subjects.dialogue.show.slide_answers import AskedSlide
from trygghetskarta.words.language import DEFAULT, language


@dataclass(frozen=True)
class Offers:
    """What a slide can be set to: names by key, years newest first."""

    themes: dict[str, str]
    measures: dict[Measure, str]
    districts: dict[str, str]
    years: tuple[int, ...]
    languages: dict[str, str]


def _always(_slide: SlideSpec) -> bool:
    return True


@dataclass(frozen=True)
class SlideField:
    """Something that staff set a slide to.

    Attributes
    ----------
    name
        What it is kept as: an attribute of :class:`SlideSpec`, or a word of its own for a text.
    label
        What the form calls it; empty for its word under ``[field]`` in the languages.
    choices
        Values and what they are called, from what there is to choose and the fields before it.
        None for a text in staff's own words, which the gate for words must let pass.
    wanted
        Whether it is asked for, from the fields before it.
    after
        A field whose every value has choices of its own; empty for none.
    """

    name: str
    label: str = ""
    choices: Callable[[Offers, SlideSpec], Mapping[Any, str]] | None = None
    wanted: Callable[[SlideSpec], bool] = _always
    after: str = ""

    @property
    def heading(self) -> str:
        """What the form calls it."""
        return self.label or language(DEFAULT).say(f"field.{self.name}")


@dataclass(frozen=True)
class SlideKind:
    """A kind of slide.

    Attributes
    ----------
    word
        What it is called in the store, and under ``[kind]`` in the languages.
    make
        Makes the slide of public answers and one language's words.
    fields
        What staff set it to, beside its heading and its question, in order.
    explains
        Whether it speaks of the other slides, so that it is made when they are.
    """

    word: str
    make: Callable[[AskedSlide], Slide]
    fields: tuple[SlideField, ...] = ()
    explains: bool = False

    @property
    def name(self) -> str:
        """What staff call it."""
        return language(DEFAULT).say(f"kind.{self.word}")

    @property
    def keys(self) -> tuple[str, ...]:
        """What every language must call it and its texts."""
        own = (field.name for field in self.fields if not field.label)
        return f"kind.{self.word}", *(f"field.{name}" for name in own)

    @property
    def asks_data(self) -> bool:
        """Whether it has figures of its own, and not only words or those of other slides."""
        return any(field.choices is not None for field in self.fields)
