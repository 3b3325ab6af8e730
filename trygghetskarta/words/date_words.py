"""What is said of dates that are three numbers: how they are read, or can be."""

from collections.abc import Mapping

from trygghetskarta.terms.times import DateOrder

DATE_ORDERS = {
    DateOrder.YEAR_FIRST: "år, månad, dag",
    DateOrder.DAY_FIRST: "dag, månad, år",
    DateOrder.MONTH_FIRST: "månad, dag, år",
}
DATE_ORDER = "Ordningen i datumen i kolumnen {column}"
DATE_ORDER_HELP = "Filen visar inte vad som är dag, månad och år. Välj efter hur källan skriver."
DATE_ORDER_OPEN = "– inte valt: raderna hamnar i karantän –"


def read_line(column: str, cell: str, days: Mapping[str, str], is_said: bool) -> str:
    """Say in which order a column's dates were read, and why."""
    order = ", ".join(DATE_ORDERS[DateOrder(one)] for one in days)
    why = "så är det valt" if is_said else "ingen annan ordning stämmer med alla datum i filen"
    day = ", ".join(days.values())
    return f"Datumen i kolumnen {column} lästes som {order} ({cell} är {day}): {why}."


def open_line(column: str, cell: str, days: Mapping[str, str], _is_said: bool) -> str:
    """Say that a column's dates can be read in several orders, and what to do."""
    ways = "; ".join(f"{day} som {DATE_ORDERS[DateOrder(one)]}" for one, day in days.items())
    return (
        f"Datumen i kolumnen {column} kan läsas på flera sätt ({cell} är {ways}). Raderna väntar i "
        "karantän tills ordningen är vald: på sidan Data, eller med --date-order."
    )


def order_choice(order: DateOrder, days: Mapping[str, str], cell: str) -> str:
    """Name an order among the choices of a page."""
    return f"{DATE_ORDERS[order]} ({cell} är {days[order]})"
