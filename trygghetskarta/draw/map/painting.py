"""What the painter is told of a map: classes, lines of its tooltips, figures packed."""

import base64
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from trygghetskarta.analysis.measures import EXPOSURES, AreaFigure, Measure
from trygghetskarta.draw.shown import Shown
from trygghetskarta.terms.verdicts import Verdict
from trygghetskarta.words import texts
from trygghetskarta.words.measure_words import COLUMN_WORDS

UNSELECTED = -9
"""Class of an area that is outside the choice; no look, so it is drawn pale."""


def state(
    shown: Shown, codes: pd.Index, selected: str = "", lines: Sequence[dict] | None = None
) -> dict:
    """What changes on the map when the choice does: class numbers, figures, legend.

    Parameters
    ----------
    shown
        The view.
    codes
        Area codes of the whole map, in its order; those not shown are drawn pale.
    selected
        Code of the area whose profile is open, empty for none.
    lines
        The tooltip's lines, from :func:`tooltip_line`; those of the measure when None.

    Returns
    -------
    dict
        Plain JSON: numbers as base64 of the smallest integers that hold them.
    """
    numbers = shown.class_number.reindex(codes).fillna(UNSELECTED).to_numpy(dtype=np.int8)
    position = codes.get_indexer([selected])[0] if selected else -1
    return {
        "classes": pack(numbers),
        "looks": [
            {
                "class": entry.class_number,
                "colour": entry.colour,
                "pattern": entry.pattern,
                "label": entry.label,
                "n": entry.n,
            }
            for entry in shown.legend
        ],
        "legendTitle": shown.legend_title,
        "lines": _lines(shown, codes) if lines is None else list(lines),
        "selected": int(position),
        "mark": texts.EXAMPLE_MARK if shown.facts.is_example else "",
    }


def _lines(shown: Shown, codes: pd.Index) -> list[dict]:
    """The tooltip's lines, by column; a hidden or missing value is the smallest integer."""
    table = shown.publishable.table.reindex(codes)
    declared = shown.facts.measure.declared
    figures = dict.fromkeys((*Measure.COUNT.declared.figures, *declared.figures))
    lines = [
        figure_line(one, COLUMN_WORDS[one.name].tooltip, table)
        for one in figures
        if one.name not in EXPOSURES
    ]
    if declared.compares:
        lines.append(_verdict_line(COLUMN_WORDS["verdict"].tooltip, table["verdict"]))
    return lines


def figure_line(figure: AreaFigure, label: str, table: pd.DataFrame) -> dict:
    """One line of the tooltip: a figure of a table, perhaps with its limits."""
    columns = [table[name] for name in figure.columns]
    line = tooltip_line(label, figure.decimals, *columns)
    return {**line, "signed": True, "suffix": "\u00a0%"} if figure.is_change else line


def tooltip_line(
    label: str,
    decimals: int,
    value: pd.Series,
    lower: pd.Series | None = None,
    upper: pd.Series | None = None,
) -> dict:
    """One line of the tooltip: a label, and a number for each area, perhaps with its limits."""
    columns = [value] if lower is None or upper is None else [value, lower, upper]
    scaled = [np.round(column.to_numpy(dtype=float) * 10**decimals) for column in columns]
    finite = np.concatenate([part[np.isfinite(part)] for part in scaled])
    kind = _smallest(finite)
    none = int(np.iinfo(kind).min)
    packed = [pack(np.where(np.isfinite(part), part, none).astype(kind)) for part in scaled]
    line = {
        "label": label,
        "decimals": decimals,
        "suffix": "",
        "none": none,
        "value": packed[0],
    }
    return line if len(packed) == 1 else {**line, "lower": packed[1], "upper": packed[2]}


def _verdict_line(label: str, verdicts: pd.Series) -> dict:
    return word_line(
        label, verdicts, {verdict.value: texts.VERDICTS[verdict] for verdict in Verdict}
    )


def word_line(label: str, values: pd.Series, words: Mapping[str, str]) -> dict:
    """One line of the tooltip that says a word of a closed list for each area."""
    numbers = pd.Index(words).get_indexer(values)
    numbers = np.where(numbers < 0, -128, numbers).astype(np.int8)
    return {
        "label": label,
        "decimals": 0,
        "suffix": "",
        "none": -128,
        "words": list(words.values()),
        "value": pack(numbers),
    }


def _smallest(values: np.ndarray) -> type[np.signedinteger]:
    """The smallest integer type that holds the values and leaves its minimum free."""
    for kind in (np.int8, np.int16):
        if len(values) == 0 or np.abs(values).max() <= np.iinfo(kind).max:
            return kind
    return np.int32


def pack(values: np.ndarray) -> dict[str, str]:
    """Integers as the painter takes them: base64 of their bytes, and their type."""
    little = values.astype(values.dtype.newbyteorder("<"), copy=False)
    return {
        "type": f"i{values.dtype.itemsize}",
        "data": base64.b64encode(little.tobytes()).decode("ascii"),
    }
