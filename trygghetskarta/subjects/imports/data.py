"""What the page Data asks of the divisions into areas, and does to them."""

from trygghetskarta.desk.data import workplace
from trygghetskarta.intake import division_intake, division_joins
from trygghetskarta.terms.areas import AreaLevel, DivisionTold, Joined


def divisions() -> list[DivisionTold]:
    """The divisions into areas, of each level the latest first."""
    return division_intake.divisions_of(workplace())


def restore_division(level: AreaLevel) -> str:
    """Let the division before the one in force be in force again; gives its name."""
    return division_intake.restore(workplace(), level)[0]


def joins() -> list[Joined]:
    """Of each level what was joined to the division in force last, which can be undone."""
    latest: dict[AreaLevel, Joined] = {}
    for one in division_joins.joins_of(workplace()):
        latest.setdefault(one.level, one)
    return list(latest.values())


def undo_join(level: AreaLevel) -> Joined:
    """Take the areas that were joined last out of the division in force again."""
    return division_joins.undo(workplace(), level)[0]
