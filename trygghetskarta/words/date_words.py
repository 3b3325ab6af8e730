"""What is said of dates that are three numbers: how they are read, or can be."""

from collections.abc import Mapping

from trygghetskarta.terms.times import DateOrder

DAY_FORM = "År-månad-dag, till exempel 2026-03-15."
DATE_ORDERS = {
    DateOrder.YEAR_FIRST: "år, månad, dag",
    DateOrder.DAY_FIRST: "dag, månad, år",
    DateOrder.MONTH_FIRST: "månad, dag, år",
}
DATE_ORDER = "Ordning i datum som 26-02-14 eller 3/4/2026"
DATE_ORDER_HELP = (
    "För kolumner som inte själva visar vad som är dag, månad och år. Utan val hamnar deras rader "
    "i karantän."
)
DATE_ORDER_OPEN = "som filen visar"


def date_invalid(value: str) -> str:
    """Say that a typed date cannot be read."""
    return f"”{value}” är inget datum. Skriv år-månad-dag, till exempel 2026-03-15."


def date_order_of(column: str) -> str:
    """Ask for the order of one column's dates."""
    return f"Ordning i datumen i {column}"


def read_line(column: str, cell: str, days: Mapping[str, str], is_said: bool) -> str:
    """Say in which order a column's dates were read, and why."""
    order = ", ".join(DATE_ORDERS[DateOrder(one)] for one in days)
    why = "så är det valt" if is_said else "ingen annan ordning passar filens datum lika bra"
    day = ", ".join(days.values())
    return f"Datumen i kolumnen {column} lästes som {order} ({cell} är {day}): {why}."


def open_line(column: str, cell: str, days: Mapping[str, str], _is_said: bool) -> str:
    """Say that a column's dates can be read in several orders, and what to do."""
    ways = "; ".join(f"{day} som {DATE_ORDERS[DateOrder(one)]}" for one, day in days.items())
    return (
        f"Datumen i kolumnen {column} kan läsas på flera sätt ({cell} är {ways}). Raderna väntar i "
        f"karantän tills ordningen är vald: ”{DATE_ORDER}” på sidan Data, eller --date-order."
    )


_PERIODS = {
    "month": "hela månaden",
    "quarter": "hela kvartalet",
    "third": "hela tertialet",
    "half": "hela halvåret",
    "year": "hela året",
}


def period_line(column: str, cell: str, kind: str) -> str:
    """Say that the days of a column were taken for periods."""
    return f"Kolumnen {column} har perioder som datum: {cell} lästes som {_PERIODS[kind]}."
