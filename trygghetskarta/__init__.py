"""Trygghetskarta: crime and perceived safety on the map for a Swedish municipality.

In code, as on the page Karta::

    import trygghetskarta as tk

    store = tk.open_store()
    answer = store.ask(tk.Choice(types=("Inbrott",), measure=tk.Measure.PER_1000))
    answer.table

Everything else is the program's own and may move.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trygghetskarta.analysis.measures import Measure
    from trygghetskarta.api import Answer, Store, open_store
    from trygghetskarta.errors import TrygghetskartaError
    from trygghetskarta.gate.choice import Choice, PeriodKind
    from trygghetskarta.terms.areas import AreaLevel
    from trygghetskarta.terms.audience import Audience
    from trygghetskarta.terms.times import DateBasis

__all__ = [
    "Answer",
    "AreaLevel",
    "Audience",
    "Choice",
    "DateBasis",
    "Measure",
    "PeriodKind",
    "Store",
    "TrygghetskartaError",
    "open_store",
]

_HOMES = {
    **dict.fromkeys(("Answer", "Store", "open_store"), "api"),
    **dict.fromkeys(("Choice", "PeriodKind"), "gate.choice"),
    "AreaLevel": "terms.areas",
    "Audience": "terms.audience",
    "DateBasis": "terms.times",
    "Measure": "analysis.measures",
    "TrygghetskartaError": "errors",
}


def __getattr__(name: str) -> object:
    """Import what is asked for, and nothing before: the program itself begins here too."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
