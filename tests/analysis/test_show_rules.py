"""The rule of a selection: as strict as the strictest theme."""

from tests.analysis.test_disclosure import INTERNAL, PUBLIC
from trygghetskarta.analysis.show_rules import rule_for
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, ShowRule
from trygghetskarta.terms.municipality import Theme
from trygghetskarta.terms.offences import OFFENCE_TYPES


def theme(key, internal, public, types=(), codes=()):
    return Theme(key, key, types, codes, (), (), False, internal, public)


SEXUALBROTT = theme(
    "sexualbrott",
    ShowRule(AreaLevel.DISTRICT, 5, by_time=False),
    ShowRule(AreaLevel.MUNICIPALITY, 10, by_time=False),
    types=("Sexualbrott",),
)
GROV = theme(
    "grov_brottslighet",
    ShowRule(AreaLevel.DISTRICT, 1),
    ShowRule(AreaLevel.MUNICIPALITY, 5, by_time=False),
    types=("Vapen",),
    codes=("0801", "9801"),
)
NARKOTIKA = theme(
    "narkotika", INTERNAL, ShowRule(AreaLevel.DISTRICT, 10, by_time=False), types=("Narkotika",)
)
SITUATION = theme(
    "situation",
    INTERNAL,
    ShowRule(AreaLevel.DISTRICT, 5, by_time=False, points=True),
    types=(OFFENCE_TYPES[4], OFFENCE_TYPES[5]),
)
EXTREMISM = theme("extremism", ShowRule(None, 1), ShowRule(None, 5))
THEMES = (SEXUALBROTT, GROV, NARKOTIKA, SITUATION, EXTREMISM)
STOLD = OFFENCE_TYPES[4]


def internal(chosen=None, *types):
    return rule_for(THEMES, chosen, types, Audience.INTERNAL)


def public(chosen=None, *types):
    return rule_for(THEMES, chosen, types, Audience.PUBLIC)


def test_no_choice_gives_the_default_rule():
    assert internal() == ShowRule(AreaLevel.CELL, 1, by_time=True, points=True)
    assert public() == ShowRule(AreaLevel.DISTRICT, 5, by_time=False, points=False)
    assert rule_for(THEMES, None, OFFENCE_TYPES, Audience.INTERNAL) == INTERNAL


def test_a_theme_brings_its_own_rule():
    assert internal(SEXUALBROTT) == SEXUALBROTT.internal
    assert public(GROV) == GROV.public
    assert public(SITUATION).points
    assert internal(EXTREMISM).finest is None


def test_a_sensitive_type_by_name_follows_its_theme():
    assert internal(None, "Sexualbrott") == ShowRule(AreaLevel.DISTRICT, 5, False, False)
    assert public(None, "Sexualbrott") == ShowRule(AreaLevel.MUNICIPALITY, 10, False, False)
    assert internal(None, STOLD, "Sexualbrott").threshold == 5
    assert internal(None, "Vapen").finest is AreaLevel.DISTRICT


def test_a_type_of_which_a_theme_takes_only_codes_is_free():
    assert internal(None, STOLD) == INTERNAL
    assert public(None, STOLD) == PUBLIC


def test_a_theme_chosen_by_its_only_type_keeps_its_rule():
    assert public(None, "Narkotika").threshold == 10
    assert public(None, "Trafik").threshold == 5


def test_theme_and_types_together_are_as_strict_as_both():
    both = internal(GROV, "Sexualbrott")
    assert both == ShowRule(AreaLevel.DISTRICT, 5, by_time=False, points=False)
    assert internal(EXTREMISM, "Sexualbrott").finest is None
