"""What looks wrong of a file is asked about, and nothing is stored before it is confirmed."""

from dataclasses import replace
from datetime import date

import pytest

from trygghetskarta.errors import SourceCause
from trygghetskarta.intake import intake, receiving
from trygghetskarta.intake.accounts import UnconfirmedError
from trygghetskarta.store import read
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import doubt_words

pytestmark = pytest.mark.slow

HEADER = "Id;Brottskod;Datum;N;E\n"
NEAR, FAR = "6461000;340000", "6580000;674000"  # Trollhättan, Stockholm


def points(near: int, far: int) -> bytes:
    places = [NEAR] * near + [FAR] * far
    rows = (f"A{n};9801;2025-03-{1 + n % 28:02};{place}\n" for n, place in enumerate(places))
    return (HEADER + "".join(rows)).encode()


@pytest.fixture
def check(place):
    """The account of a file that is not stored."""

    def run(content: bytes | str, kind=TableKind.INCIDENTS, name="uttag.csv", **how):
        content = content.encode() if isinstance(content, str) else content
        waiting = receiving.receive(place, kind, name, content)
        return intake.check_waiting(place, waiting, how.pop("source", "Polismyndigheten"), **how)

    return run


def kinds(report) -> list[DoubtKind]:
    return [doubt.kind for doubt in report.doubts]


@pytest.mark.parametrize(
    ("near", "far", "asked"),
    [(10, 11, True), (10, 10, False), (0, 10, True), (0, 9, False), (20, 0, False)],
)
def test_points_that_mostly_lie_elsewhere_are_asked_about(check, near, far, asked):
    report = check(points(near, far), crs=3006)
    assert (DoubtKind.ELSEWHERE in kinds(report)) is asked
    if asked:
        facts = report.doubts[0].facts
        assert facts == {"outside": far, "points": near + far, "municipality": "Trollhättan"}


def test_a_file_in_doubt_is_stored_only_when_it_is_confirmed(place):
    waiting = receiving.receive(place, TableKind.INCIDENTS, "uttag.csv", points(0, 20))
    with pytest.raises(UnconfirmedError) as stopped:
        intake.import_waiting(place, waiting, "Polisen", crs=3006)
    assert stopped.value.cause is SourceCause.UNCONFIRMED
    assert [doubt.kind for doubt in stopped.value.doubts] == [DoubtKind.ELSEWHERE]
    assert len(read.incidents(place.engine)) == 0 and len(read.batches(place.engine)) == 3
    sure = replace(waiting, confirmed=frozenset({DoubtKind.ELSEWHERE}))
    assert intake.import_waiting(place, sure, "Polisen", crs=3006).new == 20


def offences(months: dict[str, int], place="Sylte", case=None) -> str:
    """A file with so many offences of each month (2025-03), spread over its days."""
    rows = ["Diarienr;Brottskod;Inskrivningsdatum;Stadsdel"]
    for month, number in months.items():
        for n in range(number):
            rows.append(f"{case or month}-{n};9801;{month}-{1 + n % 28:02};{place}")
    return "\n".join(rows) + "\n"


def year(number: int, year=2025, **odd: int) -> dict[str, int]:
    """So many offences of every month of a year, but for those that are told: m03=7."""
    return {f"{year}-{m:02}": odd.get(f"m{m:02}", number + m % 3) for m in range(1, 13)}


def test_a_clean_year_has_an_account_and_nothing_to_tick(check):
    report = check(offences(year(20)))
    assert report.doubts == () and report.read == 252
    assert (report.span.first, report.span.last) == (date(2025, 1, 1), date(2025, 12, 20))
    assert [month for month, _ in report.span.months] == [date(2025, m, 1) for m in range(1, 13)]
    assert [number for _, number in report.span.months] == [20 + m % 3 for m in range(1, 13)]


def test_a_month_that_is_empty_in_the_middle_is_asked_about(check):
    report = check(offences(year(30, m06=0, m07=0)))
    assert kinds(report) == [DoubtKind.EMPTY_MONTHS]
    assert "juni–juli 2025" in doubt_words.doubt_sentence(report.doubts[0])
    assert dict(report.span.months)[date(2025, 6, 1)] == 0
    assert kinds(check(offences(year(3, m06=0)))) == []
    odd = {**year(30, 2024), **year(30, m06=0, m07=0, m10=400)}
    assert kinds(check(offences(odd))) == [DoubtKind.EMPTY_MONTHS, DoubtKind.JUMP]


def test_a_month_between_two_deliveries_is_asked_about(bring, check):
    bring(TableKind.INCIDENTS, "2024.csv", offences(year(30, 2024)))
    later = {month: number for month, number in year(30).items() if month >= "2025-04"}
    report = check(offences(later))
    assert kinds(report) == [DoubtKind.EMPTY_MONTHS]
    assert "januari–mars 2025" in doubt_words.doubt_sentence(report.doubts[0])
    assert kinds(check(offences(later), source="En annan källa")) == []


@pytest.mark.parametrize(("number", "asked"), [(400, True), (45, False), (35, False), (2, True)])
def test_a_month_is_held_against_the_sources_own_earlier_months(bring, check, number, asked):
    bring(TableKind.INCIDENTS, "2024.csv", offences(year(30, 2024)))
    report = check(offences(year(30, m05=number)))
    assert (DoubtKind.UNUSUAL_MONTHS in kinds(report)) is asked
    if asked:
        said = doubt_words.doubt_sentence(report.doubts[0])
        assert f"maj 2025 ({number})" in said and "omkring 31,0 i månaden" in said


def test_a_whole_file_that_is_tenfold_is_asked_about_by_its_history(bring, check):
    bring(TableKind.INCIDENTS, "2024.csv", offences(year(10, 2024)))
    report = check(offences(year(100)))
    assert kinds(report) == [DoubtKind.UNUSUAL_MONTHS]
    assert "och 6 till" in doubt_words.doubt_sentence(report.doubts[0])


def test_a_tenfold_jump_is_asked_about_without_any_history(check):
    report = check(offences(year(8, m09=100)))
    assert kinds(report) == [DoubtKind.JUMP]
    assert "september 2025 (100)" in doubt_words.doubt_sentence(report.doubts[0])
    # The first and the last month may be parts of one.
    assert kinds(check(offences(year(60, m01=2, m12=3)))) == []
    assert kinds(check(offences(year(60, m06=4)))) == [DoubtKind.JUMP]


def test_a_share_without_place_that_has_clearly_risen_is_asked_about(bring, check):
    place = offences(year(20, 2024)).replace("Sylte\n", "\n", 12)
    bring(TableKind.INCIDENTS, "2024.csv", place)
    report = check(offences(year(20)).replace("Sylte\n", "\n", 100))
    assert kinds(report) == [DoubtKind.WITHOUT_PLACE]
    said = doubt_words.doubt_sentence(report.doubts[0])
    assert "saknar plats: 100 (39,7 %)" in said and "4,8 % tidigare" in said
    assert kinds(check(offences(year(20)).replace("Sylte\n", "\n", 20))) == []


def test_a_few_dates_long_before_the_others_are_asked_about(check):
    stray = offences(year(20)) + "x;9801;1995-03-01;Sylte\n"
    (doubt,) = check(stray).doubts
    assert doubt.kind is DoubtKind.STRAY_DATES and doubt.facts["n"] == 1
    assert "1 mars 1995" in doubt_words.doubt_sentence(doubt)
    # Many old ones are what the file is about.
    assert DoubtKind.STRAY_DATES not in kinds(check(offences({**year(20), **year(20, 1995)})))


def test_codes_that_are_mostly_unknown_are_asked_about_and_named(check):
    content = offences(year(20)).replace("9801", "7799")
    report = check(content)
    assert kinds(report) == [DoubtKind.UNKNOWN_CODES]
    assert "252 av 252 brottskoder" in doubt_words.doubt_sentence(report.doubts[0])
    few = check(content.replace("7799", "9801", 200))
    assert few.doubts == () and few.notes["unknown_code_names"] == ["7799"]


def test_rows_alike_with_the_same_case_are_told_and_a_file_pasted_twice_asked(check):
    once = offences(year(5))
    rows = once.splitlines()
    report = check("\n".join([*rows, rows[3]]) + "\n")
    assert report.doubts == () and report.new == len(rows)
    assert report.notes["alike_in_case"] == ["4", str(len(rows) + 1)]
    twice = check("\n".join([*rows, *rows[1:]]) + "\n")
    assert kinds(twice) == [DoubtKind.TWICE]
    assert check(once).notes.get("alike_in_case") is None


def test_sums_over_years_are_not_asked_about_months(check):
    rows = "".join(f"Sylte;{2000 + n};Stöld;{n * 40}\n" for n in range(1, 20))
    report = check("Stadsdel;År;Brottstyp;Antal\n" + rows)
    assert report.doubts == () and report.span.months == ()
