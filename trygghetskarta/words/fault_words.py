"""What is wrong with a row, a column or a table."""

from collections.abc import Iterable
from datetime import date

from trygghetskarta import formats
from trygghetskarta.errors import Fault, TableError, TableRule
from trygghetskarta.terms.walks import FindingStatus
from trygghetskarta.words.texts import FINDING_STATUSES, silent_months

_TABLE = {
    TableRule.COLUMN_MISSING: "kolumnen saknas",
    TableRule.COLUMN_TYPE: "kolumnen innehåller fel slags värden",
    TableRule.VALUE_MISSING: "värde saknas; fyll i det",
    TableRule.NOT_UNIQUE: "förekommer redan på en tidigare rad; ta bort den ena",
    TableRule.AREA_TWICE: (
        "{value} står på flera rader med olika gränser eller namn; slå ihop dem till en yta eller "
        "ge dem var sin kod"
    ),
    TableRule.UNREAD_SEPARATES: (
        "{value} skiljer raden från en annan för samma område, tid och sak, men kolumnen läses "
        "inte; räkna ihop raderna till en i filen"
    ),
    TableRule.COUNTED_OTHERWISE: (
        "{value} räknades inte: en annan rad gäller samma område, tid och sak; ta bort den rad som "
        "inte gäller"
    ),
    TableRule.SUM_INCOMPLETE: (
        "en annan rad för samma område och år har ett fel, så summan blir inte hel; rätta den raden"
    ),
    TableRule.TOTAL_DIFFERS: (
        "summan och raderna den summerar säger olika: {value}; se efter om rader saknas eller har "
        "fel, eller avfärda raden"
    ),
    TableRule.BELOW_MINIMUM: "{value} är för litet",
    TableRule.ABOVE_MAXIMUM: "{value} är för stort",
    TableRule.NOT_A_NUMBER: "{value} är inte ett tal",
    TableRule.NOT_A_WHOLE_NUMBER: "{value} är inte ett heltal",
    TableRule.NOT_A_DATE: "{value} är inte ett datum; skriv till exempel 2026-05-03",
    TableRule.YEAR_UNCLEAR: (
        "{value} säger inte vilket tal som är året; skriv året med fyra siffror, till exempel "
        "2026-05-03, eller välj kolumnens ordning när filen läses in"
    ),
    TableRule.DAY_UNCLEAR: (
        "{value} säger inte vilket tal som är dagen; skriv till exempel 2026-05-03, eller välj "
        "kolumnens ordning när filen läses in"
    ),
    TableRule.WEEKDAY_DIFFERS: "veckodagen i {value} är inte dagens; rätta den ena",
    TableRule.NOT_A_TIME: "{value} är inte ett klockslag; skriv till exempel 21:30",
    TableRule.NOT_A_PERIOD: "{value} är inte en period; skriv till exempel 2021K3 eller 2021-07",
    TableRule.NOT_YEAR_END: (
        "{value} är inte ett år eller slutet av ett; folkmängden ska gälla den 31 december"
    ),
    TableRule.PERIOD_UNCLEAR: (
        "{value} kan vara en månad, ett kvartal eller ett år; kalla kolumnen Månad, Kvartal eller "
        "År, eller skriv till exempel 2025-01, 2025K1 eller 2025"
    ),
    TableRule.DATE_OUT_OF_RANGE: "{value} ligger i framtiden eller före 1900",
    TableRule.END_BEFORE_START: "slutet ({value}) ligger före början",
    TableRule.OFFENCE_CODE_FORM: "{value} är inte en brottskod; den ska ha fyra siffror",
    TableRule.OFFENCE_MISSING: "varken brottskod eller brottstyp finns på raden",
    TableRule.TIME_MISSING: "inget datum finns på raden",
    TableRule.AREA_UNKNOWN: "området {value} finns inte bland de områden som gäller nu",
    TableRule.AREA_FORMER: (
        "området {value} hör till en indelning som inte gäller nu; använd koden eller namnet i den "
        "som gäller"
    ),
    TableRule.AREA_VERSION: (
        "uppgiften för {value} gäller en annan version av SCB:s områden än kartans (de från 2018 "
        "och 2020 har åren till och med 2023, de från 2025 åren från 2024), och gränserna kan vara "
        "andra; är de desamma, skriv koden med kartans version"
    ),
    TableRule.PART_OF_PEOPLE: (
        "raden gäller bara en del ({value}), och filen säger inte hela; ta med alla delar eller en "
        "rad för alla (totalt), eller ta bort kolumnen om raden ändå gäller alla"
    ),
    TableRule.PLACE_UNKNOWN: "platsen {value} känns inte igen",
    TableRule.COORDINATE_INCOMPLETE: "den ena koordinaten saknas",
    TableRule.COORDINATE_OUTSIDE_SWEDEN: "koordinaten {value} ligger utanför Sverige",
    TableRule.COORDINATE_COARSE: (
        "koordinaten {value} är avrundad till flera kilometer; skriv den med minst fyra decimaler"
    ),
    TableRule.GEOMETRY_MISSING: "området saknar gräns",
    TableRule.GEOMETRY_TYPE: "{value} är inte en yta",
    TableRule.GEOMETRY_NOT_A_POINT: "{value} är inte en punkt; händelser ska ha punkter",
    TableRule.GEOMETRY_NOT_A_LINE: "{value} är inte en linje; en vandring ska ha en sträcka",
    TableRule.GEOMETRY_INVALID: "gränsen korsar sig själv; rätta den i QGIS (Fixa geometrier)",
    TableRule.DUPLICATE_ID: "id {value} finns redan på en tidigare rad med annat innehåll",
    TableRule.SHARE_OUT_OF_RANGE: "{value} är inte en andel mellan 0 och 100 %",
    TableRule.UNKNOWN_WORD: "{value} är inte ett av de ord som kan användas här",
    TableRule.NOT_HELD: "passet blev inte av ({value}); avfärda raden, eller rätta den",
    TableRule.CATEGORY_DENIED: (
        "texten säger att något inte finns eller inte längre är fel; skriv en kategori om det ändå "
        "är ett fynd, annars avfärda raden"
    ),
    TableRule.NOT_AN_IDENTITY: "{value} är inget id som programmet gett; ladda om sidan",
    TableRule.GARBLED_TEXT: (
        "{value} har tecken som är förstörda och inte säkert går att tolka; skriv om texten eller "
        "hämta filen på nytt"
    ),
    TableRule.ROW_LENGTH: "raden har fel antal kolumner",
}


_WHOLE_ROW = "hela raden"


class GivenFacts(dict):
    """Facts by name; a fact that was not given reads as a dash instead of raising."""

    def __missing__(self, key: str) -> str:
        return formats.NO_VALUE


def table_sentence(error: TableError) -> str:
    """Tell a table's first faults, and how many there are."""
    first = "; ".join(fault_sentence(fault) for fault in error.faults[:3])
    more = len(error.faults) - 3
    rest = f" … och {formats.number(more)} till" if more > 0 else ""
    return f"Filen kunde inte läsas in. {first}{rest}."


def fault_sentence(fault: Fault) -> str:
    """Say what is wrong with one cell: row as Excel counts, column, what, and a guess."""
    where = []
    if fault.row is not None:
        where.append(f"rad {fault.row}")
    if fault.column:
        where.append(f"kolumn {fault.column}")
    value = f"”{fault.value}”" if fault.value else "tomt"
    what = _TABLE[fault.rule].format_map(GivenFacts(value=value))
    hint = f" – menade du {fault.hint}?" if fault.hint else ""
    place = ", ".join(where)
    return f"{place[:1].upper()}{place[1:]}: {what}{hint}" if place else f"{what}{hint}"


def by_column(faults: Iterable[Fault]) -> str:
    """Say in which columns the faults of many rows are, those with the most rows first.

    Examples
    --------
    >>> from trygghetskarta.errors import Fault, TableRule
    >>> by_column([Fault(TableRule.NOT_A_DATE, "Dag", row, "x") for row in (2, 3)])
    'Rader med fel efter kolumn: Dag 2.'
    """
    rows: dict[str, set[int | None]] = {}
    for fault in faults:
        rows.setdefault(fault.column or _WHOLE_ROW, set()).add(fault.row)
    most = sorted(rows.items(), key=lambda one: (-len(one[1]), one[0]))
    told = ", ".join(f"{name} {formats.number(len(found))}" for name, found in most)
    return f"Rader med fel efter kolumn: {told}."


def fact_text(value: object) -> str:
    if isinstance(value, FindingStatus):
        return FINDING_STATUSES[value]
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return formats.number(value)
    if isinstance(value, float):
        return formats.number(value, 1)
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return silent_months(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(str(part) for part in value) or formats.NO_VALUE
    return str(value) if value not in (None, "") else formats.NO_VALUE
