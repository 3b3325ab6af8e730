"""Reports: their kinds and files."""

from enum import StrEnum


class ReportKind(StrEnum):
    """What a report is for; the value is what the command line and links call it."""

    SITUATION = "lagesbild"  # lag (2023:196): kartläggning, annan information, analys
    STEERING = "styrgruppsrapport"  # the plan's three questions per theme, for a quarter
    PLAN_AREA = "ska-underlag"  # a place that is planned or built, and 300 m around it


class ReportFormat(StrEnum):
    """The files a report can be; the value is the file's suffix."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
