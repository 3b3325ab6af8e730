"""Brå's database file: lines that count, lines that do not, and files that are something else."""

from datetime import date

import pytest

from trygghetskarta.errors import SourceCause, SourceError, TableRule
from trygghetskarta.sources.publishers import bra

TODAY = date(2026, 11, 2)
HEADER = "Region;Brott;År;Period;Antal;/100 000 inv;"
LINE = "Trollhättan kommun;STÖLD;2024;År;1515;2562;"


def parse(*lines: str, encoding: str = "iso-8859-1"):
    return bra.parse("\n".join(lines).encode(encoding), file_name="b.csv", today=TODAY)


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8", "utf-8-sig"])
def test_a_line_is_a_count(encoding):
    parsed = parse(HEADER, LINE, "", encoding=encoding)
    assert parsed.table[["region", "count", "per_100000"]].values.tolist() == [
        ["Trollhättan kommun", 1515, 2562.0]
    ]
    assert parsed.account().numbers() == {"read": 1, "accepted": 1, "quarantined": 0}


@pytest.mark.parametrize(
    "old, new, rule",
    [
        ("2024;År", "i fjol;År", TableRule.NOT_A_PERIOD),
        ("2024;År", "0000;År", TableRule.NOT_A_PERIOD),
        ("1515", "många", TableRule.NOT_A_NUMBER),
        ("2562", "x", TableRule.NOT_A_NUMBER),
        ("1515", "15,5", TableRule.NOT_A_WHOLE_NUMBER),
        ("1515", "99999999999", TableRule.NOT_A_WHOLE_NUMBER),
        ("STÖLD", "", TableRule.VALUE_MISSING),
        ("Trollhättan kommun", " ", TableRule.VALUE_MISSING),
    ],
)
def test_a_line_that_does_not_count_is_a_fault_and_takes_no_other_with_it(old, new, rule):
    parsed = parse(HEADER, LINE.replace(old, new), LINE.replace("2024", "2023"))
    assert [(fault.row, fault.rule) for fault in parsed.faults] == [(2, rule)]
    assert list(parsed.table.index) == [3]
    assert parsed.account().numbers() == {"read": 2, "accepted": 1, "quarantined": 1}


@pytest.mark.parametrize(
    "content, cause",
    [
        (b"", SourceCause.NO_HEADER),
        (b"Id;Namn\n1;Sylte\n", SourceCause.NO_HEADER),
        (HEADER.encode("iso-8859-1"), SourceCause.NO_ROWS),
        (f"{HEADER}\n{LINE}\0".encode("iso-8859-1"), SourceCause.ENCODING_UNKNOWN),
        (f"{HEADER}\n{LINE}".encode("utf-16"), SourceCause.ENCODING_UNKNOWN),
        (f'{HEADER}\n"{"x" * 200_000}";'.encode("iso-8859-1"), SourceCause.FILE_DAMAGED),
    ],
)
def test_another_file_says_why(content, cause):
    with pytest.raises(SourceError) as stopped:
        bra.parse(content, file_name="b.csv", today=TODAY)
    assert stopped.value.cause is cause
