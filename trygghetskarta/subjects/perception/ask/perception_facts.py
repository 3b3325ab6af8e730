"""What figures of perceived safety rest on: the question, the round and the two limits."""

from dataclasses import dataclass

from trygghetskarta.analysis.survey import SELF_SELECTED
from trygghetskarta.terms.perception import SamplingMethod, SurveyQuestion


@dataclass(frozen=True)
class Round:
    """One round of a survey that asked a question.

    Attributes
    ----------
    year, survey
        When, and its name.
    sampling_method
        How people were chosen.
    answers
        Answers to the question in the whole municipality.
    source
        Who made it.
    """

    year: int
    survey: str
    sampling_method: SamplingMethod
    answers: int
    source: str

    @property
    def is_self_selected(self) -> bool:
        """Whether people chose themselves: *synpunkter*, no measurement."""
        return self.sampling_method in SELF_SELECTED


@dataclass(frozen=True)
class Limit:
    """Where above and below part.

    Attributes
    ----------
    value
        In the unit of the measure; missing when there is nothing to take it from.
    first_year, last_year
        Years whose level in the municipality it is; 0 for a given one.
    source
        Where a given one comes from.
    is_substitute
        Whether the configured years are not in the data, so that the shown time's own level had to
        take their place: the limit is then not the same every year.
    """

    value: float
    first_year: int = 0
    last_year: int = 0
    source: str = ""
    is_substitute: bool = False


@dataclass(frozen=True)
class PerceptionFacts:
    """Everything a caption must tell about the survey's side of a view.

    Attributes
    ----------
    question, round
        What was asked, and when, how and of whom.
    answers
        Answers in the whole municipality; None when they are not to be told.
    risk_limit
        Per 1 000 inhabitants and year.
    unsafe_limit
        Share from 0 to 1.
    band
        Part of a limit on either side of it that counts as near it.
    is_example
        Whether survey or findings are invented.
    """

    question: SurveyQuestion
    round: Round
    answers: int | None
    risk_limit: Limit
    unsafe_limit: Limit
    band: float
    is_example: bool
