"""Every error raised on purpose, in the order the data travels.

An exception carries facts: a cause (an enum member) and the values that belong to it.
The Swedish sentence a user reads is made from them in ``words/texts.py``; a test demands
a sentence for every cause and rule listed here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class SourceCause(StrEnum):
    """Why a file or an answer could not be read at all."""

    FILE_MISSING = "file_missing"  # file
    FILE_EMPTY = "file_empty"  # file
    AREAS_OVERLAP = "areas_overlap"  # file, areas, number
    DIVISION_UNCLEAR = "division_unclear"  # file, percent
    DIVISION_NAME_TAKEN = "division_name_taken"  # file, name
    DIVISION_CODES_TAKEN = "division_codes_taken"  # file, codes
    DIVISION_AHEAD = "division_ahead"  # file, day
    DIVISION_TOO_EARLY = "division_too_early"  # file, name, day
    FILE_TOO_LARGE = "file_too_large"  # file, megabytes, limit
    FILE_NOT_OPENED = "file_not_opened"  # file
    NOT_A_FILE = "not_a_file"  # file
    FILE_PROTECTED = "file_protected"  # file
    FORMAT_UNKNOWN = "format_unknown"  # file, suffix, forms (those that are taken, when known)
    ARCHIVE_NESTED = "archive_nested"  # file, member
    ARCHIVE_SWELLS = "archive_swells"  # file, megabytes
    TOO_MANY_FILES = "too_many_files"  # file, found, most
    FILE_DAMAGED = "file_damaged"  # file
    ENCODING_UNKNOWN = "encoding_unknown"  # file
    NO_HEADER = "no_header"  # file
    DECIMAL_COMMAS = "decimal_commas"  # file, row, found, columns
    SURPLUS_CELLS = "surplus_cells"  # file, row, found, columns, separator
    NO_EVENTS = "no_events"  # file
    NO_ROWS = "no_rows"  # file
    TOO_MANY_COLUMNS = "too_many_columns"  # file, found, most
    SHEET_TOO_LARGE = "sheet_too_large"  # file, sheet, row
    TOO_MUCH_INSIDE = "too_much_inside"  # file, found, most
    LAYER_WITHOUT_END = "layer_without_end"  # file, layer
    TOO_MANY_FAULTS = "too_many_faults"  # most, row, value
    SEVERAL_LAYERS = "several_layers"  # file, layers, others (tables that lack columns)
    NO_GEOMETRY = "no_geometry"  # file, tables
    SHAPEFILE_INCOMPLETE = "shapefile_incomplete"  # file, missing
    COLUMN_MISSING = "column_missing"  # file, column, found
    COLUMN_MISSING_IN_SHEET = "column_missing_in_sheet"  # file, sheet, column, found, sheets
    COLUMN_TWICE = "column_twice"  # file, column
    YEAR_BESIDE_YEARS = "year_beside_years"  # file, columns
    COLUMN_OF_A_PART = "column_of_a_part"  # file, column
    MAPPING_UNKNOWN_COLUMN = "mapping_unknown_column"  # file, column
    ROLE_UNKNOWN = "role_unknown"  # role, roles
    VALUE_NOT_SHARED = "value_not_shared"  # role
    VALUE_UNFIT = "value_unfit"  # role, value
    JSON_UNEXPECTED = "json_unexpected"  # file
    XML_FORBIDDEN = "xml_forbidden"  # file
    NO_TRACK = "no_track"  # file
    TRACK_WITHOUT_PLACES = "track_without_places"  # file
    TRACK_ELSEWHERE = "track_elsewhere"  # file
    TRACK_IN_FUTURE = "track_in_future"  # file, day
    TRACK_TIMES_DOUBTFUL = "track_times_doubtful"  # file, moment
    TRACK_NOT_WALKED = "track_not_walked"  # file
    NO_LINES = "no_lines"  # file
    READ_WITH_WALKS = "read_with_walks"  # file
    UNCONFIRMED = "unconfirmed"  # file
    MUNICIPALITY_UNKNOWN = "municipality_unknown"  # code, found
    CONFIGURATION_INVALID = "configuration_invalid"  # file, key
    PHOTO_UNREADABLE = "photo_unreadable"
    PHOTO_TOO_LARGE = "photo_too_large"  # limit
    NOT_AN_AREA = "not_an_area"  # file
    NOT_A_DRAWN_AREA = "not_a_drawn_area"
    NO_SUCH_DISTRICT = "no_such_district"  # name
    NO_CHECKOUT = "no_checkout"
    FOLDER_NOT_WRITTEN = "folder_not_written"  # folder
    NOT_PINNED = "not_pinned"  # package
    NOT_FETCHED = "not_fetched"  # said


class TableRule(StrEnum):
    """What a cell or row must fulfil; each fault of a table names one."""

    COLUMN_MISSING = "column_missing"
    COLUMN_TYPE = "column_type"
    VALUE_MISSING = "value_missing"
    SUM_INCOMPLETE = "sum_incomplete"
    TOTAL_DIFFERS = "total_differs"
    NOT_UNIQUE = "not_unique"
    AREA_TWICE = "area_twice"
    UNREAD_SEPARATES = "unread_separates"
    COUNTED_OTHERWISE = "counted_otherwise"
    BELOW_MINIMUM = "below_minimum"
    ABOVE_MAXIMUM = "above_maximum"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    NOT_A_DATE = "not_a_date"
    YEAR_UNCLEAR = "year_unclear"
    DAY_UNCLEAR = "day_unclear"
    WEEKDAY_DIFFERS = "weekday_differs"
    NOT_A_TIME = "not_a_time"
    NOT_A_PERIOD = "not_a_period"
    NOT_YEAR_END = "not_year_end"
    PERIOD_UNCLEAR = "period_unclear"
    DATE_OUT_OF_RANGE = "date_out_of_range"
    END_BEFORE_START = "end_before_start"
    OFFENCE_CODE_FORM = "offence_code_form"
    OFFENCE_MISSING = "offence_missing"
    TIME_MISSING = "time_missing"
    AREA_UNKNOWN = "area_unknown"
    AREA_FORMER = "area_former"
    AREA_VERSION = "area_version"
    PART_OF_PEOPLE = "part_of_people"
    PLACE_UNKNOWN = "place_unknown"
    COORDINATE_INCOMPLETE = "coordinate_incomplete"
    COORDINATE_COARSE = "coordinate_coarse"
    COORDINATE_OUTSIDE_SWEDEN = "coordinate_outside_sweden"
    GEOMETRY_MISSING = "geometry_missing"
    GEOMETRY_TYPE = "geometry_type"
    GEOMETRY_NOT_A_POINT = "geometry_not_a_point"
    GEOMETRY_NOT_A_LINE = "geometry_not_a_line"
    GEOMETRY_INVALID = "geometry_invalid"
    DUPLICATE_ID = "duplicate_id"
    SHARE_OUT_OF_RANGE = "share_out_of_range"
    UNKNOWN_WORD = "unknown_word"
    NOT_HELD = "not_held"
    CATEGORY_DENIED = "category_denied"
    ROW_LENGTH = "row_length"
    GARBLED_TEXT = "garbled_text"
    NOT_AN_IDENTITY = "not_an_identity"


class CrsCause(StrEnum):
    """What is wrong with the coordinates of a whole file."""

    CRS_MISSING = "crs_missing"  # file, looks_like
    CRS_UNKNOWN = "crs_unknown"  # file
    CRS_UNSUPPORTED = "crs_unsupported"  # file, crs
    WEB_MERCATOR = "web_mercator"  # file
    IN_KILOMETRES = "in_kilometres"  # file, looks_like
    WITHOUT_DECIMALS = "without_decimals"  # file, looks_like, times
    OUTSIDE_SWEDEN = "outside_sweden"  # file, share, looks_like
    OUTSIDE_ALL = "outside_all"  # file, share
    SWAPPED = "swapped"  # file, looks_like
    AMBIGUOUS = "ambiguous"  # file, candidates


class StoreCause(StrEnum):
    """Why the store could not be opened, read or written."""

    NOT_REACHABLE = "not_reachable"  # address
    NOT_A_STORE = "not_a_store"  # address
    NEWER_THAN_PROGRAM = "newer_than_program"  # address
    READ_ONLY = "read_only"  # address
    LOCKED = "locked"  # address
    CHANGED_MEANWHILE = "changed_meanwhile"  # table, identity
    NOT_FOUND = "not_found"  # table, identity
    UNBALANCED = "unbalanced"  # read, new, changed, unchanged, quarantined
    ROWS_LOST = "rows_lost"  # file, read, lost, row
    ROWS_UNKNOWN = "rows_unknown"  # file, read, row
    NO_DISTRICTS = "no_districts"
    NO_FORMER_DIVISION = "no_former_division"  # level
    NO_JOINED_AREAS = "no_joined_areas"  # level
    EMPTY = "empty"
    ADDRESS_INVALID = "address_invalid"  # address
    DISK_FULL = "disk_full"  # address
    EXAMPLES_AFTER_REAL = "examples_after_real"  # kind
    NOT_MERGEABLE = "not_mergeable"
    STATUS_STEP = "status_step"  # before, after
    OWNER_MISSING = "owner_missing"
    REASON_MISSING = "reason_missing"
    DAMAGED = "damaged"  # fingerprint
    DISMISSAL_UNEXPLAINED = "dismissal_unexplained"
    DISMISSAL_PERSONAL = "dismissal_personal"  # found
    MEETING_UNKNOWN = "meeting_unknown"
    MEETING_CLOSED = "meeting_closed"
    MEETING_FULL = "meeting_full"
    MEETING_PIN_TAKEN = "meeting_pin_taken"
    MEETING_STEP = "meeting_step"
    MEETING_NAMELESS = "meeting_nameless"


class AnalysisCause(StrEnum):
    """Why a measure cannot be computed from what was given."""

    LENGTHS_DIFFER = "lengths_differ"  # left, right
    NEGATIVE_COUNT = "negative_count"
    NO_DAYS = "no_days"
    NO_VALUES = "no_values"
    SCHEME_UNKNOWN = "scheme_unknown"  # scheme
    CLASS_NUMBER = "class_number"  # k
    BREAKS_UNORDERED = "breaks_unordered"
    CODES_NOT_UNIQUE = "codes_not_unique"  # codes
    GEOMETRY_NOT_AREA = "geometry_not_area"  # rows
    WRONG_CRS = "wrong_crs"  # crs
    OUT_OF_RANGE = "out_of_range"  # name, value
    TOO_FEW = "too_few"  # found, needed
    TOO_MANY = "too_many"  # found, most
    TOO_FEW_PERIODS = "too_few_periods"  # found, needed
    NO_CLASSIFIED_AREA = "no_classified_area"  # day
    OUTSIDE = "outside"  # municipality
    NO_SITUATIONAL_THEME = "no_situational_theme"  # year
    SILENT_MONTHS = "silent_months"  # months
    OUTSIDE_DATA = "outside_data"  # period, first, last


class DisclosureCause(StrEnum):
    """Why a table may not leave the house as it is."""

    EXPOSED_CELLS = "exposed_cells"  # cells
    LEVEL_TOO_FINE = "level_too_fine"  # theme, level
    NOT_MAPPED = "not_mapped"  # theme
    NOT_A_TABLE = "not_a_table"
    NAMES_INSIDE = "names_inside"
    PERSON_NAMED = "person_named"  # words
    ONLY_WHOLE_YEARS = "only_whole_years"  # period
    YEAR_WITH_GAPS = "year_with_gaps"  # period, months
    LINKED_TABLES = "linked_tables"  # earlier, day, area, number, slide
    NO_WHOLE_PERIOD = "no_whole_period"  # first, last
    CORRECTED_TABLES = "corrected_tables"  # earlier, day, area, number, slide
    OTHER_BORDERS = "other_borders"  # earlier, day, number
    CORRECTED_SURVEY = "corrected_survey"  # year, earlier, day, area, number


class AccessCause(StrEnum):
    """Why a person or an address is not let in."""

    NOT_ALLOWED = "not_allowed"
    FOREIGN_ADDRESS = "foreign_address"  # address
    WRONG_CODE = "wrong_code"  # code


class WorkCause(StrEnum):
    """Why a file was not read to its end, though nothing is said to be wrong with it."""

    TOO_LONG = "too_long"  # file, seconds
    TOO_BIG = "too_big"  # file, megabytes
    DIED = "died"  # file, code
    BROKE_OFF = "broke_off"  # file, code
    CANCELLED = "cancelled"  # file


Cause = (
    SourceCause | CrsCause | StoreCause | AnalysisCause | DisclosureCause | AccessCause | WorkCause
)


class TrygghetskartaError(Exception):
    """Base of every error raised on purpose.

    Parameters
    ----------
    cause
        Enum member that says what went wrong.
    **facts
        Values that belong to the cause (file name, row, column, number …). They are shown to
        the user, so they hold no secrets and no absolute paths.
    """

    def __init__(self, cause: StrEnum, **facts: object) -> None:
        super().__init__(cause, facts)
        self.cause = cause
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        # From one process to another with everything it holds, whatever it was made with.
        return _again, (type(self), self.args), vars(self)

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.cause.value}({shown})"


def _again(kind: type[TrygghetskartaError], told: tuple[object, ...]) -> TrygghetskartaError:
    return kind.__new__(kind, *told)


class SourceError(TrygghetskartaError):
    """A file or an answer cannot be read."""


@dataclass(frozen=True)
class Fault:
    """One broken rule in a table.

    Attributes
    ----------
    rule
        The rule that is broken.
    column
        Column name as the user knows it (the file's own header where there is one); empty when
        the fault concerns the whole row.
    row
        Row number as Excel counts (header on row 1), or None when it concerns the whole column.
    value
        The text that stood there, unchanged.
    hint
        What it might have been, e.g. the nearest known place name; empty when unknown.
    """

    rule: TableRule
    column: str = ""
    row: int | None = None
    value: str = ""
    hint: str = ""


class TableError(TrygghetskartaError):
    """A table breaks its contract; ``faults`` lists every fault, not only the first."""

    def __init__(self, table: str, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].rule, table=table, count=len(faults))
        self.table = table
        self.faults = tuple(faults)


class CrsError(TrygghetskartaError):
    """The coordinates of a file cannot be trusted."""


class StoreError(TrygghetskartaError):
    """The store cannot be opened, read or written."""


class AnalysisError(TrygghetskartaError):
    """A measure is not defined for what was given."""


class DisclosureError(TrygghetskartaError):
    """A table would reveal more than its audience may see."""


class AccessError(TrygghetskartaError):
    """Somebody or something may not do this."""


class WorkError(TrygghetskartaError):
    """The work on a file was ended before it was done; nothing of it is stored."""
