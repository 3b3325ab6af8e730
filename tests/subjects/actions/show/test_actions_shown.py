"""Actions in words: every outcome has its sentence, every caveat goes into every paper."""

import math
from dataclasses import replace
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from trygghetskarta import tables
from trygghetskarta.analysis.evaluation import Effect
from trygghetskarta.draw.paper import pdf_file, word_file
from trygghetskarta.draw.table import files
from trygghetskarta.draw.table.files import ListFile
from trygghetskarta.subjects.actions.ask.effect_facts import PLACES, Assessment, Site, Window
from trygghetskarta.subjects.actions.show import (
    action_charts,
    action_listing,
    action_maps,
    action_paper,
    effect_shown,
)
from trygghetskarta.terms.actions import (
    ActionApproach,
    ActionStatus,
    EffectRefusal,
    EffectVerdict,
    NoQuotient,
    Spread,
)
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import ShowRule
from trygghetskarta.terms.municipality import Theme
from trygghetskarta.words import action_words, effect_words, texts

HOSTILE = "<img src=x onerror=alert(1)>"
RULE = ShowRule(AreaLevel.CELL, 1)
THEME = Theme("ska", "SKA", ("Stöld",), (), (), (), False, RULE, RULE, ("Temats egen varning.",))


def site(**values) -> Site:
    candidates = pd.DataFrame(
        {"level": [20.0, 30.0], "change": [5.0, math.nan], "distance": [0.1, 0.9],
         "name": ["Sylte", HOSTILE], "chosen": [True, False]},
        index=["a", "b"],
    )  # fmt: skip
    plain = {
        "masks": {},
        "by_points": True,
        "narrowed": False,
        "names": (),
        "ring": 300,
        "candidates": candidates,
        "control": ("Sylte",),
        "ring_control": ("Centrum",),
        "by_hand": False,
        "late": False,
    }
    return Site(**{**plain, **values})


def assessment(**values) -> Assessment:
    counts = pd.DataFrame(
        {"before": [40, 80, 20, 40], "after": [20, 80, 20, 40], "weight": [1.0, 2.0, 1.0, 2.0]},
        index=list(PLACES),
    )
    effect = Effect(-20, 9.0, -2.2, -38, -2)
    plain = {
        "refusal": None,
        "theme": THEME,
        "months": 12,
        "before": Window(date(2024, 1, 1), date(2024, 12, 31)),
        "after": Window(date(2025, 1, 1), date(2025, 12, 31)),
        "site": site(),
        "counts": counts,
        "effect": effect,
        "surroundings": Effect(0, 9, 0, -18, 18),
        "total": effect,
        "percent": -50.0,
        "detectable": 40.0,
        "needed": 24,
        "needed_all": 12,
        "follows": True,
        "verdict": EffectVerdict.CLEAR_DECREASE,
        "spread": Spread.NONE_SHOWN,
        "quotient": 0.2,
    }
    return Assessment(**{**plain, **values})


@pytest.mark.parametrize(
    ("words", "members"),
    [
        (effect_words.EFFECT_VERDICTS, EffectVerdict),
        (effect_words.EFFECT_REFUSALS, EffectRefusal),
        (effect_words.SPREADS, Spread),
        (effect_words.QUOTIENT_REASONS, NoQuotient),
        (action_words.ACTION_STATUSES, ActionStatus),
        (action_words.APPROACHES, ActionApproach),
    ],
)
def test_every_outcome_has_words_of_its_own_and_none_calls_it_a_success(words, members):
    assert set(words) == set(members)
    assert len(set(words.values())) == len(words)
    assert not any("lyck" in word.lower() for word in words.values())


def test_a_difference_is_told_with_its_interval_and_everything_that_must_follow():
    found = effect_shown.compose_effect(assessment())
    assert found.verdict == "Tydlig minskning" and not found.refusal
    assert "20 färre anmälda brott" in found.said[0] and "−38 … −2" in found.said[0]
    assert effect_words.REGRESSION in found.caveats and effect_words.EFFECT_CAUSE in found.caveats
    assert (
        effect_words.CONTROLS_PROPOSED in found.caveats and "Temats egen varning." in found.caveats
    )
    assert found.counts.rows[1][3:] == ["40,0", "40,0"]
    assert found.candidates.rows[1][2] == "–"


@pytest.mark.parametrize(
    ("values", "caveat"),
    [
        ({"listed": True}, effect_words.UNDERREPORTING),
        ({"follows": False}, effect_words.NOT_FOLLOWED),
        ({"follows": None}, effect_words.FOLLOWED_UNKNOWN),
        ({"risen": True}, effect_words.REGRESSION_RISEN),
        ({"site": site(narrowed=True)}, effect_words.NARROWED),
        ({"site": site(by_hand=True)}, effect_words.CONTROLS_BY_HAND),
        ({"site": site(by_hand=True, late=True)}, effect_words.CONTROLS_LATE),
        ({"preliminary": 7}, effect_words.effect_preliminary(7)),
    ],
)
def test_each_reason_for_doubt_is_said_where_it_holds_and_only_there(values, caveat):
    assert caveat not in effect_shown.compose_effect(assessment()).caveats
    assert caveat in effect_shown.compose_effect(assessment(**values)).caveats


def test_what_cannot_be_judged_is_told_with_what_would_help():
    unclear = assessment(verdict=EffectVerdict.NOT_ASSESSABLE, needed=None, detectable=120.0)
    found = effect_shown.compose_effect(unclear)
    assert "går ingen minskning att visa" in found.said[-2]
    assert "efter 12 månader" in found.said[-1] and "fem år" in found.said[-1]
    coming = effect_shown.compose_effect(replace(unclear, months=0, after=None, needed=24))
    assert not coming.verdict and effect_words.NOT_BEGUN in coming.said
    assert "först efter 24 månader" in coming.said[-1]
    refused = effect_shown.compose_effect(Assessment(EffectRefusal.NO_PLACE, THEME))
    assert refused.refusal == effect_words.EFFECT_REFUSALS[EffectRefusal.NO_PLACE]


def actions() -> gpd.GeoDataFrame:
    square = shapely.box(340000, 6461000, 340200, 6461100)
    rows = [
        {"measure_id": "m1", "title": HOSTILE, "status": "pagar", "source": "Prov",
         "start_date": pd.Timestamp(2024, 7, 1), "approach": "social", "geometry": square},
        {"measure_id": "m2", "title": "=1+1", "status": "planerad", "source": "Prov",
         "start_date": pd.NaT, "districts": "D1", "geometry": None},
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(tables.ACTIONS.columns))
    frame["end_date"] = pd.to_datetime(frame["end_date"])
    made = gpd.GeoDataFrame(frame, geometry=list(frame["geometry"]), crs=3006)
    return made.assign(is_example=[True, False]).set_index("measure_id", drop=False)


def test_the_list_marks_what_is_invented_and_runs_no_formula():
    table = action_listing.actions_table(
        actions(), {}, ["Ritat", "Sylte"], pd.Series({"m1": pd.Timestamp(2026, 3, 1)})
    )
    assert [row[-1] for row in table.rows] == ["påhittad", "–"]
    assert table.rows[0][-2] == "1 mars 2026" and table.rows[1][-2] == action_words.NEVER
    told = ListFile("Prov", table, "", date(2026, 11, 2), "=2+2", ["=3+3"], is_headed=False)
    content = files.to_csv(told).decode("utf-8-sig")
    assert "\r\n'=1+1;" in content and "\r\n'=2+2\r\n'=3+3\r\n" in content
    assert files.to_xlsx(told).startswith(b"PK")


def test_the_timeline_leaves_out_what_has_no_start():
    chart = action_charts.timeline(actions(), date(2026, 11, 2))
    drawn = chart["datasets"][chart["layer"][0]["data"]["name"]]
    assert [row["whole"] for row in drawn] == [HOSTILE]


def test_the_map_has_a_sign_for_each_place_and_the_area_that_is_drawn():
    areas = gpd.GeoDataFrame(
        {"name": ["Sylte"]}, geometry=[shapely.box(3e5, 6.4e6, 3.5e5, 6.5e6)],
        index=["D1"], crs=3006,
    )  # fmt: skip
    drawn = ((58.28, 12.29), (58.28, 12.30), (58.29, 12.30))
    told = action_maps.state(areas, actions(), [(), ("D1",)], "m2", drawn, "")
    assert told["findings"]["ids"] == ["m1", "m2"] and told["findings"]["selected"] == 1
    labels = [look["label"] for look in told["looks"]]
    assert action_words.CHOSEN_DISTRICTS in labels and action_words.DRAWN_NOW in labels
    corners = action_maps.corners_of(actions().geometry.iloc[0])
    assert len(corners) == 4 and np.allclose(corners[0], (58.24, 12.27), atol=0.1)


def test_the_paper_carries_the_caveats_and_the_mark():
    told = action_paper.ActionTold(
        "Belysning", "Pågår.", (("Mål", HOSTILE),), (), (("1 mars 2026, Park", ("Klart.",)),),
        "Trollhättan", True, date(2026, 11, 2),
    )  # fmt: skip
    paper = action_paper.compose_action(told, effect_shown.compose_effect(assessment()))
    assert paper.mark == texts.EXAMPLE_MARK and effect_words.REGRESSION in paper.caption
    assert pdf_file.to_pdf(paper) == pdf_file.to_pdf(paper)
    assert word_file.to_docx(paper).startswith(b"PK")
