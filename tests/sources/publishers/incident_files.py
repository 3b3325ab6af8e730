"""Files of reported offences as they are written and read here; everything is counted once more."""

import csv
import io
from datetime import date

import pandas as pd

from trygghetskarta import tables
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.fields.offence_codes import OffenceCodes
from trygghetskarta.sources.publishers import incidents
from trygghetskarta.sources.readers import files
from trygghetskarta.terms.imports import TableKind

BOUNDS = (330_000.0, 6_450_000.0, 360_000.0, 6_490_000.0)


TODAY = date(2026, 8, 31)


OFFENCES = OffenceCodes(
    pd.DataFrame(
        {
            "name": ["Misshandel", "Stöld", "Skadegörelse, klotter", "Inbrott i bostad"],
            "offence_type": ["Våld", "Stöld", "Skadegörelse", "Inbrott"],
        },
        index=["0357", "0825", "1203", "9801"],
    )
)


POLICE = [
    "",
    "Id",
    "Brottskod",
    "Brottskod.klartext",
    "Inskrivningsdatum",
    "Brottsdatum",
    "Kommun",
    "Län",
    "DeSO.område",
    "Antal",
]


VG = "Västra Götalands län"


def written(header, rows, separator=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([header, *rows])
    return out.getvalue()


def parse(data, name="uttag.csv", mapping=None, *, whole=True, **options):
    """Read a file; ``whole`` when every row is one that is kept, repeated or wrong."""
    raw = data if isinstance(data, files.RawTable) else files.read_bytes(name, encoded(data))
    mapping = mapping or columns.recognise(raw.frame.columns, TableKind.INCIDENTS, raw.frame)
    columns.validate(mapping, raw)
    given = {"offences": OFFENCES, "bounds": BOUNDS, "local_crs": 3007, "today": TODAY, **options}
    parsed = incidents.parse(raw, mapping, **given)
    assert tables.check(parsed.table, tables.INCIDENTS) == []
    assert list(parsed.table.columns) == list(tables.INCIDENTS.columns)
    faulty = {fault.row for fault in parsed.faults}
    assert not faulty & set(parsed.table.index)
    aside = 0 if whole else sum(map(len, parsed.aside.values())) - parsed.repeated
    assert len(parsed.table) + parsed.repeated + len(faulty) + aside == len(raw.frame)
    return parsed


def encoded(data):
    return data.encode() if isinstance(data, str) else data


def simple(*rows, header="Id;Brottskod;Brottsdatum;Inskrivningsdatum"):
    return "\n".join([header, *rows]) + "\n"


def faults(parsed):
    return [(fault.rule, fault.row, fault.column, fault.value) for fault in parsed.faults]


def police_extract():
    """The real DeSO-coded layout with every quirk, and what is in it."""
    rows, told = [], {"after": 0, "no_place": 0, "sum": 0}
    codes = ["0357", "0825", "1203", "9801", "357"]
    for n in range(200):
        code, place = codes[n % 5], f"1488C1{n % 9 + 1:02d}0_DeSO2025"
        reported, occurred = f"2023-{n % 12 + 1:02d}-15", f"2023-{n % 12 + 1:02d}-{n % 14 + 1:02d}"
        if n % 10 == 3:
            place = "" if n % 20 == 3 else "NA"
            told["no_place"] += 1
        if n % 25 == 7:
            occurred = f"2023-{n % 12 + 1:02d}-{n % 10 + 16:02d}"
            told["after"] += 1
        if n == 42:
            occurred = "2003-05-17"
        number = str(n % 3 + 1) if n % 40 == 0 else "1"
        told["sum"] += int(number)
        cells = [str(n + 1), f"a{n}", code, f'Text "{n}", ö', reported, occurred]
        rows.append([*cells, "Trollhättan", VG, place, number])
    return rows, told
