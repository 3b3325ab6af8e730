"""What is told of an action's effect: the facts that page, paper and file are written from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from trygghetskarta.analysis.evaluation import Effect
from trygghetskarta.terms.actions import EffectRefusal, EffectVerdict, NoQuotient, Spread
from trygghetskarta.terms.municipality import Theme

DROP = 30.0
"""Drop in per cent that the question *how long?* is answered for."""

PLACES = ("treated", "control", "ring", "ring_control")


@dataclass(frozen=True)
class Window:
    """First and last day of a period of whole months."""

    start: date
    end: date


@dataclass(frozen=True, eq=False)
class Site:
    """Where an action is, and what is compared with it.

    Attributes
    ----------
    masks
        Incidents of each of ``PLACES``, of whatever kind, as masks over the cube.
    by_points
        Whether the place is the drawn area itself.
    narrowed
        Whether a drawn area was made to whole districts, as the theme's rule demands.
    names
        Names of the treated districts; empty with ``by_points``.
    ring
        Width in metres of the surroundings, 0 where they are the neighbouring districts.
    candidates
        As :func:`trygghetskarta.analysis.controls.rank_controls`, with ``name`` and ``chosen``.
    control, ring_control
        Names of the districts compared with.
    by_hand, late
        Whether somebody has chosen the controls, and whether that was after the start.
    """

    masks: Mapping[str, np.ndarray]
    by_points: bool
    narrowed: bool
    names: tuple[str, ...]
    ring: int
    candidates: pd.DataFrame
    control: tuple[str, ...]
    ring_control: tuple[str, ...]
    by_hand: bool
    late: bool


@dataclass(frozen=True, eq=False)
class Assessment:
    """What can be told of an action's effect.

    Attributes
    ----------
    refusal
        Why nothing can; the rest is then as it was made. None when something can.
    theme
        The theme whose offences are counted.
    months
        Whole months after the start that are counted; 0 before there are any.
    before, after
        Same calendar months before and after the start; ``after`` is None with ``months`` 0, and
        ``before`` then the last 12 months there are.
    site
        What is compared.
    counts
        Index ``PLACES``; ``before``, ``after`` (offences), ``weight`` (what they are divided by).
    effect, surroundings, total
        Differences of the place, of its surroundings, and of both.
    percent
        ``effect`` in per cent of what the control would have it; NaN when that is 0.
    detectable
        Drop in per cent that could be shown with as many months.
    needed, needed_all
        Months until a drop of ``DROP`` per cent could be shown, in the theme's offences and in all
        offences together; None when five years would not do.
    follows
        Whether place and control followed each other in the two years before; None when there is
        no data for it.
    risen
        Whether the place had markedly more in the last year before than in the one before that:
        what is unusually high falls by itself.
    verdict, spread, quotient
        The words, and the share of a success that the surroundings had.
    series
        Offences by quarter from two years before the start: ``start``, ``treated``, ``control``
        (scaled to the place's level); None when the theme may not be shown by time.
    listed
        Whether the place is in an area on the police list at the start: people report less there.
    preliminary
        Offences counted that the publisher calls preliminary.
    """

    refusal: EffectRefusal | None
    theme: Theme | None = None
    months: int = 0
    before: Window | None = None
    after: Window | None = None
    site: Site | None = None
    counts: pd.DataFrame = field(default_factory=pd.DataFrame)
    effect: Effect | None = None
    surroundings: Effect | None = None
    total: Effect | None = None
    percent: float = float("nan")
    detectable: float = float("inf")
    needed: int | None = None
    needed_all: int | None = None
    follows: bool | None = None
    risen: bool = False
    verdict: EffectVerdict = EffectVerdict.NOT_ASSESSABLE
    spread: Spread = Spread.NOT_ASSESSABLE
    quotient: float | NoQuotient = NoQuotient.NO_CONTROL
    series: pd.DataFrame | None = None
    listed: bool = False
    preliminary: int = 0
