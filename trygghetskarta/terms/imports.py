"""What can be imported, and what no free text may hold."""

from enum import StrEnum


class PersonalDataKind(StrEnum):
    """What in a free text points out a person."""

    IDENTITY_NUMBER = "identity_number"  # personnummer, samordningsnummer
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    NAME = "name"


class TableKind(StrEnum):
    """The kinds of table that can be imported, as the command line names them."""

    INCIDENTS = "incidents"
    DISTRICTS = "districts"
    POPULATION = "population"
    SURVEY = "survey"
    EVENTS = "events"
    MUNICIPALITY_TOTALS = "totals"
    WALKS = "walks"
    OBSERVATIONS = "observations"
    ACTIONS = "measures"
    SURVEY_ANSWERS = "answers"  # one respondent a row; only shares of them are kept


WALKED = (TableKind.WALKS, TableKind.OBSERVATIONS)
"""Kinds whose files are read together: a walk, its track and what was seen."""
