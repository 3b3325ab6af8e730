"""A folder with the publishers' files: copied where that is allowed, else made in their layout."""

import shutil
from pathlib import Path

import geopandas as gpd
import pandas as pd

from tests.made import events, police, tables, tracks

CARRIED = Path(__file__).resolve().parent.parent / "data" / "published"


def make(folder: Path) -> None:
    """Fill a folder; see ``tests/data/README.md``."""
    shutil.copytree(CARRIED, folder, dirs_exist_ok=True)
    borders = folder / "districts"
    regso = gpd.read_file(borders / "regso_2025_trollhattan_3006.gpkg")
    regso.to_crs(3007).to_file(borders / "regso_2025_trollhattan_3007.gpkg")
    people = pd.read_csv(folder / "population" / "deso_2025_indikatorer_trollhattan.csv")
    tables.write_exports(folder / "scb_excel", people["desokod"].tolist())
    tables.write_database_files(folder / "bra")
    events.write(folder / "polisen_events")
    tracks.write(folder / "gpx")
    districts = gpd.read_file(borders / "stadsdelar_trollhattan_3006.gpkg")
    police.write(folder / "police_areas", districts.set_index("stadsdelskod").geometry)
