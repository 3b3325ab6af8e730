"""The road to public figures, and what the register refuses beside what has left the house."""

import shutil
from datetime import date

import numpy as np
import pytest

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate import publication as gate
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.published_lines import WHOLE, Shares, from_json, publication_of, to_json
from trygghetskarta.intake import intake
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import publications
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, Purpose
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.maps import Comparison
from trygghetskarta.terms.offences import OFFENCE_TYPES
from trygghetskarta.terms.times import DateBasis
from trygghetskarta.words import error_words, map_words

pytestmark = pytest.mark.slow

SMALL, OTHER, THIRD = "1488S001", "1488S002", "1488S003"
HEADER = "Id;Brottskod;Inskrivningsdatum;Områdeskod;Antal\n"
BURGLARY, DAMAGE, CAR, DRUGS, SEXUAL = "9801", "1201", "0801", "5005", "9694"
COUNTS = {
    # All of a theme but 3, in the first district: 20 + 15 and 3.
    BURGLARY: {SMALL: 20, OTHER: 40, THIRD: 50},
    DAMAGE: {SMALL: 15, OTHER: 40, THIRD: 50},
    CAR: {SMALL: 3, OTHER: 30, THIRD: 30},
    DRUGS: {SMALL: 12, OTHER: 8, THIRD: 30},
    SEXUAL: {SMALL: 6, OTHER: 9, THIRD: 12},
}


@pytest.fixture(scope="module")
def world(base_store, tmp_path_factory):
    """Three districts with known counts in 2024 and 2025; 2 000 thefts hold the ends together."""
    path = tmp_path_factory.mktemp("publication") / "store.gpkg"
    shutil.copy(base_store, path)
    place = open_workplace(Settings(store=str(path)), lambda: date(2026, 11, 2))
    rows = [
        f"{code}{area}{year};{code};{year}-05-01;{area};{count}\n"
        for year in (2024, 2025)
        for code, counts in COUNTS.items()
        for area, count in counts.items()
    ]
    rows += [
        f"t{area}{day};0841;{day};{area};90\n"
        for day in ("2024-01-02", "2024-12-30", "2025-01-02", "2025-12-30", "2026-03-01")
        for area in (SMALL, OTHER, THIRD)
    ]
    content = (HEADER + "".join(rows)).encode("utf-8")
    waiting = intake.receive(place, TableKind.INCIDENTS, "uttag.csv", content)
    assert intake.import_waiting(place, waiting, "Polisen").quarantined == 0
    yield loaded_world.load(place.engine, place.municipality)
    place.engine.dispose()


def year(number=2025, **how) -> Choice:
    period = {"start": date(number, 1, 1), "end": date(number, 12, 31)}
    return Choice(period=PeriodKind.OWN, **period, **how)


def table(world, choice, title="t"):
    return publication_of(gate.public_view(world, choice), title, Purpose.FILE)


# --- one geography, calendar periods ---


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (year(), {}),
        (year(level=AreaLevel.DESO), {"level": AreaLevel.DISTRICT}),
        (year(basis=DateBasis.OCCURRED), {"basis": DateBasis.REPORTED}),
        (
            Choice(period=PeriodKind.DAYS_90),
            {"start": date(2025, 1, 1), "end": date(2025, 12, 31)},
        ),
        (year(types=("Inbrott", "Stöld")), {"types": (), "theme": ""}),
        (
            year(types=("Stöld", "Inbrott", "Fordonsbrott", "Skadegörelse", "Brand")),
            {"types": (), "theme": "ska"},
        ),
        (
            year(theme="sexualbrott", districts=(SMALL,)),
            {"level": AreaLevel.MUNICIPALITY, "districts": ()},
        ),
        (
            year(types=("Sexualbrott",)),
            {"level": AreaLevel.MUNICIPALITY},
        ),
        (year(theme="utsatt_omrade"), {"theme": ""}),
        (
            year(
                comparison=Comparison.OWN,
                compare_start=date(2024, 2, 1),
                compare_end=date(2024, 11, 30),
            ),
            {"compare_start": date(2024, 1, 1), "compare_end": date(2024, 12, 31)},
        ),
    ],
)
def test_a_choice_is_moved_to_the_nearest_allowed(world, asked, expected):
    answer = gate.public_view(world, asked)
    assert {name: getattr(answer.choice, name) for name in expected} == expected
    # What is allowed is not moved again.
    again = gate.public_view(world, answer.choice)
    assert again.choice == answer.choice


def test_a_theme_of_the_whole_municipality_is_one_figure(world):
    answer = gate.public_view(world, year(theme="sexualbrott"))
    assert answer.gated.table["count"].to_dict() == {"1488": 27.0}
    assert answer.gated.audience is Audience.PUBLIC and answer.areas.index.tolist() == ["1488"]
    assert answer.facts.offences == 27


def test_extremism_has_no_figures(world):
    answer = gate.public_view(world, year(theme="extremism"))
    assert answer.gated is None and answer.facts is None
    assert publication_of(answer, "t", Purpose.FILE).lines == ()


def test_drugs_are_hidden_below_ten_and_carry_their_warning(world):
    answer = gate.public_view(world, year(theme="narkotika"))
    assert answer.rule.threshold == 10
    assert np.isnan(answer.gated.table.at[OTHER, "count"])
    caption = map_words.caption(answer.facts, 2, 10)
    assert any("Upptäcktsbrott" in line for line in caption)


def test_the_police_list_is_not_named(world):
    answer = gate.public_view(world, year(theme="utsatt_omrade"))
    assert not answer.labels and not answer.facts.has_listed_area and not answer.facts.theme
    assert set(answer.chosen) < set(answer.areas.index) and answer.chosen
    caption = " ".join(map_words.caption(answer.facts, 0, 5))
    assert "polisens lista" not in caption and map_words.PUBLIC_CAVEAT in caption


def test_years_that_are_not_covered_are_not_shown(world):
    assert gate.public_view(world, year(2026)).span.start.year == 2025


# --- the register ---


def test_an_internal_view_is_not_registered(world):
    with pytest.raises(ValueError):
        publication_of(views.view(world, year()), "t", Purpose.FILE)


def test_lines_come_back_as_they_were_written(world):
    lines = table(world, year(theme="ska")).lines
    cells = {(SMALL, "utsatt"): None, (OTHER, "utsatt"): (0.25, 100)}
    shares = (Shares("0123", 2025, cells),)
    assert from_json(to_json((*lines, *shares))) == (lines, shares)
    assert len(lines) == 2 and lines[0].cells[WHOLE] == 278 + 6 * 90


def test_two_tables_that_subtract_to_a_hidden_count_are_refused(world):
    """The theme has 38 in the district, burglary 20 and damage 15: the rest is 3 car crimes."""
    earlier = [table(world, year(theme="ska"), "SKA 2025"), table(world, year(types=("Inbrott",)))]
    for one in earlier:
        gate.check(world, [], one)
    gate.check(world, earlier[:1], earlier[1])
    stolen = table(world, year(types=("Stöld",)))
    gate.check(world, earlier, stolen)
    new = table(world, year(types=("Skadegörelse",)))
    gate.check(world, earlier, new)
    with pytest.raises(DisclosureError) as caught:
        gate.check(world, [*earlier, stolen], new)
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
        gate.check(world, earlier, table(world, refused))
    instead = gate.nearest_safe(world, earlier, refused)
    assert instead is not None and instead.choice != gate.public_view(world, refused).choice
    gate.check(world, earlier, publication_of(instead, "t", Purpose.FILE))
    assert map_words.safe_alternative(instead.facts).endswith(".")


def test_a_type_kept_from_the_districts_is_not_told_by_the_others(world):
    """All offences of two years less every other type: the sexual offences of each district."""
    both = {"period": PeriodKind.OWN, "start": date(2024, 1, 1), "end": date(2025, 12, 31)}
    names = [name for name in OFFENCE_TYPES if name != "Sexualbrott"]
    tables = [table(world, Choice(**both, types=(name,))) for name in names]
    everything = table(world, Choice(**both))
    # As long as one type is not given, the rest may be that one.
    gate.check(world, tables[1:], everything)
    with pytest.raises(DisclosureError):
        gate.check(world, tables, everything)


def test_the_same_table_again_is_always_safe(world):
    new = table(world, year(theme="ska"))
    gate.check(world, [new], new)


def test_registering_is_once_and_for_all(world, place):
    new = table(world, year(types=("Inbrott",), measure=Measure.CHANGE), "Inbrott 2025")
    assert gate.publish(place.engine, world, new)
    assert not gate.publish(place.engine, world, new)
    kept = gate.register(place.engine)
    assert len(kept) == 1 and kept[0].lines == new.lines and kept[0].title == "Inbrott 2025"
    assert kept[0].published_at is not None and kept[0].fingerprint == new.fingerprint


def test_a_refused_table_leaves_no_trace(world, place):
    for choice in (year(theme="ska"), year(types=("Inbrott",)), year(types=("Stöld",))):
        gate.publish(place.engine, world, table(world, choice, "tidigare"))
    with pytest.raises(DisclosureError) as caught:
        gate.publish(place.engine, world, table(world, year(types=("Skadegörelse",))))
    assert len(gate.register(place.engine)) == 3
    # Tables that leave together are all given out or none.
    free = table(world, year(types=("Narkotika",)), "fri")
    with pytest.raises(DisclosureError) as caught:
        gate.publish(place.engine, world, free, table(world, year(types=("Skadegörelse",))))
    assert caught.value.facts["number"] == 1
    assert len(gate.register(place.engine)) == 3
    assert "Välj" in error_words.linked_tables(caught.value)


def test_no_hidden_count_is_in_the_register(own_twins):
    """The same rows from both twins, but for the names and times of the rows."""
    kept = []
    for world, place in zip((own_twins.one, own_twins.other), own_twins.places, strict=True):
        for choice in (year(types=("Inbrott",)), year(theme="narkotika"), year(theme="ska")):
            gate.publish(place.engine, world, table(world, choice))
        rows = publications.publications(place.engine)
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
    assert gate.publish(place.engine, before, old)
    bring(TableKind.INCIDENTS, "mer.csv", rows(10))
    after = loaded_world.load(place.engine, place.municipality)
    with pytest.raises(DisclosureError) as caught:
        gate.publish(place.engine, after, table(after, year(theme="narkotika"), "Ny"))
    assert caught.value.cause is DisclosureCause.CORRECTED_TABLES
    said = error_words.linked_tables(caught.value)
    assert "rättats" in said and "Narkotika 2025" in said and " 9" not in said
    assert "rättats" in error_words.error_sentence(caught.value)
    assert len(gate.register(place.engine)) == 1
    # What was given out may be given out again as it is, and what does not show the district, too.
    gate.check(after, gate.register(place.engine), old)
    assert gate.publish(place.engine, after, table(after, year(), "Alla brott"))
