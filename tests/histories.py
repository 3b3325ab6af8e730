"""Invented histories that changes are judged by."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from trygghetskarta.analysis.changes import Evidence


def calm(codes: Sequence[str], a_month: float = 20, length: int = 12, seed: int = 4) -> Evidence:
    """Five years in which nothing but chance moves the counts, and nothing lacks a place."""
    months = pd.date_range("2020-01-01", periods=60, freq="MS")
    counts = np.random.default_rng(seed).poisson(a_month, (60, len(codes))).astype("float64")
    return Evidence(pd.DataFrame(counts, months, list(codes)), length, length)
