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


class Aside(StrEnum):
    """Why nothing of its own is stored of a row that has no fault; the first that fits is told."""

    REPEATED_HEADER = "repeated_header"
    TOTAL = "total"  # the sum of other rows, checked against them
    SUM_LINE = "sum_line"  # a sum of what is not counted here
    REPEATED = "repeated"  # says what an earlier row of the file says
    ELSEWHERE = "elsewhere"  # another municipality, or the county or country
    OTHER_AREAS = "other_areas"  # figures of another version of the areas, or of none
    PART = "part"  # of a total that the file gives itself
    SUMMED = "summed"  # part of a sum that is stored with another row
    SILENT = "silent"  # a respondent who answered nothing
    NO_LINE = "no_line"  # what is no street among streets
    NOT_WALKED = "not_walked"  # a track without a line
