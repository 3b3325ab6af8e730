"""Area codes and names, and what they mean."""

import pandas as pd
import pytest

from trygghetskarta.sources.fields import area_codes
from trygghetskarta.sources.fields.area_codes import AreaList
from trygghetskarta.terms.areas import AreaLevel

AREAS = pd.DataFrame(
    [
        ("kommun", "1488", "Trollhättan"),
        ("stadsdel", "1488S001", "Björndalen–Vårvik"),
        ("stadsdel", "1488S002", "Sylte"),
        ("regso", "1488R012", "Sylte"),
        ("deso", "1488A0010", "1488A0010"),
    ],
    columns=["area_level", "area_code", "name"],
)


def column(*cells):
    return pd.Series(list(cells), dtype="str")


def test_levels_by_form():
    codes = column("1488", "1488R001", "1488A0010", "1488C1100", "1488S001", "Sylte", "14", None)
    assert area_codes.levels(codes).fillna("").tolist() == [
        AreaLevel.MUNICIPALITY,
        AreaLevel.REGSO,
        AreaLevel.DESO,
        AreaLevel.DESO,
        AreaLevel.DISTRICT,
        "",
        "",
        "",
    ]


def test_suffixes_and_names_are_taken_off():
    codes = column("1488R007_RegSO2025", "1488A0010_deso2018", "1488R001 Björndalen", "Sylte östra")
    assert area_codes.bare(codes).tolist() == ["1488R007", "1488A0010", "1488R001", "Sylte östra"]


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("1488A0010_DeSO2025", "deso", "1488A0010"),
        ("sylte", "stadsdel", "1488S002"),
        ("1488R012", "regso", "1488R012"),
        ("Björndalen - Vårvik", "stadsdel", "1488S001"),
        ("BJÖRNDALEN-VÅRVIK", "stadsdel", "1488S001"),
        ("Bjo\u0308rndalen–Va\u030arvik", "stadsdel", "1488S001"),
        ("trollhättan", "kommun", "1488"),
        ("Hela kommunen", "kommun", "1488"),
        ("1488", "kommun", "1488"),
        (None, "kommun", "1488"),
        ("Atlantis", None, None),
    ],
)
def test_finding(text, level, code):
    found_level, found_code = AreaList(AREAS).find(column(text))
    assert [None if pd.isna(v) else v for v in (found_level[0], found_code[0])] == [level, code]


def test_the_municipality_without_an_area_of_its_own():
    level, code = AreaList(AREAS[1:]).find(column(None, "1488"))
    assert code.tolist() == ["1488", "1488"] and level.tolist() == ["kommun", "kommun"]
    assert AreaList(AREAS[:0]).find(column(None))[1].isna().all()
