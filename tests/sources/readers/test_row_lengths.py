"""A file whose rows are longer than its header says why, where, and what to do."""

import pytest

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers import files
from trygghetskarta.words import error_words

COMMA = """Id,Brottskod,Brottsdatum,N,E
A1,0847,2026-03-01 21:00,6462500,5,341000,5
A2,0847,2026-03-01 21:00,6462500,5,341000,5
"""


def refused(text: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        files.read_bytes("a.csv", text.encode())
    return caught.value


@pytest.mark.parametrize(
    "text, row, found, columns",
    [
        (COMMA, 2, 7, 5),
        ("Uttag, mars 2026\n\n" + COMMA, 4, 7, 5),
        ("Id,Kod,Latitud\nA1,0847,58,2837\nA2,0847,58,2838\n", 2, 4, 3),
        ("Id,N,E\nA1,6 462 500,5,341 000,5\n", 2, 5, 3),
        (COMMA + "A3,0847,2026-03-01,6462500,341000\n", 2, 7, 5),
    ],
)
def test_decimal_commas_in_a_comma_file(text, row, found, columns):
    error = refused(text)
    assert error.cause is SourceCause.DECIMAL_COMMAS
    facts = {name: error.facts[name] for name in ("row", "found", "columns")}
    assert facts == {"row": row, "found": found, "columns": columns}
    told = error_words.error_sentence(error)
    assert "komma" in told and f"rad {row} har {found} celler" in told and "semikolon" in told


@pytest.mark.parametrize(
    "separator, said", [(";", "semikolon"), ("\t", "tabb"), (",", "komma"), ("|", "lodstreck")]
)
def test_a_separator_inside_texts(separator, said):
    rows = [["Id", "Kod", "Text", "Datum"]]
    for number in range(6):
        words = ["bil", "cykel", "båt"][: 2 + number % 2]
        rows.append([f"A{number}", "0847", *words, "2026-03-01"])
    error = refused("\n".join(map(separator.join, rows)))
    assert error.cause is SourceCause.SURPLUS_CELLS
    assert said in error_words.error_sentence(error)
    assert (error.facts["row"], error.facts["found"], error.facts["columns"]) == (2, 5, 4)


@pytest.mark.parametrize(
    "text",
    [
        "Anmälda brott, preliminära\nId,Kod,Text,Datum\nA1,0847,x,2026-03-01\n",
        "Id;N;E\nA1;6462500,5;341000,5\n",
        'Id,N,E\nA1,"6462500,5","341000,5"\n',
        "Id,Kod\n1,x,0910\n2,y,0911\n",
        "Id,Kod,Antal\nr1,a1,0847,1\nr2,a2,0910,2\n",
    ],
)
def test_files_that_were_read_are_read(text):
    assert len(files.read_bytes("a.csv", text.encode()).frame)


def test_one_long_row_among_many_waits_alone():
    raw = files.read_bytes("a.csv", b"Id;Kod\n1;2\n3;4;5\n6;7\n")
    assert [fault.row for fault in raw.faults] == [3]
