"""The plan's themes in a table: each with what may be shown of it."""

from types import SimpleNamespace

from trygghetskarta.subjects.map.show import themes_table
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import ShowRule
from trygghetskarta.terms.municipality import Theme
from trygghetskarta.words import about_words

RULE = ShowRule(AreaLevel.DISTRICT, 5)


def test_a_theme_tells_its_rules_and_what_to_think_of():
    theme = Theme("ska", "SKA", ("Stöld",), (), (), (), False, RULE, RULE, ("Varning.",))
    quiet = Theme("n", "Narkotika", ("Stöld",), (), (), (), False, RULE, RULE, ())
    found = themes_table(SimpleNamespace(themes=(theme, quiet)))
    rule = about_words.show_rule(RULE)
    assert found.rows[0][:3] == ["SKA", rule, rule] and found.rows[0][3].startswith("Varning.")
    assert found.rows[1][3] == "–"
