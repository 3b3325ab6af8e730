"""Clock times, what midnight means, and Swedish time against UTC."""

import numpy as np
import pandas as pd

from trygghetskarta.settings import TIME_ZONE

_HEAP_LEAST = 3
_HEAP_TIMES = 2


def parse_clock(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Read a column of clock times as minutes after midnight.

    Understood: ``21:30``, ``21.30``, ``21:30:15``, ``kl 21.30``, ``2130``, ``930`` and, beside such
    numbers, ``5`` with their zeros lost, ``2400``, ``kl 21``, ``21`` in a column without numbers of
    three digits or four, Excel's fraction of a day. Hours are their first minute.

    Returns
    -------
    minutes, broken
        float Series, NaN where empty or broken; boolean Series, True where there is text that is
        no time.
    """
    lower = text.str.casefold()
    clean = lower.str.replace(r"^kl(ockan)?\.?\s*", "", regex=True)
    parts = clean.str.extract(r"^(?P<h>\d{1,2})[:.](?P<mi>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?$")
    bare = clean.str.extract(r"^(?P<n>\d{1,4})$")["n"].astype("float64")
    # Among numbers of minutes "5" is 00:05; alone, or as "kl 5", it is an hour.
    short = bare.notna() & (clean.str.len() <= 2)
    hours = short & (lower.ne(clean) | ~(bare.notna() & ~short).any())
    bare = bare.mask(hours, bare * 100)
    whole = parts["h"].astype("float64") * 60 + parts["mi"].astype("float64")
    minute = parts["mi"].astype("float64").where(parts["h"].notna(), bare % 100)
    minutes = whole.where(parts["h"].notna(), bare // 100 * 60 + bare % 100)
    part_of_day = clean.str.extract(r"^(?P<f>0[.,]\d+)$")["f"].str.replace(",", ".")
    # 0.25 is 00.25 among other clock times and 06:00 among fractions such as 0.7125.
    if (part_of_day.str.len() > 4).any():
        fraction = (part_of_day.astype("float64") * 1440).round()
        minutes, minute = minutes.where(fraction.isna(), fraction), minute.where(fraction.isna())
    good = minutes.notna() & (minutes <= 1440) & ~(minute > 59)
    return minutes.where(good), text.notna() & ~good


def midnight_heap(moments: pd.Series) -> pd.Series:
    """Mark the midnights of a column that mean *time unknown*.

    All of them when no row has another clock time. Otherwise those at exactly 00:00, when there
    are at least three and more than twice as many as at the next most common clock time;
    a few midnights among other times are believed.

    Parameters
    ----------
    moments
        datetime64, NaT allowed.
    """
    clock = moments - moments.dt.normalize()
    midnight = clock == pd.Timedelta(0)
    others = clock[~midnight].dropna()
    if others.empty:
        return midnight
    least = max(_HEAP_LEAST, _HEAP_TIMES * int(others.value_counts().iloc[0]) + 1)
    return midnight if midnight.sum() >= least else midnight & False


def to_utc(local: pd.Series, later: pd.Series | None = None) -> pd.Series:
    """Turn Swedish local time into UTC.

    The hour that is skipped in March becomes the first minute after it; the hour that occurs twice
    in October is taken as its first occurrence (summer time), but where ``later`` is True.
    """
    first = np.ones(len(local), dtype=bool) if later is None else ~later.to_numpy(dtype=bool)
    aware = local.dt.tz_localize(TIME_ZONE, ambiguous=first, nonexistent="shift_forward")
    return aware.dt.tz_convert("UTC")
