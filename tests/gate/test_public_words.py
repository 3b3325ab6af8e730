"""Words that point out a person, planted wherever something is written: none reaches the public."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.leaks import assert_nothing_hidden
from tests.views import csv_of, xlsx_of
from trygghetskarta.__main__ import main
from trygghetskarta.analysis.report_facts import ReportPeriod
from trygghetskarta.analysis.situation_facts import SituationFacts
from trygghetskarta.draw.deck import deck_state
from trygghetskarta.draw.deck.deck_html import to_html
from trygghetskarta.draw.deck.deck_pdf import to_pdf
from trygghetskarta.draw.deck.deck_png import to_png
from trygghetskarta.draw.deck.deck_pptx import to_pptx
from trygghetskarta.draw.deck.frozen import freeze
from trygghetskarta.draw.shown import compose
from trygghetskarta.draw.table import geopackage_file
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.gate.public_view import public_view
from trygghetskarta.intake import intake, receiving
from trygghetskarta.intake.workplace import Workplace, open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store.write import new_identity
from trygghetskarta.subjects.actions import edit as actions_edit
from trygghetskarta.subjects.actions.edit import ActionForm, FollowUpForm
from trygghetskarta.subjects.dialogue.ask import presentation
from trygghetskarta.subjects.dialogue.data import deck_data
from trygghetskarta.subjects.dialogue.show.kinds.maps import MAP
from trygghetskarta.subjects.dialogue.show.kinds.you_said import YOU_SAID
from trygghetskarta.subjects.reports.ask import situation_report
from trygghetskarta.subjects.reports.ask.situation_report import ReportGround
from trygghetskarta.subjects.reports.data import report_making
from trygghetskarta.terms.actions import ActionStatus
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.papers import ReportFormat, ReportKind
from trygghetskarta.words import error_words, report_words, situation_words, steering_words, texts

pytestmark = pytest.mark.slow

CASE = Path(__file__).resolve().parent.parent / "data" / "fynd_person.csv"
YEAR = ReportPeriod(2025)
NAMES = ("Påhittsson", "0703123456", "Samling vid porten", "Vid bänken")
"""What stands in the file of findings."""

PLANTED = (
    "Källberg",  # of a source
    "Enkätström",  # in a survey's file name
    "Titelqvist",  # in a measure's title
    "070-174 06 05",
    "Ägargren",  # a measure's owner
    "Partnerholm",  # its partners
    "Målstedt",  # its goal
    "Gjortlund",  # its follow-up
)
KINDS = ("Ordningsstörning", "Nålar", "ordningsstorning", "nalar")
"""Kinds of finding that are one each."""


def test_the_planted_words_are_found_where_the_house_reads_them(ground):
    """The search sees what it looks for: nothing below passes because nothing was planted."""
    told = b"".join(
        report(ground, kind, Audience.INTERNAL)[0](ReportFormat.HTML)
        for kind in (ReportKind.SITUATION, ReportKind.STEERING)
    ).decode("utf-8")
    for word in (*NAMES[:2], *PLANTED[:6], PLANTED[7], KINDS[0]):
        assert word in told, word


@pytest.mark.parametrize("kind", [ReportKind.SITUATION, ReportKind.STEERING])
def test_no_public_report_names_anybody(ground, kind):
    draft, frozen = report(ground, kind)
    for suffix in ReportFormat:
        for content in (draft(suffix), frozen(suffix)):
            assert_nothing_hidden(content, (*NAMES, *PLANTED, *KINDS))


@pytest.mark.parametrize("suffix", ReportFormat)
def test_no_public_report_of_the_command_line_names_anybody(ground, suffix, tmp_path):
    out = tmp_path / "rapport"
    words = ["--store", ground.place.engine.url.database, "report", "lagesbild", "--year", "2025"]
    words += ["--audience", "public", "--format", suffix.value, "--out", str(out), "--freeze"]
    assert main(words) == 0
    assert_nothing_hidden(out.read_bytes(), (*NAMES, *PLANTED, *KINDS))


@pytest.mark.parametrize("name", ["csv", "xlsx", "gpkg"])
def test_no_file_of_a_public_view_names_a_source_that_is_a_person(ground, name):
    answer = public_view(ground.world, situation_report.choice_of(YEAR))
    shown = compose(answer.gated, answer.areas, answer.facts)
    write = {"csv": csv_of, "xlsx": xlsx_of, "gpkg": geopackage_file.to_geopackage}[name]
    assert_nothing_hidden(write(shown), (*NAMES, *PLANTED))


def test_no_presentation_names_anybody(ground):
    asked = {"theme": "ska", "year": 2025}
    slides = [presentation.SlideSpec(MAP.word, **asked)]
    for district in ("1488S011", "1488S015"):
        slides.append(presentation.SlideSpec(YOU_SAID.word, district=district))
    words = {"heading": "Ring Eva Rubrikgren 070-174 06 05", "question": "Vad säger Eva Frågeholm?"}
    slides.append(replace(slides[0], **words))
    slides.append(replace(slides[1], **words))
    spec = presentation.Spec("Hos Eva Namnlund, 19900101-0017", "sv", tuple(slides))
    deck = deck_data.make_deck(ground.place, ground.world, spec).deck
    state = json.dumps(deck_state.deck_state(deck), ensure_ascii=False)
    told = [freeze(deck).text.encode("utf-8"), state.encode("utf-8"), to_html(deck), to_pptx(deck)]
    told += [to_pdf(deck), to_pdf(deck, "16:9")]
    told += [to_png(deck, page) for page in range(1, len(slides) + 1)]
    own = ("Rubrikgren", "Frågeholm", "Namnlund", "19900101-0017")
    for content in told:
        assert_nothing_hidden(content, (*NAMES, *PLANTED, *own, KINDS[0], KINDS[1]))
    assert deck.slides[3].title == deck.slides[0].title and deck.title == "Så ser det ut hos oss"


def test_numbers_that_everybody_may_call_reach_a_slide(ground):
    words = {"heading": "Vid fara: 112", "question": "Annars 114 14, 1177 eller 113 13?"}
    slide = presentation.SlideSpec(MAP.word, theme="ska", year=2025, **words)
    spec = presentation.Spec("Polisen 114 14", "sv", (slide,))
    deck = deck_data.make_deck(ground.place, ground.world, spec).deck
    assert (deck.title, deck.slides[0].title, deck.slides[0].question) == (
        spec.name, words["heading"], words["question"]
    )  # fmt: skip


def test_facts_for_the_public_cannot_hold_what_only_the_house_may_read(ground):
    """The type refuses it: no page, file or command can forget to leave it out."""
    public = situation_report.gather(ground, YEAR, Audience.PUBLIC)
    inner = situation_report.gather(ground, YEAR, Audience.INTERNAL)
    assert inner.work is not None and public.work is None
    for name in ("work", "season"):
        with pytest.raises(DisclosureError) as refused:
            SituationFacts(**{**vars(public), name: getattr(inner, name)})
        assert refused.value.cause is DisclosureCause.NOT_A_TABLE
    # A survey of which one person is told says neither share nor number.
    told = public.survey.set_index("area")
    assert told.loc[["Sylte", "Kronogården"], ["share", "answers"]].isna().all(axis=None)
    assert told["share"].notna().sum() == 1 and inner.survey["share"].notna().all()


def test_the_public_is_told_that_something_is_left_out_and_what_names_nobody_stays(ground):
    told = report(ground, ReportKind.SITUATION)[0](ReportFormat.HTML).decode("utf-8")
    assert (
        situation_words.SITUATION_WORK_WITHHELD in told
        and situation_words.SITUATION_WALK_FEW in told
    )
    assert report_words.survey_areas_hidden(2) in told
    # Nine of one kind are no single finding.
    assert texts.CATEGORIES["belysning"] in told
    assert texts.CATEGORIES["nedskrapning"] not in told
    steered = report(ground, ReportKind.STEERING)[0](ReportFormat.HTML).decode("utf-8")
    assert "Ljus i parken" in steered and "Gatukontoret" in steered
    assert (
        steering_words.STEERING_TITLE_WITHHELD in steered
        and steering_words.STEERING_WITHHELD in steered
    )


def test_a_public_report_that_an_earlier_version_froze_with_names_is_not_given_out(ground):
    inner = report_making.make(ground, ReportKind.SITUATION, YEAR, Audience.INTERNAL)
    footer = situation_words.SITUATION_FOOTERS[Audience.PUBLIC]
    old = replace(inner, document=replace(inner.document, footer=footer))
    identity = report_making.freeze(ground.place, old, "samordnare")
    with pytest.raises(DisclosureError) as refused:
        report_making.frozen_file(ground.place, identity, ReportFormat.HTML)
    assert refused.value.cause is DisclosureCause.NAMES_INSIDE
    assert "frys den" in error_words.error_sentence(refused.value)


# --- the store ---


@pytest.fixture(scope="module")
def ground(tmp_path_factory) -> Iterator[ReportGround]:
    path = tmp_path_factory.mktemp("words") / "store.gpkg"
    place = open_workplace(Settings(store=str(path)), lambda: date(2026, 4, 15))
    header = "Id;Brottskod;Inskrivningsdatum;Områdeskod;Antal\n"
    rows = [
        f"{area}{day};1201;{day};{area};20\n"
        for area in ("1488S001", "1488S007", "1488S012")
        for day in ("2024-01-01", "2024-12-31", "2025-01-01", "2025-12-31")
    ]
    bring(place, TableKind.INCIDENTS, "uttag.csv", header + "".join(rows), "Eva Källberg, polisen")
    survey = "År;Fråga;Andel;Antal svar;Stadsdel;Urval\n" + "".join(
        f"2025;Otrygg;{share} %;{n};{name};slumpmässigt\n"
        for share, n, name in ((2, 47, "Sylte"), (40, 60, "Kronogården"), (40, 200, "Lextorp"))
    )
    bring(place, TableKind.SURVEY, "svar_Eva_Enkätström.csv", survey, "Eva Enkätström")
    add_measures(place)
    seen = "Källa;Tid;Latitud;Longitud;Kategori;Status;Ansvarig\n" + "".join(
        f"x;2025-05-{n + 1:02} 20:00;58.28{n};12.27;belysning;ny;Gatukontoret\n" for n in range(9)
    )
    seen += "".join(
        f"x;2025-06-{n + 1:02} 20:00;58.28{n};12.28;klotter;ny;Gatukontoret\n" for n in range(6)
    )
    seen += "x;2025-05-20 20:00;58.281;12.272;nedskräpning;ny;Eva Påhittsson\n"
    more = path.parent / "fler.csv"
    more.write_text(seen, encoding="utf-8")
    assert main(["--store", str(path), "import", "observations", str(CASE), str(more)]) == 0
    yield situation_report.load(place)
    place.engine.dispose()


def bring(place: Workplace, kind: TableKind, name: str, content: str, source: str) -> None:
    waiting = receiving.receive(place, kind, name, content.encode("utf-8"))
    assert intake.import_waiting(place, waiting, source).quarantined == 0


def add_measures(place: Workplace) -> None:
    for number, (title, owner) in enumerate(
        [
            ("Ring Eva Titelqvist 070-174 06 05", "Eva Ägargren"),
            ("Ljus i parken", "Gatukontoret"),
        ]
    ):
        form = ActionForm(
            measure_id=f"00000000-0000-0000-0000-00000000000{number}",
            title=title,
            theme="ska",
            owner=owner,
            partners="Eva Partnerholm",
            goal="Eva Målstedt är nöjd",
            districts=("1488S007",),
            start_date=date(2025, 2, 1),
            status=ActionStatus.ONGOING,
        )
        assert actions_edit.add(place, form, "samordnare", despite_warnings=True).version
        told = FollowUpForm(
            new_identity(), form.measure_id, date(2025, 9, 3), "Eva", done="Eva Gjortlund var där."
        )
        actions_edit.follow_up(place, told, "samordnare", despite_warnings=True)


def report(
    ground: ReportGround, kind: ReportKind, audience: Audience = Audience.PUBLIC
) -> tuple[Callable[[ReportFormat], bytes], Callable[[ReportFormat], bytes]]:
    """What the page of reports makes of a report: a draft, and a frozen one."""
    made = report_making.make(ground, kind, YEAR, audience)
    report_making.publish(ground.place, ground, made)
    identity = report_making.freeze(ground.place, made, "samordnare")
    return (
        lambda suffix: report_making.draft_file(ground.place, made, suffix),
        lambda suffix: report_making.frozen_file(ground.place, identity, suffix),
    )
