"""Offence codes: every code a type, every way of writing it, and what an unknown one becomes."""

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygghetskarta.errors import SourceCause, SourceError, TableError, TableRule
from trygghetskarta.sources.fields import offence_codes
from trygghetskarta.sources.fields.offence_codes import OffenceCodes, normalise
from trygghetskarta.terms.offences import OFFENCE_TYPES, OTHER_OFFENCES

ACTIVE, ENDED = "brottskoder_urval.csv", "brottskoder_upphorda_exempel.csv"


@pytest.fixture(scope="module")
def codes(geodata) -> OffenceCodes:
    return offence_codes.read(geodata / "offence_codes")


@pytest.fixture
def folder(tmp_path):
    """Two short lists; a name holds commas and quotes."""
    (tmp_path / ACTIVE).write_text(
        'brottskod;benamning;kodgrupp;kategori\n0357;Slag, "hårt", utomhus;03;Våld\n',
        encoding="utf-8",
    )
    (tmp_path / ENDED).write_text(
        "brottskod;benamning;upphord\n1207;Klotter (upphörde år 2005);2005\n", encoding="utf-8"
    )
    return tmp_path


class TestLists:
    def test_every_code_has_a_name_and_a_type(self, codes):
        assert len(codes.table) == 144 + 12
        assert codes.table["ended"].notna().sum() == 12
        assert set(codes.table["offence_type"]) <= set(OFFENCE_TYPES)
        assert OTHER_OFFENCES not in set(codes.table["offence_type"])
        assert codes.table["name"].str.len().min() > 0

    def test_the_files_own_grouping_is_kept(self, codes, geodata):
        lines = (geodata / "offence_codes" / ACTIVE).read_text(encoding="utf-8").splitlines()[1:]
        for line in lines:
            code, name, _, offence_type = line.split(";")
            assert (codes.name_of(code), codes.type_of(code)) == (name, offence_type)

    def test_ended_codes_are_typed_by_their_names(self, codes):
        ended = codes.table[codes.table["ended"].notna()]["offence_type"].to_dict()
        assert ended == {
            "0356": "Våld", "0358": "Våld", "0366": "Våld", "0840": "Fordonsbrott",
            "0843": "Inbrott", "0877": "Rån", "1202": "Brand", "1207": "Skadegörelse",
            "3006": "Trafik", "4007": "Vapen", "5012": "Narkotika", "9605": "Sexualbrott",
        }  # fmt: skip

    def test_unquoted_names(self, folder):
        found = offence_codes.read(folder)
        assert found.name_of("357") == 'Slag, "hårt", utomhus'
        assert found.table["ended"].tolist() == [pd.NA, 2005]

    def test_known_and_named(self, codes):
        assert codes.known("0357") and codes.known("357 ") and codes.known("1207 - Klotter")
        assert not codes.known("9999") and not codes.known("")
        assert codes.name_of("9999") is None


class TestBrokenLists:
    def test_missing(self, tmp_path):
        assert self.cause(tmp_path) is SourceCause.FILE_MISSING

    def test_empty(self, folder):
        (folder / ENDED).write_text("", encoding="utf-8")
        assert self.cause(folder) is SourceCause.FILE_EMPTY

    def test_not_utf_8(self, folder):
        (folder / ACTIVE).write_bytes("brottskod;benamning;kategori\n1;Våld;Våld".encode("cp1252"))
        assert self.cause(folder) is SourceCause.ENCODING_UNKNOWN

    def test_no_grouping(self, folder):
        (folder / ACTIVE).write_text("brottskod;benamning\n", encoding="utf-8")
        assert self.cause(folder) is SourceCause.COLUMN_MISSING

    @pytest.mark.parametrize(
        ("file", "row", "rule"),
        [
            (ACTIVE, "0358;Slag;med;semikolon;Våld", TableRule.ROW_LENGTH),
            (ACTIVE, "358;Slag;03;Våld", TableRule.OFFENCE_CODE_FORM),
            (ACTIVE, "0358;Slag;03;Bråk", TableRule.UNKNOWN_WORD),
            (ENDED, "x;Slag;2005", TableRule.OFFENCE_CODE_FORM),
            (ENDED, "0359;Slag;förr", TableRule.NOT_A_PERIOD),
            (ENDED, "0357;Slag;2005", TableRule.NOT_UNIQUE),
        ],
    )
    def test_rows(self, folder, file, row, rule):
        with (folder / file).open("a", encoding="utf-8") as list_:
            list_.write(f"{row}\n")
        with pytest.raises(TableError) as told:
            offence_codes.read(folder)
        assert [(fault.rule, fault.row) for fault in told.value.faults] == [(rule, 3)]

    @staticmethod
    def cause(folder):
        with pytest.raises(SourceError) as told:
            offence_codes.read(folder)
        return told.value.cause


class TestNormalise:
    @pytest.mark.parametrize(
        ("written", "code"),
        [
            ("357", "0357"), ("0357", "0357"), ("0357 ", "0357"), (" 357.0", "0357"),
            ("0950 - Befogenhetsmissbruk", "0950"), ("0950 Befogenhetsmissbruk", "0950"),
            ("0950: Befogenhet", "0950"), ("9801", "9801"),
            ("", None), ("  ", None), ("35", None), ("12345", None), ("0357-0358", None),
            ("2021-01-01", None), ("357.5", None), ("035A", None), ("Misshandel", None),
            (None, None), (357, None), (float("nan"), None),
        ],
    )  # fmt: skip
    def test_written(self, written, code):
        assert normalise(written) == code

    @given(st.integers(100, 9999))
    def test_leading_zeros_do_not_matter(self, number):
        assert normalise(str(number)) == normalise(f"{number:04d}") == f"{number:04d}"

    @given(st.text())
    def test_never_anything_but_four_digits(self, text):
        code = normalise(text)
        assert code is None or (len(code) == 4 and code.isdigit() and normalise(code) == code)

    def test_a_whole_column(self):
        column = pd.Series(["357", None, "x", "0357 - Slag"], index=[5, 6, 7, 8])
        found = offence_codes.normalise_all(column)
        assert found.index.tolist() == [5, 6, 7, 8]
        assert found.tolist()[0] == found.tolist()[3] == "0357"
        assert found.isna().tolist() == [False, True, True, False]


class TestType:
    @pytest.mark.parametrize(
        ("code", "text", "offence_type"),
        [
            ("1709", None, "Hot och ofredande"),  # the list, against its chapter
            ("1709", "Narkotika", "Hot och ofredande"),  # the code before the text
            (None, "Övergrepp i  RÄTTSSAK", "Hot och ofredande"),
            (None, "mot tjänsteman/blåljus ", "Mot tjänsteman/blåljus"),
            (None, "övriga brott", OTHER_OFFENCES),
            ("9357", "Misshandel, ej grov, mot kvinna", "Våld"),
            ("9999", "Bilbrand", "Brand"),
            ("9999", "Personrån", "Rån"),
            ("9999", "Stöld från bil utan inbrott", "Stöld"),
            ("9999", "Stöld ur motordrivet fordon", "Fordonsbrott"),
            ("9999", "Skada i kollektivtrafik", OTHER_OFFENCES),
            ("0399", None, "Våld"), ("9499", None, "Hot och ofredande"),
            ("699", None, "Sexualbrott"),
            ("0899", None, "Stöld"), ("9899", "x", "Stöld"), ("1299", None, "Skadegörelse"),
            ("1699", None, "Ordning"), ("1799", None, "Mot tjänsteman/blåljus"),
            ("3099", None, "Trafik"), ("5019", None, "Narkotika"),
            ("5049", None, OTHER_OFFENCES), ("4060", None, OTHER_OFFENCES),
            ("4060", "Grov smuggling, övriga varor", OTHER_OFFENCES),
            ("0950 - Befogenhetsmissbruk", None, OTHER_OFFENCES),
            (None, None, OTHER_OFFENCES), ("", "", OTHER_OFFENCES), ("x", "?", OTHER_OFFENCES),
        ],
    )  # fmt: skip
    def test_rule(self, codes, code, text, offence_type):
        assert codes.type_of(code, text) == offence_type

    def test_the_words_alone_agree_with_the_lists(self, codes):
        """The rule by words, tried on names whose type is known; one name is cut by its source."""
        blind = OffenceCodes(codes.table.iloc[:0])
        wrong = [
            row.Index
            for row in codes.table.itertuples()
            if blind.type_of(None, row.name) != row.offence_type
        ]
        assert wrong == ["0859"]

    def test_a_name_that_two_types_share_decides_nothing(self):
        table = pd.DataFrame(
            {"name": ["Annat", "Annat"], "offence_type": ["Våld", "Stöld"]}, ["0301", "0801"]
        )
        assert OffenceCodes(table).type_of(None, "Annat") == OTHER_OFFENCES

    @given(st.none() | st.text(max_size=8), st.none() | st.text(max_size=30))
    def test_always_a_type(self, codes, code, text):
        assert codes.type_of(code, text) in OFFENCE_TYPES

    def test_columns_like_rows(self, codes):
        rows = [("357", None), (None, "Klotter"), ("9999", "Bilbrand"), (None, None), ("x", "?")]
        frame = pd.DataFrame(rows, columns=["code", "text"], index=[9, 4, 5, 6, 7])
        found = codes.types_of(frame["code"], frame["text"])
        assert found.to_dict() == {
            row: codes.type_of(*pair) for row, pair in zip(frame.index, rows, strict=True)
        }
        assert codes.types_of(frame["code"]).tolist()[1] == OTHER_OFFENCES
        assert codes.types_of(frame["code"][:0], frame["text"][:0]).tolist() == []

    def test_hundred_thousand_rows(self, codes):
        random = np.random.default_rng(3)
        column = pd.Series(random.choice([*codes.table.index, "357", "9999"], 100_000))
        texts = pd.Series([f"Rad {number}" for number in range(100_000)])
        started = time.perf_counter()
        found = codes.types_of(column, texts)
        assert time.perf_counter() - started < 5
        assert (found[column == "357"] == "Våld").all()
