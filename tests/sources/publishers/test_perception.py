"""The file of limits and questions: read strictly, and allowed to be absent."""

import math

import pytest

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.publishers import municipality, perception
from trygghetskarta.terms.perception import Dimension, PerceptionRules

TEXT = """
band = 0.25
[risk]
first_year = 2020
last_year = 2024
[[questions]]
key = "trygg"
text = "Trygg ute?"
label = "Otrygga ute"
dimension = "trygghet"
share_of = "trygga"
themes = ["ska"]
reference_year = 2022
[[questions]]
key = "oro"
text = "Oro"
label = "Oroliga"
dimension = "trygghet"
share_of = "otrygga"
themes = []
limit = 28.5
limit_source = "NTU 2024"
"""


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "perception.toml"
    made.write_text(TEXT, encoding="utf-8")
    return made


def test_what_it_says(path):
    rules = perception.read(path)
    safe, worry = rules.questions
    assert (rules.band, rules.risk_years) == (0.25, (2020, 2024))
    assert safe.counts_safe and safe.reference_year == 2022 and math.isnan(safe.limit)
    assert safe.dimension is Dimension.PERCEIVED_SAFETY and safe.themes == ("ska",)
    assert not worry.counts_safe and worry.limit == pytest.approx(0.285)
    assert worry.limit_source == "NTU 2024" and worry.reference_year == 0


def test_a_municipality_without_it_has_no_questions(tmp_path):
    assert perception.read(tmp_path / "perception.toml") == PerceptionRules()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("band = 0.25", "band = 2", "band"),
        ("last_year = 2024", "last_year = 2019", "risk.last_year"),
        ('key = "oro"', 'key = "trygg"', "questions.2.key"),
        ('text = "Oro"', 'text = "Trygg ute?"', "questions.2.text"),
        ('"trygga"', '"glada"', "questions.1.share_of"),
        ("limit = 28.5", "limit = 128.5", "questions.2.limit"),
        ("limit = 28.5", "limit = 28.5\nreference_year = 2022", "questions.2.reference_year"),
        ("reference_year = 2022", "", "questions.1.reference_year"),
        ("band = 0.25", "band = 0.25\nextra = 1", "extra"),
    ],
)
def test_a_fault_points_at_its_key(path, old, new, key):
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        perception.read(path)
    assert refused.value.cause is SourceCause.CONFIGURATION_INVALID
    assert refused.value.facts["key"] == key


def test_the_projects_own_questions_belong_to_themes_of_the_plan(geodata):
    town = municipality.read(geodata / "1488")
    themes = {theme.key for theme in town.plans[0].themes}
    assert town.perception.questions
    assert all(set(question.themes) <= themes for question in town.perception.questions)
