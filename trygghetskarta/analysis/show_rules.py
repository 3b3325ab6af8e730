"""What each audience may see of a selection: the strictest of the themes' rules."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, ShowRule
from trygghetskarta.terms.municipality import Theme
from trygghetskarta.terms.offences import OFFENCE_TYPES

DEFAULT_RULES: Mapping[Audience, ShowRule] = MappingProxyType(
    {
        Audience.INTERNAL: ShowRule(AreaLevel.CELL, 1, by_time=True, points=True),
        Audience.PUBLIC: ShowRule(AreaLevel.DISTRICT, 5, by_time=False, points=False),
    }
)
"""What each audience may see where no theme says otherwise."""

PUBLIC_SHARES = DEFAULT_RULES[Audience.PUBLIC].threshold
"""The public is told no share that fewer answered so, or otherwise, whatever the offences' theme.

One number for all, because the same share stands beside many themes.
"""

_FINENESS = {level: fineness for fineness, level in enumerate(AreaLevel)}


def rule_for(
    themes: Iterable[Theme],
    theme: Theme | None,
    offence_types: Collection[str],
    audience: Audience,
) -> ShowRule:
    """Find the strictest rule that holds for a selection.

    A chosen theme brings its own rule. Offence types chosen by name bring the rule of every theme
    that names one of them among its ``offence_types`` and either is sensitive, i.e. its internal
    rule hides small counts or is coarser than DeSO, or is chosen whole, i.e. has no other types
    and no codes. So *Sexualbrott* by name follows the theme *Sexualbrott*, while a type of which a
    theme only takes some codes is free.

    Parameters
    ----------
    themes
        The plan's themes.
    theme
        The chosen one, None for none.
    offence_types
        Types chosen by name; none, or all of them, is no choice.
    audience
        Who will see the figures.

    Returns
    -------
    ShowRule
        Coarsest level (not mapped before all), largest threshold, and time and points only where
        every rule allows them. It does not prevent that a sensitive type is computed as the
        difference between all offences and every other type.
    """
    chosen = set(offence_types)
    if chosen >= set(OFFENCE_TYPES):
        chosen = set()
    base = DEFAULT_RULES[audience] if theme is None else _of_audience(theme, audience)
    others = [_of_audience(other, audience) for other in themes if _follows(other, chosen)]
    return _strictest([base, *others])


def _of_audience(theme: Theme, audience: Audience) -> ShowRule:
    return theme.public if audience is Audience.PUBLIC else theme.internal


def _follows(theme: Theme, chosen: set[str]) -> bool:
    """Whether types chosen by name must obey a theme's rule."""
    named = set(theme.offence_types)
    sensitive = theme.internal.threshold > 1 or _is_coarse(theme.internal)
    whole = named <= chosen and not theme.offence_codes
    return bool(named & chosen) and (sensitive or whole)


def _is_coarse(rule: ShowRule) -> bool:
    return rule.finest is None or _FINENESS[rule.finest] < _FINENESS[AreaLevel.DESO]


def _strictest(rules: Sequence[ShowRule]) -> ShowRule:
    levels = [rule.finest for rule in rules if rule.finest is not None]
    return ShowRule(
        finest=None if len(levels) < len(rules) else min(levels, key=_FINENESS.__getitem__),
        threshold=max(rule.threshold for rule in rules),
        by_time=all(rule.by_time for rule in rules),
        points=all(rule.points for rule in rules),
    )


def require_level(level: AreaLevel, rule: ShowRule) -> None:
    """Refuse a level that is finer than a rule allows.

    Raises
    ------
    DisclosureError
        ``NOT_MAPPED`` or ``LEVEL_TOO_FINE`` (level).
    """
    if rule.finest is None:
        raise DisclosureError(DisclosureCause.NOT_MAPPED)
    if _FINENESS[level] > _FINENESS[rule.finest]:
        raise DisclosureError(DisclosureCause.LEVEL_TOO_FINE, level=level)
