"""What the map is sent of walks, and the tables that say the same."""

import base64
import json
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from trygghetskarta.analysis.presence import presence
from trygghetskarta.analysis.streets import NearRoute
from trygghetskarta.analysis.tracks import Track
from trygghetskarta.subjects.walks.show import walk_listing, walk_maps
from trygghetskarta.tables.findings import FIELDS
from trygghetskarta.terms.walks import WalkLayer
from trygghetskarta.words import finding_words, safe, texts, walk_words

EAST, NORTH = 340_000.0, 6_460_000.0
START = pd.Timestamp("2026-05-01 21:00", tz="Europe/Stockholm")
HOSTILE = "<img src=x onerror=alert(1)>"


def unpack(packed: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed["data"]), dtype=f"<{packed['type']}")


def track(metres_per_second: float, metres: float = 1000.0, known: bool = True) -> Track:
    along = np.arange(0, metres + 1, 50.0)
    line = np.column_stack([EAST + along, np.full(len(along), NORTH + 50)])
    seconds = along / metres_per_second if known else np.full(len(along), np.nan)
    end = START + pd.Timedelta(seconds=metres / metres_per_second)
    return Track(
        shapely.MultiLineString([line]), metres, float(seconds[-1]) / 60, 0, metres,
        START if known else pd.NaT, end if known else pd.NaT, (seconds,),
    )  # fmt: skip


def findings() -> gpd.GeoDataFrame:
    day = pd.Timestamp("2026-04-01")
    untold = {
        name: pd.array([pd.NA] * 4, dtype="Int64") if field.is_number else None
        for name, field in FIELDS.items()
    }
    return gpd.GeoDataFrame(
        {
            "observation_id": ["a", "b", "c", "d"],
            "walk_id": ["w", "w", None, None],
            "category": ["belysning", "trafik", "trygg_plats", "nalar"],
            **untold,
            "seriousness": pd.array([2, 3, pd.NA, 4], dtype="Int64"),
            "text": [HOSTILE, None, None, "utan plats"],
            "given_place": [None, "Torget", None, None],
            "owner": [None, "Eidar", None, None],
            "due_date": pd.to_datetime([None, "2026-06-01", None, None]),
            "status": ["ny", "tilldelad", "ny", "ny"],
            "status_reason": None,
            "voices": pd.array([1, 2, 1, 1], dtype="Int64"),
            "factors": [None, json.dumps({"ljus": 2}), None, None],
            "day": [day, day, day, pd.NaT],
        },
        geometry=[*shapely.points([[EAST, NORTH], [EAST + 10, NORTH], [EAST, NORTH + 9]]), None],
        crs=3006,
    )  # fmt: skip


def state(layer: WalkLayer, tracks=(), selected="", found=None) -> dict:
    told = presence(tracks) if layer is WalkLayer.PRESENCE else None
    chosen = findings() if found is None else found
    ground = walk_maps.ground_state(15, tracks, layer, told, "")
    return walk_maps.with_findings(ground, chosen, selected)


def test_a_route_is_sent_as_few_integers_in_the_right_place():
    made = state(WalkLayer.ROUTES, [track(1.2), track(1.2)])
    routes = made["routes"]
    assert unpack(routes["lengths"]).tolist() == [2, 2]
    degrees = unpack(routes["at"]).reshape(-1, 2) / 1e6
    ends = gpd.GeoSeries(gpd.points_from_xy(degrees[:2, 1], degrees[:2, 0]), crs=4326).to_crs(3006)
    assert ends.x.tolist() == pytest.approx([EAST, EAST + 1000], abs=0.2)
    assert ends.y.tolist() == pytest.approx([NORTH + 50] * 2, abs=0.2)
    assert made["looks"][0]["label"] == walk_words.ROUTE and made["looks"][0]["n"] == 2


def test_speed_has_classes_and_unknown_is_one_of_its_own():
    made = state(WalkLayer.SPEED, [track(0.5), track(1.2), track(1.5, known=False)])
    assert unpack(made["routes"]["classes"]).tolist() == [0, 2, 4]
    labels = [look["label"] for look in made["looks"] if look.get("sign") == "way"]
    assert labels == [
        walk_words.SPEED_CLASSES[0],
        walk_words.SPEED_CLASSES[2],
        walk_words.SPEED_CLASSES[4],
    ]


def test_one_step_that_the_device_got_wrong_does_not_change_the_colour():
    good = track(1.2)
    seconds = good.seconds[0].copy()
    seconds[10] += 15
    wrong = Track(good.geometry, 1000, good.minutes, 0, 1000, START, good.ended_at, (seconds,))
    assert unpack(state(WalkLayer.SPEED, [wrong])["routes"]["classes"]).tolist() == [2]


def test_presence_is_a_picture_with_a_legend_in_person_hours():
    made = state(WalkLayer.PRESENCE, [track(0.2), track(1.2, 300)])
    assert made["picture"]["png"] and made["routes"] is None
    assert sum(look["n"] for look in made["looks"] if not look.get("sign")) == 10
    assert all(look["label"].endswith(" tim") for look in made["looks"] if not look.get("sign"))


def test_findings_without_a_place_are_left_out_and_signs_follow_the_status():
    made = state(WalkLayer.FINDINGS, selected="b")
    signs = made["findings"]
    assert signs["ids"] == ["a", "b", "c"] and signs["selected"] == 1
    assert unpack(signs["classes"]).tolist() == [0, 1, 3]
    assert signs["told"][0] == ["Belysning", HOSTILE, "ny"]
    assert [look["n"] for look in made["looks"]] == [1, 1, 1]


def test_nothing_at_all_is_a_map_too():
    for layer in WalkLayer:
        made = state(layer, found=findings().iloc[:0])
        assert made["looks"] == [] and unpack(made["classes"]).tolist() == [-9] * 15


def test_the_table_of_findings_says_the_age_and_what_is_missing():
    table = walk_listing.findings_table(findings(), ["Sylte", "", "", ""], date(2026, 5, 1))
    named = finding_words.FINDINGS_COLUMNS
    district, owner, age, due = (
        table.headings.index(named[key]) for key in ("district", "owner", "age", "due")
    )
    first, second, _, last = table.rows
    assert first[0] == "Belysning" and first[age] == "30" and first[owner] == "–"
    assert second[owner] == "Eidar" and second[due] == "1 juni 2026" and second[district] == "–"
    assert last[age] == "–"
    serious = table.headings.index(FIELDS["seriousness"].words.label)
    assert table.keys[2][serious] is None


def test_a_finding_is_told_by_what_is_known():
    shown = walk_listing.finding_shown(findings().iloc[1], "Sylte", "Rond i Sylte")
    told = dict(shown.facts)
    assert told["Plats"] == "Torget, Sylte" and told["Röster"] == "2"
    assert told["Miljöfaktorer"] == "Ljus 2" and told["Ansvarig"] == "Eidar"
    told = dict(walk_listing.finding_shown(findings().iloc[2], "", "").facts)
    assert "Status" not in told and "Ansvarig" not in told


def test_gaps_are_told_in_words_latest_first():
    gaps = pd.DataFrame(
        {
            "district_code": ["A", "A", "B"], "weekday": [4, 5, 4], "from_hour": [22, 20, 22],
            "to_hour": [24, 22, 24], "passes": [0, 3, 0], "weeks": 6,
            "last_pass": pd.to_datetime(["2026-01-02", "2026-04-04", None]),
        }
    )  # fmt: skip
    told = walk_listing.gap_sentences(gaps, {"A": "Centrum", "B": "Sylte"})
    assert told == ["Fredagar 22–24 i Centrum: 0 pass på 6 veckor (senast 2 januari 2026)."]


def test_few_offences_near_a_route_are_hidden():
    table = pd.DataFrame(
        {
            "near": [3, 40], "near_km2": [1.0, 2.0], "elsewhere": [30, 60],
            "elsewhere_km2": [10.0, 20.0], "percent": [1.0, 566.7], "percent_lower": [0.0, 400.0],
            "percent_upper": [9.0, 700.0], "verdict": ["increase", "increase"],
        },
        index=pd.Index([50.0, 100.0], name="distance"),
    )  # fmt: skip
    rows = walk_listing.near_table(NearRoute(table, 10.0, 0)).rows
    assert rows[0][1:3] == [texts.HIDDEN, texts.HIDDEN] and rows[0][-1] == "–"
    assert rows[1][1:5] == ["40", "20,0", "60", "3,0"]


def test_history_is_told_newest_first_without_the_words_of_a_text():
    history = pd.DataFrame(
        {
            "at": pd.to_datetime(["2026-05-01 10:00", "2026-05-02 10:00"], utc=True),
            "who": "samordnare", "field": ["status", "text"],
            "before": ["ny", None], "after": ["tilldelad", None],
        }
    )  # fmt: skip
    assert walk_listing.history_lines(history) == [
        "2 maj 2026 kl. 12.00 · samordnare · texten rättad",
        "1 maj 2026 kl. 12.00 · samordnare · status: ny → tilldelad",
    ]


def test_history_tells_what_is_undone_in_other_words_than_what_is_done():
    history = pd.DataFrame(
        {
            "at": pd.to_datetime(["2026-05-01 10:00"] * 4, utc=True), "who": "samordnare",
            "field": ["merged_into", "merged_into", "has_photo", "has_photo"],
            "before": [None, "a", "True", "True"], "after": ["a", None, "True", "False"],
        }
    )  # fmt: skip
    assert walk_listing.history_lines(history)[::-1] == [
        f"1 maj 2026 kl. 12.00 · samordnare · {told}"
        for told in (
            "hopslaget med ett annat fynd",
            "isärtaget igen från ett annat fynd",
            "bilden bytt",
            "bilden borttagen",
        )
    ]


def test_a_file_name_cannot_be_markup():
    told = safe.plain_markdown("![a](http://x) **b** <i>.gpx")
    assert told.replace("\\", "") == "![a](http://x) **b** <i>.gpx"
    assert "\\!\\[a\\]\\(" in told and "\\*\\*b" in told and "\\<i" in told
