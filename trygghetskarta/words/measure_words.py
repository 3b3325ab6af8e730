"""What staff are told of each measure that colours the map, by its word in links."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class ColumnWords:
    """What a figure is called: in a page's table, in files, in the map's tooltip."""

    page: str
    file: str
    interval: str = ""
    lower: str = ""
    upper: str = ""
    tooltip: str = ""


@dataclass(frozen=True)
class MeasureWords:
    """The words of a measure.

    Attributes
    ----------
    name
        Where it is chosen.
    legend
        Heads the legend: the measure with its unit.
    columns
        Its figures, by column.
    unit
        Of a chart in a file.
    highest
        What is highest, in a sentence.
    method
        How it is computed, with the years of the denominator (``years``) and the caveat of
        inhabitants (``residents``).
    card, card_detail
        Of a rate in an area's profile: what it is, its interval (``between``) and denominator
        (``exposure``).
    too_small, not_known
        Why there is no rate: what is divided by is too small, or not known.
    """

    name: str
    legend: str
    columns: Mapping[str, ColumnWords]
    unit: str = ""
    highest: str = ""
    method: str = ""
    card: str = ""
    card_detail: str = ""
    too_small: str = ""
    not_known: str = ""


def _read() -> dict[str, MeasureWords]:
    text = (resources.files(__package__) / "sv.toml").read_text("utf-8")
    return {word: _words(**told["staff"]) for word, told in tomllib.loads(text)["measure"].items()}


def _words(columns: Mapping[str, Mapping[str, str]], **said: Any) -> MeasureWords:
    return MeasureWords(columns={name: ColumnWords(**one) for name, one in columns.items()}, **said)


MEASURE_WORDS: Mapping[str, MeasureWords] = _read()
"""Words of every measure; a sentence that lacks or has no place is an error at once."""

MEASURE_NAMES = {word: said.name for word, said in MEASURE_WORDS.items()}
"""Names where a measure is chosen."""

COLUMN_WORDS: Mapping[str, ColumnWords] = {
    name: told for said in MEASURE_WORDS.values() for name, told in said.columns.items()
}
"""Words of every figure, by column."""
