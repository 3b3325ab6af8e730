"""Groups of offences beside the offences that they hold."""

import pytest

from tests.sources.publishers.incident_files import parse, simple
from trygghetskarta.terms.doubts import DoubtKind

HEADER = "Brott;År;Stadsdel;Antal"


def rows(*told: tuple[str, int], place="Sylte") -> list[str]:
    return [f"{name};2025;{place};{count}" for name, count in told]


@pytest.mark.parametrize(
    ("told", "whole", "part", "n"),
    [
        ([("Brott mot person", 30), ("Misshandel", 20), ("Olaga hot", 10)],
         "Brott mot person", "Misshandel", 1),
        ([("3-7 kap. Brott mot person", 30), ("3 kap. Brott mot liv och hälsa", 20),
          ("4 kap. Brott mot frihet och frid", 10)],
         "3-7 kap. Brott mot person", "3 kap. Brott mot liv och hälsa", 1),
        ([("Hela brottsbalken", 50), ("3 kap. Brott mot liv och hälsa", 30), ("Misshandel", 20),
          ("8 kap. Stöld, rån", 20), ("Rån", 4)],
         "Hela brottsbalken", "3 kap. Brott mot liv och hälsa", 3),
        ([("Stöldbrott (8 kap.)", 20), ("Rån", 4), ("Inbrott", 5)],
         "Stöldbrott (8 kap.)", "Rån", 1),
    ],
)  # fmt: skip
def test_a_group_beside_its_members_is_asked_about(told, whole, part, n):
    (doubt,) = parse(simple(*rows(*told), header=HEADER)).doubts
    assert doubt.kind is DoubtKind.NESTED_OFFENCES
    assert doubt.facts == {"n": n, "whole": whole, "part": part}


@pytest.mark.parametrize(
    "told",
    [
        [("3 kap. Brott mot liv och hälsa", 20), ("4 kap. Brott mot frihet och frid", 10)],
        [("Misshandel", 20), ("Olaga hot", 10), ("Stöld", 30)],
        # Fewer than the rows below it: no sum of them.
        [("Brott mot person", 5), ("Misshandel", 20)],
        [("Misshandel", 20), ("Brott mot person", 30)],
    ],
)
def test_offences_that_hold_no_other_are_not_asked_about(told):
    assert parse(simple(*rows(*told), header=HEADER)).doubts == ()


def test_groups_are_told_by_place():
    file = rows(("Brott mot person", 30)) + rows(("Misshandel", 20), place="Lextorp")
    assert parse(simple(*file, header=HEADER)).doubts == ()
