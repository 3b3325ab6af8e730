"""The quarantine file opens in a spreadsheet, runs nothing, and comes back as it was."""

import csv
import io

import pandas as pd

from trygghetskarta.sources.fields import quarantine
from trygghetskarta.sources.readers import files

HOSTILE = ["=1+1", "+46 70", "-5", "@SUM(A1)", "\tx", "'quoted", "''=x", "a=b", "", "Å;ä\nö"]
HOSTILE += ["\uff1d1", "'\uff0b1"]


def kept(*raws):
    return pd.DataFrame(
        {
            "quarantine_id": [f"q{n}" for n in range(len(raws))],
            "row_number": range(2, 2 + len(raws)),
            "raw": list(raws),
        }
    )


def test_layout():
    data = quarantine.to_csv(
        kept({"Id": "1", "Kod": "08"}, {"Id": "2", "Plats": "Ön"}), ["fel kod", "okänd plats"]
    )
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").split("\r\n") == [
        "Id;Kod;Plats;karantan_id;rad;fel",
        "1;08;;q0;2;fel kod",
        "2;;Ön;q1;3;okänd plats",
        "",
    ]


def test_a_row_quarantined_again_has_its_three_columns_once():
    raw = {"Id": "1", "karantan_id": "gammal", "rad": "7", "fel": "gammalt"}
    text = quarantine.to_csv(kept(raw), ["nytt"]).decode("utf-8-sig")
    assert text == "Id;karantan_id;rad;fel\r\n1;q0;2;nytt\r\n"


def test_nothing_runs_as_a_formula():
    assert quarantine.to_csv(kept(), []) == b"\xef\xbb\xbfkarantan_id;rad;fel\r\n"
    rows = kept(*({"=cmd|' /C calc'!A0": cell} for cell in HOSTILE))
    data = quarantine.to_csv(rows, ["=HYPERLINK(1)"] * len(HOSTILE))
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"):
        assert not any(cell.startswith(("=", "+", "-", "@", "\uff1d", "\t", "\r")) for cell in row)


def test_the_file_comes_back_as_it_was():
    rows = kept(*({"=cmd": cell, "Id": "1"} for cell in HOSTILE))
    raw = files.read_bytes("karantan.csv", quarantine.to_csv(rows, [""] * len(HOSTILE)))
    assert list(raw.frame.columns) == ["=cmd", "Id", "karantan_id", "rad", "fel"]
    assert raw.frame["=cmd"].fillna("").tolist() == HOSTILE


def test_apostrophes_of_other_files_are_left_alone():
    raw = files.read_bytes("a.csv", b"Id;Text\n1;'=x\n")
    assert raw.frame["Text"].tolist() == ["'=x"]


def test_resolved_ids():
    frame = pd.DataFrame({"karantan_id": ["a", None, "c"], "Id": ["1", "2", "3"]}, dtype="str")
    accepted = pd.Series([True, True, False]).to_numpy()
    assert quarantine.resolved(frame, {}, accepted) == ("a",)
    assert quarantine.resolved(frame, {"quarantine_id": "Id"}, accepted) == ("1", "2")
    assert quarantine.resolved(frame[["Id"]], {}, accepted) == ()
