"""The table of a plan's themes and of what each may show."""

from trygghetskarta.draw.table.listing import Listing, headed, listing, text
from trygghetskarta.terms.municipality import Plan
from trygghetskarta.words import about_words

_THEMES = headed(
    about_words.THEME_COLUMNS,
    text("name"),
    text("internal", lambda theme: about_words.show_rule(theme.internal)),
    text("public", lambda theme: about_words.show_rule(theme.public)),
    text("caveats", lambda theme: " ".join((*theme.caveats, theme.status)).strip()),
)


def themes_table(plan: Plan) -> Listing:
    """The plan's themes."""
    return listing(_THEMES, plan.themes)
