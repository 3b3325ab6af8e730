"""A file of a layout that is declared is read as a plain table, by whatever brings it in."""

import pytest

from trygghetskarta.sources.layouts import LAYOUTS
from trygghetskarta.sources.readers import files
from trygghetskarta.sources.readers.file_layout import FileLayout
from trygghetskarta.sources.readers.grids import to_cells

STANDING = b"Brottskod;0801;0841\nDatum;2025-01-02;2025-03-04\nStadsdel;Sylte;Lextorp\n"


def _stands(rows) -> bool:
    return [row[:1] for row in rows if any(row)][:2] == [["Brottskod"], ["Datum"]]


def _lay(rows, file):
    return to_cells([list(row) for row in zip(*rows, strict=True)], file, ragged=True)


class _PlainError(Exception):
    """The file was read as a plain table."""


def _refused():
    raise _PlainError


@pytest.fixture
def standing(monkeypatch) -> FileLayout:
    """A layout that has a column for each offence."""
    layout = FileLayout("staende", _stands, _lay)
    monkeypatch.setattr(files, "LAYOUTS", (*LAYOUTS, layout))
    return layout


def test_a_layout_that_recognises_a_file_reads_it(standing):
    frame = files.read_bytes("uttag.csv", STANDING).frame
    assert list(frame.columns) == ["Brottskod", "Datum", "Stadsdel"]
    assert frame.to_numpy().tolist() == [
        ["0801", "2025-01-02", "Sylte"],
        ["0841", "2025-03-04", "Lextorp"],
    ]


def test_other_files_are_read_as_before(standing):
    frame = files.read_bytes("uttag.csv", b"Kod;Datum\n0801;2025-01-02\n").frame
    assert list(frame.columns) == ["Kod", "Datum"]


def test_a_layout_that_numbers_rows_twice_is_refused(monkeypatch):
    def twice(rows, file):
        cells = _lay(rows, file)
        cells.frame.index = [2] * len(cells.frame)
        return cells

    monkeypatch.setattr(files, "LAYOUTS", (FileLayout("staende", _stands, twice),))
    with pytest.raises(ValueError, match="staende"):
        files.read_bytes("uttag.csv", STANDING)


def test_a_layout_of_workbooks_is_not_sought_in_text(monkeypatch):
    only = FileLayout("staende", _stands, _lay, in_text=False)
    monkeypatch.setattr(files, "LAYOUTS", (only,))
    monkeypatch.setattr(files.grids, "to_cells", lambda rows, *_args, **_how: _refused())
    with pytest.raises(_PlainError):
        files.read_bytes("uttag.csv", STANDING)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.word)
@pytest.mark.parametrize("rows", [[], [[]], [["Kod", "Datum"], ["0801", "2025-01-02"]]])
def test_a_plain_table_is_of_no_layout(layout, rows):
    assert not layout.recognises(rows)
