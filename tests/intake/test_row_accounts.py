"""Every kind of import accounts for every row of its file, however its rows are damaged."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import examples
from tests.workplaces import TODAY
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.intake import intake, receiving, street_network, walk_intake
from trygghetskarta.intake.walk_reading import Reading
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import read
from trygghetskarta.terms.imports import WALKED, TableKind

pytestmark = pytest.mark.slow

NETWORK = "network"
_SQUARE = [[[12.28, 58.28], [12.30, 58.28], [12.30, 58.29], [12.28, 58.28]]]


def lines(header: str) -> Callable[[Sequence[str]], bytes]:
    return lambda rows: "\n".join((header, *rows, "")).encode()


def features(rows: Sequence[str]) -> bytes:
    kept = [row for row in rows if row]
    return f'{{"type": "FeatureCollection", "features": [{", ".join(kept)}]}}'.encode()


def listed(rows: Sequence[str]) -> bytes:
    return f"[{', '.join(row for row in rows if row)}]".encode()


def feature(kind: str, coordinates: object, **properties: str) -> str:
    shape = {"type": kind, "coordinates": coordinates}
    return json.dumps({"type": "Feature", "properties": properties, "geometry": shape})


def track(hour: int) -> str:
    points = "".join(
        f'<trkpt lat="{58.2837 + 0.001 * n}" lon="12.2886">'
        f"<time>2026-03-03T{hour:02d}:{2 * n:02d}:00Z</time></trkpt>"
        for n in range(12)
    )
    return f"<trk><trkseg>{points}</trkseg></trk>"


def gpx(rows: Sequence[str]) -> bytes:
    return f'<gpx version="1.1" creator="x">{"".join(rows)}</gpx>'.encode()


@dataclass(frozen=True)
class Form:
    """How files of a kind are written: rows, what is none, and whether equal ones are one row."""

    kind: TableKind | str
    name: str
    write: Callable[[Sequence[str]], bytes]
    rows: tuple[str, ...]
    junk: tuple[str, ...]
    one_row: bool = False


FORMS = {
    "incidents": Form(
        TableKind.INCIDENTS, "a.csv", lines("Id;Brottskod;Inskrivningsdatum;Stadsdel;Antal"),
        ("A1;9801;2025-03-01;Sylte;1", "A2;0355;2025-03-02;Lextorp;1", "A3;1204;2025-03-03;;1"),
        ("A1;9801;2025-13-01;Sylte;1", "Summa;;;;3", ";;;;", "x", "A3;1204;2025-04-03;;2",
         "id;brottskod;inskrivningsdatum;stadsdel;antal"),
    ),
    "sums": Form(
        TableKind.INCIDENTS, "s.csv", lines("Stadsdel;År;Brottstyp;Antal"),
        ("Trollhättan;2025;Stöld;22", "Sylte;2025;Stöld;12", "Lextorp;2025;Stöld;10"),
        ("Totalt;2025;Stöld;22", "Summa;;;22", "Lextorp;2025;Stöld;tio", ";;;", "Totalsumma;;;44",
         ";2025;Stöld;3"),
    ),
    "districts": Form(
        TableKind.DISTRICTS, "d.geojson", features,
        (feature("Polygon", _SQUARE, kod="P1", namn="Ett"),
         feature("Polygon", _SQUARE, kod="P2", namn="Två")),
        (feature("Point", [12.2, 58.2], kod="P3", namn="Tre"), feature("Polygon", _SQUARE)),
    ),
    "police areas": Form(
        TableKind.DISTRICTS, "p.geojson", features,
        (feature("Polygon", _SQUARE, namn="Kronogården", kategori="Utsatt", ort="Trollhättan",
                 aktualitet="2015-12-01"),
         feature("Polygon", _SQUARE, namn="Rosengård", kategori="Utsatt", ort="Malmö",
                 aktualitet="2015-12-01")),
        (feature("Polygon", _SQUARE, namn="Sylte", kategori="Utsatt", ort="Trollhättan",
                 aktualitet="snart"),),
    ),
    "population": Form(
        TableKind.POPULATION, "f.csv", lines("region;kön;år;folkmängd"),
        ("1488A0010;män;2025;700", "1488A0010;kvinnor;2025;850", "1488A0020;totalt;2025;1200",
         "1488A0020;män;2025;600", "1480A0010;totalt;2025;99", "14;totalt;2025;9"),
        ("1488A0010;män;2025;..", "1488A0020;totalt;2025;1", "Summa;;;3", ";;;", "Atlantis;a;b;c"),
    ),
    "wide population": Form(
        TableKind.POPULATION, "w.csv", lines("region;2024;2025"),
        ("1488A0010;700;710", "1488A0020;850;860", "1480A0010;9;9"),
        ("1488A0010;700;..", "1488A0020;850;861", "x;y;z", ";;"),
    ),
    "survey": Form(
        TableKind.SURVEY, "u.csv", lines("År;Fråga;Stadsdel;Andel;Antal svar;Urvalsmetod"),
        ("2024;Trygg ute;Sylte;62 %;150;slumpmässigt urval",
         "2024;Trygg ute;Lextorp;48 %;140;slumpmässigt urval"),
        ("2024;Trygg ute;Sylte;63 %;150;slumpmässigt urval", "2024;;Sylte;x;y;z", "Totalt;;;;290;",
         ";;;;;"),
    ),
    "answers": Form(
        TableKind.SURVEY_ANSWERS, "svar.csv",
        lines("Id;År;Stadsdel;Urvalsmetod;Trygg ute;Utsatt för brott"),
        ("1;2024;Sylte;slumpmässigt urval;ja;nej", "2;2024;Lextorp;slumpmässigt urval;nej;nej",
         "3;2024;Sylte;slumpmässigt urval;vet ej;vet ej"),
        ("4;2024;Atlantis;slumpmässigt urval;ja;nej", "5;2024;Sylte;kanske;ja;nej",
         "Summa;;;;2;2", ";;;;;"),
    ),
    "events": Form(
        TableKind.EVENTS, "e.json", listed,
        tuple(json.dumps({"id": n, "datetime": "2026-02-14 6:18:08 +01:00", "type": "Stöld",
                          "name": "14 februari 05.03, Stöld, Trollhättan", "summary": "",
                          "url": "/x", "location": {"name": "Västra Götalands län"}})
              for n in (1, 2)),
        ('{"id": "x", "datetime": "y", "name": "z", "type": "q"}', "5", "null"),
    ),
    "totals": Form(
        TableKind.MUNICIPALITY_TOTALS, "b.csv",
        lines("Region;Brott;År;Period;Antal;/100 000 inv;"),
        ("Trollhättan kommun;SAMTLIGA BROTT;2025;År;5905;9986;",
         "Trollhättan kommun;STÖLD;2025;År;1515;2562;"),
        ("Trollhättan kommun;STÖLD;2025;År;1516;2562;", "a;b;c;d;e;f;", "Summa;;;;1;;"),
    ),
    "walks": Form(
        TableKind.WALKS, "v.csv", lines("Pass;Datum;Start;Slut;Plats;Antal personer"),
        ("P1;2026-03-01;20:00;22:00;Sylte;3", "P2;2026-03-02;20:00;22:00;Lextorp;2"),
        ("P1;2026-03-01;21:00;22:00;Sylte;3", "P3;x;y;z;Sylte;-1", "Summa;;;;;5", ";;;;;"),
    ),
    "tracks": Form(
        TableKind.WALKS, "t.gpx", gpx, (track(6), track(12)),
        ('<trk><trkseg><trkpt lat="58.2" lon="12.2"><time>2026-03-03T18:00:00Z</time></trkpt>'
         "</trkseg></trk>",),
        one_row=True,
    ),
    "observations": Form(
        TableKind.OBSERVATIONS, "o.csv", lines("Id;Datum;Plats;Kategori;Text"),
        ("O1;2026-03-01;Sylte;Belysning;Lampan är trasig", "O2;2026-03-01;Lextorp;Klotter;Vägg",
         "O3;2026-03-01;Sylte;;Inget att rapportera"),
        ("O1;2026-03-01;Sylte;Belysning;Annat", "O4;x;Sylte;Rymdskepp;y", "Summa;;;;3", ";;;;"),
    ),
    "actions": Form(
        TableKind.ACTIONS, "p.csv", lines("Nr;Åtgärd;Plats;Startdatum;Slutdatum;Status"),
        ("1;Ny belysning;Lextorp;2025-01-01;2025-06-30;Avslutad",
         "2;Fältarbete;Sylte;2025-02-01;;pågår"),
        ("1;Annan belysning;Lextorp;2025-01-01;;pågår", "3;x;Atlantis;2025-13-40;;klart?",
         "Summa;2;;;;", ";;;;;"),
    ),
    NETWORK: Form(
        NETWORK, "n.geojson", features,
        (feature("LineString", [[12.28, 58.28], [12.29, 58.28]], namn="Storgatan"),
         feature("LineString", [[12.28, 58.29], [12.29, 58.29]], namn="Lillgatan")),
        (feature("Point", [12.2, 58.2], namn="Punkt"),),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(base_store, tmp_path_factory):
    """One store for every case: what is stored already is a case too."""
    path = tmp_path_factory.mktemp("accounts") / "store.gpkg"
    shutil.copy(base_store, path)
    place = open_workplace(Settings(store=str(path)), lambda: TODAY)
    yield place
    place.engine.dispose()


def damaged(form: Form, choose: st.DataObject) -> list[str]:
    """Rows of a file: some gone, some twice, some blank, some that are none."""
    picked = st.sampled_from((*form.rows, *form.junk, ""))
    return list(form.rows[:1]) + choose.draw(st.lists(picked, max_size=8))


def account_of(place, form: Form, content: bytes):
    """Rows read, accepted, held and set aside, as the import tells them."""
    if form.kind == NETWORK:
        found = street_network.import_network(place, form.name, content, "Prov")
        aside = sum(each.rows for each in found.aside)
        return found.read, found.read - aside, 0, aside
    if form.kind in WALKED:
        reading = Reading(kind=form.kind, source="Prov")
        (outcome,) = walk_intake.import_files(place, [(form.name, content)], reading)
        if outcome.error is not None:
            raise outcome.error
        report = outcome.report
    else:
        waiting = receiving.receive(place, form.kind, form.name, content)
        report = intake.import_waiting(place, waiting, "Prov")
    assert report.set_aside == sum(each.rows for each in report.aside)
    return report.read, report.accepted, report.quarantined, report.set_aside


@pytest.mark.parametrize("name", FORMS)
@given(choose=st.data())
@examples(8)
def test_every_row_of_every_kind_is_accounted_for(opened, name, choose):
    form = FORMS[name]
    rows = damaged(form, choose)
    # What the file has is counted here, in the test's own way.
    filled = sum(any(cell.strip() for cell in row.split(";")) for row in rows)
    before = read.version(opened.engine)
    try:
        told, accepted, held, aside = account_of(opened, form, form.write(rows))
    except TrygghetskartaError as error:
        assert not isinstance(error.cause, str) or error.cause not in ("rows_lost", "rows_unknown")
        assert read.version(opened.engine) == before
        return
    if not form.one_row:
        assert told == filled
    assert told == accepted + held + aside
