"""Reports from a store made in code: numbers, gate, own text, frozen copies, command line."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely

from trygghetskarta.__main__ import main
from trygghetskarta.analysis.report_facts import ReportPeriod
from trygghetskarta.draw.paper import document_record
from trygghetskarta.draw.paper.document import Document, OwnText, Table
from trygghetskarta.errors import (
    AnalysisCause,
    AnalysisError,
    DisclosureCause,
    DisclosureError,
    SourceCause,
    SourceError,
    StoreCause,
    StoreError,
)
from trygghetskarta.intake import intake, receiving
from trygghetskarta.intake.workplace import Workplace, open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store.write import new_identity
from trygghetskarta.subjects.actions import edit as actions_edit
from trygghetskarta.subjects.actions.edit import ActionForm, FollowUpForm
from trygghetskarta.subjects.actions.show import action_maps
from trygghetskarta.subjects.reports import edit as reports_edit
from trygghetskarta.subjects.reports.ask import plan_area, situation_report
from trygghetskarta.subjects.reports.ask.plan_area import PlanArea
from trygghetskarta.subjects.reports.data import report_making
from trygghetskarta.subjects.reports.data.report_choice import ReportChoice, from_query, to_query
from trygghetskarta.subjects.reports.edit import FrozenReport
from trygghetskarta.terms.actions import ActionStatus
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.papers import ReportFormat, ReportKind
from trygghetskarta.words import command_words, error_words, plan_area_words, situation_words, texts

pytestmark = pytest.mark.slow

TODAY = date(2026, 4, 15)
YEAR = ReportPeriod(2025)
QUARTER = ReportPeriod(2026, 1)
HEADER = "Id;Brottskod;Inskrivningsdatum;Områdeskod;Ost;Nord;Antal\n"
BURGLARY = "9801"
MIDDLE = (342_000, 6_461_900)
"""A point in Kronogården, EPSG:3006."""

COUNTS = [
    # year, district, offences
    (2024, "1488S007", 40),
    (2025, "1488S007", 80),
    (2024, "1488S012", 30),
    (2025, "1488S012", 31),
    (2026, "1488S012", 20),
]


def rows(counts, mark: str = "") -> str:
    """One offence a row, spread over the first 28 days of the year's first months."""
    lines = [
        f"{mark}{area}{year}{n};{BURGLARY};{year}-{1 + n // 28:02}-{1 + n % 28:02};{area};;;1"
        for year, area, count in counts
        for n in range(count)
    ]
    # The data must reach over both years, or no change could be told.
    lines += [f"{mark}edge{day};{BURGLARY};{day};1488S012;;;1" for day in ("2024-01-01",)]
    lines += [f"{mark}edge{day};{BURGLARY};{day};1488S012;;;1" for day in ("2025-12-31",)]
    return HEADER + "\n".join(lines) + "\n"


def bring(place: Workplace, content: str, name: str = "uttag.csv") -> None:
    waiting = receiving.receive(place, TableKind.INCIDENTS, name, content.encode("utf-8"))
    intake.import_waiting(place, waiting, "Polisen", crs=3006)


def opened(path: Path) -> Workplace:
    return open_workplace(Settings(store=str(path)), lambda: TODAY)


@pytest.fixture(scope="module")
def twins(tmp_path_factory) -> tuple[Path, Path]:
    """Two stores that differ in nothing but what the public may not see: 2 and 4, or 3 and 3."""
    folder = tmp_path_factory.mktemp("twins")
    base = folder / "base.gpkg"
    opened(base).engine.dispose()
    made = []
    for name, small in (("a", (2, 4)), ("b", (3, 3))):
        path = folder / f"{name}.gpkg"
        shutil.copy(base, path)
        place = opened(path)
        hidden = [(2025, "1488S003", small[0]), (2025, "1488S005", small[1])]
        bring(place, rows([*COUNTS, *hidden]))
        place.engine.dispose()
        made.append(path)
    return tuple(made)


@pytest.fixture
def place(twins, tmp_path):
    """A store of one test's own."""
    path = tmp_path / "store.gpkg"
    shutil.copy(twins[0], path)
    here = opened(path)
    yield here
    here.engine.dispose()


def make(place: Workplace, kind=ReportKind.SITUATION, period=YEAR, audience=Audience.INTERNAL):
    return report_making.make(situation_report.load(place), kind, period, audience)


def tables(document: Document, heading: str) -> list[Table]:
    section = next(one for one in document.sections if one.heading.endswith(heading))
    return [block for block in section.content if isinstance(block, Table)]


def cells(table: Table) -> dict[str, list[str]]:
    return {row[0].lines[0]: [" ".join(cell.lines) for cell in row[1:]] for row in table.rows}


def words(document: Document) -> str:
    return document_record.write(document)


@pytest.fixture(scope="module")
def both(twins) -> dict[tuple[int, Audience], report_making.Report]:
    made = {}
    for number, path in enumerate(twins):
        here = opened(path)
        ground = situation_report.load(here)
        for audience in Audience:
            made[number, audience] = report_making.make(
                ground, ReportKind.SITUATION, YEAR, audience
            )
        here.engine.dispose()
    return made


def test_the_figures_are_those_of_the_file_with_their_intervals(both):
    document = both[0, Audience.INTERNAL].document
    table = cells(tables(document, "Alla anmälda brott")[0])
    assert list(table)[:2] == ["Björndalen–Vårvik", "Centrum–Tingvalla"]
    assert table["Kronogården"][0] == "80" and table["Kronogården"][3] == "40"
    # 2024 had a day more: 80/365 against 40/366.
    assert table["Kronogården"][4].startswith("+101")
    # How much the counts vary cannot be told from so few months.
    assert table["Kronogården"][5] == "kort historik"
    assert table["Sylte"][0] == "32" and table["Sylte"][5] == "kort historik"
    assert table["Halvorstorp"][0] == "2" and table["Centrum–Tingvalla"][0] == "0"
    overview = cells(tables(document, "Översikt")[0])["Alla anmälda brott"]
    assert overview[0] == "118" and overview[2] == "71" and "(" in overview[1]
    told = words(document)
    assert "Alla anmälda brott: också för kommunen som helhet är historiken för kort" in told
    lacks = both[0, Audience.INTERNAL].lacks
    assert situation_words.SITUATION_MISSING["survey"] in lacks
    assert situation_words.SITUATION_MISSING["official"] not in lacks


def test_what_is_surely_more_is_told_with_how_much_was_tested(tmp_path):
    """Four years, ten a month in each of six districts; twenty in one of them in the last."""
    here = opened(tmp_path / "lång.gpkg")
    lines = [
        f"{area}-{year}-{month}-{n};{BURGLARY};{year}-{month:02}-{1 + n:02};{area};;;1"
        for year in range(2022, 2026)
        for month in range(1, 13)
        for area in (f"1488S0{number:02}" for number in range(3, 9))
        for n in range(20 if (year, area) == (2025, "1488S007") else 10)
    ]
    last = f"edge;{BURGLARY};2025-12-31;1488S003;;;1\n"
    bring(here, HEADER + "\n".join(lines) + "\n" + last)
    told = words(make(here).document)
    here.engine.dispose()
    # 240 of 365 days against 120 of 366.
    assert "Säkerställd ökning – alla anmälda brott i Kronogården: +101" in told
    assert "Säkerställd minskning – ingen." in told
    # Six districts and the whole, of all offences and of the two themes that they belong to.
    assert "jämförelser är prövade tillsammans" in told


def test_the_laws_three_parts_stand_in_order(both):
    parts = [one.heading for one in both[0, Audience.INTERNAL].document.sections if one.level == 1]
    assert parts == ["Sammanfattning", "1. Kartläggning", "2. Annan information", "3. Analys"]


@pytest.mark.parametrize("kind", ReportFormat)
def test_nothing_hidden_reaches_the_public_version(both, kind):
    """Worlds that differ only in hidden numbers give the same bytes, and internally others."""
    write = report_making.WRITERS[kind]
    first, second = (write(both[number, Audience.PUBLIC].document) for number in (0, 1))
    assert first == second
    inner = [write(both[number, Audience.INTERNAL].document) for number in (0, 1)]
    assert inner[0] != inner[1]


def test_the_public_version_hides_and_points_out_nobody(both):
    document = both[0, Audience.PUBLIC].document
    table = cells(tables(document, "Alla anmälda brott")[0])
    assert table["Halvorstorp"][:1] == ["dold"] and table["Innovatum–Norra Skoftebyn"][0] == "dold"
    assert table["Centrum–Tingvalla"][0] == "0"
    told = words(document)
    assert (
        situation_words.SITUATION_NOT_TOLD_PUBLIC in told
        and situation_words.SITUATION_CLUSTERS not in told
    )
    assert "utsatt område (" not in told.lower()


def test_the_same_report_twice_is_the_same_content(place):
    assert words(make(place).document) == words(make(place).document)


def test_half_a_year_is_not_told_the_public_and_an_empty_year_to_nobody(place):
    for period in (QUARTER, ReportPeriod(2026)):
        with pytest.raises(DisclosureError) as refused:
            make(place, period=period, audience=Audience.PUBLIC)
        assert refused.value.cause is DisclosureCause.ONLY_WHOLE_YEARS
    with pytest.raises(AnalysisError) as empty:
        make(place, period=ReportPeriod(2019))
    assert empty.value.cause is AnalysisCause.OUTSIDE_DATA


def own(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (one.heading, block.paragraphs)
        for one in document.sections
        for block in one.content
        if isinstance(block, OwnText)
    ]


def test_own_text_survives_new_figures_and_stays_with_its_reader(place):
    before = make(place)
    done = reports_edit.save_text(
        place, before.edition, "slutsatser", "Första.\n\nAndra.", 0, "samordnare"
    )
    assert done.version == 1
    bring(place, rows([(2025, "1488S012", 25)], mark="n"), "mer.csv")
    after = report_making.with_own_text(place, make(place))
    assert cells(tables(after, "Alla anmälda brott")[0])["Sylte"][0] == "58"
    assert own(after) == [("3.5 Samlad bedömning", ("Första.", "Andra."))]
    assert situation_words.SITUATION_NO_CONCLUSION not in words(after)
    public = report_making.with_own_text(place, make(place, audience=Audience.PUBLIC))
    assert own(public) == [] and situation_words.SITUATION_NO_CONCLUSION in words(public)


def test_personal_data_is_warned_of_and_the_second_writer_told(place):
    edition = make(place).edition
    warned = reports_edit.save_text(place, edition, "analys", "Ring 070-174 06 05.", 0, "polis")
    assert warned.version is None and warned.warnings[0].text == "070-174 06 05"
    assert reports_edit.own_texts(place, edition) == {}
    reports_edit.save_text(place, edition, "analys", "Ett.", 0, "polis")
    with pytest.raises(StoreError) as second:
        reports_edit.save_text(place, edition, "analys", "Två.", 0, "polis")
    assert second.value.cause is StoreCause.CHANGED_MEANWHILE


def test_names_in_words_for_the_public_are_warned_of(place):
    told = "Vi tackar Eva Lundberg och kalle för hjälpen vid Karl Johans torg."
    public = make(place, audience=Audience.PUBLIC).edition
    warned = reports_edit.save_text(place, public, "analys", told, 0, "samordnare")
    assert warned.version is None
    assert [one.text for one in warned.warnings] == ["Eva Lundberg", "kalle"]
    assert all(told[one.start : one.end] == one.text for one in warned.warnings)
    kept = reports_edit.save_text(
        place, public, "analys", told, 0, "samordnare", despite_warnings=True
    )
    assert kept.version == 1
    # Running text for the house is looked through for numbers and addresses only.
    inside = reports_edit.save_text(place, make(place).edition, "analys", told, 0, "samordnare")
    assert inside.version == 1


def test_a_frozen_report_is_the_same_after_an_import(place):
    found = make(place)
    reports_edit.save_text(place, found.edition, "analys", "Vår bild.", 0, "samordnare")
    identity = report_making.freeze(place, found, "samordnare")
    page = report_making.frozen_file(place, identity, ReportFormat.HTML)
    bring(place, rows([(2025, "1488S012", 25)], mark="n"), "mer.csv")
    reports_edit.save_text(place, found.edition, "analys", "En ny bild.", 1, "samordnare")
    assert report_making.frozen_file(place, identity, ReportFormat.HTML) == page
    assert "Fingeravtryck" in page.decode("utf-8") and "Utkast" not in page.decode("utf-8")
    kept = report_making.frozen_document(place, identity)
    assert own(kept) == [("3. Analys", ("Vår bild.",))]
    assert report_making.freeze(place, make(place), "samordnare") != identity
    with pytest.raises(StoreError) as damaged:
        reports_edit.check(FrozenReport("{}", "aa", TODAY), "bb")
    assert damaged.value.cause is StoreCause.DAMAGED


@pytest.fixture
def with_measures(place):
    """Two actions under way, one of them followed up, and one planned."""
    for number, (title, owner, status) in enumerate(
        [
            ("Ljus i parken", "Parkenheten", ActionStatus.ONGOING),
            ("Tryggare torg", "Gatukontoret", ActionStatus.ONGOING),
            ("Skolsamverkan", "Skolförvaltningen", ActionStatus.PLANNED),
        ]
    ):
        form = ActionForm(
            measure_id=f"00000000-0000-0000-0000-00000000000{number}",
            title=title,
            theme="ska",
            owner=owner,
            partners="Bostadsbolaget",
            districts=("1488S007",),
            start_date=date(2025, 2, 1),
            status=status,
        )
        assert actions_edit.add(place, form, "samordnare").version
    told = FollowUpForm(
        new_identity(),
        "00000000-0000-0000-0000-000000000000",
        date(2026, 3, 3),
        "Parkenheten",
        done="Tjugo lyktor är bytta.",
        partners="Polisen",
        effects="Fler går genom parken.",
    )
    actions_edit.follow_up(place, told, "samordnare")
    return place


def test_the_steering_report_answers_the_three_questions_and_lists_what_is_missing(with_measures):
    document = make(with_measures, ReportKind.STEERING, QUARTER).document
    told = words(document)
    assert "Ljus i parken: Tjugo lyktor är bytta. (Parkenheten, 3 mars 2026)" in told
    assert "Ljus i parken: Polisen" in told and "Fler går genom parken." in told
    assert "Tryggare torg: Bostadsbolaget (enligt planen)" in told
    missing = cells(tables(document, "Uppföljningar som saknas")[0])
    assert missing == {"Gatukontoret": ["Tryggare torg", "aldrig"]}
    public = make(with_measures, ReportKind.STEERING, QUARTER, Audience.PUBLIC).document
    assert "Ljus i parken" in words(public)
    for kept in ("Tjugo lyktor", "Fler går", "aldrig", "anmälda brott kvartal"):
        assert kept not in words(public)


def points(inside: int, near: int, far: int) -> str:
    east, north = MIDDLE
    lines = [
        f"p{shift}{n};{BURGLARY};2025-03-{1 + n % 28:02};;{east + shift};{north};1"
        for shift, count in ((0, inside), (300, near), (900, far))
        for n in range(count)
    ]
    return HEADER + "\n".join(lines) + "\n"


def test_a_plan_area_counts_what_lies_within_and_around(place):
    bring(place, points(inside=5, near=3, far=7), "punkter.csv")
    east, north = MIDDLE
    square = PlanArea("Torget", shapely.box(east - 150, north - 150, east + 150, north + 150))
    ground = situation_report.load(place)
    facts = plan_area.gather(ground, square, YEAR)
    assert facts.types.loc["Inbrott"].tolist() == [5, 0, 3, 0]
    assert facts.total["count"] == 8 and not facts.too_small
    assert facts.inhabitants_around > facts.inhabitants > 0
    small = replace(square, shape=shapely.box(east - 50, north - 50, east + 50, north + 50))
    told = plan_area.gather(ground, small, YEAR)
    assert told.too_small and told.types["inside"].isna().all()
    assert told.types.loc["Inbrott", "around"] == 8
    made = report_making.make(ground, ReportKind.PLAN_AREA, YEAR, Audience.INTERNAL, small)
    assert plan_area_words.PLAN_AREA_TOO_SMALL in words(made.document)
    assert words(made.document).count("Torget") >= 2


def test_a_drawn_plan_area_is_where_it_was_drawn(place):
    ground = situation_report.load(place)
    east, north = MIDDLE
    square = shapely.box(east - 400, north - 400, east + 400, north + 400)
    corners = action_maps.corners_of(square)
    drawn = plan_area.of_corners(ground.world, corners, "Ritat")
    assert drawn.shape.symmetric_difference(square).area < 0.001 * square.area
    for wrong in (corners[:2], (corners[0], corners[2], corners[1], corners[3])):
        with pytest.raises(SourceError, match="not_a_drawn_area"):
            plan_area.of_corners(ground.world, wrong, "Ritat")
    with pytest.raises(AnalysisError):
        plan_area.of_corners(ground.world, ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)), "Ritat")


def test_a_drawn_plan_area_comes_back_from_its_link():
    choice = ReportChoice(
        ReportKind.PLAN_AREA, 2025, district="x", corners=((58.2801, 12.3), (58.29, 12.31))
    )
    assert from_query(to_query(choice)) == choice
    for wrong in ("58.2", "58.2,a", "58.2,12.3,4", "nan,12.3"):
        assert from_query({"horn": wrong}).corners == ()


def test_a_plan_area_that_cannot_be_used_is_refused_in_words(place):
    ground = situation_report.load(place)
    away = PlanArea("Norrut", shapely.box(340_000, 7_000_000, 341_000, 7_001_000))
    with pytest.raises(AnalysisError) as outside:
        plan_area.gather(ground, away, YEAR)
    assert outside.value.cause is AnalysisCause.OUTSIDE
    district = plan_area.of_district(ground.world, "sylte")
    with pytest.raises(DisclosureError):
        plan_area.gather(ground, district, YEAR, Audience.PUBLIC)
    line = b'{"type":"Feature","properties":{"a":1},"geometry":{"type":"LineString",' \
        b'"coordinates":[[12.3,58.27],[12.31,58.27]]}}'  # fmt: skip
    with pytest.raises(SourceError) as no_area:
        plan_area.read_area("gata.geojson", line)
    assert no_area.value.cause is SourceCause.NOT_AN_AREA


def test_the_command_line_writes_a_report_and_says_what_is_missing(place, tmp_path, capsys):
    store = place.engine.url.database
    out = tmp_path / "rapport.html"
    words_of = ["--store", store, "report", "lagesbild", "--year", "2025", "--format", "html"]
    assert main([*words_of, "--audience", "public", "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert "Lägesbild 2025 · Trollhättan är skriven i rapport.html." in said.out
    assert situation_words.SITUATION_MISSING["survey"] in said.err
    page = out.read_text("utf-8")
    assert '<html lang="sv">' in page and "Offentlig version" in page
    assert main([*words_of, "--out", str(tmp_path / "no" / "such.html")]) == 2
    assert main(["--store", store, "report", "ska-underlag", "--year", "2025"]) == 2
    assert command_words.CLI_REPORT_NO_AREA in capsys.readouterr().err


SURVEY = "Undersökning;År;Fråga;Dimension;Stadsdel;Grupp;Andel (%);Antal svar;Urvalsmetod;Källa\n"


def survey(year: int = 2025, **changed: str) -> str:
    """Everybody's shares of one question in every district; a hidden one hides a second."""
    areas = {f"1488S{number:03}": "25;100" for number in range(1, 16)} | {SMALL: "10;40"}
    lines = [
        f"Provenkät;{year};Utsatt för brott;säkerhet;{area};Alla;{told};slumpmässigt urval;Egen\n"
        for area, told in (areas | changed).items()
    ]
    return SURVEY + "".join(lines)


SMALL = "1488S003"


def bring_survey(place: Workplace, content: str) -> None:
    waiting = receiving.receive(place, TableKind.SURVEY, "enkat.csv", content.encode("utf-8"))
    intake.import_waiting(place, waiting, "Kommunen")


@pytest.mark.parametrize(
    "after",
    [
        survey(**{SMALL: "15;40"}),  # what was hidden would be shown
        survey(**{"1488S002": "10;40"}),  # what was shown would be hidden
        survey(**{"1488S002": "26;100"}),  # a figure beside a hidden one
    ],
)
def test_a_corrected_survey_does_not_tell_what_an_earlier_report_hid(place, after):
    bring_survey(place, survey())
    ground = situation_report.load(place)
    first = make(place, audience=Audience.PUBLIC)
    assert texts.HIDDEN in words(first.document)
    report_making.publish(place, ground, first)
    report_making.publish(place, ground, make(place, audience=Audience.PUBLIC))
    bring_survey(place, after)
    ground, second = situation_report.load(place), make(place, audience=Audience.PUBLIC)
    refused = report_making.refusal(place, ground, second)
    assert refused.cause is DisclosureCause.CORRECTED_SURVEY
    said = error_words.linked_tables(refused)
    assert first.document.title in said and "2025" in said and "läs in undersökningen" in said
    with pytest.raises(DisclosureError):
        report_making.publish(place, ground, second)
    bring_survey(place, survey())
    report_making.publish(
        place, situation_report.load(place), make(place, audience=Audience.PUBLIC)
    )


def test_a_survey_that_hides_nothing_and_another_years_survey_may_change(place):
    open_to_all = survey(**{SMALL: "25;100"})
    bring_survey(place, open_to_all)
    report_making.publish(
        place, situation_report.load(place), make(place, audience=Audience.PUBLIC)
    )
    bring_survey(place, open_to_all.replace(";25;", ";27;"))
    ground, second = situation_report.load(place), make(place, audience=Audience.PUBLIC)
    assert report_making.refusal(place, ground, second) is None
    bring_survey(place, survey(2024))
    ground, third = situation_report.load(place), make(place, audience=Audience.PUBLIC)
    assert report_making.refusal(place, ground, third) is None
