"""Public figures of districts as rows: in alphabetical order, hidden and missing in words."""

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.measures import AreaFigure, Measure
from trygghetskarta.draw.paper.document import Table, cells
from trygghetskarta.draw.shown import Shown
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.words.language import Language
from trygghetskarta.words.sentences import Sentences


def figures_table(language: Language, shown: Shown) -> Table:
    """The figures of a map as a table, districts in alphabetical order."""
    say, table = language.say, in_order(shown)
    measure = shown.facts.measure
    figure = None if measure is Measure.COUNT else measure.declared.value
    unit = [say(f"measure.{measure}.unit")] if figure else []
    headings = (say("chart.district"), say("chart.label_count"), *unit)
    rows = tuple(
        cells((shown.names[code], *_figures(language, row, figure)))
        for code, row in table.iterrows()
    )
    widths = (0.4, 0.2, 0.4) if figure else (0.6, 0.4)
    return Table(headings, widths, rows)


def _figures(language: Language, row: pd.Series, figure: AreaFigure | None) -> list[str]:
    why = why_missing(language, row["status"], pd.notna(row["count"]))
    told = [why or language.number(row["count"])]
    if figure:
        why = why_missing(language, row["status"], pd.notna(row[figure.name]))
        told.append(why or _with_limits(language, row, figure))
    return told


def _with_limits(language: Language, row: pd.Series, figure: AreaFigure) -> str:
    value, lower, upper = (language.number(row[name], figure.decimals) for name in figure.columns)
    return language.say("chart.value", value=value, lower=lower, upper=upper)


def two_years(said: Sentences, earlier: Shown, later: Shown) -> Table:
    language = said.language
    before, after = in_order(earlier), in_order(later)
    headings = (
        language.say("chart.district"),
        said.period(earlier.facts),
        said.period(later.facts),
    )
    rows = tuple(
        cells(
            (
                later.names[code],
                _figures(language, before.loc[code], None)[0],
                _figures(language, after.loc[code], None)[0],
            )
        )
        for code in after.index
    )
    return Table(headings, (0.5, 0.25, 0.25), rows)


def in_order(shown: Shown) -> pd.DataFrame:
    codes = sorted(shown.names.index, key=lambda code: formats.swedish_order(shown.names[code]))
    return shown.publishable.table.loc[codes]


def why_missing(language: Language, status: CellStatus, is_known: bool) -> str:
    """Why there is no figure, empty when there is one."""
    if is_known:
        return ""
    return language.say("chart.hidden" if status == CellStatus.HIDDEN else "chart.missing")
