"""The public has one geography: tables of a former division beside those of today's."""

import pytest

from tests import own_areas
from tests.gate.three_districts import COUNTS, OTHER, SMALL, THIRD, table, year
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.gate import disclosure_register as register
from trygghetskarta.gate import loaded_world
from trygghetskarta.store import read
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import error_words

pytestmark = pytest.mark.slow


@pytest.fixture
def told(place, bring):
    """Three districts with known counts in two years, told by points."""
    spots = read.areas(place.engine, AreaLevel.DISTRICT).representative_point()
    counted = [
        (f"{number}-05-01", code, area, count)
        for number in (2024, 2025)
        for code, by_area in COUNTS.items()
        for area, count in by_area.items()
    ]
    ends = ("2024-01-02", "2024-12-30", "2025-01-02", "2025-12-30", "2026-03-01")
    counted += [(day, "0841", area, 90) for day in ends for area in (SMALL, OTHER, THIRD)]
    rows = "".join(
        f"{n};{code};{day};{spots[area].x:.1f};{spots[area].y:.1f};{count}\n"
        for n, (day, code, area, count) in enumerate(counted)
    )
    head = "Id;Brottskod;Inskrivningsdatum;X;Y;Antal\n"
    assert bring(TableKind.INCIDENTS, "h.csv", head + rows, crs=3006).quarantined == 0
    return loaded_world.load(place.engine, place.municipality)


def test_the_same_borders_under_other_codes_are_checked_with_each_other(
    place, bring, told, tmp_path
):
    """The theme less burglary and theft leaves the small count, whatever the areas are called."""
    earlier = [
        table(told, year(theme="ska"), "SKA 2025"),
        table(told, year(types=("Inbrott",))),
        table(told, year(types=("Stöld",))),
    ]
    bring(TableKind.DISTRICTS, own_areas.write(place, tmp_path))
    world = loaded_world.load(place.engine, place.municipality)
    assert world.renamed[SMALL] == "01"
    with pytest.raises(DisclosureError) as refused:
        register.check(world, earlier, table(world, year(types=("Skadegörelse",))))
    assert refused.value.cause is DisclosureCause.LINKED_TABLES
    assert refused.value.facts["area"] == world.areas[AreaLevel.DISTRICT].at["01", "name"]
    register.check(world, earlier, table(world, year(theme="ska")))


def test_borders_that_cut_what_was_told_block_its_period_and_no_other(place, bring, told, tmp_path):
    names = told.areas[AreaLevel.DISTRICT]["name"]
    earlier = [table(told, year(2024), "Alla brott 2024")]
    path = own_areas.write(place, tmp_path, lambda areas: own_areas.split(areas, names[SMALL]))
    bring(TableKind.DISTRICTS, path)
    world = loaded_world.load(place.engine, place.municipality)
    with pytest.raises(DisclosureError) as refused:
        register.check(world, earlier, table(world, year(2024)))
    assert refused.value.cause is DisclosureCause.OTHER_BORDERS
    said = error_words.linked_tables(refused.value)
    assert "Alla brott 2024" in said and "{" not in said
    whole = year(2024, level=AreaLevel.MUNICIPALITY)
    register.check(world, earlier, table(world, whole))
