"""Which question is meant: texts compared as people read them, and the theme's own question."""

import unicodedata

from trygghetskarta.terms.perception import Dimension, PerceptionRules, SurveyQuestion


def normal(text: str) -> str:
    """A question's text without case, end mark and double spaces, to recognise it by.

    Examples
    --------
    >>> normal("  Trygg  ute? ") == normal("trygg ute")
    True
    """
    composed = unicodedata.normalize("NFC", text).casefold()
    return " ".join(composed.split()).rstrip(" ?.:")


def felt(rules: PerceptionRules) -> tuple[SurveyQuestion, ...]:
    """The questions about perceived safety: the only ones set against risk."""
    return tuple(
        question for question in rules.questions if question.dimension is Dimension.PERCEIVED_SAFETY
    )


def question_for(rules: PerceptionRules, key: str, theme: str) -> SurveyQuestion | None:
    """The chosen question, else the theme's own, else the usual one; None without any."""
    questions = felt(rules)
    chosen = [question for question in questions if question.key == key]
    of_theme = [question for question in questions if theme and theme in question.themes]
    return next(iter((*chosen, *of_theme, *questions)), None)
