"""The gate: what a table must have lost before anything else may see it."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygghetskarta.analysis import disclosure, show_rules, suppression
from trygghetskarta.analysis.disclosure import Publishable, as_publishable, narrow
from trygghetskarta.analysis.rates import empirical_bayes_interval, incidence_rate
from trygghetskarta.analysis.show_rules import DEFAULT_RULES
from trygghetskarta.errors import AnalysisCause, AnalysisError, DisclosureCause, DisclosureError
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, CellStatus, ShowRule

INTERNAL, PUBLIC = DEFAULT_RULES[Audience.INTERNAL], DEFAULT_RULES[Audience.PUBLIC]
SHOWN, HIDDEN, MISSING = CellStatus.SHOWN, CellStatus.HIDDEN, CellStatus.MISSING


def figures(count, previous=None, population=1000.0):
    """A table like the pipeline's, with figures that anybody could turn back into counts."""
    index = pd.Index([f"D{i:02}" for i in range(len(count))], name="area_code")
    table = pd.DataFrame({"count": count}, index=index, dtype="float64")
    table["population"] = population
    table["crude_rate"] = incidence_rate(table["count"], table["population"])["rate"]
    smoothed = empirical_bayes_interval(table["count"], table["population"])
    table[["rate", "lower", "upper"]] = smoothed
    if previous is not None:
        table["previous"] = np.array(previous, dtype="float64")
        table["difference"] = table["count"] - table["previous"]
        table["verdict"] = "no_clear_change"
    return table


def gate(table, rule=PUBLIC, audience=Audience.PUBLIC, level=AreaLevel.DISTRICT, **options):
    return as_publishable(table, level=level, audience=audience, rule=rule, **options)


def refused(make):
    with pytest.raises(DisclosureError) as caught:
        make()
    return caught.value


def remade(gated, **changes):
    """What somebody would get past the gate who built the table by hand."""
    return refused(lambda: dataclasses.replace(gated, **changes))


def with_cell(gated, code, column, value):
    table = gated.table.copy()
    table[column] = table[column].astype(object)
    table.at[code, column] = value
    return table


# --- publish ---


def test_hidden_rows_lose_every_figure_but_the_inhabitants():
    gated = gate(figures([3, 0, 6, 20]))
    assert gated.table["status"].tolist() == [HIDDEN, SHOWN, HIDDEN, SHOWN]
    hidden = gated.table.loc[["D00", "D02"]]
    assert hidden[["count", "crude_rate", "rate", "lower", "upper"]].isna().all().all()
    assert hidden["population"].tolist() == [1000.0, 1000.0]
    assert gated.table.loc["D03", "count"] == 20
    assert gated.table.loc["D01", "count"] == 0
    assert gated.totals["count"] == 29
    assert gated.figures == ("count", "crude_rate", "rate", "lower", "upper")


def test_a_hidden_previous_count_hides_the_change_but_not_the_count():
    gated = gate(figures([10, 20, 30], [2, 20, 30]))
    assert gated.table["status"].tolist() == [SHOWN] * 3
    assert gated.table["status_previous"].tolist() == [HIDDEN, HIDDEN, SHOWN]
    assert gated.table["count"].tolist() == [10, 20, 30]
    assert gated.table["crude_rate"].tolist() == [10, 20, 30]
    assert gated.table["difference"].isna().tolist() == [True, True, False]
    assert gated.table["verdict"].isna().tolist() == [True, True, False]
    assert gated.totals.to_dict() == {"count": 60, "previous": 52}


def test_a_hidden_count_hides_the_change_but_not_the_previous_count():
    gated = gate(figures([2, 20, 30], [10, 20, 30]))
    assert gated.table["previous"].tolist() == [10, 20, 30]
    assert gated.table["difference"].isna().tolist() == [True, True, False]


def test_missing_is_not_hidden_and_not_zero():
    gated = gate(figures([np.nan, 0, 8, 20]))
    assert gated.table["status"].tolist() == [MISSING, SHOWN, SHOWN, SHOWN]
    assert gated.table.loc["D00", ["count", "rate"]].isna().all()
    assert gated.totals["count"] == 28


def test_nothing_is_hidden_from_those_who_may_see_everything():
    table = figures([1, 0, 2, 20], [4, 4, 0, 1])
    gated = gate(table, INTERNAL, Audience.INTERNAL, AreaLevel.DESO)
    pd.testing.assert_frame_equal(gated.table[table.columns], table)
    assert (gated.table[["status", "status_previous"]] == SHOWN).all().all()
    assert gated.totals.to_dict() == {"count": 23, "previous": 9}


def test_an_internal_threshold_protects_its_total_too():
    rule = ShowRule(AreaLevel.DISTRICT, 5, by_time=False)
    gated = gate(figures([3, 0, 0]), rule, Audience.INTERNAL)
    assert gated.table["status"].tolist() == [HIDDEN, SHOWN, SHOWN]
    assert np.isnan(gated.totals["count"])


def test_a_total_that_nobody_sees_needs_no_second_hidden_area():
    gated = gate(figures([3, 0, 6, 20]), shows_total=False)
    assert gated.table["status"].tolist() == [HIDDEN, SHOWN, SHOWN, SHOWN]
    assert np.isnan(gated.totals["count"])


def test_an_empty_table_passes():
    assert gate(figures([])).table.empty


def test_an_unknown_figure_rests_on_every_count():
    gated = gate(figures([10, 20, 30], [2, 20, 30]).assign(index_2020=1.0))
    assert gated.table["index_2020"].isna().tolist() == [True, True, False]


@given(
    st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=1, max_size=30),
    st.sampled_from([1, 2, 5, 10]),
    st.booleans(),
)
def test_whatever_is_published_passes_its_own_audit(counts, threshold, total):
    rule = ShowRule(AreaLevel.DISTRICT, threshold)
    gated = gate(figures(counts, counts[::-1]), rule, shows_total=total)
    for column in ("count", "previous"):
        left = gated.table[column].dropna()
        assert not left.between(1, threshold - 1).any()
    assert (gated.table["status"] == SHOWN).tolist() == gated.table["count"].notna().tolist()


def test_smoothed_rates_tell_nothing_of_hidden_counts():
    """Two truths with the same published counts give the same table to the last digit."""
    first, second = gate(figures([1, 4, 20, 35, 60])), gate(figures([3, 2, 20, 35, 60]))
    assert first.table["status"].tolist() == [HIDDEN, HIDDEN, SHOWN, SHOWN, SHOWN]
    pd.testing.assert_frame_equal(first.table, second.table, check_exact=True)
    unguarded = [
        figures(counts)["rate"].iloc[2] for counts in ([1, 4, 20, 35, 60], [3, 2, 20, 35, 60])
    ]
    assert unguarded[0] != unguarded[1]


def test_smoothed_rates_stand_when_nothing_is_hidden():
    table = figures([10, 20, 35, 60])
    assert gate(table).table["rate"].tolist() == table["rate"].tolist()


# --- what is refused ---


def test_a_level_that_is_too_fine():
    error = refused(lambda: gate(figures([10]), level=AreaLevel.DESO))
    assert error.cause is DisclosureCause.LEVEL_TOO_FINE
    assert error.facts == {"level": AreaLevel.DESO}


def test_a_coarser_level_than_allowed_passes():
    assert gate(figures([10]), level=AreaLevel.MUNICIPALITY).level is AreaLevel.MUNICIPALITY


def test_a_theme_that_is_not_mapped():
    error = refused(lambda: gate(figures([10]), ShowRule(None, 5)))
    assert error.cause is DisclosureCause.NOT_MAPPED


@pytest.mark.parametrize(
    "make",
    [
        lambda: gate(pd.DataFrame({"rate": [1.0]})),
        lambda: gate(figures([10], [20]), count_columns=("count",)),
        lambda: gate(figures([10]), count_columns=("count", "previous")),
        lambda: gate(pd.concat([figures([10]), figures([10])])),
        lambda: Publishable(None, Audience.PUBLIC, AreaLevel.DISTRICT, PUBLIC, ()),
    ],
)
def test_what_is_no_such_table(make):
    assert refused(make).cause is DisclosureCause.NOT_A_TABLE


@pytest.mark.parametrize(
    "changes",
    [
        {"figures": ("count", "crude_rate", "rate", "lower")},  # a figure nobody answers for
        {"totals": pd.Series({"rate": 3.0})},
        {"totals": None},
    ],
)
def test_figures_and_totals_must_be_named(changes):
    assert remade(gate(figures([10, 20])), **changes).cause is DisclosureCause.NOT_A_TABLE


def test_a_status_must_be_one_of_three_words():
    gated = gate(figures([10, 20]))
    table = with_cell(gated, "D00", "status", "secret")
    assert remade(gated, table=table).cause is DisclosureCause.NOT_A_TABLE


def test_what_is_no_count_is_refused():
    with pytest.raises(AnalysisError) as caught:
        gate(figures([10, 20]).assign(count=[10, -1]))
    assert caught.value.cause is AnalysisCause.NEGATIVE_COUNT


@pytest.mark.parametrize(
    ("code", "column", "value"),
    [
        ("D00", "count", 3.0),  # a count left in a hidden row
        ("D00", "crude_rate", 3.0),  # a rate left in a hidden row
        ("D00", "status", SHOWN),  # called shown, yet empty
        ("D03", "count", 4.0),  # a small count
        ("D02", "difference", 1.0),  # a change that rests on a hidden previous count
        ("D02", "previous", 7.0),
    ],
)
def test_a_cell_that_was_left_behind(code, column, value):
    gated = gate(figures([3, 0, 6, 20], [10, 10, 2, 4]))
    assert gated.table["status"].tolist() == [HIDDEN, SHOWN, HIDDEN, SHOWN]
    error = remade(gated, table=with_cell(gated, code, column, value))
    assert error.cause is DisclosureCause.EXPOSED_CELLS
    assert code in error.facts["cells"]


def test_a_hidden_count_that_follows_from_the_total():
    gated = gate(figures([3, 0, 6, 20]))
    table = with_cell(gated, "D02", "count", 6.0)
    table.loc["D02", "status"] = SHOWN
    error = remade(gated, table=table)
    assert error.cause is DisclosureCause.EXPOSED_CELLS
    assert error.facts["cells"] == ("D00",)


def test_hidden_counts_that_leave_too_little_room():
    gated = gate(figures([1, 1, 20, 30]))
    table = with_cell(gated, "D02", "count", 20.0)
    table.loc["D02", "status"] = SHOWN
    table["count"] = table["count"].astype(float)
    assert remade(gated, table=table).facts["cells"] == ("D00", "D01")


def test_a_small_total():
    gated = gate(figures([3, 0, 0]))
    error = remade(gated, totals=pd.Series({"count": 3.0}))
    assert error.facts["cells"] == ("D00", "count")


def test_a_published_table_does_not_change_with_its_source():
    gated = gate(figures([3, 0, 6, 20]))
    table = gated.table
    again = dataclasses.replace(gated)
    table.loc["D00", "count"] = 3.0
    assert np.isnan(again.table.loc["D00", "count"])


# --- narrow ---


def test_some_areas_keep_the_totals_and_the_hiding_of_the_whole():
    gated = gate(figures([3, 0, 6, 20]))
    part = narrow(narrow(gated, {"D03", "D00", "elsewhere"}), ["D00"])
    assert part.table.index.tolist() == ["D00"]
    assert part.table["status"].tolist() == [HIDDEN]
    assert part.totals["count"] == 29


@pytest.mark.parametrize("column", ["count", "status"])
def test_a_part_must_be_a_part(column):
    gated = gate(figures([3, 0, 6, 20]))
    table = with_cell(gated, "D00", column, {"count": 3.0, "status": SHOWN}[column])
    error = remade(gated, table=table, part_of=gated)
    assert error.cause is DisclosureCause.NOT_A_TABLE


def test_a_part_cannot_borrow_another_rule():
    gated = gate(figures([3, 0, 6, 20]))
    error = remade(gated, rule=INTERNAL, part_of=gated)
    assert error.cause is DisclosureCause.NOT_A_TABLE


def test_a_part_cannot_hold_another_area():
    gated = gate(figures([3, 0, 6, 20]))
    error = remade(gated, table=gated.table.rename(index={"D00": "D99"}), part_of=gated)
    assert error.cause is DisclosureCause.NOT_A_TABLE


# --- rule_for ---


def test_the_gate_offers_what_the_method_promises():
    promised = (
        suppression.suppress,
        suppression.audit,
        disclosure.as_publishable,
        show_rules.rule_for,
    )
    assert all(callable(one) for one in promised)
