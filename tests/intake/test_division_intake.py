"""Own areas: in the place of those in force or beside them; what follows, and back again."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from shapely.affinity import translate

from tests import own_areas
from tests.own_areas import split
from trygghetskarta.errors import SourceCause, SourceError, StoreCause, StoreError
from trygghetskarta.gate import loaded_world, view
from trygghetskarta.gate.choice import Choice
from trygghetskarta.intake import division_intake, division_joins
from trygghetskarta.intake.division_intake import Wish
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import divisions, read, read_actions
from trygghetskarta.terms.areas import AreaLevel, NewAreas
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import error_words, fault_words, import_note_words, import_words

DISTRICT = AreaLevel.DISTRICT
REPLACE = Wish(NewAreas.REPLACE)
INCIDENTS = "Id;Brottskod;Brottsdatum;Stadsdel;Antal\n"
SHARES = "undersokning;ar;fraga;omrade;grupp;andel;antal_svar;urvalsmetod\n"


@pytest.fixture
def own(place, tmp_path):
    """Write areas as a file: those of today with other codes, changed as a test wants."""

    def run(change=own_areas.as_they_are):
        return own_areas.write(place, tmp_path, change)

    return run


def merge(areas: gpd.GeoDataFrame, *names: str) -> gpd.GeoDataFrame:
    """One area in the place of several."""
    gone = areas["name"].isin(names)
    whole = gpd.GeoDataFrame(
        {"area_code": ["S1"], "name": ["+".join(names)]},
        geometry=[areas[gone].union_all()],
        crs=areas.crs,
    )
    return gpd.GeoDataFrame(pd.concat([areas[~gone], whole], ignore_index=True), crs=areas.crs)


def districts_of(place) -> dict[str, str | None]:
    """Name of the district of each stored incident."""
    names = read.areas(place.engine, DISTRICT)["name"]
    rows = read.incidents(place.engine).set_index("source_id")["district_code"]
    return {one: None if pd.isna(code) else names.get(code) for one, code in rows.items()}


def people_of(place) -> dict[str, int]:
    names = read.areas(place.engine, DISTRICT)["name"]
    counts = read.population(place.engine, DISTRICT)
    return {names[row.area_code]: row.population for row in counts.itertuples()}


def test_what_covers_the_municipality_replaces_unasked_and_figures_follow(place, bring, own):
    bring(TableKind.INCIDENTS, "h.csv", f"{INCIDENTS}1;9801;2025-03-01;Sylte;1\n")
    before = people_of(place)
    report = bring(TableKind.DISTRICTS, own())
    assert (report.read, report.new) == (15, 15) and report.notes["division_begun"] == "egna"
    kept = read.areas(place.engine, DISTRICT)
    assert len(kept) == 15 and kept["name"].is_unique and "12" in kept.index
    assert set(kept["boundary_version"]) == {"egna"}
    assert districts_of(place) == {"1": "Sylte"} and people_of(place) == before
    told = division_intake.divisions_of(place)
    assert [(one.name, one.end) for one in told if one.level is DISTRICT] == [
        ("egna", None),
        ("Stadsdelar 2025", place.today()),
    ]


def test_everyday_names_the_police_list_surveys_and_captions_follow(place, bring, own):
    survey = f"{SHARES}T;2022;Trygg;1488S012;alla;0,5;100;panel\n"
    bring(TableKind.SURVEY, "s.csv", survey)
    bring(TableKind.DISTRICTS, own())
    assert set(read.survey(place.engine)["area_code"]) == {"12"}
    assert set(read.classifications(place.engine)["area_code"]) == {"07", "08", "12"}
    aliases = read.aliases(place.engine)
    here = aliases[aliases["area_level"] == DISTRICT]
    assert set(here["area_code"]) <= set(read.areas(place.engine, DISTRICT).index) and len(here)
    bring(TableKind.INCIDENTS, "h.csv", f"{INCIDENTS}1;9801;2025-03-01;Vårvik;1\n")
    assert districts_of(place) == {"1": "Björndalen–Vårvik"}
    world = loaded_world.load(place.engine, place.municipality)
    assert world.borders(DISTRICT) == "egna" and world.borders(AreaLevel.DESO) == "scb-2025-v2"


def test_a_link_of_the_former_division_shows_the_same_district_today(place, bring, own):
    rows = f"{INCIDENTS}1;9801;2025-03-01;Sylte;4\n2;9801;2025-03-02;Lextorp;1\n"
    bring(TableKind.INCIDENTS, "n.csv", rows)
    bring(TableKind.DISTRICTS, own())
    world = loaded_world.load(place.engine, place.municipality)
    shown = view.view(world, Choice(districts=("1488S012",)))
    assert shown.chosen == {"12"} and shown.facts.areas == ("Sylte",)
    assert shown.facts.boundary_version == "egna"


def test_population_is_told_by_the_own_codes_and_names_and_by_no_other(place, bring, own):
    bring(TableKind.DISTRICTS, own())
    told = "Områdeskod;Namn;År;Folkmängd\n12;Sylte;2025;1800\nN1;Sylte väst;2025;9\n"
    report = bring(TableKind.POPULATION, "b.csv", f"{told}1488S012;Sylte;2025;0\n")
    assert (report.read, report.changed, report.quarantined) == (3, 1, 2)
    assert [fault_words.fault_sentence(one) for one in report.faults] == [
        "Rad 3, kolumn Områdeskod: området ”N1” finns inte bland de områden som gäller nu",
        "Rad 4, kolumn Områdeskod: området ”1488S012” hör till en indelning som inte gäller nu; "
        "använd koden eller namnet i den som gäller – menade du 12 (Sylte)?",
    ]
    assert people_of(place)["Sylte"] == 1800
    report = bring(TableKind.POPULATION, "n.csv", "Stadsdel;År;Folkmängd\nSylte;2025;1900\n")
    assert report.quarantined == 0 and people_of(place)["Sylte"] == 1900
    # The former division keeps its own.
    division_intake.restore(place, DISTRICT)
    assert people_of(place)["Sylte"] > 1900


def test_a_split_leaves_points_right_and_names_without_a_district_and_says_so(place, bring, own):
    cut = split(read.areas(place.engine, DISTRICT).reset_index())
    spots = cut[cut["name"].str.startswith("Sylte ")].representative_point()
    rows = "".join(
        f"p{n};9801;2025-03-01;{spot.x:.1f};{spot.y:.1f}\n" for n, spot in enumerate(spots)
    )
    points = f"Id;Brottskod;Brottsdatum;X;Y\n{rows}"
    bring(TableKind.INCIDENTS, "p.csv", points, crs=3006)
    names = f"{INCIDENTS}1;9801;2025-03-01;Sylte;4\n2;9801;2025-03-01;Lextorp;1\n"
    bring(TableKind.INCIDENTS, "n.csv", names, source="Namn")
    before = people_of(place)["Sylte"]
    report = bring(TableKind.DISTRICTS, own(split))
    assert districts_of(place) == {
        "p0": "Sylte väst",
        "p1": "Sylte öst",
        "1": None,
        "2": "Lextorp",
    }
    assert report.notes["told_before_followed"] == 1 and report.notes["told_before_divided"] == 1
    people = people_of(place)
    assert people["Sylte väst"] + people["Sylte öst"] == pytest.approx(before, abs=2)
    assert 0 < report.notes["people_divided"] <= before
    counts = read.population(place.engine, DISTRICT).set_index("area_code")
    assert counts["approximate"]["N1"] and not counts["approximate"]["01"]


def test_a_row_that_names_a_former_area_afterwards_is_told_of(place, bring, own):
    """Neither Kronogården nor Lextorp is a RegSO, whose name would be known still."""

    def cut(areas):
        return split(areas, "Lextorp").replace({"Kronogården": "Nya Kronogården"})

    bring(TableKind.DISTRICTS, own(cut))
    rows = f"{INCIDENTS}1;9801;2025-04-01;Lextorp;1\n2;9801;2025-04-01;Kronogården;1\n"
    report = bring(TableKind.INCIDENTS, "s.csv", rows)
    assert report.quarantined == 0
    assert report.notes["former_divided"] == 1
    assert districts_of(place) == {"1": None, "2": "Nya Kronogården"}


def test_a_merge_takes_what_was_told_of_its_parts(place, bring, own):
    rows = f"{INCIDENTS}1;9801;2025-03-01;Sylte;4\n2;9801;2025-03-01;Lextorp;1\n"
    bring(TableKind.INCIDENTS, "n.csv", rows)
    before = people_of(place)
    bring(TableKind.DISTRICTS, own(lambda areas: merge(areas, "Sylte", "Lextorp")))
    assert districts_of(place) == {"1": "Sylte+Lextorp", "2": "Sylte+Lextorp"}
    whole = before["Sylte"] + before["Lextorp"]
    assert people_of(place)["Sylte+Lextorp"] == pytest.approx(whole, abs=3)
    assert read.classifications(place.engine)["area_code"].isin(["S1", "07"]).all()


def test_the_same_name_with_other_borders_is_another_area(place, bring, own):
    """What was told of the old Sylte is not taken for the half that is called so today."""
    bring(TableKind.INCIDENTS, "n.csv", f"{INCIDENTS}1;9801;2025-03-01;Sylte;4\n")

    def change(areas):
        return split(areas).replace({"Sylte väst": "Sylte", "Sylte öst": "Ängen"})

    bring(TableKind.DISTRICTS, own(change))
    assert districts_of(place) == {"1": None}
    bring(TableKind.INCIDENTS, "m.csv", f"{INCIDENTS}2;9801;2025-04-01;Sylte;4\n")
    assert districts_of(place) == {"1": None, "2": "Sylte"}


def test_the_former_division_is_in_force_again_as_it_was(place, bring, own):
    rows = f"{INCIDENTS}1;9801;2025-03-01;Sylte;4\n2;9801;2025-03-01;Lextorp;1\n"
    bring(TableKind.INCIDENTS, "n.csv", rows)
    areas, people = read.areas(place.engine), people_of(place)
    before = districts_of(place)
    bring(TableKind.DISTRICTS, own(split))
    bring(TableKind.INCIDENTS, "m.csv", f"{INCIDENTS}3;9801;2026-03-01;Sylte öst;4\n", source="Ny")
    name, settled = division_intake.restore(place, DISTRICT)
    assert name == "Stadsdelar 2025" and settled.incidents.moved == 3
    pd.testing.assert_frame_equal(pd.DataFrame(read.areas(place.engine)), pd.DataFrame(areas))
    assert people_of(place) == people
    # What was told in the withdrawn one follows too: all of its half lies in Sylte.
    assert districts_of(place) == {**before, "3": "Sylte"}
    with pytest.raises(StoreError) as refused:
        division_intake.restore(place, DISTRICT)
    assert refused.value.cause is StoreCause.NO_FORMER_DIVISION
    again = bring(TableKind.DISTRICTS, own(split))
    assert again.unchanged + again.changed + again.new == 16
    assert set(districts_of(place).values()) == {None, "Lextorp", "Sylte öst"}


def test_codes_that_another_division_has_are_told_apart_and_files_need_not(place, bring, own):
    codes_of_another = [f"1488S{n:03}" for n in (*range(1, 13), 14, 15, 16)]

    def same(areas):
        return split(areas.assign(area_code=codes_of_another))

    bring(TableKind.DISTRICTS, own(same))
    codes = set(read.areas(place.engine, DISTRICT).index)
    assert codes == {f"1488S{n:03}@2026" for n in (*range(1, 12), 14, 15, 16)} | {"N1", "N2"}
    rows = "Id;Brottskod;Brottsdatum;Områdeskod\n1;9801;2025-03-01;1488S008\n"
    assert bring(TableKind.INCIDENTS, "k.csv", rows).quarantined == 0
    assert districts_of(place) == {"1": "Lextorp"}
    told = "Områdeskod;År;Folkmängd\n1488S008;2025;77\n"
    assert bring(TableKind.POPULATION, "b.csv", told).quarantined == 0
    assert people_of(place)["Lextorp"] == 77


def test_the_same_areas_again_are_no_new_division(place, bring, own):
    bring(TableKind.DISTRICTS, own())
    version = read.version(place.engine)
    assert bring(TableKind.DISTRICTS, own()).unchanged == 15
    assert read.version(place.engine) == version

    def renamed(areas):
        return areas.replace({"Sylte": "Nya Sylte"})

    report = bring(TableKind.DISTRICTS, own(renamed))
    assert (report.changed, report.unchanged) == (1, 14)
    assert len(division_intake.divisions_of(place)) == 5


def test_a_file_that_has_codes_alone_takes_no_name_away(place, bring, own):
    bring(TableKind.DISTRICTS, own())
    names = list(read.areas(place.engine, DISTRICT)["name"])
    report = bring(TableKind.DISTRICTS, own(lambda areas: areas.drop(columns="name")))
    assert report.unchanged == 15 and list(read.areas(place.engine, DISTRICT)["name"]) == names


def few(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return areas.head(2)


def test_what_does_not_cover_is_asked_about_and_nothing_is_stored(place, bring, own):
    version = read.version(place.engine)
    with pytest.raises(SourceError) as refused:
        bring(TableKind.DISTRICTS, own(few))
    assert refused.value.cause is SourceCause.DIVISION_UNCLEAR
    sentence = error_words.error_sentence(refused.value)
    assert "--replace" in sentence and "--join" in sentence
    with pytest.raises(SourceError) as refused:
        bring(TableKind.DISTRICTS, own(few), wish=Wish(NewAreas.JOIN))
    assert refused.value.cause is SourceCause.AREAS_OVERLAP
    assert "Björndalen–Vårvik" in error_words.error_sentence(refused.value)
    assert read.version(place.engine) == version and len(read.areas(place.engine, DISTRICT)) == 15
    bring(TableKind.DISTRICTS, own(few), wish=REPLACE)
    assert len(read.areas(place.engine, DISTRICT)) == 2


def test_areas_beside_those_in_force_join_them(place, bring, own):
    def far(areas):
        return areas.head(1).assign(
            name="Ön", geometry=[translate(areas.geometry[0], xoff=90_000)], area_code="Ö"
        )

    report = bring(TableKind.DISTRICTS, own(far), wish=Wish(NewAreas.JOIN))
    assert "1 område läggs till den indelning som gäller." in import_note_words.note_lines(
        report.notes
    )
    # No DeSO lies there: nobody has counted, which is not nobody.
    assert "Ö" not in set(read.population(place.engine)["area_code"])
    kept = read.areas(place.engine, DISTRICT)
    assert len(kept) == 16 and set(kept["boundary_version"]) == {"scb-2025-v2"}
    assert len(division_intake.divisions_of(place)) == 4


def test_a_join_is_undone_alone_and_can_be_done_again(place, bring, own):
    """Two areas in the place of all; the others join them, get inhabitants, and go again."""
    bring(TableKind.INCIDENTS, "n.csv", f"{INCIDENTS}1;9801;2025-03-01;Sylte;4\n")
    bring(TableKind.POPULATION, "b.csv", "Stadsdel;År;Folkmängd\nSylte;2025;5000\n")
    before = people_of(place)
    two = own_areas.write(place, own().parent, few, "två")
    rest = own_areas.write(place, two.parent, lambda areas: areas.iloc[2:], "resten")
    bring(TableKind.DISTRICTS, two, wish=REPLACE)
    assert len(people_of(place)) == 2 and districts_of(place) == {"1": None}
    for _ in range(2):
        report = bring(TableKind.DISTRICTS, rest, wish=Wish(NewAreas.JOIN))
        assert report.notes["joined"] == 13 and people_of(place) == before
        assert districts_of(place) == {"1": "Sylte"}
        assert [(one.file, len(one.codes)) for one in division_joins.joins_of(place)] == [
            ("resten.gpkg", 13)
        ]
        gone, settled = division_joins.undo(place, DISTRICT)
        assert gone.file == "resten.gpkg" and settled.incidents.moved == 1
        assert len(read.areas(place.engine, DISTRICT)) == 2
        assert districts_of(place) == {"1": None}
    told = [one.name for one in division_intake.divisions_of(place) if one.level is DISTRICT]
    assert told == ["två", "Stadsdelar 2025"]
    with pytest.raises(StoreError) as refused:
        division_joins.undo(place, DISTRICT)
    assert refused.value.cause is StoreCause.NO_JOINED_AREAS


def test_an_area_that_joins_under_a_code_of_a_former_one_is_told_apart(place, bring, own):
    bring(TableKind.DISTRICTS, own(few), wish=REPLACE)

    def other(areas):
        return areas.assign(
            area_code=["1488S012"] * len(areas), name="Ön", geometry=areas.translate(90_000)
        ).head(1)

    bring(TableKind.DISTRICTS, own(other), wish=Wish(NewAreas.JOIN))
    assert set(read.areas(place.engine, DISTRICT).index) == {"01", "02", "1488S012@2026"}
    assert "Sylte" in set(read.former_areas(place.engine)["name"])


def test_areas_that_lie_on_each_other_in_the_file_are_refused(place, bring, own):
    def doubled(areas):
        return pd.concat([areas, areas.head(1).assign(area_code="99", name="Dubbel")])

    with pytest.raises(SourceError) as refused:
        bring(TableKind.DISTRICTS, own(doubled), wish=REPLACE)
    assert refused.value.cause is SourceCause.AREAS_OVERLAP
    assert "Björndalen–Vårvik – Dubbel" in error_words.error_sentence(refused.value)


@pytest.mark.parametrize(
    "wish, cause",
    [
        (Wish(valid_from=date(2026, 11, 3)), SourceCause.DIVISION_AHEAD),
        (Wish(name="Stadsdelar 2025"), SourceCause.DIVISION_NAME_TAKEN),
    ],
)
def test_a_division_that_cannot_be_is_refused_with_a_sentence(place, bring, own, wish, cause):
    with pytest.raises(SourceError) as refused:
        bring(TableKind.DISTRICTS, own(split), wish=wish)
    assert refused.value.cause is cause
    assert error_words.error_sentence(refused.value).endswith("Inget har sparats.")
    assert len(read.areas(place.engine, DISTRICT)) == 15


def test_a_division_begins_after_the_one_before_it(place, bring, own):
    bring(TableKind.DISTRICTS, own(), wish=Wish(name="egna", valid_from=date(2025, 6, 1)))
    for day in (date(2025, 1, 1), date(2025, 6, 1)):
        with pytest.raises(SourceError) as refused:
            bring(TableKind.DISTRICTS, own(split), wish=Wish(name="nya", valid_from=day))
        assert refused.value.cause is SourceCause.DIVISION_TOO_EARLY
        assert error_words.error_sentence(refused.value).endswith("Inget har sparats.")
    assert len(read.areas(place.engine, DISTRICT)) == 15


@pytest.mark.parametrize("first", [date(2015, 1, 1), date(2025, 1, 1)])
def test_a_division_from_before_the_only_one_takes_all_its_time(place, bring, own, first):
    bring(TableKind.DISTRICTS, own(split), wish=Wish(name="egna", valid_from=first))
    for day in (date(1999, 1, 1), first, date(2025, 1, 1), date(2026, 10, 1)):
        assert len(read.areas(place.engine, DISTRICT, on=day)) == 16
    said = [
        import_words.division_line(one.level, one.name, one.first, one.end)
        for one in division_intake.divisions_of(place)
        if one.level is DISTRICT
    ]
    assert f"Stadsdel: egna, från {first}, gäller nu" in said
    assert "Stadsdel: Stadsdelar 2025, från 2025-01-01, ersatt för hela sin tid" in said
    later = Wish(NewAreas.REPLACE, "nya", date(2026, 1, 1))
    bring(TableKind.DISTRICTS, own(few), wish=later)
    assert len(read.areas(place.engine, DISTRICT, on=date(2025, 12, 31))) == 16
    assert len(read.areas(place.engine, DISTRICT, on=date(2026, 1, 1))) == 2
    assert division_intake.restore(place, DISTRICT)[0] == "egna"
    assert division_intake.restore(place, DISTRICT)[0] == "Stadsdelar 2025"


def test_the_same_areas_under_another_name_or_day_rename_the_division(place, bring, own):
    bring(TableKind.DISTRICTS, own(), wish=Wish(valid_from=date(2025, 6, 1)))
    wish = Wish(name="Egna 2025", valid_from=date(2025, 3, 1))
    report = bring(TableKind.DISTRICTS, own(), wish=wish)
    assert report.unchanged == 15
    assert import_note_words.note_lines(report.notes) == [
        "Indelningen som gäller heter nu ”Egna 2025”.",
        "Indelningen gäller från 1 mars 2025.",
    ]
    told = [one for one in division_intake.divisions_of(place) if one.level is DISTRICT]
    assert [(one.name, one.first, one.end) for one in told] == [
        ("Egna 2025", date(2025, 3, 1), None),
        ("Stadsdelar 2025", date(2025, 1, 1), date(2025, 3, 1)),
    ]
    for wrong, cause in (
        (Wish(name="Stadsdelar 2025"), SourceCause.DIVISION_NAME_TAKEN),
        (Wish(valid_from=date(2024, 3, 1)), SourceCause.DIVISION_TOO_EARLY),
        (Wish(valid_from=date(2026, 12, 24)), SourceCause.DIVISION_AHEAD),
    ):
        with pytest.raises(SourceError) as refused:
            bring(TableKind.DISTRICTS, own(), wish=wrong)
        assert refused.value.cause is cause


def test_some_of_the_areas_in_force_replace_them_all_where_that_is_said(place, bring, own):
    bring(TableKind.DISTRICTS, own(), wish=Wish(valid_from=date(2025, 6, 1)))
    assert bring(TableKind.DISTRICTS, own(few)).unchanged == 2
    assert len(read.areas(place.engine, DISTRICT)) == 15
    report = bring(TableKind.DISTRICTS, own(few), wish=Wish(NewAreas.REPLACE, "två"))
    assert len(read.areas(place.engine, DISTRICT)) == 2
    assert report.notes["areas_left_out"] == 13
    (line,) = [one for one in import_note_words.note_lines(report.notes) if "finns inte i" in one]
    assert line.startswith("13 områden") and "inget område" in line


def test_each_day_has_one_division(place, bring, own):
    bring(TableKind.DISTRICTS, own(split), wish=Wish(valid_from=date(2026, 1, 1)))
    for day, count in ((date(1999, 1, 1), 15), (date(2025, 12, 31), 15), (date(2026, 1, 1), 16)):
        assert len(read.areas(place.engine, DISTRICT, on=day)) == count
    assert len(read.areas(place.engine, DISTRICT)) == 16


def test_what_was_stopped_on_the_way_is_done_when_the_store_is_opened(
    place, bring, own, monkeypatch
):
    bring(TableKind.INCIDENTS, "n.csv", f"{INCIDENTS}1;9801;2025-03-01;Lextorp;1\n")

    def stopped(*_told):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(divisions, "write_successions", stopped)
        with pytest.raises(KeyboardInterrupt):
            bring(TableKind.DISTRICTS, own(split))
    assert not read.divisions(place.engine)["assigned"].all()
    again = open_workplace(Settings(store=place.settings.store), place.today)
    assert read.divisions(again.engine)["assigned"].all()
    assert districts_of(again) == {"1": "Lextorp"} and len(people_of(again)) == 16
    again.engine.dispose()


def test_shares_of_a_split_area_are_shown_for_no_part_of_it(place, bring, own):
    survey = f"{SHARES}T;2022;Trygg;1488S012;alla;0,5;100;panel\n"
    bring(TableKind.SURVEY, "s.csv", survey)
    bring(TableKind.DISTRICTS, own(split))
    assert set(read.survey(place.engine)["area_code"]) == {"1488S012"}
    assert "1488S012" not in read.areas(place.engine, DISTRICT).index


def test_districts_of_an_action_are_those_that_mostly_were_them(place, bring, own):
    rows = "Rubrik;Stadsdelar;Status\nBelysning;Sylte;planerad\n"
    bring(TableKind.ACTIONS, "a.csv", rows)
    bring(TableKind.DISTRICTS, own(split))
    assert read_actions.actions(place.engine)["districts"].tolist() == ["N1 N2"]
