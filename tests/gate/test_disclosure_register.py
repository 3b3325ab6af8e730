"""What the register refuses beside what has left the house."""

from datetime import date

import pytest

from tests.gate.three_districts import DRUGS, HEADER, OTHER, SMALL, THIRD, table, year
from trygghetskarta.analysis.measures import Measure
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.gate import disclosure_register as register
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.public_view import public_view
from trygghetskarta.gate.publication import publication_of
from trygghetskarta.store import publications
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Purpose
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.offences import OFFENCE_TYPES
from trygghetskarta.words import error_words, map_words

pytestmark = pytest.mark.slow


def test_two_tables_that_subtract_to_a_hidden_count_are_refused(world):
    """The theme has 38 in the district, burglary 20 and damage 15: the rest is 3 car crimes."""
    earlier = [
        table(world, year(theme="ska"), "SKA 2025"),
        table(world, year(types=("Inbrott",))),
    ]
    for one in earlier:
        register.check(world, [], one)
    register.check(world, earlier[:1], earlier[1])
    stolen = table(world, year(types=("Stöld",)))
    register.check(world, earlier, stolen)
    new = table(world, year(types=("Skadegörelse",)))
    register.check(world, earlier, new)
    with pytest.raises(DisclosureError) as caught:
        register.check(world, [*earlier, stolen], new)
    error = caught.value
    assert error.cause is DisclosureCause.LINKED_TABLES
    assert error.facts["area"] == world.areas[AreaLevel.DISTRICT].at[SMALL, "name"]
    said = error_words.linked_tables(error)
    assert error.facts["area"] in said and " 3 " not in said and "{" not in said


def test_the_alternative_is_safe_and_accepted(world):
    earlier = [
        table(world, year(theme="ska")),
        table(world, year(types=("Inbrott",))),
        table(world, year(types=("Stöld",))),
    ]
    refused = year(types=("Skadegörelse",))
    with pytest.raises(DisclosureError):
        register.check(world, earlier, table(world, refused))
    instead = register.nearest_safe(world, earlier, refused)
    assert instead is not None and instead.choice != public_view(world, refused).choice
    register.check(world, earlier, publication_of(instead, "t", Purpose.FILE))
    assert map_words.safe_alternative(instead.facts).endswith(".")


def test_a_type_kept_from_the_districts_is_not_told_by_the_others(world):
    """All offences of two years less every other type: the sexual offences of each district."""
    both = {"period": PeriodKind.OWN, "start": date(2024, 1, 1), "end": date(2025, 12, 31)}
    names = [name for name in OFFENCE_TYPES if name != "Sexualbrott"]
    tables = [table(world, Choice(**both, types=(name,))) for name in names]
    everything = table(world, Choice(**both))
    # As long as one type is not given, the rest may be that one.
    register.check(world, tables[1:], everything)
    with pytest.raises(DisclosureError):
        register.check(world, tables, everything)


def test_the_same_table_again_is_always_safe(world):
    new = table(world, year(theme="ska"))
    register.check(world, [new], new)


def test_registering_is_once_and_for_all(world, place):
    new = table(world, year(types=("Inbrott",), measure=Measure.CHANGE), "Inbrott 2025")
    assert register.publish(place.engine, world, new)
    assert not register.publish(place.engine, world, new)
    kept = register.earlier_publications(place.engine)
    assert len(kept) == 1 and kept[0].lines == new.lines and kept[0].title == "Inbrott 2025"
    assert kept[0].published_at is not None and kept[0].fingerprint == new.fingerprint


def test_a_refused_table_leaves_no_trace(world, place):
    for choice in (year(theme="ska"), year(types=("Inbrott",)), year(types=("Stöld",))):
        register.publish(place.engine, world, table(world, choice, "tidigare"))
    with pytest.raises(DisclosureError) as caught:
        register.publish(place.engine, world, table(world, year(types=("Skadegörelse",))))
    assert len(register.earlier_publications(place.engine)) == 3
    # Tables that leave together are all given out or none.
    free = table(world, year(types=("Narkotika",)), "fri")
    with pytest.raises(DisclosureError) as caught:
        register.publish(
            place.engine,
            world,
            free,
            table(world, year(types=("Skadegörelse",))),
        )
    assert caught.value.facts["number"] == 1
    assert len(register.earlier_publications(place.engine)) == 3
    assert "Välj" in error_words.linked_tables(caught.value)


def test_no_hidden_count_is_in_the_register(own_twins):
    """The same rows from both twins, but for the names and times of the rows."""
    kept = []
    for world, place in zip((own_twins.one, own_twins.other), own_twins.places, strict=True):
        for choice in (year(types=("Inbrott",)), year(theme="narkotika"), year(theme="ska")):
            register.publish(place.engine, world, table(world, choice))
        rows = publications.rows(place.engine)
        kept.append(rows.drop(columns=["uuid", "published_at"]).to_csv())
    assert kept[0] == kept[1] and kept[0].count("\n") > 3


def test_one_corrected_row_does_not_tell_what_the_earlier_table_hid(place, bring):
    """Nine drug offences, hidden below ten; the tenth comes with the next delivery."""

    def rows(count: int) -> str:
        counts = {SMALL: count, OTHER: 12, THIRD: 30}
        lines = [
            f"{DRUGS}{area}{n};{DRUGS};2025-05-01;{area};1\n"
            for area, number in counts.items()
            for n in range(number)
        ]
        edges = [f"t{day};0841;{day};{SMALL};90\n" for day in ("2024-01-01", "2025-12-31")]
        return HEADER + "".join(lines + edges)

    bring(TableKind.INCIDENTS, "uttag.csv", rows(9))
    before = loaded_world.load(place.engine, place.municipality)
    old = table(before, year(theme="narkotika"), "Narkotika 2025")
    assert register.publish(place.engine, before, old)
    bring(TableKind.INCIDENTS, "mer.csv", rows(10))
    after = loaded_world.load(place.engine, place.municipality)
    with pytest.raises(DisclosureError) as caught:
        register.publish(place.engine, after, table(after, year(theme="narkotika"), "Ny"))
    assert caught.value.cause is DisclosureCause.CORRECTED_TABLES
    said = error_words.linked_tables(caught.value)
    assert "rättats" in said and "Narkotika 2025" in said and " 9" not in said
    assert "rättats" in error_words.error_sentence(caught.value)
    assert len(register.earlier_publications(place.engine)) == 1
    # What was given out may be given out again as it is, and what does not show the district, too.
    register.check(after, register.earlier_publications(place.engine), old)
    assert register.publish(place.engine, after, table(after, year(), "Alla brott"))
