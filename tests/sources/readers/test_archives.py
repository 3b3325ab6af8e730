"""Zip and gzip: what lies in them is read, within bounds."""

import gzip
import io
import zipfile

import openpyxl
import pytest

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers import archives, files
from trygghetskarta.terms.file_forms import TABLES
from trygghetskarta.words import error_words

CSV = "Id;Namn\n1;Ön\n".encode()


def zipped(**held) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return out.getvalue()


def workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["Id", "Namn"], ["1", "Ön"]):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def refused(name: str, data: bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        files.read_bytes(name, data)
    assert error_words.error_sentence(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "held",
    [
        {"a.csv": CSV},
        {"mapp/Ön.csv": CSV, "__MACOSX/mapp/._Ön.csv": b"x", "läs.pdf": b"%PDF"},
        {"a.csv": CSV, "läs mig.txt": b"hej"},
        {"..\\..\\a.tsv": CSV.replace(b";", b"\t")},
        {"/etc/a.csv": CSV},
        {"bok.xlsx": workbook()},
        {"a.csv": CSV, "mapp/": b""},
    ],
)
def test_the_only_file_that_can_be_read_is_read(held):
    raw = files.read_bytes("a.zip", zipped(**held))
    assert raw.frame["Namn"].tolist() == ["Ön"]
    assert "/" not in str(raw.notes["member_read"])


def test_of_several_files_one_is_chosen():
    data = zipped(**{"2025.csv": CSV, "2026.csv": CSV.replace("Ön".encode(), b"Sylte")})
    error = refused("a.zip", data)
    assert error.cause is SourceCause.SEVERAL_LAYERS
    assert error.facts["layers"] == ["2025.csv", "2026.csv"]
    assert files.read_bytes("a.zip", data, layer="2026.csv").frame["Namn"].tolist() == ["Sylte"]


def test_gzip_is_unpacked_whatever_it_is_called():
    for name in ("a.csv.gz", "a.csv"):
        assert files.read_bytes(name, gzip.compress(CSV)).frame["Namn"].tolist() == ["Ön"]
    assert refused("a.csv.gz", gzip.compress(CSV)[:-9]).cause is SourceCause.FILE_DAMAGED


@pytest.mark.parametrize("inner", ["b.zip", "b.csv.gz", "b.7z"])
def test_an_archive_in_an_archive_is_named(inner):
    error = refused("a.zip", zipped(**{"a.csv": CSV, inner: b"x"}))
    assert error.cause is SourceCause.ARCHIVE_NESTED and error.facts["member"] == inner


@pytest.mark.parametrize("name", ["a.zip", "a.csv.gz"])
def test_what_swells_is_refused_before_it_fills_a_memory(name):
    big = bytes(30_000_000)
    data = zipped(**{"a.csv": big}) if name == "a.zip" else gzip.compress(big)
    assert refused(name, data).cause is SourceCause.ARCHIVE_SWELLS


def test_thousands_of_files_are_refused():
    held = {f"{number}.csv": b"" for number in range(archives.MOST_MEMBERS + 1)}
    assert refused("a.zip", zipped(**held)).cause is SourceCause.TOO_MANY_FILES


def test_a_damaged_file_in_a_zip():
    data = bytearray(zipped(**{"a.csv": CSV * 100}))
    data[45:60] = bytes(15)
    assert refused("a.zip", bytes(data)).cause is SourceCause.FILE_DAMAGED


def test_a_refusal_names_the_forms_that_are_taken():
    told = error_words.error_sentence(refused("a.pdf", b"%PDF"))
    assert "KML" in told and "XLSX" in told and "GPX" not in told
    assert refused("a.zip", zipped(**{"a.gpx": b"<gpx/>"})).cause is SourceCause.FORMAT_UNKNOWN
    assert len(TABLES) == 8
