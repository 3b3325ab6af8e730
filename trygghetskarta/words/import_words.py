"""What the page Data says."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from trygghetskarta import formats
from trygghetskarta.settings import local_day
from trygghetskarta.terms.areas import AreaLevel, NewAreas
from trygghetskarta.terms.file_forms import TABLES
from trygghetskarta.terms.imports import Aside, TableKind
from trygghetskarta.words import date_words
from trygghetskarta.words.fault_words import fact_text
from trygghetskarta.words.form_words import forms_text
from trygghetskarta.words.texts import AREA_LEVELS, ROLES, counted

DATA_INTRO = (
    "Läs in en fil från polisen, kommunen, SCB eller Brå. Inget sparas förrän du har sett hur "
    "kolumnerna tolkas, och varje rad redovisas."
)
UPLOAD = "Välj fil"
UPLOAD_HELP = f"{forms_text(TABLES)}, och polisens JSON."
KIND = "Vad innehåller filen?"
SOURCE_NAME = "Källa"
SOURCE_HELP = (
    'Namn på källan, till exempel "Polisen Fyrbodal, uttag". Samma källa nästa gång gör att '
    "samma rader känns igen."
)
PREVIEW = "De första raderna"
MAPPING_TITLE = "Så tolkas kolumnerna"
MORE_COLUMNS = "Fler uppgifter som filen kan ha"
MAPPING_HELP = "Ändra om något är fel. Valet sparas för filer med samma kolumner."
MAPPING_REMEMBERED = "Kolumnvalet är hämtat från en tidigare inläsning med samma kolumner."
NO_COLUMN = "– finns inte –"
CHECK_BUTTON = "Granska"
CHECKED = "Så blir det"
MONTHS_CAPTION = "Händelser per månad i filen"
YEAR = "År"
SAVE_BUTTON = "Spara"
IMPORTING = "Läser in {file} …"
CHOOSE_LAYER = "Lager"
CHOOSE_SHEET = "Blad"
SEVERAL_SHEETS = "Arbetsboken har flera blad med tabeller. Välj det som ska läsas."
REPORT = "Kopplingsrapport"
REPORT_NUMBERS = {
    "read": "Lästa rader",
    "accepted": "Godtagna rader",
    "new": "Nya",
    "changed": "Ändrade",
    "unchanged": "Oförändrade",
    "quarantined": "I karantän",
    "set_aside": "Räknas inte själva",
    "matched_by_point": "Kopplade med koordinat",
    "matched_by_code": "Kopplade med områdeskod",
    "matched_by_name": "Kopplade med namn",
    "outside": "Utanför kommunen",
    "without_place": "Utan plats",
    "on_border": "På en gräns (räknas till lägsta koden)",
}
REPORT_NAMES = "Namn som kopplades"
REPORT_NAME_COLUMNS = {"name": "Namn i filen", "area": "Område", "how": "Hur", "rows": "Rader"}
NAME_STEPS = {
    "name": "samma namn",
    "alias": "känt ortnamn",
    "folded": "namn utan å, ä, ö eller bindestreck",
}
QUARANTINE = "Karantän"
QUARANTINE_HELP = (
    "Raderna nedan är inte med i kartan. Ladda ner dem, rätta i Excel och läs in filen igen; inget "
    "är förlorat."
)
QUARANTINE_DOWNLOAD = "Ladda ner karantänen (CSV)"
QUARANTINE_NONE = "Inga rader väntar i karantän."
DISMISS = "Avfärda rader som inte ska rättas"
DISMISS_HELP = (
    "En summarad, en dubblett eller en rad som inte är något brott behöver inte rättas. Raden tas "
    "bort ur listan men sparas med skälet, och antalet i kopplingsrapporten ändras inte."
)
DISMISS_ROWS = "Rader"
DISMISS_CHOOSE = "Välj en eller flera"
DISMISS_REASON = "Varför?"
DISMISS_REASON_EXAMPLE = "till exempel: summarad, inget brott"
DISMISS_BUTTON = "Avfärda"
DISMISS_NONE_CHOSEN = "Välj först vilka rader det gäller."
RESTORE_ROWS = "Rader som ska vänta i karantän igen"
RESTORE_BUTTON = "Ta tillbaka"
DISMISSED_COLUMNS = {
    "file": "Fil",
    "row": "Rad",
    "reasons": "Fel",
    "why": "Avfärdad för att",
    "who": "Av",
    "at": "Tid",
}
HISTORY = "Tidigare inläsningar"
HISTORY_NONE = "Inget är inläst ännu."
HISTORY_COLUMNS = {
    "finished_at": "Tid",
    "kind": "Innehåll",
    "file_name": "Fil",
    "source": "Källa",
    "read": "Lästa",
    "new": "Nya",
    "changed": "Ändrade",
    "unchanged": "Oförändrade",
    "quarantined": "Karantän",
}
NOTES = {
    "respondents": (
        "{n} svarande summerades till andelar. Inga enskilda svar sparas; grupper med färre än 30 "
        "svar får ingen andel. Rader i karantän rättas i filen, och hela filen läses in igen."
    ),
    "answers_unknown": "{n} svar var tomma eller ”vet ej” och räknas inte.",
    "old_encoding": (
        "Filen har en äldre teckenkodning ({n}). Å, ä och ö är lästa så som de menades."
    ),
    "other_encoding": (
        "Shapefilens .cpg säger en annan teckenkodning än den som texten har; den lästes som {n}."
    ),
    "log_missing": (
        "Filen sparades medan den var öppen i ett annat program, till exempel QGIS. Det senaste "
        "kan saknas: stäng den där, och läs in den igen om antalet rader inte stämmer."
    ),
    "row_names": (
        "Raderna har en cell mer än rubriken. Den första cellen togs för radens namn, och "
        "rubrikerna gäller cellerna efter den."
    ),
    "garbled_columns": (
        "Å, ä och ö var felsparade (som ”StÃ¶ld”) och är rättade i kolumnerna: {n}. Titta att "
        "orden stämmer."
    ),
    "member_read": "Ur arkivet lästes {n}.",
    "sheet_read": (
        "Bladet {n} lästes. Bladen före det är inga tabeller, eller saknar kolumner som behövs."
    ),
    "other_sheets": "Andra blad som ser ut som tabeller lästes inte: {n}.",
    "footer_rows": "Text under tabellen lästes inte (rad {rows}).",
    "occurred_after_reported": (
        "{n} rader har brottsdatum efter anmälningsdatum. De är med, räknade på anmälningsdatum."
    ),
    "unknown_codes": (
        "{n} rader har en brottskod som inte finns i listan; typen är gissad av koden."
    ),
    "unknown_code_names": "Koder som saknas i listan: {n}.",
    "alike_in_case": (
        "Rader som är helt lika, med samma ärendenummer: {rows}. Alla räknas; ta bort den ena ur "
        "filen om den är en dubblett."
    ),
    "waypoints": "{n} märkta punkter i spårfilen lästes som observationer.",
    "put_right": "{n} rader som väntade i karantän är rättade av den här filen.",
    "quiet": "{n} rader säger att det inte fanns något att rapportera; passen är sparade.",
    "personal_data": (
        "{n} rader verkar ha personnummer, telefon, e-post eller registreringsnummer i texten. "
        "Ta bort det som pekar ut en person."
    ),
    "open_ended": "{n} åtgärder gäller tills vidare och har inget slutdatum.",
    "hidden_rows": "{n} rader är dolda eller bortfiltrerade i arbetsboken. De är lästa.",
    "hidden_columns": "Kolumner som är dolda i arbetsboken är lästa: {n}.",
    "carried_labels": (
        "{n} rader fick etiketten på raden ovanför: den står i en sammanslagen cell, eller bara på "
        "gruppens första rad."
    ),
    "removed": "{n} punkter togs bort när spåren rensades (dubbletter, hopp och stillastående).",
    "doubtful_moments": (
        "{n} punkter togs bort ur spåren för att deras tider inte kan stämma (före 1990, i "
        "framtiden, eller timmar från alla andra punkter)."
    ),
    "saved_points": (
        "Filen är skadad eller avbruten. {n} hela punkter gick att rädda och är med; finns filen "
        "hel, läs in den i stället."
    ),
    "retimed": (
        "{n} punkter har klockslag som går bakåt. De är med på sin plats, och deras tid är räknad "
        "av vägen."
    ),
    "incomplete": "Summor som inte är hela, för att en rad som ingår har ett fel: {n}.",
    "other_version": (
        "Uppgifter för en annan version av SCB:s områden än kartans, som inte är med: {n}. DeSO "
        "2018 och RegSO 2020 har åren till och med 2023, DeSO 2025 och RegSO 2025 åren från 2024. "
        "Gäller de ändå kartans gränser: skriv koden med dess version, till exempel "
        "1488C1010_DeSO2025."
    ),
    "not_published": "Uppgifter som SCB inte har tagit fram för sin version av områdena: {n}.",
    "guessed_crs": "Koordinatsystemet stod inte i filen; det tolkades som {crs}.",
    "place_conflicts": (
        "{n} rader har koordinat och områdeskod som pekar på olika områden. Koordinaten gäller."
    ),
    "examples_removed": "{n} påhittade exempelrader togs bort när riktiga data lästes in.",
    "reassigned": "{n} händelser fick nytt område när gränserna byttes.",
    "division_begun": (
        "Indelningen ”{n}” gäller nu. Den förra finns kvar i lagret och kan gälla igen."
    ),
    "joined": "{n} områden lades till den indelning som gäller.",
    "told_before_followed": (
        "{n} händelser med bara namn eller kod från en tidigare indelning följde med till det "
        "område där hela det gamla området ligger."
    ),
    "told_before_divided": (
        "{n} händelser med bara namn eller kod från en tidigare indelning räknas inte till något "
        "område: deras gamla område är delat, och var i det de hände står inte i filen."
    ),
    "former_followed": (
        "{n} rader har namn eller kod från en tidigare indelning och räknas till det område där "
        "hela det gamla området ligger."
    ),
    "former_divided": (
        "{n} rader har namn eller kod från en tidigare indelning vars område är delat. De räknas "
        "inte till något område."
    ),
    "people_followed": (
        "{n} områden fick invånare från den tidigare indelningen eller summerade från DeSO. Läs in "
        "egen befolkning om kommunen har den."
    ),
    "people_divided": (
        "{n} av invånarna bor i DeSO som en gräns skär och är fördelade efter yta: så många kan "
        "högst vara räknade till fel område."
    ),
}
ASIDE = {
    Aside.REPEATED_HEADER: "{n} upprepar rubriken och hoppades över ({rows}).",
    Aside.TOTAL: ("{n} summerar andra rader i filen och räknades inte en gång till ({rows})."),
    Aside.SUM_LINE: "{n} är en summa och ingen egen uppgift, och lästes inte ({rows}).",
    Aside.REPEATED: "{n} säger detsamma som en tidigare rad och räknades inte igen ({rows}).",
    Aside.ELSEWHERE: "{n} gäller andra kommuner, länet eller landet och räknades inte ({rows}).",
    Aside.OTHER_AREAS: "{n} gäller en annan version av områdena och räknades inte ({rows}).",
    Aside.PART: "{n} är delar av en summa som filen själv har ({rows}).",
    Aside.SUMMED: "{n} räknades ihop med en annan rad till en uppgift ({rows}).",
    Aside.SILENT: "{n} har inget svar på någon fråga ({rows}).",
    Aside.NO_LINE: "{n} är inga linjer och kom inte med i nätet ({rows}).",
    Aside.NOT_WALKED: "Spår i filen utan någon linje att rita: {count}.",
}
"""Rows of which nothing of their own is stored: how many, and which."""

UNREAD = "Kolumner i filen som inte lästes: {names}."
IMPORT_DONE = "{accepted} av {read} rader är inlästa."
IMPORT_NOTHING = "Inga rader kunde läsas in. Inget i lagret har ändrats."
IMPORT_UNCHANGED = "Filen är redan inläst. Inget har ändrats."


DIVISIONS = "Indelningar"
DIVISIONS_HELP = (
    "Av varje nivå gäller en indelning i områden åt gången. Siffror, kartor och filer använder den "
    "som gäller, också för tidigare år. Egna områden läses in ovan, som Områdesgränser."
)
DIVISION_COLUMNS = {"level": "Nivå", "name": "Indelning", "first": "Gäller från", "end": "Till"}
DIVISION_IN_FORCE = "gäller nu"
DIVISION_RESTORE = "Låt ”{name}” gälla igen"
DIVISION_RESTORED = "”{name}” gäller igen, och allt räknas på den."
AREAS_HOW = "Vad är områdena i filen? (Utan val: de ersätter, om de täcker kommunen)"
AREAS_CHOICES = {
    NewAreas.REPLACE: "Ersätt de områden som gäller nu",
    NewAreas.JOIN: "Lägg till dem där inga områden finns",
}
AREAS_HELP = (
    "Två områden av samma nivå får inte ligga på varandra. Den indelning som ersätts finns kvar "
    "och kan gälla igen."
)
DIVISION_NAME = "Indelningens namn"
DIVISION_FROM = "Gäller från"


def division_line(level: AreaLevel, name: str, first: date, end: date | None) -> str:
    """Tell of a division in one line."""
    until = f"till {end}" if end else DIVISION_IN_FORCE
    return f"{AREA_LEVELS[level]}: {name}, från {first}, {until}"


def column_name(kind: TableKind, role: str) -> str:
    """What a column is called in a file: the role without what explains it.

    Examples
    --------
    >>> column_name(TableKind.WALKS, "team"), column_name(TableKind.OBSERVATIONS, "seriousness")
    ('Grupp', 'Allvar')
    """
    if (kind, role) == (TableKind.WALKS, "source_id"):
        # What an observation names its walk by.
        role = "walk"
    return re.sub(r" \(.*\)| 1–\d", "", ROLES[role])


_TEMPLATE_NAMES = {
    TableKind.INCIDENTS: "händelser",
    TableKind.POPULATION: "befolkning",
    TableKind.SURVEY: "undersökning, färdiga andelar",
    TableKind.SURVEY_ANSWERS: "undersökning, enskilda svar",
    TableKind.ACTIONS: "åtgärder",
    TableKind.WALKS: "vandringar",
    TableKind.OBSERVATIONS: "observationer",
}


def template_label(kind: TableKind) -> str:
    """Name the button that gives a template."""
    return f"Hämta mall: {_TEMPLATE_NAMES[kind]}"


def template_file(kind: TableKind) -> str:
    """Name of a template's file."""
    plain = unicodedata.normalize("NFKD", _TEMPLATE_NAMES[kind]).encode("ascii", "ignore").decode()
    return f"mall_{plain.replace(',', '').replace(' ', '_')}.csv"


def report_sentence(read: int, accepted: int, quarantined: int, changed: int) -> str:
    """Sum an import up in one sentence."""
    if read and not accepted:
        return IMPORT_NOTHING
    if not changed and not quarantined:
        return IMPORT_UNCHANGED
    return IMPORT_DONE.format(accepted=formats.number(accepted), read=formats.number(read))


def account_lines(
    aside: Iterable[tuple[Aside, int, Sequence[int]]], unread: Sequence[str]
) -> list[str]:
    """Tell which rows stand aside (reason, how many, the first of them), and what was not read."""
    lines = [
        ASIDE[reason].format(
            n=rows_of(count), rows=_row_numbers(first, count), count=formats.number(count)
        )
        for reason, count, first in aside
    ]
    return lines + ([UNREAD.format(names=", ".join(unread))] if unread else [])


def rows_of(count: int) -> str:
    """A number of rows in words."""
    return "1 rad" if count == 1 else f"{formats.number(count)} rader"


def _row_span(rows: Sequence[int]) -> str:
    return str(rows[0]) if len(rows) == 1 else f"{rows[0]}–{rows[-1]}"


def _row_numbers(first: Sequence[int], count: int) -> str:
    more = " …" if count > len(first) else ""
    return f"rad {', '.join(map(str, first))}{more}"


QUARANTINE_COLUMNS = {"file": "Fil", "row": "Rad", "reasons": "Fel", "cells": "Raden"}
QUARANTINE_FILE = "karantan.csv"
CRS = "Koordinatsystem"
CRS_NAMES = {
    0: "Känn igen automatiskt",
    3006: "SWEREF 99 TM (EPSG:3006)",
    3007: "SWEREF 99 12 00 (EPSG:3007)",
    4326: "WGS 84, latitud och longitud (EPSG:4326)",
    3021: "RT 90 2,5 gon V (EPSG:3021)",
    3857: "Web Mercator (EPSG:3857)",
}
DEFAULT_SOURCES = {
    TableKind.INCIDENTS: "Polismyndigheten",
    TableKind.DISTRICTS: "Egna områden",
    TableKind.POPULATION: "SCB",
    TableKind.SURVEY: "Kommunens trygghetsundersökning",
    TableKind.SURVEY_ANSWERS: "Kommunens trygghetsundersökning",
    TableKind.EVENTS: "polisen.se",
    TableKind.MUNICIPALITY_TOTALS: "Brå",
    TableKind.WALKS: "Egna vandringar",
    TableKind.OBSERVATIONS: "Egna vandringar",
    TableKind.ACTIONS: "Åtgärdsplanen",
}


WHOLE_FILE = "– samma på alla rader –"


def whole_file_label(role: str) -> str:
    """Ask for a value that stands for every row."""
    return f"{ROLES[role]} på alla rader"


def unfit_value(role: str, value: str) -> str:
    """Say that a value cannot be what it is said to be."""
    return f"”{value}” kan inte vara {ROLES[role]}."


def samples_line(samples: Sequence[str]) -> str:
    """Some of what stands in a column."""
    return f"I filen: {' · '.join(samples)}" if samples else "Kolumnen är tom."


def choose_of(role: str, column: str) -> str:
    """Say that a column's name stands several times and one must be chosen."""
    return f"”{column}” finns flera gånger i filen. Välj vilken som är ”{ROLES[role]}”."


def unread_columns(names: Sequence[str]) -> str:
    """Name the columns that are not read."""
    return f"Läses inte: {', '.join(names)}."


def by_value(column: str, meant: str, role: str, passed: str) -> str:
    """Say that a column plays another role than its name says."""
    if passed:
        return f"Kolumnen ”{column}” läses som ”{ROLES[role]}”: ”{passed}” har andra slags värden."
    return (
        f"Kolumnen ”{column}” läses som ”{ROLES[role]}” och inte ”{ROLES[meant]}”, efter hur "
        "värdena ser ut."
    )


def unfit_line(column: str, role: str, value: str) -> str:
    """Say that a column holds other values than its role takes."""
    return (
        f"Kolumnen ”{column}” läses som ”{ROLES[role]}”, men värdena är av ett annat slag (till "
        f"exempel ”{value}”). Välj en annan kolumn, eller ingen."
    )


def _given(role: str, value: str) -> str:
    return f"Samma värde för alla rader: {ROLES[role]} = {value}."


_COLUMN_NOTES: dict[str, Callable[..., str]] = {
    "columns_by_value": by_value,
    "columns_unfit": unfit_line,
    "given_values": _given,
    "date_orders": date_words.read_line,
    "open_date_orders": date_words.open_line,
    "period_days": date_words.period_line,
}


def dismissal_told(at: datetime, reason: str) -> str:
    """Say when and why a row was dismissed."""
    return f"Avfärdad {formats.day(local_day(at))}: {reason}"


def dismissed_title(rows: int) -> str:
    """Head the list of rows that were dismissed."""
    return f"Avfärdade rader ({formats.number(rows)})"


def rows_of_file(file: str, rows: int) -> str:
    """Name all rows of a file that wait."""
    return f"Alla {formats.number(rows)} rader från {file}"


def waiting_row(file: str, row: int, why: str) -> str:
    """Name one row: its file, its number and what is wrong, without saying the number twice."""
    return f"{file}, rad {row}: {without_row(row, why)}"


def without_row(row: int, why: str) -> str:
    """What is wrong with a row whose number stands beside it."""
    return why.replace(f"Rad {row}: ", "").replace(f"Rad {row}, ", "")


def span_line(read: int, first: date, last: date) -> str:
    """Say that all rows of a file are accounted for, and between which days they are dated."""
    rows = counted(read, "En rad i filen, redovisad", "rader i filen, alla redovisade")
    return f"{rows}. Första dagen {formats.day(first)}, sista {formats.day(last)}."


def note_lines(notes: Mapping[str, object]) -> list[str]:
    """Tell what was noticed while a file was read; what has no sentence is not for users."""
    lines = []
    for name, value in notes.items():
        if name in _COLUMN_NOTES and isinstance(value, list):
            lines += [_COLUMN_NOTES[name](*one) for one in value]
        if name not in NOTES or not value:
            continue
        said = fact_text(value)
        if name == "footer_rows" and isinstance(value, list):
            said = _row_span(value)
        system = CRS_NAMES.get(value, said) if isinstance(value, int) else said
        lines.append(NOTES[name].format(n=said, rows=said, crs=system))
    return lines
