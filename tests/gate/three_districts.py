"""Three districts with known counts in two years, and what is asked of them."""

from datetime import date

from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.public_view import public_view
from trygghetskarta.gate.publication import publication_of
from trygghetskarta.terms.audience import Purpose

SMALL, OTHER, THIRD = "1488S001", "1488S002", "1488S003"
HEADER = "Id;Brottskod;Inskrivningsdatum;Områdeskod;Antal\n"
BURGLARY, DAMAGE, CAR, DRUGS, SEXUAL = "9801", "1201", "0801", "5005", "9694"
COUNTS = {
    # All of a theme but 3, in the first district: 20 + 15 and 3.
    BURGLARY: {SMALL: 20, OTHER: 40, THIRD: 50},
    DAMAGE: {SMALL: 15, OTHER: 40, THIRD: 50},
    CAR: {SMALL: 3, OTHER: 30, THIRD: 30},
    DRUGS: {SMALL: 12, OTHER: 8, THIRD: 30},
    SEXUAL: {SMALL: 6, OTHER: 9, THIRD: 12},
}


def year(number=2025, **how) -> Choice:
    period = {"start": date(number, 1, 1), "end": date(number, 12, 31)}
    return Choice(period=PeriodKind.OWN, **period, **how)


def table(world, choice, title="t"):
    return publication_of(public_view(world, choice), title, Purpose.FILE)
