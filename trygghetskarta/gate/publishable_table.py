"""Tables in two directions that have passed the gate: districts by years, districts by types."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghetskarta.analysis.rates import incidence_rate
from trygghetskarta.analysis.show_rules import require_level
from trygghetskarta.analysis.suppression import Suppressed, audit, suppress
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, CellStatus, ShowRule


@dataclass(frozen=True, eq=False)
class PublishableTable:
    """Counts in two directions that have passed the gate; charts and reports take nothing else.

    Constructing one checks it again from the table alone: nothing small is shown, and nothing
    hidden can be computed from the cells and totals that are. It does not protect against other
    tables of the same offences; ``pipeline.publication.check`` does.

    Attributes
    ----------
    counts
        Index area_code, columns years or offence types; NaN where hidden. Copied on construction.
    row_totals, column_totals
        Sums over the columns and over the areas, NaN where hidden; None when not published.
    grand_total
        Sum of all, NaN where hidden; None when not published.
    audience, level, rule
        Who may see it, on which areas, and what they may see.

    Raises
    ------
    DisclosureError
        ``NOT_MAPPED``, ``LEVEL_TOO_FINE`` (level), ``NOT_A_TABLE``, or ``EXPOSED_CELLS`` (cells:
        area codes and columns; the columns' totals go by the column alone).
    """

    counts: pd.DataFrame
    row_totals: pd.Series | None
    column_totals: pd.Series | None
    grand_total: float | None
    audience: Audience
    level: AreaLevel
    rule: ShowRule

    def __post_init__(self) -> None:
        require_level(self.level, self.rule)
        if not _is_table(self.counts, self.row_totals, self.column_totals):
            raise DisclosureError(DisclosureCause.NOT_A_TABLE)
        for name in ("counts", "row_totals", "column_totals"):
            kept = getattr(self, name)
            object.__setattr__(self, name, None if kept is None else kept.copy())
        if exposed := audit(self._suppressed()):
            cells = tuple(
                ", ".join(str(label) for label in (cell.row, cell.column) if label is not None)
                for cell in exposed
            )
            raise DisclosureError(DisclosureCause.EXPOSED_CELLS, cells=cells)

    @property
    def status(self) -> pd.DataFrame:
        """``CellStatus`` of every cell."""
        words = np.where(self.counts.isna(), CellStatus.HIDDEN, CellStatus.SHOWN)
        return pd.DataFrame(words, self.counts.index, self.counts.columns, dtype=object)

    @property
    def n_hidden(self) -> int:
        """How many cells and totals are hidden."""
        return self._suppressed().n_hidden

    def rates(self, population: pd.Series, years: float = 1.0) -> dict[object, pd.DataFrame]:
        """Counts per 1 000 inhabitants and year, with exact 95 % Poisson limits.

        Parameters
        ----------
        population
            Inhabitants by area_code.
        years
            Years that each column covers.

        Returns
        -------
        dict
            By column: DataFrame ``rate, lower, upper``, index area_code; missing where the count
            is hidden or fewer than 50 live there. It says nothing of whether people report what
            happens.
        """
        people = population.reindex(self.counts.index).astype(np.float64)
        return {
            column: incidence_rate(self.counts[column], people, years=years)
            for column in self.counts
        }

    def _suppressed(self) -> Suppressed:
        return Suppressed(
            self.counts,
            self.row_totals,
            self.column_totals,
            self.grand_total,
            self.rule.threshold,
        )


def publish_table(
    counts: pd.DataFrame,
    *,
    level: AreaLevel,
    audience: Audience,
    rule: ShowRule,
    row_totals: bool = True,
    column_totals: bool = True,
    grand_total: bool = True,
) -> PublishableTable:
    """Hide what may not be seen of a table in two directions, and everything that would tell it.

    Parameters
    ----------
    counts
        Index area_code, columns years or offence types; whole numbers, none missing.
    level, audience, rule
        What the table is and who will see it.
    row_totals, column_totals, grand_total
        Which sums will be seen. Without sums over the columns each column is hidden by itself, as
        ``publish`` does with the same column alone; so a series of years agrees with the years'
        own maps.

    Raises
    ------
    DisclosureError
        If the level is too fine or the theme is not mapped.
    AnalysisError
        If a count is missing, negative or not a whole number.

    Examples
    --------
    >>> rule = ShowRule(AreaLevel.DISTRICT, 5)
    >>> table = publish_table(
    ...     pd.DataFrame({2024: [3, 30, 40], 2025: [20, 50, 60]}, index=["a", "b", "c"]),
    ...     level=AreaLevel.DISTRICT, audience=Audience.PUBLIC, rule=rule, row_totals=False,
    ...     grand_total=False)
    >>> table.counts[2024].tolist()
    [nan, nan, 40.0]
    """
    require_level(level, rule)
    safe = suppress(
        counts,
        rule.threshold,
        row_totals=row_totals,
        column_totals=column_totals,
        grand_total=grand_total,
    )
    return PublishableTable(
        safe.table,
        safe.row_totals,
        safe.column_totals,
        safe.grand_total,
        audience,
        level,
        rule,
    )


def _is_table(counts: object, rows: pd.Series | None, columns: pd.Series | None) -> bool:
    return (
        isinstance(counts, pd.DataFrame)
        and counts.index.is_unique
        and counts.columns.is_unique
        and counts.size > 0
        and (rows is None or rows.index.equals(counts.index))
        and (columns is None or columns.index.equals(counts.columns))
    )
