"""SCB's Excel exports and Brå's database file: the publishers' layout, invented figures."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from openpyxl import Workbook

ELSEWHERE = [f"{town}{zone}{number}0" for town in ("0114", "1480", "2584") for zone, number in
             (("A", "001"), ("B", "201"), ("C", "101"), ("C", "102"))]  # fmt: skip
"""Small areas of other municipalities, as SCB codes them."""
AGES = ("totalt", "0-4 år", "5-9 år", "10-14 år", "15-19 år", "20-24 år")
FOOTER = (
    *("", "Vissa personer går inte att placera geografiskt under kommunnivå.", ""),
    *("Senaste uppdatering:", "20240322 08:00", "", "Källa:", "SCB", "", "Kontaktperson:"),
    *(" Statistikservice, SCB", " +46 010-000 00 00", "info@example.org", "", "", "", "", "Sort:"),
    *("antal", "", "Datatyp:", "Stock", "", "Referenstid:", "31 december respektive år", "", ""),
    *("", "", "", "Officiell statistik", "", "Databas:", "Statistikdatabasen ", ""),
    "Intern referenskod:",
)
"""What stands below the figures, one cell a row."""

YEARLY = (
    ("Hela landet", "8-12 kap. Brott mot förmögenhet", None),
    ("Hela landet", "Bedrägeri inkl. grovt, bedrägligt beteende (1-3 §)", None),
    ("Hela landet", "Bedrägeri genom social manipulation (fr. o. m. 2019)", 0),
    ("Hela landet", "Befogenhetsbedrägeri", 12_345),
    # The same heading stands on two levels of Brå's tree, with the same figures.
    ("Hela landet", "Lag om straff för penningtvättsbrott", 23_456),
    ("Hela landet", "Lag om straff för penningtvättsbrott", 23_456),
    ("Region Nord", "8-12 kap. Brott mot förmögenhet", None),
)
MONTHLY = (
    ("Hela landet", "2025;Jan", 111),
    ("Hela landet", "2026 prel.;Aug", 422),
    ("Region Stockholm", "2026 prel.;Aug", 0),
)
LONG_NAME = (
    "0950 - Befogenhetsbedrägeri, bedrägeri genom social manipulation, internationell anknytning, "
    "mot äldre/funktionsnedsatt"
)


def write_exports(folder: Path, codes: Sequence[str]) -> None:
    """Write SCB's two exports: by region with the year to the left, and by age in stacked heads."""
    folder.mkdir()
    rng = np.random.default_rng(5)
    regions = sorted({*ELSEWHERE, *codes})
    people = rng.integers(600, 3000, len(regions)).tolist()
    years = ["2023", *[None] * (len(regions) - 1)]
    _write(
        folder / "000005FC_20240806-102837.xlsx",
        ["Folkmängden per region efter år, region och kön"],
        [(), (None, None, "totalt"), *zip(years, regions, people, strict=True)],
    )
    ages = rng.integers(0, 160, (len(regions), len(AGES) - 1)).tolist()
    _write(
        folder / "000005FF_20240813-152010.xlsx",
        ["Folkmängden per region efter region, år, ålder och kön"],
        [
            *((), (None, "2022"), (None, *AGES), (None, *["totalt"] * len(AGES))),
            *((code, n, *row) for code, n, row in zip(regions, people, ages, strict=True)),
        ],
    )


def _write(path: Path, title: list[str], rows: list[tuple]) -> None:
    name = path.name.split("_")[0]
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in (title, *rows, *((text or None,) for text in FOOTER), (name,)):
        sheet.append(row)
    book.save(path)


def write_database_files(folder: Path) -> None:
    """Write Brå's database file by year and by month."""
    head = "Region;Brott;År;Period;Antal;/100 000 inv"
    lines = [
        f"{region};{name};År;{year};{_count(count, year)};{_count(count, year, 100)};"
        for region, name, count in YEARLY
        for year in (2024, 2025)
    ]
    _write_lines(folder / "sol_dbfil_ar_exempel.txt", [head, *lines])
    lines = [f"{region};{LONG_NAME};{when};{count};1;" for region, when, count in MONTHLY]
    _write_lines(folder / "sol_dbfil_manad_exempel.txt", [head, *lines])


def _count(count: int | None, year: int, share: int = 1) -> str:
    return ".." if count is None else str((count + (year - 2024) * bool(count) * 7) // share)


def _write_lines(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
