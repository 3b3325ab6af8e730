"""The filters of the page Vandringar, and what its map shows."""

from collections.abc import Mapping

import streamlit as st

from trygghetskarta.desk import filters
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.walks.data.walk_data import WalkOptions
from trygghetskarta.words import finding_words, map_words, walk_page_words


def show(choice: Choice, options: WalkOptions) -> None:
    """Draw the filters at the side: type, districts, period, findings, owner, the own group.

    What the map shows is chosen on the page itself.
    """
    with st.sidebar:
        filters.segments(
            walk_page_words.WALK_FILTER, "walk_type", choice.walk_type, walk_page_words.WALK_FILTERS
        )
        filters.districts(choice, options.districts)
        filters.period(choice, *options.days)
        status = choice.finding_status
        filters.select(
            finding_words.FINDING_FILTER, "finding_status", status, finding_words.FINDING_FILTERS
        )
        filters.select(
            finding_words.OWNER, "owner", _known(choice.owner, options.owners), options.owners
        )
        team = _known(choice.team, options.teams)
        filters.select(
            walk_page_words.TEAM, "team", team, options.teams, told=walk_page_words.TEAM_HELP
        )
        filters.reset()
    filters.segments(
        walk_page_words.WALK_LAYER, "walk_layer", choice.walk_layer, walk_page_words.WALK_LAYERS
    )


def finding(choice: Choice, names: Mapping[str, str]) -> None:
    """Choose the finding that is open: the same as a click on the map."""
    options = {"": map_words.AREA_NONE} | dict(names)
    if choice.finding and choice.finding not in options:
        options[choice.finding] = finding_words.FINDING_CLICKED
    filters.select(finding_words.FINDING_CHOOSE, "finding", choice.finding, options)


def walk(choice: Choice, names: Mapping[str, str]) -> None:
    """Choose the walk whose minutes are wanted."""
    options = {"": walk_page_words.PAPER_NONE} | dict(names)
    filters.select(walk_page_words.PAPER_WALK, "walk", _known(choice.walk, options), options)


def _known(value: str, names: Mapping[str, str]) -> str:
    return value if value in names else ""
