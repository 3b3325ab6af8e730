"""Swedish wall clock times."""

import pandas as pd


def moments(*told: str | None) -> pd.Series:
    """Swedish wall clock times as the store keeps them, in UTC."""
    local = pd.Series(pd.to_datetime(list(told), format="ISO8601").as_unit("us"))
    return local.dt.tz_localize("Europe/Stockholm").dt.tz_convert("UTC")
