"""A municipality's limits of risk and perceived safety, and its survey's questions."""

from pathlib import Path

from trygghetskarta.sources.fields.toml_section import TomlSection, load
from trygghetskarta.terms.perception import Dimension, PerceptionRules, SurveyQuestion

_DIMENSIONS = {
    "trygghet": Dimension.PERCEIVED_SAFETY,
    "säkerhet": Dimension.SAFETY,
}
_SHARES = {"trygga": True, "otrygga": False}


def read(path: Path) -> PerceptionRules:
    """Read ``perception.toml``, strictly.

    Parameters
    ----------
    path
        The file; a municipality without it has no questions and no limits of its own.

    Raises
    ------
    SourceError
        ``CONFIGURATION_INVALID`` for an unknown, missing or impossible key, and for a question
        whose key or text stands twice.
    """
    if not path.is_file():
        return PerceptionRules()
    section = load(path)
    years = section.part("risk")
    first = years.whole("first_year", 1990, 2200)
    rules = PerceptionRules(
        band=section.number("band", 0.0, 0.9),
        risk_years=(first, years.whole("last_year", first, 2200)),
        questions=_questions(section),
    )
    years.close()
    section.close()
    return rules


def _questions(section: TomlSection) -> tuple[SurveyQuestion, ...]:
    found: list[SurveyQuestion] = []
    for part in section.parts("questions"):
        question = _question(part)
        for name in ("key", "text"):
            if getattr(question, name) in {getattr(other, name) for other in found}:
                raise part.error(name)
        found.append(question)
    return tuple(found)


def _question(part: TomlSection) -> SurveyQuestion:
    is_given = part.has("limit")
    question = SurveyQuestion(
        key=part.text("key", "[a-z0-9_]+"),
        text=part.text("text"),
        label=part.text("label"),
        dimension=_DIMENSIONS[part.word("dimension", tuple(_DIMENSIONS))],
        counts_safe=_SHARES[part.word("share_of", tuple(_SHARES))],
        themes=part.words("themes", pattern="[a-z0-9_]+"),
        reference_year=0 if is_given else part.whole("reference_year", 1990, 2200),
        limit=part.number("limit", 0.0, 100.0) / 100 if is_given else float("nan"),
        limit_source=part.text("limit_source") if is_given else "",
    )
    part.close()
    return question
