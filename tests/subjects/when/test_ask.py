"""When it happens, of an invented extract in the real districts: counted anew from its rows."""

import shutil
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from trygghetskarta.errors import AnalysisCause
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.intake import intake, receiving
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.subjects.when import ask as when_ask
from trygghetskarta.subjects.when.ask import TimePart
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.maps import Comparison
from trygghetskarta.terms.times import Beside, DateBasis
from trygghetskarta.terms.verdicts import Verdict

pytestmark = pytest.mark.slow

VIOLENCE, BURGLARY, SEXUAL = "0355", "9801", "9694"
HEADER = (
    "Id;Brottskod;Inskrivningsdatum;BROTTSDATUMTID_START;BROTTSDATUMTID_SLUT;Områdeskod;E;N;Antal"
)
FIRST, LAST = date(2022, 3, 15), date(2025, 11, 20)
YEAR = {"period": PeriodKind.OWN, "start": date(2025, 1, 1), "end": date(2025, 12, 31)}
HERE, THERE = "1488S007", "1488S012"


@dataclass(frozen=True)
class Row:
    """A row of the invented extract; without a district it lies outside the municipality."""

    code: str
    day: date
    district: str = HERE
    start: datetime | None = None
    end: datetime | None = None
    count: int = 1

    def line(self, number: int) -> str:
        start, end = ("" if at is None else f"{at:%Y-%m-%d %H:%M}" for at in (self.start, self.end))
        point = ";" if self.district else "300000;6400000"
        return f"{number};{self.code};{self.day};{start};{end};{self.district};{point};{self.count}"


@dataclass(frozen=True)
class Town:
    """The extract and the world it became."""

    rows: list[Row]
    world: loaded_world.World

    def counted(self, *codes: str, districts=(HERE, THERE), start=YEAR["start"], end=YEAR["end"]):
        """Rows of some codes (all when none), districts and a period."""
        return [
            row
            for row in self.rows
            if row.district in districts
            and start <= row.day <= end
            and (not codes or row.code in codes)
        ]

    def find(self, **choice) -> when_ask.Times:
        return when_ask.find(self.world, Choice(**(YEAR | choice)))


def invented() -> list[Row]:
    """Burglaries over days, assaults at night, more of them every year; then the strange."""
    rows, number, day = [], 0, FIRST
    while day <= LAST:
        number += 1
        began = datetime(day.year, day.month, day.day, 8) - timedelta(days=1)
        where = HERE if number % 3 else THERE
        rows.append(Row(BURGLARY, day, where, began, began + timedelta(hours=number % 30)))
        if number % 2:
            night = datetime(day.year, day.month, day.day, 22, 30)
            rows.append(Row(VIOLENCE, day, HERE, night, night, count=day.year - 2021))
        day += timedelta(days=5)
    rows.append(Row(BURGLARY, LAST, THERE))
    for number in range(1, 13):
        noon = datetime(2025, 6, number, 12)
        rows.append(Row(SEXUAL, date(2025, 6, number), HERE, noon, noon, count=3))
    rows.append(Row(VIOLENCE, date(2025, 5, 5), "", datetime(2025, 5, 5, 3), None))
    rows.append(Row(VIOLENCE, date(2025, 5, 6), "", datetime(2025, 5, 6, 3), None))
    # Dated, but with no time of day.
    rows += [Row(BURGLARY, date(2025, 4, 1 + number), HERE) for number in range(9)]
    return rows


@pytest.fixture(scope="module")
def town(base_store, tmp_path_factory) -> Town:
    path = tmp_path_factory.mktemp("times") / "store.gpkg"
    shutil.copy(base_store, path)
    place = open_workplace(Settings(store=str(path)), lambda: date(2026, 11, 2))
    rows = invented()
    content = "\n".join([HEADER, *(row.line(number) for number, row in enumerate(rows))]) + "\n"
    waiting = receiving.receive(place, TableKind.INCIDENTS, "uttag.csv", content.encode("utf-8"))
    report = intake.import_waiting(place, waiting, "Polisen", crs=3006)
    assert (report.new, report.quarantined, report.outside) == (len(rows), 0, 2), report.faults[:3]
    world = loaded_world.load(place.engine, place.municipality)
    place.engine.dispose()
    return Town(rows, world)


def total(rows: list[Row]) -> int:
    return sum(row.count for row in rows)


def timed(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.start is not None]


# --- hours and light ---


def test_the_hours_sum_to_the_offences_with_a_known_time(town):
    found = town.find()
    rows = town.counted()
    assert found.hours.shape == (7, 24)
    assert found.hours.to_numpy().sum() == pytest.approx(total(timed(rows)))
    assert (found.quality.n, found.quality.used) == (total(rows), total(timed(rows)))
    assert found.quality.without_time == total(rows) - total(timed(rows)) == 10
    assert found.light["count"].sum() == pytest.approx(total(timed(rows)))
    assert found.problems == {}


def test_the_hours_of_instants_are_counted_one_by_one(town):
    expected = np.zeros((7, 24))
    for row in town.counted(VIOLENCE):
        expected[row.start.weekday(), row.start.hour] += row.count
    found = town.find(types=("Våld",))
    assert found.hours.to_numpy() == pytest.approx(expected)
    assert found.hours.to_numpy()[:, 22].sum() == total(town.counted(VIOLENCE))


def test_an_interval_is_spread_minute_by_minute(town):
    expected = np.zeros((7, 24))
    for row in timed(town.counted(BURGLARY)):
        # No interval of the extract covers a change of the clocks.
        minutes = int((row.end - row.start).total_seconds() // 60)
        for minute in range(max(minutes, 1)):
            at = row.start + timedelta(minutes=minute)
            expected[at.weekday(), at.hour] += row.count / max(minutes, 1)
    assert town.find(types=("Inbrott",)).hours.to_numpy() == pytest.approx(expected)


def test_the_offences_of_noon_in_june_are_in_daylight(town):
    found = town.find(theme="sexualbrott")
    assert found.light["count"].round(6).tolist() == [36, 0, 0]
    assert found.light["time_share"].sum() == pytest.approx(1)


def test_too_few_known_times_give_no_hours_and_say_so(town):
    spring = {"start": date(2025, 4, 1), "end": date(2025, 4, 30)}
    found = town.find(types=("Inbrott",), **spring)
    used = total(timed(town.counted(BURGLARY, **spring)))
    assert used < when_ask.FEWEST_TIMED
    for part in (TimePart.HOURS, TimePart.LIGHT):
        assert found.problems[part].cause is AnalysisCause.TOO_FEW
        assert found.problems[part].facts == {"found": used, "needed": when_ask.FEWEST_TIMED}
    assert found.hours is found.light is None
    # The rest of the page is there all the same.
    assert found.trend is not None and found.season is not None


# --- districts and facts ---


def test_a_district_has_its_own_figures(town):
    for district in (HERE, THERE):
        rows = town.counted(districts=(district,))
        found = town.find(districts=(district,))
        assert found.facts.offences == total(rows)
        assert found.quality.n == total(rows)
        assert np.nansum(found.daily) == total(rows)
        assert found.monthly.sum() == total(
            town.counted(districts=(district,), start=date(2022, 4, 1), end=date(2025, 10, 31))
        )


@pytest.mark.parametrize("choice", [{}, {"districts": (HERE,)}])
def test_what_lies_outside_is_told_and_counted_nowhere(town, choice):
    found = town.find(types=("Våld",), **choice)
    assert found.facts.outside == 2
    rows = town.counted(VIOLENCE, districts=choice.get("districts", (HERE, THERE)))
    assert found.facts.offences == found.quality.n == total(rows)
    assert found.hours.to_numpy()[:, 3].sum() == 0


def test_what_is_told_beside_a_district_is_the_districts(town):
    """A sum over a longer time elsewhere is no reason for a missing offence here."""
    cube = town.world.cube
    there = cube.area_codes[AreaLevel.DISTRICT].index(THERE)
    longer = 400 * (cube.area_row[AreaLevel.DISTRICT] == there)
    last = {basis: days + longer for basis, days in cube.last_day.items()}
    world = replace(town.world, cube=replace(cube, last_day=last))
    asked = Choice(**YEAR)
    assert when_ask.find(world, replace(asked, districts=(HERE,))).facts.straddling == 0
    assert when_ask.find(world, asked).facts.straddling > 0


def test_the_facts_lead_back_to_the_choice(town):
    found = town.find(types=("Våld",), districts=(HERE,))
    assert "stadsdel=1488S007" in found.facts.link and "brottstyp=V" in found.facts.link
    assert found.facts.areas == ("Kronogården",)


# --- what may be shown ---


@pytest.mark.parametrize("choice", [{"theme": "sexualbrott"}, {"types": ("Sexualbrott",)}])
def test_sexual_offences_are_shown_by_time_for_the_whole_municipality_only(town, choice):
    whole = town.find(**choice)
    assert not whole.refused
    assert whole.hours.to_numpy().sum() == pytest.approx(36)
    refused = town.find(districts=(HERE,), **choice)
    assert refused.refused
    for part in ("facts", "quality", "hours", "light", "season", "monthly", "trend", "daily"):
        assert getattr(refused, part) is None
    assert refused.problems == {}


def test_every_district_chosen_is_still_a_choice_of_districts(town):
    everywhere = tuple(town.world.areas[AreaLevel.DISTRICT].index)
    assert town.find(theme="sexualbrott", districts=everywhere).refused


def test_a_theme_of_a_few_districts_and_a_sensitive_type_is_refused(town):
    assert town.find(theme="utsatt_omrade", types=("Sexualbrott",)).refused
    assert not town.find(theme="utsatt_omrade").refused


@pytest.mark.parametrize("theme", ["extremism", "civilsamhalle"])
def test_a_theme_that_counts_no_offences_has_no_times(town, theme):
    assert town.find(theme=theme).refused


def test_other_types_are_shown_by_time_in_a_district(town):
    assert not town.find(types=("Inbrott",), districts=(HERE,)).refused


# --- months ---


def per_month(rows: list[Row]) -> dict[pd.Timestamp, int]:
    found = Counter()
    for row in rows:
        found[pd.Timestamp(row.day.year, row.day.month, 1)] += row.count
    return dict(found)


@pytest.mark.parametrize(
    ("end", "last"),
    [
        (date(2025, 12, 31), (2025, 10)),
        (date(2025, 10, 31), (2025, 10)),
        (date(2025, 10, 30), (2025, 9)),
        (date(2025, 5, 17), (2025, 4)),
    ],
)
def test_the_trend_is_of_whole_months_only(town, end, last):
    """The data begin on 15 March 2022 and end on 20 November 2025."""
    found = town.find(end=end)
    index = pd.date_range("2022-04-01", pd.Timestamp(*last, 1), freq="MS")
    assert found.monthly.index.tolist() == index.tolist()
    rows = town.counted(start=date(2022, 4, 1), end=(index[-1] + pd.offsets.MonthEnd()).date())
    expected = per_month(rows)
    assert found.monthly.tolist() == [expected.get(month, 0) for month in index]
    assert found.trend.months == len(index)
    assert found.trend.events == total(rows)


def test_more_assaults_every_year_is_an_increase(town):
    found = town.find(types=("Våld",))
    assert found.trend.verdict is Verdict.INCREASE
    assert found.trend.lower > 0


def test_the_season_is_the_mean_of_its_months(town):
    found = town.find(types=("Inbrott",))
    rows = town.counted(BURGLARY, start=date(2022, 4, 1), end=date(2025, 10, 31))
    may = [n for month, n in per_month(rows).items() if month.month == 5]
    assert found.season.loc[5, "years"] == len(may) == 4
    assert found.season.loc[5, "mean"] == pytest.approx(sum(may) / (4 * 31) * 365.25 / 12)
    assert found.season.loc[12, "years"] == 3


def test_too_short_a_series_shows_neither_season_nor_direction_and_says_so(town):
    found = town.find(start=date(2022, 1, 1), end=date(2022, 12, 31))
    for part, needed in ((TimePart.SEASON, 24), (TimePart.TREND, 36)):
        assert found.problems[part].cause is AnalysisCause.TOO_FEW_PERIODS
        assert found.problems[part].facts == {"found": 9, "needed": needed}
    assert found.season is found.trend is None
    between = town.find(start=date(2022, 1, 1), end=date(2024, 6, 30))
    assert between.season is not None
    assert set(between.problems) == {TimePart.TREND}


@pytest.mark.parametrize("end", [date(2022, 3, 31), date(2010, 12, 31)])
def test_a_period_without_a_whole_month_has_an_empty_series(town, end):
    found = town.find(start=date(end.year, 1, 1), end=end)
    assert len(found.monthly) == 0
    assert {TimePart.SEASON, TimePart.TREND, TimePart.HOURS} <= set(found.problems)


def test_too_few_offences_show_no_direction_and_say_so(town):
    found = town.find(types=("Rån",))
    assert found.problems[TimePart.TREND].cause is AnalysisCause.TOO_FEW
    assert found.facts.offences == 0


# --- days ---


def per_day(rows: list[Row]) -> dict[pd.Timestamp, int]:
    found = Counter()
    for row in rows:
        found[pd.Timestamp(row.day)] += row.count
    return dict(found)


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        (2025, date(2025, 1, 1), LAST),
        (2024, date(2024, 1, 1), date(2024, 12, 31)),
        (2022, FIRST, date(2022, 12, 31)),
    ],
)
def test_the_calendar_is_missing_beyond_the_data(town, year, first, last):
    found = town.find(start=date(year, 1, 1), end=date(year, 12, 31))
    expected = per_day(town.counted(start=first, end=last))
    assert len(found.daily) == (366 if year == 2024 else 365)
    for day, n in found.daily.items():
        if first <= day.date() <= last:
            assert n == expected.get(day, 0)
        else:
            assert np.isnan(n)


def test_a_sum_over_months_has_no_day_in_the_calendar(town):
    last = {basis: days + 200 for basis, days in town.world.cube.last_day.items()}
    world = replace(town.world, cube=replace(town.world.cube, last_day=last))
    found = when_ask.find(world, Choice(**YEAR))
    assert np.nansum(found.daily) == 0


@pytest.mark.parametrize("basis", DateBasis)
def test_days_follow_the_chosen_date(town, basis):
    """A burglary is reported the day after it began; what has no time is dated as reported."""
    found = town.find(types=("Inbrott",), basis=basis)
    rows = town.counted(BURGLARY, start=FIRST, end=LAST)
    if basis is DateBasis.OCCURRED:
        rows = [replace(row, day=row.start.date() if row.start else row.day) for row in rows]
    rows = [row for row in rows if row.day.year == 2025]
    assert {day: n for day, n in found.daily.items() if n > 0} == per_day(rows)


# --- beside ---


def test_a_district_stands_beside_another(town):
    asked = Choice(districts=(HERE,), beside=Beside.DISTRICT, other=THERE, types=("Våld",), **YEAR)
    other = when_ask.beside(town.world, asked)
    assert other == replace(asked, districts=(THERE,))
    found = when_ask.find(town.world, other)
    assert found.facts.areas == ("Sylte",)


@pytest.mark.parametrize("other", ["", "1488S999", "<b>"])
def test_no_district_stands_beside_when_none_is_known(town, other):
    assert when_ask.beside(town.world, Choice(beside=Beside.DISTRICT, other=other, **YEAR)) is None


@pytest.mark.parametrize(
    ("choice", "start", "end"),
    [
        ({}, date(2024, 1, 1), date(2024, 12, 31)),
        ({"comparison": Comparison.PREVIOUS, "start": date(2025, 7, 1)}, *2 * [None]),
        (
            {
                "comparison": Comparison.OWN,
                "compare_start": date(2023, 2, 1),
                "compare_end": date(2023, 4, 30),
            },
            date(2023, 2, 1),
            date(2023, 4, 30),
        ),
    ],
)
def test_the_period_compared_with_stands_beside(town, choice, start, end):
    asked = Choice(beside=Beside.PERIOD, districts=(HERE,), **(YEAR | choice))
    other = when_ask.beside(town.world, asked)
    span = (start, end) if start else (date(2025, 1, 1), date(2025, 6, 30))
    assert (other.period, other.start, other.end) == (PeriodKind.OWN, *span)
    assert (other.districts, other.types) == (asked.districts, asked.types)
    found = when_ask.find(town.world, other)
    assert (found.facts.start, found.facts.end) == span
    rows = town.counted(districts=(HERE,), start=span[0], end=span[1])
    assert found.facts.offences == total(rows)


def test_nothing_stands_beside_unless_asked_for(town):
    assert when_ask.beside(town.world, Choice(other=THERE, **YEAR)) is None


def test_a_theme_that_hides_small_counts_has_no_days_and_no_small_months(demo_store):
    place = open_workplace(Settings(store=str(demo_store)), lambda: date(2026, 11, 2))
    world = loaded_world.load(place.engine, place.municipality)
    place.engine.dispose()
    found = when_ask.find(world, Choice(theme="sexualbrott"))
    assert not found.refused and found.daily is None
    threshold = found.answer.rule.threshold
    told = found.monthly.dropna()
    assert threshold > 1 and ((told == 0) | (told >= threshold)).all()
    assert found.trend is not None
