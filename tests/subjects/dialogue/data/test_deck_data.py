"""A deck from its spec: public only, frozen for good, and with nobody's words in it."""

import json
import shutil
from dataclasses import fields, replace
from datetime import date

import pandas as pd
import pytest

from tests.leaks import SMALL, assert_twins_alike
from trygghetskarta import formats
from trygghetskarta.analysis.measures import Measure
from trygghetskarta.analysis.report_facts import ReportPeriod
from trygghetskarta.draw.deck import deck_state
from trygghetskarta.draw.deck.frozen import Frozen, freeze, thaw
from trygghetskarta.draw.deck.slides import Deck
from trygghetskarta.errors import DisclosureCause, DisclosureError, StoreCause, StoreError
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.disclosure_register import earlier_publications, publish
from trygghetskarta.gate.public_view import public_view
from trygghetskarta.gate.publication import publication_of
from trygghetskarta.intake import intake, receiving
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import presentations
from trygghetskarta.subjects.dialogue.ask import presentation
from trygghetskarta.subjects.dialogue.ask.presentation import SlideSpec, Spec
from trygghetskarta.subjects.dialogue.data import deck_data, presentation_record, template
from trygghetskarta.subjects.dialogue.data.deck_data import Saved, make_deck
from trygghetskarta.subjects.dialogue.show.kinds.maps import COMPARISON, MAP
from trygghetskarta.subjects.dialogue.show.kinds.you_said import YOU_SAID
from trygghetskarta.subjects.reports.ask import situation_report
from trygghetskarta.subjects.reports.data import report_making
from trygghetskarta.subjects.walks.ask import public_findings
from trygghetskarta.terms.audience import Audience, Purpose
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.papers import ReportKind
from trygghetskarta.words import report_words

pytestmark = pytest.mark.slow

THEMES = ("", "ska", "narkotika")


def _spec(world, theme="ska", tag="sv") -> Spec:
    return template.template(world, "Prov", tag, theme, SMALL[0])


@pytest.fixture(scope="module")
def deck(twin_worlds) -> Deck:
    place, world = twin_worlds.places[0], twin_worlds.one
    return make_deck(place, world, _spec(world, "narkotika")).deck


def _bytes(twins, theme: str, tag: str):
    def made(world) -> bytes:
        place = twins.places[0 if world is twins.one else 1]
        shown = make_deck(place, world, _spec(world, theme, tag)).deck
        state = json.dumps(deck_state.deck_state(shown), ensure_ascii=False, sort_keys=True)
        return (freeze(shown).text + state).encode("utf-8")

    return made


@pytest.mark.parametrize("theme", THEMES)
def test_neither_the_store_nor_the_browser_hears_of_a_hidden_figure(twin_worlds, theme):
    told = assert_twins_alike(twin_worlds, _bytes(twin_worlds, theme, "sv"))
    assert b"dolt" in told


def test_a_presentation_is_all_public_and_speaks_one_language(twin_worlds):
    place, world = twin_worlds.places[0], twin_worlds.one
    made = make_deck(place, world, _spec(world, "narkotika", "en")).deck
    maps = [one for slide in made.slides for one in (slide.shown, slide.beside) if one]
    assert {one.publishable.audience for one in maps} == {Audience.PUBLIC}
    assert len(maps) >= 3
    text = json.dumps(deck_state.deck_state(made), ensure_ascii=False)
    for swedish in ("dold", "anmäl", "invånare", "stadsdel", "Källa", "Narkotika"):
        assert swedish not in text, swedish
    assert "Drug offences 2025" in text


def test_districts_stand_in_alphabetical_order(deck):
    chart = next(slide.chart for slide in deck.slides if slide.chart)
    assert list(chart.categories) == sorted(chart.categories, key=formats.swedish_order)


def test_hidden_and_shown_bars_differ(deck):
    chart = next(slide.chart for slide in deck.slides if slide.chart)
    told = dict(
        zip(chart.categories, zip(chart.series[0][1], chart.told, strict=True), strict=True)
    )
    assert any(value is None and why == "dolt" for value, why in told.values())
    assert all((value is None) == bool(why) for value, why in told.values())


def test_a_frozen_deck_thaws_to_the_same_and_freezes_to_the_same_bytes(deck):
    frozen = freeze(deck)
    again = thaw(frozen)
    assert freeze(again) == frozen
    assert deck_state.deck_state(again) == deck_state.deck_state(deck)
    assert again.slides[0].shown.facts == deck.slides[0].shown.facts


def test_a_frozen_deck_that_was_tampered_with_does_not_pass_the_gate(deck):
    read = json.loads(freeze(deck).text)
    table = read["slides"][0]["shown"]["table"]
    at = table["status"]["values"].index("hidden")
    table["count"]["values"][at] = 3.0
    with pytest.raises(DisclosureError) as caught:
        thaw(Frozen(json.dumps(read), freeze(deck).borders))
    assert caught.value.cause in (DisclosureCause.EXPOSED_CELLS, DisclosureCause.NOT_A_TABLE)


def test_what_is_internal_is_not_frozen(deck, twin_worlds):
    from trygghetskarta.draw.shown import compose
    from trygghetskarta.gate.view import view

    inside = view(twin_worlds.one, Choice())
    shown = compose(inside.gated, inside.areas, inside.facts)
    slide = replace(deck.slides[0], shown=shown)
    with pytest.raises(DisclosureError):
        freeze(replace(deck, slides=(slide,)))


def test_saved_figures_stay_when_words_change_and_new_data_come(twin_worlds, deck):
    place, world = twin_worlds.places[0], twin_worlds.one
    spec = _spec(world, "narkotika")
    cube = replace(world.cube, count=world.cube.count * 2)
    later = replace(world, cube=cube, version=world.version + 1)
    renamed = (replace(spec.slides[0], heading="Egen", question="Hur?"), *spec.slides[1:])
    edited = replace(spec, slides=renamed)
    kept = make_deck(place, later, edited, Saved(spec, deck))
    assert kept.deck.slides[0].title == "Egen" and kept.deck.slides[0].question == "Hur?"
    assert kept.views == ()
    assert deck_data.changes(deck, kept.deck) == []
    fresh = make_deck(place, later, edited).deck
    changed = deck_data.changes(deck, fresh)
    assert {at for at, _, _ in changed} >= {1, 3, 4}
    assert all(0 < differ <= total for _, differ, total in changed)


PERSON = "Eva Lundberg, 0703123456"


def test_a_deck_that_an_earlier_version_saved_with_a_name_is_opened_without_it(twin_worlds, deck):
    place, world = twin_worlds.places[0], twin_worlds.one
    spec = _spec(world, "narkotika")
    slides = (
        replace(spec.slides[0], heading=PERSON, question=f"Vad säger {PERSON}?"),
        replace(spec.slides[1], heading="Så läser vi", question="Ser ni?"),
        *spec.slides[2:],
    )
    earlier = replace(spec, name=f"Möte hos {PERSON}", slides=slides)
    first, second, *rest = deck.slides
    first = replace(first, title=PERSON, question=f"Vad säger {PERSON}?")
    second = replace(second, title="Så läser vi", question="Ser ni?")
    frozen = replace(deck, title=earlier.name, slides=(first, second, *rest))
    shown = deck_data.reopened(earlier, frozen)
    assert PERSON not in freeze(shown).text and PERSON not in repr(deck_state.deck_state(shown))
    assert shown.title == "Så ser det ut hos oss"
    assert (shown.slides[0].title, shown.slides[0].question) == ("Karta", "")
    assert (shown.slides[1].title, shown.slides[1].question) == ("Så läser vi", "Ser ni?")
    assert shown.slides[2:] == tuple(rest)
    # Composed anew its figures are kept, and the slide has the heading that belongs to it.
    again = make_deck(place, world, earlier, Saved(earlier, shown)).deck
    assert (again.slides[0].title, again.slides[0].question) == (
        deck.slides[0].title, deck.slides[0].question
    )  # fmt: skip
    assert again.slides[0].table == first.table
    # What was written stays with those who wrote it.
    assert presentation_record.read(presentation_record.write(earlier)) == earlier
    assert presentation.withheld(earlier) == [(0, "name"), (1, "heading"), (1, "question")]


def test_every_text_of_a_slide_is_a_key_or_words_that_pass_the_gate():
    texts = {one.name for one in fields(SlideSpec) if one.type == "str" or one.type is str}
    assert texts - set(presentation.WRITTEN) == {"kind", "theme", "district"}


def test_what_is_saved_is_registered_first(own_twins):
    place, world = own_twins.places[1], own_twins.other
    deck_data.save_example(place, world)
    (entry,) = presentations.presentations(place.engine)
    assert earlier_publications(place.engine)
    assert entry.data_version == str(world.version)
    _, content = presentations.content(place.engine, entry.identity)
    assert thaw(Frozen(content.frozen, content.borders)).slides
    deck_data.save_example(place, world)
    assert len(presentations.presentations(place.engine)) == 1


def test_a_spec_survives_the_store(twin_worlds):
    spec = _spec(twin_worlds.one)
    assert presentation_record.read(presentation_record.write(spec)) == spec
    with pytest.raises(StoreError) as caught:
        presentation_record.read("[]")
    assert caught.value.cause is StoreCause.NOT_FOUND


def test_a_theme_that_the_public_may_not_see_by_district_is_not_answered(twin_worlds):
    world = twin_worlds.one
    assert {"sexualbrott", "utsatt_omrade", "extremism"}.isdisjoint(
        one.key for one in presentation.themes(world)
    )
    slide = SlideSpec(MAP.word, theme="sexualbrott", year=2025, measure=Measure.COUNT)
    assert presentation.choice_of(world, slide).theme == ""


def test_a_finding_tells_no_words_and_no_name(twin_worlds, monkeypatch):
    moment = pd.Timestamp("2025-05-03T18:00Z")
    plain = {
        "observation_id": "a",
        "district_code": SMALL[0],
        "category": "belysning",
        "merged_into": None,
        "observed_at": moment,
        "status": "ny",
        "owner": "Gatukontoret",
        "due_date": None,
        "text": "Kalle bor här",
    }
    rows = [
        plain,
        {**plain, "observation_id": "b", "owner": "Anna Lundberg", "status": "pagar"},
        {**plain, "observation_id": "c", "category": "nalar"},
        {**plain, "observation_id": "d", "category": "ordningsstorning"},
        {**plain, "observation_id": "e", "merged_into": "a"},
    ]
    history = pd.DataFrame(columns=["observation_id", "at", "who", "field", "before", "after"])
    reader = public_findings.read_walks
    monkeypatch.setattr(reader, "observations", lambda _engine: pd.DataFrame(rows))
    monkeypatch.setattr(reader, "history", lambda _engine: history)
    place, world = twin_worlds.places[0], twin_worlds.one
    spec = Spec("Prov", "sv", (SlideSpec(YOU_SAID.word, district=SMALL[0]),))
    made = make_deck(place, world, spec).deck
    text = json.dumps(deck_state.deck_state(made), ensure_ascii=False)
    assert len(made.slides[0].table.rows) == 2
    assert "Gatukontoret" in text and "kommunen" in text
    assert "Anna" not in text and "Kalle" not in text


@pytest.fixture
def narrow(base_store, tmp_path):
    """A town where one offence type is small in one district, and every other type is not."""
    yield from _narrow(base_store, tmp_path, (2024, 2025))


def _narrow(base_store, tmp_path, years):
    path = tmp_path / "store.gpkg"
    shutil.copy(base_store, path)
    place = open_workplace(Settings(store=str(path)), lambda: date(2026, 11, 2))
    counts = {"9801": (20, 40, 50), "1201": (15, 40, 50), "0801": (3, 30, 30), "5005": (30, 30, 30)}
    # Thefts hold the ends of the years together.
    days = [("05-01", counts), *((day, {"0841": (90, 90, 90)}) for day in ("01-02", "12-30"))]
    rows = [
        f"{code}{at}{year}{day};{code};{year}-{day};1488S00{at + 1};{count}\n"
        for year in years
        for day, told in days
        for code, three in told.items()
        for at, count in enumerate(three)
    ]
    content = "Id;Brottskod;Inskrivningsdatum;Områdeskod;Antal\n" + "".join(rows)
    waiting = receiving.receive(place, TableKind.INCIDENTS, "uttag.csv", content.encode("utf-8"))
    assert intake.import_waiting(place, waiting, "Polisen").quarantined == 0
    yield place, loaded_world.load(place.engine, place.municipality)
    place.engine.dispose()


def test_a_refused_slide_is_offered_as_the_nearest_that_may_be_shown(narrow):
    place, world = narrow
    for name in ("Inbrott", "Skadegörelse", "Stöld"):
        asked = Choice(
            types=(name,),
            period=PeriodKind.OWN,
            start=date(2025, 1, 1),
            end=date(2025, 12, 31),
        )
        publish(place.engine, world, publication_of(public_view(world, asked), name, Purpose.FILE))
    slides = (
        SlideSpec(MAP.word, "narkotika", 2025),
        SlideSpec(MAP.word, "ska", 2025, heading="Torget"),
    )
    spec = Spec("Prov", "sv", slides)
    with pytest.raises(DisclosureError) as caught:
        deck_data.publish_deck(place, world, make_deck(place, world, spec))
    assert caught.value.facts["slide"] == 1
    # All or nothing: the first slide's table is not registered either.
    assert len(earlier_publications(place.engine)) == 3
    found = deck_data.safe_instead(place, world, spec, make_deck(place, world, spec), 1)
    assert found.spec.slides[0] == slides[0] and found.spec.slides[1] != slides[1]
    assert found.spec.slides[1].heading == "Torget"
    assert found.told.startswith("Det här går att lämna ut i stället:")
    deck_data.publish_deck(place, world, make_deck(place, world, found.spec))
    assert len(earlier_publications(place.engine)) > 3


def test_a_refused_report_names_the_year_that_may_leave(base_store, tmp_path):
    for place, world in _narrow(base_store, tmp_path, (2023, 2024, 2025)):
        for name in ("Inbrott", "Skadegörelse", "Stöld"):
            asked = Choice(
                types=(name,),
                period=PeriodKind.OWN,
                start=date(2023, 1, 1),
                end=date(2023, 12, 31),
            )
            told = publication_of(public_view(world, asked), name, Purpose.FILE)
            publish(place.engine, world, told)
        ground = situation_report.load(place)
        report = report_making.make(
            ground, ReportKind.SITUATION, ReportPeriod(2023), Audience.PUBLIC
        )
        assert report_making.refusal(place, ground, report).cause is DisclosureCause.LINKED_TABLES
        # The year after it compares with it.
        assert report_making.safe_instead(place, ground, report) == ReportPeriod(2025)
    told = report_words.safe_report(ReportKind.SITUATION, date(2025, 1, 1), date(2025, 12, 31))
    assert told == "Det här går att lämna ut i stället: Lägesbild 2025."


def test_a_slide_covers_as_many_years_as_it_says(narrow):
    _, world = narrow
    one = presentation.answer(world, SlideSpec(MAP.word, year=2025))
    both = presentation.answer(world, SlideSpec(MAP.word, year=2025, years=2))
    many = presentation.answer(world, SlideSpec(MAP.word, year=2025, years=9))
    assert both.facts.offences == 2 * one.facts.offences == many.facts.offences
    assert (both.facts.start.year, both.facts.end.year) == (2024, 2025)
    again = template.slide_of(SlideSpec(COMPARISON.word, before=2024), both.choice)
    assert (again.kind, again.year, again.years, again.before) == (MAP.word, 2025, 2, 0)
