"""Risk against feeling unsafe in a town of four districts, every figure checkable by head."""

from dataclasses import replace
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from trygghetskarta.analysis import incident_cube
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.subjects.perception.ask import safety_and_perception as sap
from trygghetskarta.subjects.perception.ask import survey_rounds
from trygghetskarta.subjects.perception.ask.safety_and_perception import PerceptionWorld, Refusal
from trygghetskarta.terms import map_classes
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, CellStatus, ShowRule
from trygghetskarta.terms.municipality import Municipality, Plan, Theme
from trygghetskarta.terms.perception import (
    Dimension,
    PerceptionRules,
    Perspective,
    Quadrant,
    SamplingMethod,
    SurveyQuestion,
)

pytestmark = pytest.mark.slow

CODES = ("1488S001", "1488S002", "1488S003", "1488S004")
NAMES = ("Berg", "Dal", "Ås", "Ö")
COUNTS = (300, 20, 300, 20)
"""Offences a year among 1 000 inhabitants each: the municipality's rate is 160."""
SAFE = 'Trygg "ute"?'
WORRY = "Orolig för inbrott"
CHOICE = Choice(period=PeriodKind.LAST_YEAR)


def question(key: str, text: str, **how) -> SurveyQuestion:
    plain = {"dimension": Dimension.PERCEIVED_SAFETY, "counts_safe": False, "reference_year": 2022}
    return SurveyQuestion(key, text, text, **{**plain, **how})


def theme(key: str, finest: AreaLevel | None, types: tuple[str, ...] = ("Stöld",)) -> Theme:
    rule = ShowRule(finest, 5)
    return Theme(key, key, types, (), (), (), False, rule, rule, status="x")


@pytest.fixture(scope="module")
def world() -> World:
    areas = gpd.GeoDataFrame(
        {"name": NAMES, "boundary_version": "2025"},
        geometry=[box(340000 + 100 * n, 6462000, 340100 + 100 * n, 6462100) for n in range(4)],
        index=pd.Index(CODES, name="area_code"),
        crs=3006,
    )
    rows = [
        {"district_code": code, "offence_type": "Stöld", "count": count, "day": f"{year}-06-15"}
        for code, count in zip(CODES, COUNTS, strict=True)
        for year in (2024, 2025)
    ]
    # The data reach from one end of 2024 to the other of 2025, outside every district.
    rows += [
        {"district_code": None, "offence_type": "Stöld", "count": 1, "day": day}
        for day in ("2024-01-01", "2025-12-31")
    ]
    table = pd.DataFrame(rows)
    day = pd.to_datetime(table["day"])
    incidents = table.assign(
        source_id=[str(n) for n in table.index],
        offence_code=None,
        occurred_from=day.dt.tz_localize("UTC"),
        occurred_to=day.dt.tz_localize("UTC"),
        occurred_precision="day",
        reported_from=day,
        reported_to=day,
        preliminary=False,
        regso_code=None,
        deso_code=None,
        place_match=np.where(table["district_code"].isna(), "none", "code"),
        source="Prov",
    )
    levels = {level: () for level in (AreaLevel.REGSO, AreaLevel.DESO)}
    themes = (theme("stold", AreaLevel.DISTRICT), theme("grov", AreaLevel.MUNICIPALITY))
    themes += (theme("lista", None, ()),)
    rules = PerceptionRules(
        0.2,
        (2024, 2025),
        (
            question("trygg", SAFE, counts_safe=True),
            question("oro", WORRY, themes=("stold",), limit=0.25, reference_year=0),
            question("utsatt", "Utsatt", dimension=Dimension.SAFETY),
        ),
    )
    town = Municipality(
        "1488", "Prov", "Län", 3007, 58.2, 12.2, 12, "v1", (Plan(2021, "P", "K", themes),), rules
    )
    empty = pd.DataFrame(columns=["valid_from", "valid_to", "area_code", "name", "area_class"])
    people = pd.Series(1000.0, index=list(CODES))
    return World(
        municipality=town,
        version=1,
        areas={AreaLevel.DISTRICT: areas},
        cube=incident_cube.build_cube(incidents, {AreaLevel.DISTRICT: CODES, **levels}),
        population={AreaLevel.DISTRICT: (people, 2025)},
        classifications=empty,
        district_of={AreaLevel.DISTRICT: pd.Series(CODES, index=list(CODES))},
        events=pd.DataFrame(),
        sources=("Prov",),
        is_example=False,
    )


def share(year: int, code: str, value: float, answers: int, **how) -> dict:
    plain = {
        "survey": "S",
        "year": year,
        "question": SAFE,
        "dimension": "perceived_safety",
        "area_level": "stadsdel" if code else "kommun",
        "area_code": code or "1488",
        "group": "Alla",
        "share": value,
        "lower": np.nan,
        "upper": np.nan,
        "answers": answers,
        "n_effective": np.nan,
        "weight_sum": np.nan,
        "sampling_method": SamplingMethod.RANDOM.value,
        "method_key": None,
        "source": "K",
    }
    return {**plain, **how}


def survey(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame(rows)


def felt(table: pd.DataFrame, findings: dict[str, int] | None = None) -> PerceptionWorld:
    seen = [
        {
            "district_code": code,
            "category": "belysning",
            "merged_into": None,
            "day": pd.Timestamp("2024-03-01"),
        }
        for code, n in (findings or {}).items()
        for _ in range(n)
    ]
    columns = ["district_code", "category", "merged_into", "day"]
    frame = pd.DataFrame(seen, columns=columns).astype({"day": "datetime64[us]"})
    return PerceptionWorld(table, frame, False)


ROUND = [
    share(2022, "", 0.70, 1000),
    share(2024, "", 0.60, 660),
    share(2024, CODES[0], 0.40, 200),  # 60 % unsafe, above 30
    share(2024, CODES[1], 0.40, 200),
    share(2024, CODES[2], 0.90, 200),  # 10 % unsafe, below 30
    share(2024, CODES[3], 0.70, 60),  # 30 % unsafe: on the limit
]


def test_the_four_districts_stand_where_their_figures_say(world):
    found = sap.find(world, felt(survey(*ROUND)), CHOICE)
    table = found.gated.table
    assert found.told.risk_limit.value == pytest.approx(160)  # 640 a year among 4 000
    assert (found.told.risk_limit.first_year, found.told.risk_limit.last_year) == (2024, 2025)
    assert (
        found.told.unsafe_limit.value == pytest.approx(0.30)
        and not found.told.unsafe_limit.is_substitute
    )
    assert table["share"].tolist() == pytest.approx([0.6, 0.6, 0.1, 0.3])
    assert table["quadrant"].tolist() == [
        Quadrant.HIGH_HIGH,
        Quadrant.LOW_HIGH,
        Quadrant.HIGH_LOW,
        Quadrant.UNSURE,
    ]
    assert found.class_number.tolist() == [8, 6, 2, map_classes.UNDECIDED]
    assert (table["share_lower"] <= table["share"]).all()
    assert found.told.round.year == 2024 and found.question.key == "trygg"


def test_limits_are_the_same_whatever_period_and_round_is_shown(world):
    rows = [*ROUND, share(2025, "", 0.5, 400), share(2025, CODES[0], 0.5, 400)]
    one = sap.find(world, felt(survey(*rows)), replace(CHOICE, survey_year=2024))
    half = Choice(period=PeriodKind.OWN, start=date(2024, 1, 1), end=date(2024, 6, 30))
    other = sap.find(world, felt(survey(*rows)), half)
    assert other.told.round.year == 2025
    assert (
        one.told.risk_limit == other.told.risk_limit
        and one.told.unsafe_limit == other.told.unsafe_limit
    )
    # The year's offences lie in its first half: twice as many a year.
    assert other.gated.table["rate"].iloc[0] == pytest.approx(
        2 * one.gated.table["rate"].iloc[0], rel=1e-6
    )


def test_a_limit_without_its_year_says_that_it_is_a_substitute(world):
    rows = [row for row in ROUND if row["year"] == 2024]
    found = sap.find(world, felt(survey(*rows)), CHOICE)
    assert found.told.unsafe_limit.is_substitute and found.told.unsafe_limit.value == pytest.approx(
        0.4
    )
    town = replace(
        world.municipality, perception=replace(world.municipality.perception, risk_years=(0, 0))
    )
    without = sap.find(replace(world, municipality=town), felt(survey(*rows)), CHOICE)
    assert without.told.risk_limit.is_substitute and without.told.risk_limit.value == pytest.approx(
        160
    )


def test_the_theme_brings_its_question_and_a_given_limit(world):
    rows = [*ROUND, share(2024, CODES[0], 0.5, 100, question="orolig FÖR inbrott")]
    found = sap.find(world, felt(survey(*rows)), replace(CHOICE, theme="stold"))
    assert found.question.key == "oro" and found.told.unsafe_limit.value == 0.25
    assert found.gated.table["share"].iloc[0] == 0.5
    assert found.gated.table["status_answers"].tolist() == ["shown", *["missing"] * 3]
    assert found.class_number.tolist()[1:] == [map_classes.MISSING] * 3
    chosen = sap.find(world, felt(survey(*rows)), replace(CHOICE, theme="stold", question="trygg"))
    assert chosen.question.key == "trygg"


@pytest.mark.parametrize(
    ("theme_key", "rows", "refusal"),
    [
        ("lista", ROUND, Refusal.NOT_MAPPED),
        ("grov", ROUND, Refusal.TOO_FINE),
        ("", [share(2024, "", 0.5, 90, question="En annan")], Refusal.NO_SURVEY),
        ("", [share(2022, "", 1.0, 90), share(2024, "", 1.0, 90)], Refusal.NO_LIMIT),
    ],
)
def test_what_cannot_be_shown_is_refused_with_its_reason(world, theme_key, rows, refusal):
    found = sap.find(world, felt(survey(*rows)), replace(CHOICE, theme=theme_key))
    assert found.refused is refusal and found.gated is None


def test_without_questions_there_is_nothing_to_ask(world):
    town = replace(world.municipality, perception=PerceptionRules())
    found = sap.find(replace(world, municipality=town), felt(survey(*ROUND)), CHOICE)
    assert found.refused is Refusal.NO_QUESTION


def test_self_selected_answers_place_no_district_and_are_not_the_usual_round(world):
    web = SamplingMethod.WEB_OPEN.value
    rows = [*ROUND, *(share(2025, code, 0.1, 300, sampling_method=web) for code in CODES)]
    assert sap.find(world, felt(survey(*rows)), CHOICE).told.round.year == 2024
    found = sap.find(world, felt(survey(*rows)), replace(CHOICE, survey_year=2025))
    assert found.told.round.is_self_selected
    assert found.gated.table["share"].tolist() == pytest.approx([0.9] * 4)
    assert found.gated.table[["share_lower", "share_upper"]].isna().all(axis=None)
    assert set(found.class_number) == {map_classes.UNDECIDED}


def test_29_answers_are_hidden_from_everybody_and_none_is_missing(world):
    few = [row for row in ROUND if row["area_code"] not in CODES[2:]]
    few.append(share(2024, CODES[2], 0.90, 29))
    inside = sap.find(world, felt(survey(*few)), CHOICE)
    assert inside.gated.table["status_answers"].tolist() == ["shown"] * 2 + ["hidden", "missing"]
    assert inside.class_number.tolist() == [8, 6, map_classes.HIDDEN, map_classes.MISSING]
    assert np.isnan(inside.gated.table["share"].iloc[2])
    assert inside.pictures.voices["answers"].iloc[2] == 29  # within the house


def test_in_public_no_hidden_share_follows_from_the_municipalitys(world):
    few = [row for row in ROUND if row["area_code"] != CODES[3]]
    few.append(share(2024, CODES[3], 0.9, 29))
    found = sap.find(world, felt(survey(*few), {CODES[0]: 3}), CHOICE, Audience.PUBLIC)
    table = found.gated.table
    hidden = table["status_answers"] == CellStatus.HIDDEN
    assert hidden.sum() >= 2 and hidden.iloc[3]
    assert (
        table.loc[hidden, ["share", "share_lower", "share_upper", "quadrant"]].isna().all(axis=None)
    )
    assert found.pictures.voices.loc[hidden, "answers"].isna().all()
    assert found.pictures.findings.table["status"].iloc[0] == CellStatus.HIDDEN
    assert not any(found.pictures.categories)
    told = sap.series(world, felt(survey(*few)), found.question, CODES[3], Audience.PUBLIC)
    assert told["share"].isna().all() and told["status"].tolist() == ["missing", "hidden"]


@pytest.mark.parametrize("value", [1 / 47, 2 / 34, 46 / 47])
def test_in_public_a_share_that_one_or_two_stand_behind_is_hidden(world, value):
    """2 % of 47 is one person; the district with the fewest answers beside it is hidden too."""
    n = 34 if value == 2 / 34 else 47
    rows = [row for row in ROUND if row["area_code"] != CODES[3]]
    rows.append(share(2024, CODES[3], value, n))
    found = sap.find(world, felt(survey(*rows)), CHOICE, Audience.PUBLIC)
    table = found.gated.table
    assert table["status_answers"].iloc[3] == CellStatus.HIDDEN
    assert (table["status_answers"] == CellStatus.HIDDEN).sum() == 2
    hidden = table["status_answers"] == CellStatus.HIDDEN
    assert table.loc[hidden, ["answers", "share", "share_lower", "quadrant"]].isna().all(axis=None)
    assert found.class_number.iloc[3] == map_classes.HIDDEN
    told = sap.series(world, felt(survey(*rows)), found.question, CODES[3], Audience.PUBLIC)
    assert told["status"].iloc[-1] == CellStatus.HIDDEN and np.isnan(told["answers"].iloc[-1])
    # The house sees it.
    assert sap.find(world, felt(survey(*rows)), CHOICE).gated.table["share"].notna().all()


def test_a_municipality_whose_share_few_stand_behind_gives_the_public_no_limit(world):
    rows = [share(2024, code, 0.99 if code == CODES[0] else 1.0, 100) for code in CODES]
    found = sap.find(world, felt(survey(*rows)), CHOICE, Audience.PUBLIC)
    assert found.refused is Refusal.NO_LIMIT
    told = sap.series(
        world,
        felt(survey(*rows)),
        found.question or world.municipality.perception.questions[0],
        "",
        Audience.PUBLIC,
    )
    assert told["status"].tolist() == [CellStatus.HIDDEN]


def test_a_twin_world_that_differs_only_in_what_is_hidden_looks_the_same_in_public(world):
    def public(value: float) -> sap.SafetyAndPerception:
        rows = [row for row in ROUND if row["area_code"] != CODES[3]]
        rows.append(share(2024, CODES[3], value, 29))
        return sap.find(world, felt(survey(*rows)), CHOICE, Audience.PUBLIC)

    one, other = public(0.1), public(0.9)
    assert one.gated.table.equals(other.gated.table)
    assert one.class_number.equals(other.class_number)
    assert one.pictures.sides.equals(other.pictures.sides)


def test_the_pictures_tell_what_only_one_sees_and_who_is_not_heard(world):
    few = [row for row in ROUND if row["area_code"] != CODES[3]]
    few.append(share(2024, CODES[3], 0.70, 35))
    told = sap.find(world, felt(survey(*few), {CODES[0]: 40, CODES[1]: 60}), CHOICE).pictures
    assert told.city_limit == pytest.approx(25)
    assert told.sides[Perspective.CITY].tolist() == ["above", "above", "below", "below"]
    assert told.alone.tolist() == [None, None, Perspective.POLICE, None]
    assert told.voices["quiet_answers"].tolist() == [False, False, False, True]
    assert told.voices["quiet_findings"].tolist() == [False, False, True, True]
    assert told.voices["answers_per_1000"].tolist() == [200, 200, 200, 35]
    assert told.categories[CODES[0]] == ("belysning",)


def test_the_filter_keeps_districts_without_moving_any(world):
    every = sap.find(world, felt(survey(*ROUND)), CHOICE)
    one = sap.find(world, felt(survey(*ROUND)), replace(CHOICE, districts=(CODES[1],)))
    assert one.shown.table.index.tolist() == [CODES[1]]
    assert one.class_number.equals(every.class_number)


def test_the_series_breaks_and_hides(world):
    web = SamplingMethod.WEB_OPEN.value
    rows = [
        share(2019, CODES[0], 0.5, 90, sampling_method=web),
        share(2021, CODES[0], 0.5, 20),
        share(2022, CODES[0], 0.5, 90),
        share(2024, CODES[0], 0.6, 90),
        share(2025, CODES[0], 0.6, 90, method_key="telefon"),
    ]
    asked = world.municipality.perception.questions[0]
    told = sap.series(world, felt(survey(*rows)), asked, CODES[0])
    assert told["year"].tolist() == [2019, 2021, 2022, 2024, 2025]
    assert told["segment"].tolist() == [0, 1, 1, 1, 2]
    assert told["status"].tolist() == ["shown", "hidden", "shown", "shown", "shown"]
    assert told["share"].round(2).tolist()[2:] == [0.5, 0.4, 0.4]
    assert np.isnan(told["share_lower"].iloc[0]) and told["share_lower"].iloc[2] < 0.5


def test_the_publishers_own_limits_go_before_ours_and_are_turned_too(world):
    asked = world.municipality.perception.questions[0]
    rows = survey(share(2024, CODES[0], 0.6, 90, lower=0.5, upper=0.65))
    told = survey_rounds.asked(rows, asked)[["share_lower", "share", "share_upper"]]
    assert told.iloc[0].tolist() == pytest.approx([0.35, 0.4, 0.5])


def test_without_the_municipalitys_row_its_districts_stand_for_it_by_weight(world):
    rows = survey(
        share(2022, CODES[0], 0.5, 100, weight_sum=300.0),
        share(2022, CODES[1], 0.9, 100, weight_sum=100.0),
    )
    asked = world.municipality.perception.questions[0]
    shares = survey_rounds.asked(rows, asked)
    one = survey_rounds.rounds_of(shares)[0]
    assert one.answers == 200
    assert survey_rounds.limit_of(shares, asked, one, Audience.INTERNAL).value == pytest.approx(0.4)


def test_the_public_sees_calendar_periods_only(world):
    odd = Choice(period=PeriodKind.OWN, start=date(2024, 2, 3), end=date(2024, 12, 29))
    span = sap.find(world, felt(survey(*ROUND)), odd, Audience.PUBLIC).view.span
    assert (span.start, span.end) == (date(2024, 1, 1), date(2024, 12, 31))
    assert sap.find(world, felt(survey(*ROUND)), odd).view.span.start == date(2024, 2, 3)
