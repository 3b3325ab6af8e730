"""Preliminary, final, or nothing said: three things."""

import pytest

from tests.sources.publishers.incident_files import parse, simple

PLAIN = "Stadsdel;År;Typ;Antal"


def said(*rows: str, header: str = PLAIN) -> list[str]:
    table = parse(simple(*rows, header=header)).table
    words = {(True, False): "preliminary", (False, True): "final", (False, False): "-"}
    pairs = zip(table["preliminary"], table["final"].fillna(False), strict=True)
    return [words[bool(one), bool(other)] for one, other in pairs]


def test_a_file_that_says_nothing_is_neither():
    assert said("Sylte;2024;Stöld;9", "Lextorp;2025;Stöld;10") == ["-", "-"]


def test_a_mark_on_some_periods_says_that_the_others_are_final():
    rows = ("Sylte;2024;Stöld;9", "Lextorp;2025 (prel.);Stöld;10", "Skoftebyn;2025*;Stöld;3")
    assert said(*rows) == ["final", "preliminary", "-"]
    assert said("Sylte;2024;Stöld;9", "Lextorp;2025*;Stöld;10") == ["-", "-"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("ja", "nej", ""), ["preliminary", "final", "-"]),
        (("x", "", ""), ["preliminary", "final", "final"]),
        (("0", "0", "0"), ["final", "final", "final"]),
        (("", "", ""), ["-", "-", "-"]),
        (("kanske", "prel.", "slutlig"), ["-", "preliminary", "final"]),
    ],
)
def test_a_column_of_its_own(cells, expected):
    names = ("Sylte", "Lextorp", "Skoftebyn")
    rows = [f"{name};2025;Stöld;9;{cell}" for name, cell in zip(names, cells, strict=True)]
    assert said(*rows, header=f"{PLAIN};Preliminär") == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Antal (preliminärt)", "preliminary"),
        ("Antal, prel.", "preliminary"),
        ("Antal (slutligt)", "final"),
    ],
)
def test_the_heading_of_the_counts_says_it_of_every_row(head, expected):
    header = f"Stadsdel;År;Typ;{head}"
    assert said("Sylte;2024;Stöld;9", "Lextorp;2025;Stöld;4", header=header) == [expected] * 2


def test_a_column_is_known_by_words_that_mean_nothing_else():
    rows = ("Sylte;2025;Stöld;9;Preliminär", "Lextorp;2025;Stöld;10;Slutlig")
    assert said(*rows, header=f"{PLAIN};Status") == ["preliminary", "final"]
    other = ("Sylte;2025;Stöld;9;Avslutad", "Lextorp;2025;Stöld;10;Slutlig")
    assert said(*other, header=f"{PLAIN};Status") == ["-", "-"]
