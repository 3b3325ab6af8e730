"""Tables in two directions: always safe, refused when not, agreeing with single columns."""

import doctest

import numpy as np
import pandas as pd
import pytest

from trygghetskarta.analysis.disclosure import publish
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.gate import publishable_table
from trygghetskarta.gate.publishable_table import PublishableTable, publish_table
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, CellStatus, ShowRule

RULE = ShowRule(AreaLevel.DISTRICT, 5)
PUBLIC = {"level": AreaLevel.DISTRICT, "audience": Audience.PUBLIC, "rule": RULE}


def frame(values) -> pd.DataFrame:
    values = np.array(values)
    codes = [f"D{n}" for n in range(values.shape[0])]
    return pd.DataFrame(values, index=codes, columns=range(2020, 2020 + values.shape[1]))


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(publishable_table).failed == 0


@pytest.mark.slow
def test_a_thousand_random_tables_are_safe():
    """Thresholds and sums at random, small counts many; constructing audits each from scratch."""
    generator = np.random.default_rng(20)
    hidden = 0
    for _ in range(1000):
        shape = generator.integers(1, 4, 2)
        counts = frame(generator.negative_binomial(1, generator.uniform(0.05, 0.5), shape))
        rule = ShowRule(AreaLevel.DISTRICT, int(generator.choice([3, 5, 10])))
        rows, columns, grand = generator.random(3) < 0.7
        table = publish_table(
            counts,
            level=AreaLevel.DISTRICT,
            audience=Audience.PUBLIC,
            rule=rule,
            row_totals=rows,
            column_totals=columns,
            grand_total=grand,
        )
        shown = table.counts.notna()
        assert not (counts.gt(0) & counts.lt(rule.threshold) & shown).any(axis=None)
        assert table.counts.where(shown).equals(counts.astype(float).where(shown))
        hidden += table.n_hidden
    assert hidden > 1000


def test_what_is_exposed_cannot_be_made():
    counts = frame([[3, 20, 30], [40, 50, 60], [70, 80, 90]]).astype(float)
    rows, columns = counts.sum(axis=1), counts.sum()
    alone = counts.mask(counts < 5)
    with pytest.raises(DisclosureError) as caught:
        PublishableTable(alone, rows, columns, 443.0, Audience.PUBLIC, AreaLevel.DISTRICT, RULE)
    assert caught.value.cause is DisclosureCause.EXPOSED_CELLS
    assert caught.value.facts["cells"] == ("D0, 2020",)
    # Nothing but the cells: the hidden one may be anything.
    PublishableTable(alone, None, None, None, Audience.PUBLIC, AreaLevel.DISTRICT, RULE)


def test_a_shown_small_count_cannot_be_made():
    counts = frame([[3, 20], [40, 50]]).astype(float)
    with pytest.raises(DisclosureError):
        PublishableTable(counts, None, None, None, Audience.PUBLIC, AreaLevel.DISTRICT, RULE)


@pytest.mark.parametrize(
    ("level", "rule", "cause"),
    [
        (AreaLevel.DESO, RULE, DisclosureCause.LEVEL_TOO_FINE),
        (AreaLevel.DISTRICT, ShowRule(None, 5), DisclosureCause.NOT_MAPPED),
    ],
)
def test_a_level_that_is_not_allowed_is_refused(level, rule, cause):
    with pytest.raises(DisclosureError) as caught:
        publish_table(frame([[9]]), level=level, audience=Audience.PUBLIC, rule=rule)
    assert caught.value.cause is cause


def test_what_is_no_table_is_refused():
    with pytest.raises(DisclosureError) as caught:
        PublishableTable(
            frame([[9.0]]), pd.Series([9.0]), None, None, Audience.PUBLIC, AreaLevel.DISTRICT, RULE
        )
    assert caught.value.cause is DisclosureCause.NOT_A_TABLE


def test_a_series_of_years_hides_what_each_year_alone_hides():
    generator = np.random.default_rng(4)
    counts = frame(generator.negative_binomial(1, 0.1, (15, 6)))
    table = publish_table(counts, **PUBLIC, row_totals=False, grand_total=False)
    for year in counts:
        alone = publish(pd.DataFrame({"count": counts[year].astype(float)}), **PUBLIC)
        assert alone.table["count"].equals(table.counts[year].rename("count"))
        assert alone.totals["count"] == table.column_totals[year]


def test_hidden_zero_and_shown_differ_and_rates_follow():
    table = publish_table(frame([[3, 0], [4, 50], [40, 60]]), **PUBLIC, row_totals=False,
                          grand_total=False)  # fmt: skip
    assert table.status[2020].tolist() == [CellStatus.HIDDEN, CellStatus.HIDDEN, CellStatus.SHOWN]
    assert table.status.at["D0", 2021] == CellStatus.SHOWN and table.counts.at["D0", 2021] == 0
    rates = table.rates(pd.Series({"D0": 1000, "D1": 1000, "D2": 40}))
    assert rates[2020].isna().all(axis=None)
    # Garwood's limits of 50 events are 37.11 and 65.92.
    assert rates[2021].loc["D1"].round(2).tolist() == [50.0, 37.11, 65.92]
    assert rates[2021].loc["D2"].isna().all()
