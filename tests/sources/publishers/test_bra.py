"""Brå's totals: lines that contradict each other, and what no count can be."""

from datetime import date

from trygghetskarta.errors import TableRule
from trygghetskarta.sources.publishers import bra

HEADER = "Region;Brott;År;Period;Antal;/100 000 inv;\n"


def parse(*lines):
    content = HEADER + "".join(f"Trollhättan;Stöld;{line};\n" for line in lines)
    parsed = bra.parse(content.encode(), file_name="bra.csv", today=date(2026, 11, 2))
    parsed.account()
    return parsed


def faults(parsed):
    return [(fault.rule, fault.row, fault.value) for fault in parsed.faults]


def test_lines_that_contradict_each_other_wait_all():
    parsed = parse("2025;År;100;170", "2024;År;90;150", "2025;År;120;190", "2025;År;120;190")
    assert parsed.table["count"].tolist() == [90]
    assert faults(parsed) == [
        (TableRule.NOT_UNIQUE, 2, "100"),
        (TableRule.NOT_UNIQUE, 4, "120"),
    ]
    assert parsed.repeated == 1


def test_lines_that_say_the_same_count_once():
    parsed = parse("2025;År;100;170", "2025;År;100;170")
    assert parsed.table["count"].tolist() == [100] and parsed.repeated == 1


def test_thousands_with_a_point_and_periods_to_come_wait():
    parsed = parse("2025;jan;1.000;170", "2025;feb;1 000;170", "2027;År;10;10", "2026 prel.;År;9;9")
    assert parsed.table["count"].tolist() == [1000, 9]
    assert faults(parsed) == [
        (TableRule.NOT_A_NUMBER, 2, "1.000"),
        (TableRule.DATE_OUT_OF_RANGE, 4, "2027 År"),
    ]
