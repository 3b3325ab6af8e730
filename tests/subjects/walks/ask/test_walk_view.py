"""Walks and findings of a choice: who sees which part of a route, what is listed, what is told."""

import base64
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Transformer

from tests.kept import ROOT
from trygghetskarta.analysis.streets import near_route
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.links import from_query, to_query
from trygghetskarta.gate.periods import Span
from trygghetskarta.intake import walk_intake, walk_reading
from trygghetskarta.intake.walk_reading import Reading
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import read_walks
from trygghetskarta.subjects.walks.ask import walk_papers, walk_view
from trygghetskarta.subjects.walks.edit import finding_edits, walk_work
from trygghetskarta.subjects.walks.edit.finding_edits import RowEdition
from trygghetskarta.subjects.walks.edit.walk_work import ObservationForm, WalkForm
from trygghetskarta.subjects.walks.show import walk_maps
from trygghetskarta.subjects.walks.show.protocol import compose_minutes
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.offences import OFFENCE_TYPES
from trygghetskarta.terms.walks import (
    FindingFilter,
    FindingStatus,
    ObservationCategory,
    WalkFilter,
    WalkLayer,
    WalkType,
)
from trygghetskarta.words import walk_page_words, walk_words

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 2)
EVENING = datetime(2026, 10, 30, 20, 0, tzinfo=UTC)
EVERYTHING = Choice(finding_status=FindingFilter.ALL)
# About 1 000 metres due north in Kronogården.
ROUTE = ((58.2720, 12.3120), (58.2810, 12.3120))


def identity(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def walk(number: int, days: int = 0, **more) -> WalkForm:
    told = {
        "walk_type": WalkType.PRESENCE,
        "name": "Kronogården",
        "started_at": EVENING - timedelta(days=days),
        "ended_at": EVENING - timedelta(days=days) + timedelta(hours=2),
        "participants": 4,
        "team": "Grupp Norr",
        "given_place": "Kronogården",
        "route": ROUTE,
    }
    return WalkForm(walk_id=identity(number), **told | more)


def seen(number: int, on: int | None, days: int = 0, **more) -> ObservationForm:
    told = {
        "observed_at": EVENING - timedelta(days=days),
        "category": ObservationCategory.LIGHTING,
        "told": {"seriousness": 2},
        "position": (58.2755, 12.3120),
    }
    walk_id = None if on is None else identity(on)
    return ObservationForm(identity(number), walk_id=walk_id, **told | more)


@pytest.fixture
def place(tmp_path):
    found = open_workplace(Settings(store=str(tmp_path / "walks.gpkg")), lambda: TODAY)
    yield found
    found.engine.dispose()


def edition(place, number: int) -> RowEdition:
    row = read_walks.one_observation(place.engine, identity(number)).iloc[0]
    return RowEdition(row["observation_id"], int(row["version"]))


def test_an_empty_store_has_an_answer_too(place):
    world = walk_view.load(place)
    assert world.is_empty
    chosen = walk_view.choose(world, Choice())
    told = walk_view.tell(world, chosen)
    assert told.rate.rate != told.rate.rate and told.coverage is None
    assert walk_papers.season(world, chosen, told, Audience.INTERNAL).walks == 0


def test_the_ends_of_a_route_are_shown_to_its_own_group_only(place):
    walk_work.save(place, "test", walk(1))
    world = walk_view.load(place)
    shown = walk_view.choose(world, Choice()).shown[0].geometry.length
    own = walk_view.choose(world, replace(Choice(), team="Grupp Norr")).shown[0].geometry.length
    other = walk_view.choose(world, replace(Choice(), team="Grupp Syd")).shown[0].geometry.length
    assert own == pytest.approx(1002, abs=3)
    assert shown == other and 570 < shown < own - 2 * walk_view.ZONE
    papers = walk_papers.minutes(world, identity(1))
    assert papers.route.length == pytest.approx(shown)


@pytest.fixture
def wandered(place):
    """A walk whose device drifted for a quarter of an hour at home, and the door in metres."""
    content = (ROOT / "tests" / "data" / "walks" / "home_wander.gpx").read_bytes()
    told = walk_reading.WalkDetails(team="Grupp Norr", participants=2)
    reading = Reading(None, "Vandrarna", told=told)
    (found,) = walk_intake.import_files(place, [("hem.gpx", content)], reading)
    assert found.report.new == 1
    world = walk_view.load(place)
    ends = shapely.get_coordinates(world.tracks[0].geometry)[[0, -1]]
    return world, shapely.MultiPoint(ends)


def in_metres(packed: dict) -> np.ndarray:
    """Places of a payload, which has latitude and longitude in millionths."""
    assert packed["type"] == "i4"
    degrees = np.frombuffer(base64.b64decode(packed["data"]), "<i4").reshape(-1, 2) / 1e6
    to_metres = Transformer.from_crs(4326, 3006, always_xy=True)
    return np.column_stack(to_metres.transform(degrees[:, 1], degrees[:, 0]))


@pytest.mark.parametrize("layer", [WalkLayer.ROUTES, WalkLayer.SPEED])
@pytest.mark.parametrize("team", ["", "Grupp Syd"])
def test_no_payload_draws_within_the_zone(wandered, layer, team):
    world, ends = wandered
    chosen = walk_view.choose(world, replace(Choice(), team=team))
    sent = walk_maps.ground_state(0, chosen.shown, layer, None, "")["routes"]
    at = in_metres(sent["at"])
    lengths = np.frombuffer(base64.b64decode(sent["lengths"]["data"]), "<i4")
    for line in np.split(at, np.cumsum(lengths)[:-1]):
        assert shapely.LineString(line).distance(ends) >= walk_view.ZONE
    assert shapely.LineString(at).length > 1000


def test_no_cell_and_no_count_tells_of_the_zone(wandered):
    world, ends = wandered
    zone = ends.buffer(walk_view.ZONE - 0.01)
    chosen = walk_view.choose(world, Choice())
    told = walk_view.tell(world, chosen)
    assert len(told.drawn.cells) and not told.drawn.cells.intersects(zone).any()
    # Streets near the door, and offences there while somebody walked, count as anywhere else.
    at_door = shapely.get_coordinates(ends)[0] + [[-60, 15], [60, 15]]
    streets = gpd.GeoDataFrame(
        {"name": ["Hemgatan"]}, geometry=[shapely.LineString(at_door)], crs=3006
    )
    walked = walk_view.tell(replace(world, network=streets), chosen).coverage
    assert walked.metres == 0
    offences = gpd.GeoDataFrame(
        {
            "occurred_from": world.walks["started_at"] + pd.Timedelta(minutes=20),
            "occurred_to": world.walks["started_at"] + pd.Timedelta(minutes=20),
            "count": [1],
        },
        geometry=[shapely.Point(at_door[0])],
        crs=3006,
    )
    assert near_route(chosen.shown, offences).table["near"].tolist() == [0, 0, 0]
    own = walk_view.choose(world, replace(Choice(), team="Grupp Norr"))
    assert near_route(own.shown, offences).table["near"].iloc[-1] == 1


def test_no_paper_draws_within_the_zone_for_anybody(wandered):
    world, ends = wandered
    papers = walk_papers.minutes(world, world.walks["walk_id"].iloc[0])
    assert papers.route.distance(ends) >= walk_view.ZONE
    assert walk_words.PROTOCOL_TRIMMED in str(compose_minutes(papers).sections)


def test_a_walk_that_never_leaves_the_zone_shows_nothing_and_says_so(place):
    walk_work.save(place, "test", walk(1, route=((58.2720, 12.3120), (58.2735, 12.3120))))
    world = walk_view.load(place)
    chosen = walk_view.choose(world, Choice())
    told = walk_view.tell(world, chosen)
    assert not chosen.shown[0].has_line and told.drawn.cells.empty
    assert chosen.within_zone == 1 and told.presence.person_minutes == pytest.approx(480)
    assert "En vandring visas inte på kartan" in " ".join(walk_page_words.walks_caption(1))
    papers = compose_minutes(walk_papers.minutes(world, identity(1)))
    assert walk_words.PROTOCOL_WITHIN in str(papers.sections)


def test_the_own_group_is_never_in_a_link():
    choice = replace(Choice(), team="Grupp Norr", owner="Eidar", finding=identity(3))
    assert "Norr" not in str(to_query(choice))
    again = from_query({name: [value] for name, value in to_query(choice).items()})
    assert again == replace(choice, team="")


def test_a_walk_that_has_not_begun_is_not_shown(place):
    walk_work.save(place, "test", walk(1))
    earlier = replace(place, today=lambda: EVENING.date() - timedelta(days=1))
    assert len(walk_view.load(place).walks) == 1
    assert walk_view.load(earlier).walks.empty


def test_open_findings_are_listed_and_safe_places_only_when_all_are_asked_for(place):
    forms = [
        seen(1, None),
        seen(2, None, category=ObservationCategory.SAFE, told={}),
        seen(3, None, category=ObservationCategory.TRAFFIC),
    ]
    walk_work.save(place, "test", observations=forms)
    finding_edits.assign(place, edition(place, 3), "Eidar", "samordnare")
    finding_edits.set_status(place, edition(place, 3), FindingStatus.DONE, "samordnare")
    world = walk_view.load(place)

    def listed(**choice) -> list[str]:
        found = walk_view.choose(world, replace(Choice(), **choice)).listed
        return found["category"].tolist()

    assert listed() == ["belysning"]
    assert len(listed(finding_status=FindingFilter.ALL)) == 3
    assert listed(finding_status=FindingFilter.DONE) == ["trafik"]
    assert listed(finding_status=FindingFilter.DONE, owner="Eidar") == ["trafik"]
    assert listed(owner=walk_view.NO_OWNER) == ["belysning"]
    assert listed(owner="Eidar") == []


def test_findings_per_person_hour_count_what_was_found_on_the_walks(place):
    walk_work.save(place, "test", walk(1), [seen(2, 1), seen(3, 1), seen(4, None)])
    world = walk_view.load(place)
    told = walk_view.tell(world, walk_view.choose(world, Choice()))
    assert told.presence.person_minutes == pytest.approx(480)
    assert told.rate.rate == pytest.approx(2 / 8)
    assert told.recurring["observations"].tolist() == [3]


def test_types_are_never_mixed(place):
    walk_work.save(place, "test", walk(1), [seen(2, 1)])
    walk_work.save(place, "test", walk(3, walk_type=WalkType.AUDIT), [seen(4, 3)])
    world = walk_view.load(place)
    for kind, number in ((WalkFilter.PRESENCE, 2), (WalkFilter.AUDIT, 4)):
        chosen = walk_view.choose(world, replace(Choice(), walk_type=kind))
        assert chosen.reported["observation_id"].tolist() == [identity(number)]
        assert len(chosen.walks) == 1


def test_the_period_keeps_walks_and_findings_of_its_days(place):
    walk_work.save(place, "test", walk(1), [seen(2, 1)])
    walk_work.save(place, "test", walk(3, days=200), [seen(4, 3, days=200)])
    world = walk_view.load(place)
    short = walk_view.choose(world, replace(Choice(), period=PeriodKind.DAYS_90))
    assert len(short.walks) == len(short.reported) == 1
    assert len(walk_view.choose(world, Choice()).walks) == 2


def test_time_to_remedy_counts_from_the_finding_to_the_history(place):
    walk_work.save(place, "test", observations=[seen(1, None, days=40), seen(2, None, days=40)])
    for number, days in ((1, 30), (2, 20)):
        moment = EVENING - timedelta(days=days)
        finding_edits.assign(place, edition(place, number), "Eidar", "samordnare", at=moment)
        finding_edits.set_status(
            place, edition(place, number), FindingStatus.DONE, "samordnare", at=moment
        )
    world = walk_view.load(place)
    told = walk_view.tell(world, walk_view.choose(world, Choice()))
    assert (told.remedy.remedied, told.remedy.open) == (2, 0)
    assert told.remedy.median == pytest.approx(10)


def test_a_revisit_tells_what_became_of_the_last_time(place):
    audit = {"walk_type": WalkType.AUDIT}
    first = [
        seen(2, 1, days=100, stop=1),
        seen(3, 1, days=100, stop=2, position=(58.2800, 12.3120)),
    ]
    walk_work.save(place, "test", walk(1, days=100, **audit), first)
    finding_edits.assign(place, edition(place, 3), "Eidar", "samordnare")
    finding_edits.set_status(place, edition(place, 3), FindingStatus.DONE, "samordnare")
    again = [
        seen(5, 4, stop=2, position=(58.27551, 12.3120)),
        seen(6, 4, stop=1, category=ObservationCategory.TRAFFIC),
    ]
    walk_work.save(place, "test", walk(4, **audit), again)
    world = walk_view.load(place)
    papers = walk_papers.minutes(world, identity(4))
    assert papers.earlier_day == date(2026, 7, 22)
    assert papers.findings["stop"].tolist() == [1, 2]
    told = papers.earlier.set_index("observation_id")
    assert told["status_then"].tolist() == ["ny", "ny"]
    assert told.loc[identity(2), "seen_again"] == 2 and told.loc[identity(2), "open_now"]
    assert told.loc[identity(3), "seen_again"] != told.loc[identity(3), "seen_again"]
    assert not told.loc[identity(3), "open_now"]
    assert walk_papers.minutes(world, identity(1)).earlier_day is None


def test_a_merged_finding_stands_in_the_minutes_with_the_work_of_the_other(place):
    walk_work.save(place, "test", walk(1), [seen(2, 1)])
    walk_work.save(place, "test", walk(3), [seen(4, 3)])
    finding_edits.merge(place, edition(place, 2), edition(place, 4), "samordnare")
    finding_edits.assign(place, edition(place, 2), "Eidar", "samordnare")
    world = walk_view.load(place)
    assert len(walk_view.choose(world, EVERYTHING).reported) == 1
    assert walk_papers.minutes(world, identity(3)).findings["owner"].tolist() == ["Eidar"]


def test_a_season_names_nobody_and_counts_quiet_walks(place):
    walk_work.save(place, "test", walk(1, nothing_to_report=True))
    walk_work.save(place, "test", walk(2, participants=None))
    world = walk_view.load(place)
    chosen = walk_view.choose(world, Choice())
    told = walk_view.tell(world, chosen)
    told = walk_papers.season(world, chosen, told, Audience.INTERNAL)
    assert (told.walks, told.quiet, told.untimed) == (2, 1, 1)
    assert told.person_hours == pytest.approx(8)
    assert "Grupp Norr" not in str(told)


def test_no_two_seasons_of_the_public_tell_a_single_finding(place):
    """Seven findings, then an eighth: neither a longer period nor a later sheet tells of one."""
    quarter = Span(date(2026, 7, 1), date(2026, 9, 30))
    days = [*range(40, 47), 140]
    forms = [seen(number, None, days=ago) for number, ago in enumerate(days, 1)]
    walk_work.save(place, "test", observations=forms)

    def told(span: Span) -> tuple:
        sheet = walk_papers.public_season(walk_view.load(place), span)
        return sheet.found.to_dict(), sheet.done, sheet.open, sheet.closed, sheet.safe_places

    seven = told(quarter)
    assert seven == ({ObservationCategory.LIGHTING: 5}, 0, 5, 0, 0)
    assert told(Span(date(2026, 7, 1), date(2026, 12, 31))) == seven
    walk_work.save(place, "test", observations=[seen(9, None, days=60)])
    # Eight in the quarter, nine in the year.
    eight = told(quarter)
    assert eight[0] == {ObservationCategory.LIGHTING: 10}
    assert eight == told(Span(date(2026, 1, 1), date(2026, 12, 31)))
    world = walk_view.load(place)
    own = Choice(period=PeriodKind.OWN, start=date(2026, 7, 1), end=date(2026, 9, 22))
    chosen = walk_view.choose(world, own)
    with pytest.raises(ValueError, match="whole quarters"):
        walk_papers.season(world, chosen, walk_view.tell(world, chosen), Audience.PUBLIC)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ((date(2026, 1, 1), date(2026, 4, 10)), (date(2026, 1, 1), date(2026, 3, 31))),
        ((date(2026, 1, 1), date(2026, 5, 18)), (date(2026, 1, 1), date(2026, 6, 30))),
        ((date(2025, 11, 3), date(2026, 11, 2)), (date(2026, 1, 1), date(2026, 6, 30))),
        ((date(2026, 10, 1), date(2026, 12, 31)), (date(2026, 7, 1), date(2026, 9, 30))),
        ((date(2019, 2, 1), date(2026, 11, 2)), (date(2025, 1, 1), date(2025, 12, 31))),
    ],
)
def test_the_publics_season_is_the_best_calendar_period_that_is_over(wanted, found):
    assert walk_papers.public_span(Span(*wanted), TODAY) == Span(*found)
    assert walk_papers.is_calendar(Span(*found)) and not walk_papers.is_calendar(
        Span(date(2026, 2, 1), date(2026, 4, 30))
    )


def test_only_types_that_may_be_shown_in_cells_by_hour_are_counted_near_routes(demo_store):
    place = open_workplace(Settings(store=str(demo_store)), lambda: TODAY)
    world = loaded_world.load(place.engine, place.municipality)
    names = {OFFENCE_TYPES[number] for number in walk_view._near_types(world)}
    walks = walk_view.load(place)
    told = walk_view.near_routes(world, walk_view.choose(walks, Choice()), walks)
    place.engine.dispose()
    assert "Skadegörelse" in names
    assert not names & {"Våld", "Vapen", "Sexualbrott", "Rån", "Hot och ofredande", "Narkotika"}
    assert told.table["near"].is_monotonic_increasing
