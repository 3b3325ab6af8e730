"""What would be counted twice is asked about: areas beside their parts, another source's rows."""

import pytest

from trygghetskarta.intake import intake, receiving
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words.doubt_words import doubt_sentence

pytestmark = pytest.mark.slow

HEADER = "Områdeskod;Område;År;Brottstyp;Antal\n"
SUMS = "Stadsdel;År;Brottstyp;Antal\n"
SINGLE = "Brottskod;Brottsdatum;Stadsdel\n"


@pytest.fixture
def check(place):
    """The doubts of a file of incidents that is not stored."""

    def run(content: str, source="Polismyndigheten"):
        waiting = receiving.receive(place, TableKind.INCIDENTS, "s.csv", content.encode())
        return intake.check_waiting(place, waiting, source).doubts

    return run


def days(code: str, months=range(1, 7)) -> str:
    return "".join(f"{code};2025-{m:02};Sylte\n".replace(f"{m:02};", f"{m:02}-1{d};")
                   for m in months for d in range(9))  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        # A district and two DeSO in it, a RegSO that is a district, a district and its RegSO.
        ("1488C1060;;2025;Stöld;12\n1488C1100;;2025;Stöld;8\n;Kronogården;2025;Stöld;40\n", 4),
        ("1488R012;;2025;Stöld;12\n;Sylte;2025;Stöld;12\n;Lextorp;2025;Stöld;4\n", 3),
        (";Kronogården;2025;Stöld;40\n1488R007;;2025;Stöld;30\n", 2),
    ],
)
def test_an_area_beside_its_parts_is_asked_about(check, rows, row):
    (doubt,) = check(HEADER + rows)
    assert doubt.kind is DoubtKind.NESTED_AREAS and doubt.facts == {"n": 1, "rows": [row]}
    assert f"(rad {row})" in doubt_sentence(doubt)


@pytest.mark.parametrize(
    "rows",
    [
        "1488R012;;2025;Stöld;12\n;Kronogården;2025;Stöld;40\n1488C1050;;2025;Stöld;4\n",
        # Another year or offence, or fewer than the parts have: rows whose part is not known.
        "1488C1060;;2025;Stöld;12\n;Kronogården;2024;Stöld;40\n",
        "1488C1060;;2025;Stöld;12\n;Kronogården;2025;Rån;40\n",
        "1488C1060;;2025;Stöld;12\n;Kronogården;2025;Stöld;3\n",
        "1488R012;;2025;Stöld;12\n1488R011;;2025;Stöld;12\n",
    ],
)
def test_areas_that_hold_no_other_are_not_asked_about(check, rows):
    assert check(HEADER + rows) == ()


@pytest.mark.parametrize(
    "again",
    [
        SINGLE + days("0825"),
        # The same with other columns, and as one half of a file.
        "Dnr;Brottskod;Brottsdatum;Inskrivningsdatum;Stadsdel\n"
        + "".join(
            f"K{n};0825;{day};2025-08-01;Sylte\n"
            for n, day in enumerate(line.split(";")[1] for line in days("0825").splitlines())
        ),
        SINGLE + days("0825") + days("0826"),
    ],
)
def test_offences_of_another_source_are_asked_about(bring, check, again):
    bring(TableKind.INCIDENTS, "a.csv", SINGLE + days("0825"), source="Polisen")
    doubts = [one for one in check(again, "polisen ") if one.kind is DoubtKind.OTHER_SOURCE]
    assert doubts[0].facts["source"] == "Polisen"
    assert doubts[0].facts["n"] >= 40
    assert "finns redan från källan Polisen" in doubt_sentence(doubts[0])


def test_other_offences_days_and_the_own_source_are_not_asked_about(place, bring, check):
    bring(TableKind.INCIDENTS, "a.csv", SINGLE + days("0825"), source="Polisen")
    assert check(SINGLE + days("0825"), "Polisen") == ()
    assert check(SINGLE + days("0826"), "Kommunen") == ()
    assert check(SINGLE + days("0825", range(7, 10)), "Kommunen") == ()


def test_sums_of_a_place_and_year_come_from_one_source(bring, check):
    rows = "Sylte;2025;Stöld;12\nKronogården;2025;Stöld;10\n"
    bring(TableKind.INCIDENTS, "a.csv", SUMS + rows, source="Polisen")
    (doubt,) = check(SUMS + rows.replace("12", "13"), "Kommunen")
    assert doubt.facts == {"n": 2, "rows": 2, "source": "Polisen"}
    assert check(SUMS + rows.replace("2025", "2024"), "Kommunen") == ()
    # What was once confirmed is not asked again.
    allowed = frozenset((DoubtKind.OTHER_SOURCE,))
    bring(TableKind.INCIDENTS, "b.csv", SUMS + rows, source="Kommunen", confirmed=allowed)
    assert check(SUMS + rows.replace("12", "14"), "Kommunen") == ()
