"""Shares and answers of a survey through the whole import, on both engines."""

from trygghetskarta.store import read
from trygghetskarta.terms.imports import TableKind

SHARES = (
    "Undersökning;År;Fråga;Stadsdel;Andel (%);Undre gräns;Övre gräns;Antal svar;Urvalsmetod\n"
    "S;2022;Trygg ute;Sylte;45,5;40;51;120;panel\n"
)
HEADER = "Undersökning;År;Stadsdel;Urvalsmetod;Trygg ute\n"


def test_a_share_keeps_its_limits_and_answers_their_sums(place, bring):
    shares = bring(TableKind.SURVEY, SHARES)
    rows = ["S;2024;Sylte;panel;ja\n"] * 30 + ["S;2024;Lextorp;panel;nej\n"] * 9
    answers = bring(TableKind.SURVEY_ANSWERS, HEADER + "".join(rows))
    assert (shares.new, answers.new, answers.read) == (1, 3, 39)
    kept = read.survey(place.engine).set_index(["year", "area_code"])
    old = kept.loc[(2022, "1488S012")]
    assert old[["share", "lower", "upper", "answers"]].tolist() == [0.455, 0.40, 0.51, 120]
    assert kept.loc[(2024, "1488S012"), "share"] == 1
    few = kept.loc[(2024, "1488S008")]
    assert few["answers"] == 9 and few[["share", "lower", "upper"]].isna().all()
    assert kept.loc[(2024, "1488"), ["answers", "weight_sum"]].tolist() == [39, 39]
    again = bring(TableKind.SURVEY_ANSWERS, HEADER + "".join(rows))
    assert again.unchanged == 3 and again.new == 0
