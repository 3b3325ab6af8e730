"""A report's verdicts: judged together, theme by theme and district by district."""

import pandas as pd

from tests.histories import calm
from tests.views import squares
from trygghetskarta.analysis.disclosure import as_publishable
from trygghetskarta.analysis.measures import indicator_table
from trygghetskarta.analysis.report_facts import ThemeFigures
from trygghetskarta.subjects.reports.ask.report_figures import judged_together
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, ShowRule
from trygghetskarta.terms.verdicts import Verdict

RULE = ShowRule(AreaLevel.DESO, 1)


def theme(count: list[int], previous: list[int], chosen: frozenset[str] = frozenset()):
    """A theme whose districts have these counts."""
    areas = squares(tuple(f"S{n:02}" for n in range(len(count))))
    index = areas.index
    table = indicator_table(
        pd.Series(count, index),
        pd.Series(previous, index),
        pd.Series(1000.0, index),
        365,
        365,
        evidence=calm(index),
    )
    gated = as_publishable(table, level=AreaLevel.DISTRICT, audience=Audience.INTERNAL, rule=RULE)
    return ThemeFigures(None, None, gated, None, areas, chosen)


def verdicts(one: ThemeFigures) -> list[str]:
    return one.districts.table["verdict"].tolist()


def test_a_change_that_stands_alone_may_be_chance_among_many():
    lonely = theme([275, 200, 200], [200, 200, 200])
    assert verdicts(lonely)[0] == Verdict.INCREASE
    (same,), tested = judged_together([lonely])
    assert verdicts(same) == verdicts(lonely) and tested == 3
    many = [lonely, *(theme([200] * 15, [200] * 15) for _ in range(12))]
    told, tested = judged_together(many)
    assert tested == 3 + 12 * 15
    assert verdicts(told[0]) == [Verdict.NO_CLEAR_CHANGE] * 3
    assert told[0].districts.table["count"].tolist() == [275, 200, 200]
    # What was handed in is as it was.
    assert verdicts(lonely)[0] == Verdict.INCREASE


def test_a_change_that_is_sure_stands_among_many():
    sure = theme([400, 200, 200], [200, 200, 200])
    told, _ = judged_together([sure, *(theme([200] * 15, [200] * 15) for _ in range(12))])
    assert verdicts(told[0])[0] == Verdict.INCREASE


def test_only_the_districts_that_a_theme_tells_of_are_tested():
    areas = squares(("S00", "S01", "S02")).index
    told, tested = judged_together([theme([200] * 3, [200] * 3, frozenset(areas[:1]))])
    assert tested == 1 and verdicts(told[0]) == [Verdict.NO_CLEAR_CHANGE] * 3


def test_a_report_without_any_change_has_tested_nothing():
    nothing = ThemeFigures(None, None, None, None, squares(("S00",)))
    assert judged_together([nothing]) == ([nothing], 0)
    assert judged_together([]) == ([], 0)
