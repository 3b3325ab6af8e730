"""The contract of every table: its columns, their meaning and what may be missing."""

from trygghetskarta.tables.actions import ACTIONS, FOLLOW_UPS
from trygghetskarta.tables.contract import (
    Column,
    ColumnType,
    Contract,
    check,
    empty,
    require,
)
from trygghetskarta.tables.findings import OBSERVATIONS
from trygghetskarta.tables.incidents import EVENTS, INCIDENTS, PLACED_INCIDENTS, TOTALS
from trygghetskarta.tables.places import (
    ALIASES,
    AREAS,
    CLASSIFICATIONS,
    DIVISIONS,
    NETWORK,
    POPULATION,
    SUCCESSIONS,
)
from trygghetskarta.tables.surveys import SURVEY, SURVEY_ANSWERS
from trygghetskarta.tables.walks import WALKS

__all__ = [
    "Column",
    "ColumnType",
    "Contract",
    "check",
    "empty",
    "require",
    "AREAS",
    "ALIASES",
    "DIVISIONS",
    "SUCCESSIONS",
    "CLASSIFICATIONS",
    "POPULATION",
    "INCIDENTS",
    "PLACED_INCIDENTS",
    "TOTALS",
    "EVENTS",
    "SURVEY",
    "SURVEY_ANSWERS",
    "WALKS",
    "OBSERVATIONS",
    "NETWORK",
    "ACTIONS",
    "FOLLOW_UPS",
]
