"""Actions on both databases: geometry, history nobody changes, invented rows that give way."""

import uuid
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from tests.workplaces import whole
from trygghetskarta import tables
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store import read_actions, write, write_actions
from trygghetskarta.store.versioned_rows import RowEdition
from trygghetskarta.terms.imports import TableKind

SQUARE = shapely.box(340000, 6461000, 340200, 6461100)


def name(number: int) -> str:
    return str(uuid.UUID(int=number))


def action(number: int, **values) -> gpd.GeoDataFrame:
    blank = tables.empty(tables.ACTIONS)
    row = {
        "measure_id": name(number),
        "title": "Belysning",
        "status": "pagar",
        "start_date": pd.Timestamp(2026, 1, 1),
        "source": "Prov",
        "geometry": SQUARE,
        **values,
    }
    frame = pd.DataFrame([row], columns=list(tables.ACTIONS.columns))
    for column in frame.columns.drop("geometry"):
        frame[column] = frame[column].astype(blank[column].dtype)
    made = gpd.GeoDataFrame(frame, geometry=list(frame["geometry"]), crs=3006)
    tables.require(made, tables.ACTIONS)
    return made


def import_one(engine, table, *, is_example: bool):
    return write.write_batch(
        engine,
        TableKind.ACTIONS,
        table,
        source="Prov",
        file_name="plan.csv",
        sha256="",
        is_example=is_example,
        account=whole(table),
    )


def follow_up(number: int, of: int) -> pd.DataFrame:
    row = (name(number), name(of), pd.Timestamp(2026, 3, 1), "Samordnare", "Klart", None, None)
    table = pd.DataFrame([row], columns=list(tables.FOLLOW_UPS.columns))
    blank = tables.empty(tables.FOLLOW_UPS)
    return table.astype({column: blank[column].dtype for column in table.columns})


def test_a_measure_lives_through_edits_with_its_area_and_history(place):
    engine = place.engine
    assert write_actions.add(engine, action(1), "samordnare")
    assert not write_actions.add(engine, action(1), "samordnare")
    found = read_actions.actions(engine)
    assert found.geometry.iloc[0].equals(SQUARE) and not found["is_example"].any()
    moved = shapely.box(340000, 6461000, 340100, 6461100)
    values = {"geom": moved, "end_date": date(2026, 12, 31)}
    assert write_actions.change(engine, RowEdition(name(1), 1), values, "samordnare") == 2
    assert write_actions.change(engine, RowEdition(name(1), 2), values, "samordnare") == 2
    found = read_actions.actions(engine)
    assert found.geometry.iloc[0].area == 10_000
    assert found["end_date"].iloc[0] == pd.Timestamp(2026, 12, 31)
    with pytest.raises(StoreError) as refused:
        write_actions.change(engine, RowEdition(name(1), 1), {"title": "x"}, "samordnare")
    assert refused.value.cause is StoreCause.CHANGED_MEANWHILE
    told = read_actions.history(engine, name(1))
    assert told["field"].tolist() == ["created", "geom", "end_date"]


def test_invented_measures_give_way_with_all_that_belongs_to_them(place):
    engine = place.engine
    import_one(engine, action(1), is_example=True)
    write_actions.follow_up(engine, follow_up(5, of=1), "samordnare")
    write_actions.link(engine, name(1), "samordnare", problem="Mörkt")
    assert read_actions.actions(engine)["is_example"].all()
    assert import_one(engine, action(2), is_example=False).examples_removed == 1
    assert read_actions.actions(engine)["measure_id"].tolist() == [name(2)]
    assert read_actions.follow_ups(engine).empty and read_actions.links(engine).empty
    with pytest.raises(StoreError) as refused:
        import_one(engine, action(3), is_example=True)
    assert refused.value.cause is StoreCause.EXAMPLES_AFTER_REAL


def test_a_file_read_again_keeps_what_somebody_has_changed_here(place):
    engine = place.engine
    import_one(engine, action(1), is_example=False)
    assert import_one(engine, action(1), is_example=False).unchanged == 1
    write_actions.change(engine, RowEdition(name(1), 1), {"status": "avslutad"}, "samordnare")
    import_one(engine, action(1, title="Ny belysning"), is_example=False)
    row = read_actions.actions(engine).iloc[0]
    assert (row["title"], row["status"]) == ("Ny belysning", "avslutad")
    assert import_one(engine, action(1, title="Ny belysning"), is_example=False).unchanged == 1
