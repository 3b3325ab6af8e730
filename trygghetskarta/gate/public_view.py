"""The only road to public figures: a choice moved to what the public may see, and answered."""

from dataclasses import replace

import numpy as np

from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.public_choice import public_choice
from trygghetskarta.gate.public_words import public_sources
from trygghetskarta.gate.view import View
from trygghetskarta.terms.audience import Audience


def public_view(world: World, asked: Choice) -> View:
    """Answer a choice for the public: the only road to figures that may leave the house.

    Parameters
    ----------
    world
        What was loaded.
    asked
        What the user has chosen; moved to the nearest choice that the public may see.

    Returns
    -------
    View
        Without figures for a theme that is not mapped. It holds no label of the police list.

    Raises
    ------
    AnalysisError, DisclosureError
        As :func:`public_choice` and ``gate.view.view``.
    """
    allowed = public_choice(world, asked)
    answer = views.view(world, allowed.choice, Audience.PUBLIC)
    if answer.gated is None or answer.facts is None:
        return answer
    facts = replace(
        answer.facts,
        sources=public_sources(answer.facts.sources),
        has_listed_area=False,
        audience=Audience.PUBLIC,
        caveats=allowed.theme.caveats if allowed.theme else (),
    )
    total = answer.gated.totals["count"]
    if facts.without_place is None and not np.isnan(total):
        # With both sums told, a small number without a place would be their difference.
        facts = replace(facts, offences=int(total))
    return replace(answer, facts=facts)
