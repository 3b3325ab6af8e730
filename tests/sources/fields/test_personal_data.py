"""What points out a person is seen; dates, places and sums are left alone."""

import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kept import ROOT
from trygghetskarta.example.walks import OWNERS
from trygghetskarta.sources.fields.organisations import is_organisation
from trygghetskarta.sources.fields.personal_data import (
    is_impersonal,
    screen,
    screen_label,
    screen_public,
)
from trygghetskarta.terms.imports import PersonalDataKind as Kind

# Identity numbers that Skatteverket publishes for tests, and numbers PTS keeps for fiction.
SEEN = [
    ("Född 19890201-3286 enligt vakten", Kind.IDENTITY_NUMBER, "19890201-3286"),
    ("198902013286", Kind.IDENTITY_NUMBER, "198902013286"),
    ("890201-3286.", Kind.IDENTITY_NUMBER, "890201-3286"),
    ("890201 3286", Kind.IDENTITY_NUMBER, "890201 3286"),
    ("8902013286", Kind.IDENTITY_NUMBER, "8902013286"),
    ("890201+3286", Kind.IDENTITY_NUMBER, "890201+3286"),
    ("samordningsnummer 19701063-2391", Kind.IDENTITY_NUMBER, "19701063-2391"),
    ("ring 070-174 06 05!", Kind.PHONE, "070-174 06 05"),
    ("0701740605", Kind.PHONE, "0701740605"),
    ("+46 70 174 06 05", Kind.PHONE, "+46 70 174 06 05"),
    ("+46(0)70-1740605", Kind.PHONE, "+46(0)70-1740605"),
    ("0046701740605", Kind.PHONE, "0046701740605"),
    ("tel 08-465 004 15", Kind.PHONE, "08-465 004 15"),
    ("0520-49 50 00", Kind.PHONE, "0520-49 50 00"),
    ("kontakta a.b+c@exempel.se.", Kind.EMAIL, "a.b+c@exempel.se"),
    ("åsa.öberg@exempel.se", Kind.EMAIL, "åsa.öberg@exempel.se"),
    ("0701740605@exempel.se", Kind.EMAIL, "0701740605@exempel.se"),
    ("Röd Volvo ABC 123 körde", Kind.PLATE, "ABC 123"),
    ("abc123", Kind.PLATE, "abc123"),
    ("MLB84A", Kind.PLATE, "MLB84A"),
    ("MLB-84A", Kind.PLATE, "MLB-84A"),
]


@pytest.mark.parametrize(("text", "kind", "stretch"), SEEN)
def test_it_is_seen_and_pointed_out(text, kind, stretch):
    (found,) = screen(text)
    assert (found.kind, found.text) == (kind, stretch)
    assert text[found.start : found.end] == stretch


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "Två lyktor släckta 2026-05-03 kl 21:30–22.15",
        "Mellan 03-05 2026 och 04-05 2026",
        "890201-3287",  # wrong check digit
        "891301-3286",  # no such month
        "556036-0793",  # a company
        "12345678901234567890",
        "lampa nr 4711, ärende KS 2025-00123",
        "Gatan 12, 461 30 Trollhättan",
        "och 200 meter bort, rum 123, buss 62",
        "ring 112 eller 114 14",
        "6461234, 341234",
        "58.2837, 12.2886",
        "IQV 123",
        "Kostar 0,5 kr",
        "mejla kommunen @ torget",
    ],
)
def test_what_is_not_personal_is_left_alone(text):
    assert screen(text) == ()


def test_several_are_told_in_reading_order():
    found = screen("ABC 123 tillhör a@exempel.se, 890201-3286, 070-1740605")
    assert [one.kind for one in found] == [
        Kind.PLATE,
        Kind.EMAIL,
        Kind.IDENTITY_NUMBER,
        Kind.PHONE,
    ]


@pytest.mark.parametrize("name", ["Anna Andersson", "Bo Ek-Lundqvist", "Anna Maria Dahl"])
def test_a_name_is_no_label(name):
    assert Kind.NAME in [one.kind for one in screen_label(name)]


@pytest.mark.parametrize(
    "label",
    [
        "Gatu- och parkförvaltningen",
        "Eidar Bostadsbolag",
        "AB Eidar",
        "Trollhättan Energi AB",
        "Grupp Norr",
        "Bygg Svensson AB",
        "Trafikverket",
        None,
    ],
)
def test_an_organisation_is_a_label(label):
    assert screen_label(label) == ()


@given(st.integers(0, 999_999), st.integers(0, 999))
def test_at_most_one_check_digit_fits(day, number):
    start = f"{day:06}-{number:03}"
    found = [one for digit in range(10) for one in screen(f"{start}{digit}")]
    assert sum(one.kind is Kind.IDENTITY_NUMBER for one in found) <= 1


@given(st.text(max_size=200))
def test_any_text_can_be_screened_and_the_stretches_never_overlap(text):
    found = screen(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


@pytest.mark.parametrize(
    "label",
    [
        "Eva_Lundberg_gatukontoret",
        "0703123456_kontor",
        "0703123456kontor",
        "Kim, gatukontoret",
        "_",
    ],
)
def test_a_name_or_number_joined_to_an_organisation_is_none(label):
    assert not is_organisation(label)
    assert is_organisation("Gatukontoret") and is_organisation("Polisen_och_socialtjänsten")


@pytest.mark.parametrize(
    "text",
    [
        "Samtal med eva lundberg",
        "Ring 46703123456",
        "Stöd (070,312,34,56)",
        "Stöd 0 7 0 3 1 2 3 4 5 6",
        "Ring 0703 2012 2011",
        "Född 1989 0201 3286",
        "Stöd ０７０３１２３４５６",
        "Stöd till Kim K",
        "Lundberg, Eva",
        "Berg, Tove",
        "E. Lundberg",
        "T. Berg",
        "Eva.Lundberg",
        "Tove  Berg",
        "Tove\N{NO-BREAK SPACE}Berg",
        "Tove\N{ZERO WIDTH SPACE} Berg",
        "Ove Lundbergs stöd",
        "EvaLundberg",
        "enkät_av_eva_2025.csv",
        "Uppdrag: mohamed",
    ],
)
def test_no_way_of_writing_takes_a_name_or_a_number_past_the_public_gate(text):
    assert not is_impersonal(text)


@pytest.mark.parametrize(
    "text",
    [
        "Belysning i Slättbergsparken",
        "Samverkan Kronogården",
        "Stöd till skola",
        "Ljus vid Karl Johans torg",
        "Nils Ericsonsgymnasiet",
        "Ljus i Strömslund–Källstorp",
        "Insats för person i säsong",
        "Ljus som inger trygghet, inga mörka hörn vid kaj",
        "Samtal i alla klasser och varje klass",
        "Flygblad 2021, 2022, 2023–2024",
        "uttag_20250101_20251231.csv",
        "Brott 2025-01-01 – 2025-12-31",
        "Kvällsöppet 2024-07 – 2026-06, kl 21:30–22.15",
        "Brå 2025, 1234 svar",
        "10 000 kr",
        "Etapp 1, 2, 3, 4, 5, 6, 7",
        "03 maj 21.30, Trafikolycka, Trollhättan",
    ],
)
def test_an_ordinary_title_is_public(text):
    assert is_impersonal(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ring 112 vid fara, annars 114 14",
        "Polisen: 11414. Sjukvården: 1177. Information: 113 13.",
        "112, 114 14, 1177",
        "114 14/1177/113\N{NO-BREAK SPACE}13",
        "Fråga polisen på 114 14 – 2026-05-03 18.00",
    ],
)
def test_numbers_that_everybody_may_call_are_public(text):
    assert is_impersonal(text)


@pytest.mark.parametrize(
    "text",
    [
        "070-112 11 77",
        "Ring 0703 112 114",
        "0520-11 41 40",
        "112 114 14 070",
        "114 14 0703",
        "1141 41 177 112",
        "Johan 114 14",
        "1177-4567",
    ],
)
def test_other_numbers_that_hold_them_are_not(text):
    assert not is_impersonal(text)


def test_every_word_of_the_example_that_may_be_public_is():
    plan = ROOT / "geodata" / "1488" / "plans" / "2021_measures_example.csv"
    measures = pd.read_csv(plan, sep=";", encoding="utf-8-sig")
    names = pd.read_csv(ROOT / "geodata" / "1488" / "place_names.csv", sep=None, engine="python")
    titles = [*measures["Åtgärd"], *names.iloc[:, 0]]
    assert [title for title in titles if not is_impersonal(title)] == []
    owners = {*measures["Ansvarig"], *OWNERS.values()}
    assert [owner for owner in owners if not is_organisation(owner)] == []


@pytest.mark.parametrize("label", ["Tjänstad", "evaskola", "EvaLundbergkontoret", "Eva Polis"])
def test_a_name_grown_together_with_an_organisation_is_none(label):
    assert not is_organisation(label)


@pytest.mark.parametrize(
    "text",
    [
        "Samtal 30/11 18-20",
        "Sal 104, 30/11 2026, 18.00–20.00",
        "18–20, 30/11",
        "kl. 18.00–20.00",
        "Sal 104, 461 32 Trollhättan",
        "Storgatan 12, 461 32 Trollhättan",
        "Budget 12 000 000",
        "Budget 12.500.000",
        "Budget 1 250 000 kr",
        "Budget 12 345 678 kronor 2026",
        "Halten 12 μg",
    ],
)
def test_hours_postcodes_and_sums_are_no_persons_numbers(text):
    assert is_impersonal(text)


@pytest.mark.parametrize(
    "text",
    [
        "19800101-1234",
        "19800101+1234",
        "1980-01-01-1234",
        "198001011234",
        "800101-1234",
        "19800101-TF12",
        "19800101TF12",
        "19800101 TF12",
        "800161-t123",
        "0520-12 34 56",
        "Ring Kim 070-174 06 05",
        "Ring 520 495 001",
        "Ring 520 495 000",
        "Ring 0703, 461 32 Trollhättan",
        "Ring 703124, 461 32 Trollhättan",
        "Sal 104, 461 32 14",
        "Ring 70 174 18-20",
        "Ring 70 174 30/11",
        "07/03 12-34 56",
        "Budget 012 000 000",
    ],
)
def test_nothing_that_looks_like_them_takes_a_number_past(text):
    assert not is_impersonal(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sven Eriksons gata",
        "sven eriksons gata",
        "Sven Eriksons gata, 461 32 Trollhättan",
        "Gustav Adolfs torg",
        "Sankt Olofs skola",
        "S:t Olofs skola",
        "Lindströms konditori",
        "Lindströms konditori 30/11 18-20",
        "Träff på Lindbergs väg",
        "Nils Ericsonsgymnasiet",
    ],
)
def test_a_place_called_by_somebody_is_public(text):
    assert is_impersonal(text)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Anderssons gata 3",
        "Anna Anderssons gata nr 3",
        "Anna Anderssons gata, 3",
        "Anna Andersson gata",
        "Anna Anderssons hus",
        "Anderssons hus",
        "Anderssons gård",
        "Lisas hus",
        "Lisas skola",
        "Om Lisas skola",
        "Johans brott",
        "Evas bror",
        "Johan",
        "Eva Sven Eriksons gata",
        "Eva Lundberg, Lindströms gata",
        "Samtal med Anna Andersson",
    ],
)
def test_a_home_or_somebody_beside_a_place_is_not(text):
    assert not is_impersonal(text)


@pytest.mark.parametrize(
    "text",
    [
        "\N{CYRILLIC CAPITAL LETTER IE}v\N{CYRILLIC SMALL LETTER A}",
        "Tov\N{CYRILLIC SMALL LETTER IE} Berg",
        "Lundb\N{GREEK SMALL LETTER EPSILON}rg",
    ],
)
def test_a_word_of_several_alphabets_is_withheld(text):
    assert not is_impersonal(text)


PLACES = frozenset(("Norra Skoftebyn", "Innovatum", "Pettersberg", "Strömslund", "Lindholm", "Kim"))


@pytest.mark.parametrize(
    "text",
    [
        "Innovatum-Norra Skoftebyn-Pettersberg",
        "Stadsdelsmöte Pettersberg",
        "Stadsdelsmöte Petersberg",
        "Medborgarlöfte Strömslund",
        "Möte om Strömslunds skola",
    ],
)
def test_a_known_place_is_no_surname(text):
    assert is_impersonal(text, PLACES)


@pytest.mark.parametrize(
    "text",
    [
        "Eva Pettersberg",
        "Eva Pettersbergs gata 3",
        "Möte Lindholm",
        "Möte Kim",
        "Pettersberg Lundqvist",
    ],
)
def test_a_known_place_hides_no_name(text):
    assert not is_impersonal(text, PLACES)


REPEATED = [
    *("a", "Aa", "0", "0 ", "0-", "07", "19", "1a", "_", "éé", "a.", "a-", "a@", "a@a.a", "+46"),
    *("Anna ", "Svens ", "Berg ", "Bergson ", "Svens gata ", "gatan", "förvaltning", "ABC 12D "),
    *("2024-01-01 ", "12:30-", "12/3-", "112 ", "1 000 000 ", "a@b.se ", "070-174 06 05 "),
]


@pytest.mark.parametrize("look", [screen, screen_label, screen_public, is_impersonal])
@pytest.mark.parametrize("unit", REPEATED)
def test_a_text_four_times_longer_takes_about_four_times_as_long(look, unit):
    def seconds(letters):
        text = unit * (letters // len(unit))
        taken = []
        for _ in range(3):
            begun = time.process_time()
            look(text)
            taken.append(time.process_time() - begun)
        return min(taken)

    # Four times is linear, sixteen times quadratic.
    assert seconds(8_000) < max(8 * seconds(2_000), 0.04)


def test_of_marks_that_overlap_the_kind_that_is_looked_for_first_is_told():
    found = screen("0701740605@exempel.se ABC 123 kim@exempel.se 070-174 06 05")
    assert [one.text for one in found] == [
        *("0701740605@exempel.se", "ABC 123", "kim@exempel.se", "070-174 06 05")
    ]


def test_a_local_part_of_an_address_may_be_of_any_length():
    (found,) = screen("x" * 200 + "@exempel.se")
    assert found.kind is Kind.EMAIL
