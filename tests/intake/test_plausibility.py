"""What looks wrong of a file is asked about, and nothing is stored before it is confirmed."""

from dataclasses import replace

import pytest

from trygghetskarta.errors import SourceCause
from trygghetskarta.intake import intake
from trygghetskarta.intake.accounts import UnconfirmedError
from trygghetskarta.store import read
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import TableKind

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
        waiting = intake.receive(place, kind, name, content)
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
    waiting = intake.receive(place, TableKind.INCIDENTS, "uttag.csv", points(0, 20))
    with pytest.raises(UnconfirmedError) as stopped:
        intake.import_waiting(place, waiting, "Polisen", crs=3006)
    assert stopped.value.cause is SourceCause.UNCONFIRMED
    assert [doubt.kind for doubt in stopped.value.doubts] == [DoubtKind.ELSEWHERE]
    assert len(read.incidents(place.engine)) == 0 and len(read.batches(place.engine)) == 3
    sure = replace(waiting, confirmed=frozenset({DoubtKind.ELSEWHERE}))
    assert intake.import_waiting(place, sure, "Polisen", crs=3006).new == 20
