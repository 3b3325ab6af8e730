"""The filters of the page Vandringar, and what its map shows."""

from collections.abc import Mapping

import streamlit as st

from trygghetskarta.desk import filters
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.walks.walk_data import WalkOptions
from trygghetskarta.words import texts


def show(choice: Choice, options: WalkOptions) -> None:
    """Draw the filters at the side: type, districts, period, findings, owner, the own group.

    What the map shows is chosen on the page itself.
    """
    with st.sidebar:
        filters.segments(texts.WALK_FILTER, "walk_type", choice.walk_type, texts.WALK_FILTERS)
        filters.districts(choice, options.districts)
        filters.period(choice, *options.days)
        status = choice.finding_status
        filters.select(texts.FINDING_FILTER, "finding_status", status, texts.FINDING_FILTERS)
        filters.select(texts.OWNER, "owner", _known(choice.owner, options.owners), options.owners)
        team = _known(choice.team, options.teams)
        filters.select(texts.TEAM, "team", team, options.teams, told=texts.TEAM_HELP)
        filters.reset()
    filters.segments(texts.WALK_LAYER, "walk_layer", choice.walk_layer, texts.WALK_LAYERS)


def finding(choice: Choice, names: Mapping[str, str]) -> None:
    """Choose the finding that is open: the same as a click on the map."""
    options = {"": texts.AREA_NONE} | dict(names)
    if choice.finding and choice.finding not in options:
        options[choice.finding] = texts.FINDING_CLICKED
    filters.select(texts.FINDING_CHOOSE, "finding", choice.finding, options)


def walk(choice: Choice, names: Mapping[str, str]) -> None:
    """Choose the walk whose minutes are wanted."""
    options = {"": texts.PAPER_NONE} | dict(names)
    filters.select(texts.PAPER_WALK, "walk", _known(choice.walk, options), options)


def _known(value: str, names: Mapping[str, str]) -> str:
    return value if value in names else ""
