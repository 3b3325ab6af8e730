"""The page's table of areas, and the list that files are made of, tell the same figures."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from trygghetskarta.draw.table import area_lists
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, ShowRule
from trygghetskarta.words.measure_words import COLUMN_WORDS

OPEN = ShowRule(AreaLevel.DESO, 1)


def told(listed, heading, names=1):
    at = listed.headings.index(heading)
    return {row[names - 1].told: row[at] for row in listed.cells}


def test_the_pages_table_tells_hidden_missing_and_zero_apart_and_sorts_hidden_last(view_of):
    table = area_lists.area_table(view_of())
    counts = told(table, COLUMN_WORDS["count"].page)
    assert counts["Östra"] == ("0", 0.0)
    assert counts["Ärla"] == ("dold", None) and counts["Åby"] == ("uppgift saknas", None)
    assert counts["Lextorp"] == ("12\u00a0345", 12_345.0)
    verdicts = told(table, COLUMN_WORDS["verdict"].page)
    assert verdicts["Ärla"] == ("dold", None)
    assert verdicts["Lextorp"].told == verdicts["Lextorp"].key == "säkerställd minskning"


def test_a_figure_is_followed_by_its_interval(view_of):
    table = area_lists.area_table(view_of(rule=OPEN))
    at = table.headings.index(COLUMN_WORDS["percent"].page)
    assert table.headings[at + 1] == COLUMN_WORDS["percent"].interval
    row = next(row for row in table.rows if row[0] == "Lextorp")
    assert row[at] == "−17\u00a0%" and row[at + 1].endswith("\u00a0%") and "…" in row[at + 1]


def test_a_file_says_why_there_is_no_figure(view_of):
    shown = view_of(rule=OPEN)
    table = shown.publishable.table.copy()
    table.loc["1488S002", "percent_upper"] = np.inf
    endless = replace(shown, publishable=SimpleNamespace(table=table, audience=Audience.PUBLIC))
    file = area_lists.area_file(endless)
    upper = told(file.listing, "Förändring, övre gräns (%, 95 %)", names=2)
    assert upper["Ärla"] == ("obegränsad", None)
    assert told(file.listing, "Per 1 000 invånare (utjämnat)", names=2)["Sylte"] == (
        "beräknas inte",
        None,
    )
    assert ("dold", None) not in told(file.listing, "Antal anmälda brott", names=2).values()
    assert dict(file.about)["Samma vy"] == "/karta?tema=narkotika&matt=antal"


def test_an_interval_is_as_absent_as_its_lower_end():
    of = area_lists.ends("low", "high", 100)
    assert of(SimpleNamespace(low=0.25, high=0.5)) == (25.0, 50.0)
    assert of(SimpleNamespace(low=area_lists.Absent("dold"), high=0.5)) == "dold"
