"""Two invented survey rounds, with the break in method that a user must see."""

import geopandas as gpd
import numpy as np
import pandas as pd

from trygghetskarta.sources.example.offences import MARK

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
                    "Undersökning": "Trygghetsundersökning (exempel)",
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
