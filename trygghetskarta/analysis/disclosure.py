"""The gate: what may leave the house, and the only type of table that pages and files accept."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pandas as pd

from trygghetskarta.analysis.measures import EXPOSURES, Measure
from trygghetskarta.analysis.rates import empirical_bayes_interval
from trygghetskarta.analysis.shares import is_small
from trygghetskarta.analysis.show_rules import PUBLIC_SHARES, require_level
from trygghetskarta.analysis.suppression import (
    line_exposed,
    suppress,
)
from trygghetskarta.analysis.survey import FEWEST_ANSWERS
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, CellStatus, ShowRule

STATUS_COLUMNS: Mapping[str, str] = MappingProxyType(
    {"count": "status", "previous": "status_previous", "answers": "status_answers"}
)
"""Columns of counts, the main one first, and where the table tells why a count is not shown."""

_LEAST: Mapping[str, int] = MappingProxyType({"answers": FEWEST_ANSWERS})
"""Columns of counts that are hidden below a number of their own, for every audience."""

OPEN_COLUMNS = frozenset({"name"}) | EXPOSURES
"""Columns that tell nothing of offences and are never blanked."""

_SMOOTHED = tuple(
    (list(one.declared.value.columns), one.declared.exposure.name)
    for one in Measure
    if one.declared.is_smoothed and one.declared.exposure
)
"""Columns of smoothed rates, and of what they are divided by."""
_OF_COUNT_ALONE = frozenset(
    column
    for one in Measure
    if one.declared.value.rests_on == ("count",)
    for column in (*one.declared.value.columns, *one.declared.unseen)
) - {"count"}
_OF_ANSWERS_ALONE = frozenset({"share", "share_lower", "share_upper"})


@dataclass(frozen=True, eq=False)
class Publishable:
    """Figures that have passed the gate; ``render`` takes nothing else.

    Constructing one checks everything again from the table alone, so that no other road leads
    past the gate: what may not be seen must be absent, and what is absent must not follow from
    the rest (closed form, see ``suppression``). It does not protect against other tables of the
    same offences with other periods, other levels or other selections.

    Attributes
    ----------
    table
        Index area_code; ``count``, perhaps ``previous`` and ``answers`` (of a survey, at least 30
        for every audience; for the public no ``share`` that few stand behind, see ``shares``),
        what is derived from them, and a ``status`` (``status_previous``,
        ``status_answers``) with a ``CellStatus`` each. Every figure is missing where
        a count that it rests on is hidden or missing. Copied on construction.
    audience
        Who may see it.
    level
        Level of the areas.
    rule
        What the audience may see of the selection.
    figures
        Every column that holds or is derived from counts: all but the statuses and
        ``OPEN_COLUMNS``.
    totals
        Index the columns of counts; the sum over all areas whose count is known, missing where it
        is hidden or not published.
    part_of
        The whole table, when this one shows only some of its areas.

    Raises
    ------
    DisclosureError
        ``NOT_MAPPED``, ``LEVEL_TOO_FINE`` (level), ``NOT_A_TABLE``, or ``EXPOSED_CELLS`` (cells:
        area codes, or the column of counts for its total).
    """

    table: pd.DataFrame
    audience: Audience
    level: AreaLevel
    rule: ShowRule
    figures: tuple[str, ...]
    totals: pd.Series = field(default_factory=lambda: pd.Series(dtype=np.float64))
    part_of: "Publishable | None" = None

    def __post_init__(self) -> None:
        require_level(self.level, self.rule)
        self._check_form()
        object.__setattr__(self, "table", self.table.copy())
        object.__setattr__(self, "totals", self.totals.copy())
        if self.part_of is not None:
            self._check_part(self.part_of)
        elif exposed := [*self._exposed()]:
            raise DisclosureError(
                DisclosureCause.EXPOSED_CELLS, cells=tuple(dict.fromkeys(exposed))
            )

    @property
    def count_columns(self) -> tuple[str, ...]:
        """The columns of counts, the main one first."""
        return tuple(column for column in STATUS_COLUMNS if column in self.table)

    def _check_form(self) -> None:
        table = self.table
        if not isinstance(table, pd.DataFrame) or not isinstance(self.totals, pd.Series):
            raise DisclosureError(DisclosureCause.NOT_A_TABLE)
        columns = self.count_columns
        statuses = [STATUS_COLUMNS[column] for column in columns]
        rest = set(table.columns) - OPEN_COLUMNS - set(statuses)
        fits = (
            "count" in columns
            and table.index.is_unique
            and table.columns.is_unique
            and all(status in table for status in statuses)
            and set(self.figures) == rest
            and set(self.totals.index) <= set(columns)
            and all(table[status].isin(list(CellStatus)).all() for status in statuses)
        )
        if not fits:
            raise DisclosureError(DisclosureCause.NOT_A_TABLE)

    def _check_part(self, whole: "Publishable") -> None:
        same = (self.audience, self.level, self.rule) == (whole.audience, whole.level, whole.rule)
        known = self.table.index.isin(whole.table.index).all()
        if not (
            same
            and known
            and self.totals.equals(whole.totals)
            and self.table.equals(whole.table.loc[self.table.index])
        ):
            raise DisclosureError(DisclosureCause.NOT_A_TABLE)

    def _exposed(self) -> Iterable[str]:
        table = self.table
        shown = {
            column: (table[STATUS_COLUMNS[column]] == CellStatus.SHOWN).to_numpy()
            for column in self.count_columns
        }
        for figure in self.figures:
            if figure not in STATUS_COLUMNS:
                left = table[figure].notna().to_numpy() & ~_may_show(figure, shown)
                yield from table.index[left]
        for column in self.count_columns:
            counts = table[column].to_numpy(dtype=np.float64, na_value=np.nan)
            yield from table.index[np.isnan(counts) == shown[column]]
            threshold = _threshold(column, self.rule)
            missing = (table[STATUS_COLUMNS[column]] == CellStatus.MISSING).to_numpy()
            total = float(self.totals.get(column, np.nan))
            yield from table.index[~missing][line_exposed(counts[~missing], total, threshold)]
            if 1 <= total < threshold:
                yield column
        if self.audience is Audience.PUBLIC and {"share", "answers"} <= set(table):
            few = is_small(table["share"], table["answers"], PUBLIC_SHARES)
            yield from table.index[few.to_numpy()]


def as_publishable(
    table: pd.DataFrame,
    *,
    level: AreaLevel,
    audience: Audience,
    rule: ShowRule,
    count_columns: Sequence[str] | None = None,
    shows_total: bool = True,
    untold_totals: Collection[str] = (),
    untold_answers: Collection[str] = (),
) -> Publishable:
    """Hide what may not be seen of a table of figures, and everything that would tell it.

    Small counts are hidden, with one more of the same column where the total would tell them
    apart; see ``suppression``. A figure that rests on a hidden count is hidden too. Smoothed rates
    rest on the counts of all areas: where any count is hidden they are computed anew from what is
    published (the hidden areas as one), because hidden counts could otherwise be solved from them.

    Parameters
    ----------
    table
        Index area_code; ``count`` (missing where not known), perhaps ``previous``, figures derived
        from them, ``population``.
    level, audience, rule
        What the table is and who will see it.
    count_columns
        Columns of counts, ``count`` first; those of ``STATUS_COLUMNS`` that exist when None.
    shows_total
        Whether the sum over the areas will be seen, here or in a caption. It is hidden in
        ``totals`` when it is small itself or when nothing else can protect the hidden areas.
    untold_totals
        Columns of counts whose sum will not be seen although that of the others is.
    untold_answers
        Areas whose share and number of answers are hidden, as
        :func:`trygghetskarta.analysis.shares.hidden_shares` tells.

    Returns
    -------
    Publishable
        Rows and columns of ``table``, with ``status`` (and ``status_previous``) added.

    Raises
    ------
    DisclosureError
        If the level is too fine, the theme is not mapped or there is no such table.
    AnalysisError
        If a count is negative or not a whole number.

    Notes
    -----
    It does not protect against a total that is known from elsewhere although it is hidden here,
    nor against two periods or selections that differ by a few offences.
    """
    require_level(level, rule)
    present = tuple(column for column in STATUS_COLUMNS if column in table)
    if "count" not in present or (count_columns is not None and set(count_columns) != set(present)):
        raise DisclosureError(DisclosureCause.NOT_A_TABLE)
    gated, totals, statuses = table.copy(), {}, {}
    for column in present:
        known = table[column].dropna()
        told = shows_total and column not in untold_totals
        least = _threshold(column, rule)
        safe = suppress(known, least, column_totals=told, grand_total=False)
        counts = safe.table.iloc[:, 0].reindex(table.index)
        totals[column] = np.nan if safe.column_totals is None else safe.column_totals.iloc[0]
        if column == "answers" and len(untold_answers):
            counts = counts.mask(counts.index.isin(list(untold_answers)))
            if line_exposed(counts[known.index].to_numpy(), totals[column], least).any():
                totals[column] = np.nan
        statuses[STATUS_COLUMNS[column]] = _statuses(table[column], counts)
        gated[column] = counts
    gated = gated.assign(**statuses)
    shown = {
        column: (gated[STATUS_COLUMNS[column]] == CellStatus.SHOWN).to_numpy() for column in present
    }
    if (gated["status"] == CellStatus.HIDDEN).any():
        for columns, exposure in _SMOOTHED:
            if {*columns, exposure} <= set(gated):
                gated[columns] = _smoothed(gated, totals["count"], exposure)
    figures = tuple(column for column in table.columns if column not in OPEN_COLUMNS)
    for figure in figures:
        if figure not in present:
            gated[figure] = gated[figure].where(_may_show(figure, shown))
    return Publishable(
        gated, audience, level, rule, figures, pd.Series(totals, dtype=np.float64, name="total")
    )


def narrow(publishable: Publishable, codes: Collection[str]) -> Publishable:
    """Keep some areas of a table that has passed the gate.

    Parameters
    ----------
    publishable
        The whole.
    codes
        Area codes to keep; unknown ones are passed over.

    Returns
    -------
    Publishable
        Rows in the order of the whole, with the totals of the whole: what was hidden stays hidden,
        because the whole may be seen too.
    """
    whole = publishable.part_of or publishable
    kept = publishable.table.index.isin(list(codes))
    return Publishable(
        publishable.table[kept],
        publishable.audience,
        publishable.level,
        publishable.rule,
        publishable.figures,
        publishable.totals,
        part_of=whole,
    )


def _statuses(before: pd.Series, after: pd.Series) -> pd.Series:
    words = np.where(after.notna(), CellStatus.SHOWN, CellStatus.HIDDEN)
    return pd.Series(np.where(before.isna(), CellStatus.MISSING, words), before.index, dtype=object)


def _may_show(figure: str, shown: Mapping[str, np.ndarray]) -> np.ndarray:
    """Rows in which every count that a figure rests on is shown; an unknown figure rests on all."""
    if figure in _OF_COUNT_ALONE:
        return shown["count"]
    if figure in _OF_ANSWERS_ALONE and "answers" in shown:
        return shown["answers"]
    return np.logical_and.reduce([*shown.values()])


def _threshold(column: str, rule: ShowRule) -> int:
    """Counts of a column from 1 to one below this are hidden."""
    return max(rule.threshold, _LEAST.get(column, 0))


def _smoothed(gated: pd.DataFrame, total: float, exposure: str) -> pd.DataFrame:
    """Smoothed rates from what is published: the shown areas, and the hidden ones as one."""
    hidden = gated["status"] == CellStatus.HIDDEN
    counts, people = gated["count"].to_numpy(), gated[exposure].astype(np.float64)
    rest = total - np.nansum(counts)
    merged = empirical_bayes_interval(
        pd.Series([*counts, rest]), pd.Series([*people, people[hidden].sum(skipna=False)])
    )
    return merged.iloc[:-1].set_axis(gated.index)
