"""Rebuild a municipality's area layers from SCB's files.

Run ``python geodata/build.py 1488 --regso RegSO_2025.gpkg --deso DeSO.gpkg``. The RegSO file may be
SCB's own with all of Sweden, or one already cut; rules for the districts stand in
``municipality.toml``. With ``--population FILE --year 2025`` the inhabitants are summed too.
"""

import argparse
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

CRS = 3006
_TOUCHING = 1e-6  # metres within which a vertex lies on an edge: rounding, below any border
_ROUNDED = 0.05  # metres of overlap and gap that the approximate DeSO file's rounding leaves


class BuildError(Exception):
    """The layers do not fit together; the message says where."""


@dataclass(frozen=True)
class Rules:
    """What ``municipality.toml`` says about the layers.

    Attributes
    ----------
    area_km2
        The whole area, with water, to two decimals.
    lines
        Border through a RegSO that two districts share, EPSG:3006, by its code.
    districts
        Code, name, whole RegSO and single DeSO of each district, as in the file.
    source, built
        Publisher, licence and reference date, written into the files.
    """

    code: str
    name: str
    area_km2: float
    source: str
    built: date
    lines: Mapping[str, shapely.LineString]
    districts: tuple[Mapping[str, object], ...]


@dataclass(frozen=True)
class Layers:
    """Three layers in EPSG:3006, each tiling the municipality, the finer inside the coarser."""

    districts: gpd.GeoDataFrame
    regso: gpd.GeoDataFrame
    deso: gpd.GeoDataFrame


def read_rules(path: Path) -> Rules:
    """Read the rules of one municipality from its ``municipality.toml``."""
    with path.open("rb") as file:
        told = tomllib.load(file)
    build = told["build"]
    return Rules(
        code=told["code"],
        name=told["name"],
        area_km2=build["area_km2"],
        source=build["source"],
        built=build["built"],
        lines={split["regso"]: shapely.LineString(split["line"]) for split in build["splits"]},
        districts=tuple(build["districts"]),
    )


def read_layer(path: Path, municipality: str, code_column: str) -> gpd.GeoDataFrame:
    """Read the areas of one municipality, ordered by code, from a file that may hold all of Sweden.

    Returns
    -------
    GeoDataFrame
        Index: area code, without the suffix of SCB's statistics. EPSG:3006.
    """
    layer = pyogrio.read_dataframe(path, where=f"kommunkod = '{municipality}'").to_crs(CRS)
    if layer.empty:
        raise BuildError(f"{path.name} holds no area of municipality {municipality}")
    layer[code_column] = layer[code_column].str.replace(r"_(?:Reg|De)SO\d{4}$", "", regex=True)
    return layer.set_index(code_column).sort_index()


def build(rules: Rules, regso: gpd.GeoDataFrame, deso: gpd.GeoDataFrame) -> Layers:
    """Split, merge and fit the layers to each other.

    Parameters
    ----------
    rules
        Which RegSO and DeSO make which district.
    regso
        As :func:`read_layer` gives it: exact borders, column ``regsonamn``.
    deso
        Columns ``regsokod`` and ``geometry``; borders inside a RegSO may be approximate.

    Raises
    ------
    BuildError
        When the result does not tile the municipality.
    """
    pieces = _pieces(rules, regso)
    owner = _owners(rules, pieces, deso)
    codes = [district["code"] for district in rules.districts]
    shapes = {c: shapely.union_all([pieces[k] for k in pieces if owner[k] == c]) for c in codes}
    deso_shapes, inside = _fit_deso(pieces, deso)
    layers = Layers(
        districts=_district_layer(rules, _noded(shapes), owner),
        regso=_frame(regso.geometry.to_dict(), name=list(regso["regsonamn"])),
        deso=_deso_layer(
            rules, _noded(deso_shapes), deso, {c: owner[k] for c, k in inside.items()}
        ),
    )
    check(rules, layers)
    return layers


def check(rules: Rules, layers: Layers) -> None:
    """See that every layer tiles the same area and that DeSO lie inside RegSO and districts.

    Raises
    ------
    BuildError
        For a gap, an overlap, a wrong area or a DeSO across a border.
    """
    whole = layers.regso.union_all()
    if round(whole.area / 1e6, 2) != rules.area_km2:
        raise BuildError(f"area {whole.area / 1e6:.3f} km2, not {rules.area_km2}")
    for name, layer in vars(layers).items():
        shapes = layer.geometry.to_numpy()
        if not shapely.coverage_is_valid(shapes):
            raise BuildError(f"{name}: gaps or overlaps between neighbours")
        if layer.union_all().symmetric_difference(whole).area > 0.01:
            raise BuildError(f"{name}: does not cover the municipality")
        if not all(shape.geom_type == "Polygon" for shape in shapes):
            raise BuildError(f"{name}: an area in several parts")
    for column, holders in (("regso_code", layers.regso), ("district_code", layers.districts)):
        shape_of = holders.set_index("area_code").geometry
        for code, holder, shape in layers.deso[["area_code", column, "geometry"]].to_numpy():
            if shape.difference(shape_of[holder]).area > 0.01:
                raise BuildError(f"{code} reaches outside {holder}")


def write(rules: Rules, layers: Layers, folder: Path) -> list[Path]:
    """Write one GeoPackage per layer, give their paths; the same input gives the same bytes."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{rules.built:%Y-%m-%d}T00:00:00.000Z"})
    described = {
        "districts": "everyday districts, not official ones",
        "regso": "exact borders",
        "deso": "APPROXIMATE: borders inside a RegSO are good to about 40 m",
    }
    paths = []
    try:
        for name, layer in vars(layers).items():
            path = folder / f"{name}.gpkg"
            path.unlink(missing_ok=True)
            pyogrio.write_dataframe(
                layer,
                path,
                layer=name,
                driver="GPKG",
                geometry_type="Polygon",
                layer_options={
                    "IDENTIFIER": f"{rules.name} {name}",
                    "DESCRIPTION": f"{rules.source}; {described[name]}",
                },
            )
            paths.append(path)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    return paths


def population(rules: Rules, layers: Layers, counts: pd.Series, year: int) -> pd.DataFrame:
    """Sum the inhabitants of each DeSO to RegSO, districts and municipality.

    Parameters
    ----------
    rules, layers
        As :func:`build` took and gave them.
    counts
        Inhabitants; index: DeSO code.
    year
        Counted on 31 December of this year.

    Raises
    ------
    BuildError
        When a DeSO has no count, or a count no DeSO.
    """
    deso = layers.deso.set_index("area_code")
    if set(counts.index) != set(deso.index):
        raise BuildError("the population file and the DeSO layer hold different codes")
    levels = {
        "kommun": pd.Series(rules.code, deso.index),
        "stadsdel": deso["district_code"],
        "regso": deso["regso_code"],
        "deso": pd.Series(deso.index, deso.index),
    }
    tables = [
        counts.groupby(holder)
        .sum()
        .rename_axis("area_code")
        .rename("population")
        .reset_index()
        .assign(area_level=level, year=year, approximate=0, source="SCB")
        for level, holder in levels.items()
    ]
    columns = ["area_level", "area_code", "year", "population", "approximate", "source"]
    return pd.concat(tables, ignore_index=True)[columns]


def _pieces(rules: Rules, regso: gpd.GeoDataFrame) -> dict[tuple[str, int], shapely.Polygon]:
    """Every RegSO as one piece, a split one as several; neighbours share every vertex."""
    cuts = {
        code: shapely.get_parts(shapely.intersection(_lengthened(line), regso.geometry[code]))
        for code, line in rules.lines.items()
    }
    ends = [end for parts in cuts.values() for part in parts for end in part.boundary.geoms]
    shapes = {code: _with_vertices(shape, ends) for code, shape in regso.geometry.items()}
    pieces = {}
    for code, shape in shapes.items():
        network = shapely.union_all([shape.boundary, *cuts.get(code, [])])
        faces = [
            face
            for face in shapely.get_parts(shapely.polygonize([network]))
            if shapely.covers(shape, face.representative_point())
        ]
        whole = [shape] if code not in cuts else sorted(faces, key=lambda face: face.bounds)
        pieces |= {(code, number): piece for number, piece in enumerate(whole)}
    return pieces


def _lengthened(line: shapely.LineString, metres: float = 5.0) -> shapely.LineString:
    """Draw out both ends, so that a line that stops short of a border crosses it."""
    points = shapely.get_coordinates(line)
    for end, next_to_it in ((0, 1), (-1, -2)):
        direction = points[end] - points[next_to_it]
        points[end] = points[end] + metres * direction / np.hypot(*direction)
    return shapely.LineString(points)


def _owners(
    rules: Rules, pieces: Mapping[tuple[str, int], shapely.Polygon], deso: gpd.GeoDataFrame
) -> dict[tuple[str, int], str]:
    """District of every piece: by its RegSO, or by the DeSO that covers most of it."""
    by_regso = {code: d["code"] for d in rules.districts for code in d["regso"]}
    by_deso = {code: d["code"] for d in rules.districts for code in d["deso"]}
    owner = {}
    for key, piece in pieces.items():
        covering = deso.geometry.intersection(piece).area.idxmax()
        district = by_deso.get(covering) if key[0] in rules.lines else by_regso.get(key[0])
        if district is None:
            raise BuildError(f"no district holds {covering if key[0] in rules.lines else key[0]}")
        owner[key] = district
    return owner


def _fit_deso(
    pieces: Mapping[tuple[str, int], shapely.Polygon], deso: gpd.GeoDataFrame
) -> tuple[dict[str, shapely.Polygon], dict[str, tuple[str, int]]]:
    """Make the approximate DeSO fill the exact pieces; tell which piece holds each."""
    fitted: dict[str, shapely.Polygon] = {}
    inside: dict[str, tuple[str, int]] = {}
    for key, piece in pieces.items():
        own = deso[deso["regsokod"] == key[0]].geometry
        own = own[own.intersection(piece).area > 0.5 * own.area]
        if own.empty:
            raise BuildError(f"no DeSO in {key[0]}")
        fitted |= _filled(piece, own.to_dict())
        inside |= dict.fromkeys(own.index, key)
    return dict(sorted(fitted.items())), inside


def _filled(
    piece: shapely.Polygon, own: Mapping[str, shapely.Polygon]
) -> dict[str, shapely.Polygon]:
    """Share a piece out among its DeSO; what none reaches goes to the one it borders on most."""
    if len(own) == 1:
        return dict.fromkeys(own, piece)
    parts: dict[str, shapely.Geometry] = {}
    left = piece
    for code, shape in own.items():
        reach = shape.buffer(_ROUNDED, join_style="mitre")
        parts[code] = left.intersection(reach)
        left = left.difference(reach)
    loose = list(shapely.get_parts(left))
    for code, shape in parts.items():
        whole = shapely.get_parts(shape)
        largest = int(np.argmax(shapely.area(whole)))
        parts[code] = whole[largest]
        loose += [part for number, part in enumerate(whole) if number != largest]
    for scrap in sorted((s for s in loose if s.area > 0), key=lambda scrap: scrap.bounds):
        shared = {code: scrap.intersection(shape).length for code, shape in parts.items()}
        best = max(shared, key=shared.__getitem__)
        parts[best] = parts[best].union(scrap)
    return parts


def _noded(shapes: Mapping[str, shapely.Polygon]) -> dict[str, shapely.Polygon]:
    """Give neighbours the same vertices along their common border, in a fixed order."""
    all_shapes = list(shapes.values())
    tree = shapely.STRtree(all_shapes)
    noded = {}
    for code, shape in shapes.items():
        near = [all_shapes[row] for row in tree.query(shape, predicate="intersects")]
        vertices = shapely.points(shapely.get_coordinates(near))
        noded[code] = shapely.normalize(_with_vertices(shape, vertices))
    return noded


def _with_vertices(shape: shapely.Polygon, points: Iterable[shapely.Point]) -> shapely.Polygon:
    """Add the points that lie on the shape's edges to its ring, where it lacks them."""
    own = {tuple(vertex) for vertex in shapely.get_coordinates(shape)}
    lacking = [
        point
        for point in points
        if (point.x, point.y) not in own and shape.boundary.distance(point) < _TOUCHING
    ]
    return shapely.snap(shape, shapely.multipoints(lacking), _TOUCHING) if lacking else shape


def _frame(shapes: Mapping[str, shapely.Polygon], **columns: Iterable[str]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"area_code": list(shapes), **columns}, geometry=list(shapes.values()), crs=CRS
    )


def _district_layer(
    rules: Rules,
    shapes: Mapping[str, shapely.Polygon],
    owner: Mapping[tuple[str, int], str],
) -> gpd.GeoDataFrame:
    held = {code: sorted({key[0] for key in owner if owner[key] == code}) for code in shapes}
    return _frame(
        shapes,
        name=[str(district["name"]) for district in rules.districts],
        regso_codes=[";".join(held[code]) for code in shapes],
    )


def _deso_layer(
    rules: Rules,
    shapes: Mapping[str, shapely.Polygon],
    deso: gpd.GeoDataFrame,
    district_of: Mapping[str, str],
) -> gpd.GeoDataFrame:
    """DeSO have no names of their own: the district's and the code's last part."""
    name_of = {str(district["code"]): str(district["name"]) for district in rules.districts}
    return _frame(
        shapes,
        name=[f"{name_of[district_of[code]]} {code[len(rules.code) :]}" for code in shapes],
        regso_code=[deso["regsokod"][code] for code in shapes],
        district_code=[district_of[code] for code in shapes],
    )


def main() -> None:
    """Read the command line, build, check and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("municipality")
    parser.add_argument("--regso", type=Path, required=True)
    parser.add_argument("--deso", type=Path, required=True)
    parser.add_argument("--population", type=Path)
    parser.add_argument("--year", type=int, default=2025)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    home = Path(__file__).resolve().parent / chosen.municipality
    rules = read_rules(home / "municipality.toml")
    layers = build(
        rules,
        read_layer(chosen.regso, chosen.municipality, "regsokod"),
        read_layer(chosen.deso, chosen.municipality, "desokod"),
    )
    folder = chosen.out or home
    paths = write(rules, layers, folder)
    if chosen.population:
        counts = pd.read_csv(chosen.population, index_col="desokod")[f"befolkning_{chosen.year}"]
        table = population(rules, layers, counts, chosen.year)
        table.to_csv(folder / "population.csv", sep=";", index=False, lineterminator="\n")
        paths.append(folder / "population.csv")
    for path in paths:
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
