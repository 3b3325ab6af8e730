"""What stands on every file that leaves the program: for whom it is, and what is invented."""

from trygghetskarta.terms.audience import Audience
from trygghetskarta.words import texts


def marks(audience: Audience, is_example: bool) -> tuple[str, ...]:
    """The marks of a file; none for real figures that everybody may see."""
    internal = (texts.INTERNAL_MARK,) if audience is not Audience.PUBLIC else ()
    return (*internal, texts.EXAMPLE_MARK) if is_example else internal


def mark(audience: Audience, is_example: bool) -> str:
    """The marks as one text; empty without any."""
    return " · ".join(marks(audience, is_example))
