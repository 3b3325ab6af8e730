"""Three invented survey rounds, with the break in method that a user must see."""

import geopandas as gpd
import numpy as np
import pandas as pd

from trygghetskarta.example.offences import MARK

_QUESTIONS = (
    ("Trygg utomhus en sen kväll i det egna området", "trygghet", 0.74, -0.22),
    ("Oro för att utsättas för inbrott", "trygghet", 0.24, 0.06),
    ("Oro för att utsättas för överfall", "trygghet", 0.19, 0.12),
    ("Har utsatts för brott det senaste året", "säkerhet", 0.13, 0.05),
)
"""Question, dimension, share in a calm district, how much it differs in a burdened one."""

ROUNDS = (
    (2022, "slumpmässigt urval", 0.0, 0.017),
    (2025, "öppen webbenkät", -0.06, 0.010),
)
"""Year, method, how far the method itself moves the answers, and answers per inhabitant."""

ANSWERED = (2024, "slumpmässigt urval", 0.045)
"""The round that comes as single answers: year, method, answers per inhabitant."""

_SURVEY = "Trygghetsundersökning (exempel)"
_ELSEWHERE = 0.03
"""Part of the respondents who do not tell where they live."""


def make_round(
    districts: gpd.GeoDataFrame,
    people: pd.Series,
    vulnerable: frozenset[str],
    year: int,
    method: str,
    shift: float,
    response: float,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Invent the shares of one round, one row per question and district, all text.

    Small districts get fewer than 30 answers, as they do.
    """
    rows = []
    for question, dimension, level, burden in _QUESTIONS:
        for code, name in zip(districts["area_code"], districts["name"], strict=True):
            answers = int(rng.binomial(int(people.get(code, 0)), response))
            expected = level + (burden if code in vulnerable else 0.0) + shift
            yes = int(rng.binomial(answers, np.clip(expected, 0.02, 0.98)))
            share = f"{100 * yes / answers:.1f}".replace(".", ",") if answers else ""
            rows.append(
                {
                    "Undersökning": _SURVEY,
                    "År": str(year),
                    "Fråga": question,
                    "Dimension": dimension,
                    "Stadsdel": name,
                    "Grupp": "Alla",
                    "Andel (%)": share,
                    "Antal svar": str(answers),
                    "Urvalsmetod": method,
                    "Källa": MARK,
                }
            )
    table = pd.DataFrame(rows)
    return table[table["Antal svar"] != "0"]


def make_answers(
    districts: gpd.GeoDataFrame,
    people: pd.Series,
    vulnerable: frozenset[str],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Invent a round of single answers, one row per respondent and a column per question.

    Worry does not follow the burden alone: some calm districts worry. Some districts are
    heard less than others; the young answer less and weigh more.
    """
    year, method, response = ANSWERED
    moods = rng.normal(0.0, 0.19, len(districts))
    heard = rng.uniform(0.3, 1.5, len(districts))
    parts = []
    for code, name, mood, part in zip(
        districts["area_code"], districts["name"], moods, heard, strict=True
    ):
        n = int(rng.binomial(int(people.get(code, 0)), response * part))
        young = rng.random(n) < 0.2
        table = {
            "Undersökning": [_SURVEY] * n,
            "År": [str(year)] * n,
            "Urvalsmetod": [method] * n,
            "Stadsdel": np.where(rng.random(n) < _ELSEWHERE, "", name),
            "Kön": rng.choice(["Kvinnor", "Män"], n),
            "Vikt": np.where(young, "1,8", "0,8"),
        }
        for question, dimension, level, burden in _QUESTIONS:
            sign = -1 if burden < 0 else 1
            felt = sign * mood if dimension == "trygghet" else 0.0
            expected = level + (burden if code in vulnerable else 0.0) + felt
            yes = rng.random(n) < np.clip(expected, 0.03, 0.97)
            silent = rng.random(n) < 0.02
            table[question] = np.where(silent, "Vet ej", np.where(yes, "Ja", "Nej"))
        parts.append(pd.DataFrame({**table, "Källa": [MARK] * n}))
    return pd.concat(parts, ignore_index=True)
