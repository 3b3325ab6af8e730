"""Answers become shares at import: no respondent is stored, and the numbers balance."""

import sqlite3
from contextlib import closing

import pytest

from trygghetskarta.errors import SourceError
from trygghetskarta.intake import status
from trygghetskarta.store import read
from trygghetskarta.terms.imports import TableKind

pytestmark = pytest.mark.slow

HEADER = "Id;År;Stadsdel;Kön;Vikt;Urvalsmetod;Har utsatts för brott det senaste året;Trygg ute\n"


def file(extra: str = "") -> str:
    """40 in Sylte (10 of them of weight 3 and unsafe), 12 in Lextorp, 8 without a district."""
    rows = [("Sylte", "Kvinnor", 1, "ja")] * 30 + [("Sylte", "Män", 3, "nej")] * 10
    rows += [("Lextorp", "Män", 1, "ja")] * 12 + [("", "Kvinnor", 1, "nej")] * 8
    lines = [
        f"SECRET{n};2024;{place};{sex};{weight};slumpmässigt urval;nej;{answer}\n"
        for n, (place, sex, weight, answer) in enumerate(rows)
    ]
    return HEADER + "".join(lines) + extra


def test_shares_by_hand_and_nothing_of_a_respondent(place, bring):
    report = bring(TableKind.SURVEY_ANSWERS, "svar.csv", file())
    kept = read.survey(place.engine)
    safe = kept[kept["question"] == "Trygg ute"].set_index(["area_code", "group"])
    sylte, lextorp = safe.loc[("1488S012", "alla")], safe.loc[("1488S008", "alla")]
    # 30 of weight 1 say yes, 10 of weight 3 no: 30 of 60; (60)² / (30 + 90) = 30.
    assert sylte[["share", "answers", "n_effective", "weight_sum"]].tolist() == [0.5, 40, 30, 60]
    assert sylte["lower"] == pytest.approx(0.3315, abs=1e-4)  # Wilson, 15 of 30
    assert lextorp["answers"] == 12 and lextorp[["share", "lower", "upper"]].isna().all()
    whole = safe.loc[("1488", "alla")]
    assert whole["answers"] == 60 and whole["share"] == pytest.approx(42 / 80)
    assert safe.loc[("1488", "Kvinnor"), "answers"] == 38
    assert set(kept["dimension"]) == {"safety", "perceived_safety"}
    assert (report.read, report.accepted, report.new) == (60, 60, len(kept))
    assert report.notes["respondents"] == 60
    path = place.settings.store
    place.engine.dispose()
    with closing(sqlite3.connect(path)) as raw:
        assert "SECRET" not in "".join(raw.iterdump())


def test_the_same_file_twice_changes_nothing(bring):
    first = bring(TableKind.SURVEY_ANSWERS, "svar.csv", file())
    again = bring(TableKind.SURVEY_ANSWERS, "svar.csv", file())
    assert again.unchanged == first.new and again.new == again.changed == 0


def test_a_wrong_row_is_told_by_its_wrong_cell_alone_and_goes_when_the_file_is_right(place, bring):
    wrong = "SECRET99;2024;Atlantis;Män;1;slumpmässigt urval;nej;ja\n"
    report = bring(TableKind.SURVEY_ANSWERS, "svar.csv", file(wrong))
    waiting = status.quarantine(place)
    assert (report.read, report.accepted, report.quarantined) == (61, 60, 1)
    assert waiting.rows["raw"].tolist() == [{"Stadsdel": "Atlantis"}]
    assert waiting.rows["row_number"].tolist() == [62]
    reasons = ["okänd plats"]
    with pytest.raises(SourceError):
        bring(TableKind.SURVEY_ANSWERS, "k.csv", status.quarantine_file(waiting, reasons))
    bring(TableKind.SURVEY_ANSWERS, "svar.csv", file(wrong.replace("Atlantis", "Lextorp")))
    assert status.quarantine(place).rows.empty
    kept = read.survey(place.engine).set_index(["area_code", "group", "question"])
    assert kept.loc[("1488S008", "alla", "Trygg ute"), "answers"] == 13


def test_self_selected_answers_have_no_limits(place, bring):
    text = file().replace("slumpmässigt urval", "öppen webbenkät")
    bring(TableKind.SURVEY_ANSWERS, "svar.csv", text)
    kept = read.survey(place.engine)
    assert kept["lower"].isna().all() and kept["share"].notna().any()


def test_a_file_without_sampling_method_is_refused(place, bring):
    text = file().replace("Urvalsmetod", "Sätt")
    with pytest.raises(SourceError) as refused:
        bring(TableKind.SURVEY_ANSWERS, "svar.csv", text)
    assert refused.value.facts["column"] == "Urvalsmetod"
    assert read.survey(place.engine).empty


def test_a_file_where_every_row_is_wrong_stores_no_share(place, bring):
    wrong = HEADER + "1;2024;Atlantis;Man;1;panel;nej;ja\n"
    report = bring(TableKind.SURVEY_ANSWERS, "svar.csv", wrong)
    assert report.exit_status == 2 and read.survey(place.engine).empty
