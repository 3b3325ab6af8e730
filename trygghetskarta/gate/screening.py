"""What became of something written by hand, and the personal data that was found in it."""

from dataclasses import dataclass

from trygghetskarta.sources.fields.personal_data import PersonalData


@dataclass(frozen=True)
class Warned:
    """Personal data in something that was written.

    Attributes
    ----------
    identity
        Walk or observation.
    column
        Which of its texts.
    found
        What was found there.
    """

    identity: str
    column: str
    found: PersonalData


def clean(text: str | None) -> str | None:
    """Give words without blanks round them or signs that no screen shows; None for nothing."""
    shown = "".join(sign for sign in text or "" if sign.isprintable() or sign in "\n\t")
    return shown.strip() or None


@dataclass(frozen=True)
class Changed:
    """What became of an edit.

    Attributes
    ----------
    version
        Version after it; None when nothing was stored because of ``warnings``.
    warnings
        Personal data in what was to be stored.
    """

    version: int | None
    warnings: tuple[Warned, ...] = ()
