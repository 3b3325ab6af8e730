"""What an import noticed, what stands aside, and which column was taken for what."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from trygghetskarta import formats
from trygghetskarta.terms.imports import Aside
from trygghetskarta.words import date_words
from trygghetskarta.words.fault_words import fact_text
from trygghetskarta.words.import_words import CRS_NAMES
from trygghetskarta.words.texts import ROLES

NOTES: dict[str, str | tuple[str, str]] = {
    "respondents": (
        "Svaren från {n} svarande summerades till andelar. Inga enskilda svar sparas; grupper med "
        "färre än 30 svar får ingen andel. Rader i karantän rättas i filen, och hela filen läses "
        "in igen."
    ),
    "answers_unknown": "{n} svar är tomma eller ”vet ej” och räknas inte.",
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
    "clock_unused": (
        "Klockslagen i kolumnen {n} används inte: filen säger inte vilken dag brotten begicks. "
        "Välj kolumnen för brottsdatum om det finns en."
    ),
    "occurred_after_reported": (
        "1 rad har brottsdatum efter anmälningsdatum. Den är med, räknad på anmälningsdatum.",
        "{n} rader har brottsdatum efter anmälningsdatum. De är med, räknade på anmälningsdatum.",
    ),
    "unknown_codes": (
        "1 rad har en brottskod som inte finns i listan; brottstypen är gissad av koden.",
        "{n} rader har brottskoder som inte finns i listan; brottstypen är gissad av koden.",
    ),
    "unknown_code_names": "Koder som saknas i listan: {n}.",
    "unknown_words": "Räknas som Övriga brott: {n}.",
    "alike_in_case": (
        "Rader som är helt lika, med samma ärendenummer: {rows}. Alla räknas; ta bort den ena ur "
        "filen om den är en dubblett."
    ),
    "waypoints": (
        "1 märkt punkt i spårfilen lästes som observation.",
        "{n} märkta punkter i spårfilen lästes som observationer.",
    ),
    "put_right": (
        "1 rad som väntade i karantän är rättad av den här filen.",
        "{n} rader som väntade i karantän är rättade av den här filen.",
    ),
    "replaced_rows": (
        "1 rad från en tidigare läsning av samma fil är ersatt.",
        "{n} rader från en tidigare läsning av samma fil är ersatta.",
    ),
    "quiet": (
        "1 rad säger att det inte fanns något att rapportera; passet är sparat.",
        "{n} rader säger att det inte fanns något att rapportera; passen är sparade.",
    ),
    "personal_data": (
        "1 rad verkar ha personnummer, telefonnummer, e-postadress eller registreringsnummer i "
        "texten. Ta bort det som pekar ut en person.",
        "{n} rader verkar ha personnummer, telefonnummer, e-postadress eller registreringsnummer i "
        "texten. Ta bort det som pekar ut en person.",
    ),
    "open_ended": (
        "1 åtgärd gäller tills vidare och har inget slutdatum.",
        "{n} åtgärder gäller tills vidare och har inget slutdatum.",
    ),
    "hidden_rows": (
        "1 rad är dold eller bortfiltrerad i arbetsboken. Den är läst.",
        "{n} rader är dolda eller bortfiltrerade i arbetsboken. De är lästa.",
    ),
    "hidden_columns": "Kolumner som är dolda i arbetsboken är lästa: {n}.",
    "carried_labels": (
        "1 rad utan egen etikett räknas till etiketten på en rad ovanför: den står i en "
        "sammanslagen cell, eller bara på gruppens första rad.",
        "{n} rader utan egen etikett räknas till etiketten på en rad ovanför: den står i en "
        "sammanslagen cell, eller bara på gruppens första rad.",
    ),
    "removed": (
        "1 punkt togs bort när spåren rensades (dubbletter, hopp och stillastående).",
        "{n} punkter togs bort när spåren rensades (dubbletter, hopp och stillastående).",
    ),
    "doubtful_moments": (
        "1 punkt togs bort ur spåren för att dess tid inte kan stämma (före 1990, i framtiden, "
        "eller timmar från alla andra punkter).",
        "{n} punkter togs bort ur spåren för att deras tider inte kan stämma (före 1990, i "
        "framtiden, eller timmar från alla andra punkter).",
    ),
    "alongside": (
        "1 punkt är från en andra klocka eller telefon som var med på samma promenad. Den är "
        "utelämnad, så att varken väg eller tid räknas två gånger.",
        "{n} punkter är från en andra klocka eller telefon som var med på samma promenad. De är "
        "utelämnade, så att varken väg eller tid räknas två gånger.",
    ),
    "zoneless": (
        "Klockslagen i spåren saknar tidszon (vandringar: {n}). De räknas som UTC, som GPX "
        "föreskriver. Kontrollera att vandringen visas på rätt tid."
    ),
    "unread_times": (
        "1 punkt i spåren har ett klockslag som inte går att läsa. Det ska stå som "
        "2026-03-03T18:00:00Z; punkten räknas utan tid.",
        "{n} punkter i spåren har klockslag som inte går att läsa. De ska stå som "
        "2026-03-03T18:00:00Z; punkterna räknas utan tid.",
    ),
    "saved_points": (
        "Filen är skadad eller avbruten. 1 hel punkt gick att rädda och är med; finns filen hel, "
        "läs in den i stället.",
        "Filen är skadad eller avbruten. {n} hela punkter gick att rädda och är med; finns filen "
        "hel, läs in den i stället.",
    ),
    "retimed": (
        "1 punkt har ett klockslag som går bakåt. Den är med på sin plats, och "
        "tiden är räknad efter vägen.",
        "{n} punkter har klockslag som går bakåt. De är med på sin plats, och "
        "tiden är räknad efter vägen.",
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
        "1 rad har koordinat och område som pekar på olika områden. Koordinaten gäller.",
        "{n} rader har koordinat och område som pekar på olika områden. Koordinaten gäller.",
    ),
    "examples_removed": (
        "1 påhittad exempelrad tas bort när riktiga data läses in.",
        "{n} påhittade exempelrader tas bort när riktiga data läses in.",
    ),
    "reassigned": (
        "1 händelse räknas till ett annat område än förut, eller till inget, när gränserna byts.",
        "{n} händelser räknas till ett annat område än förut, eller till inget, när gränserna "
        "byts.",
    ),
    "areas_left_out": (
        "1 område i den förra indelningen finns inte i filen. Där får brott och vandringar inget "
        "område.",
        "{n} områden i den förra indelningen finns inte i filen. Där får brott och vandringar "
        "inget område.",
    ),
    "division_begun": (
        "Indelningen ”{n}” börjar gälla. Den förra finns kvar i lagret och kan gälla igen."
    ),
    "division_renamed": "Indelningen som gäller heter nu ”{n}”.",
    "division_from": "Indelningen gäller från {n}.",
    "joined": (
        "1 område läggs till den indelning som gäller.",
        "{n} områden läggs till den indelning som gäller.",
    ),
    "told_before_followed": (
        "1 händelse med bara namn eller kod från en tidigare indelning följer med till det område "
        "där hela det gamla området ligger.",
        "{n} händelser med bara namn eller kod från en tidigare indelning följer med till det "
        "område där hela det gamla området ligger.",
    ),
    "told_before_divided": (
        "1 händelse med bara namn eller kod från en tidigare indelning räknas till kommunen men "
        "inte till något område: det gamla området är delat eller borta, och var i det den hände "
        "står inte i filen.",
        "{n} händelser med bara namn eller kod från en tidigare indelning räknas till kommunen men "
        "inte till något område: de gamla områdena är delade eller borta, och var i dem de hände "
        "står inte i filen.",
    ),
    "former_followed": (
        "1 rad har namn eller kod från en tidigare indelning och räknas till det område där hela "
        "det gamla området ligger.",
        "{n} rader har namn eller kod från en tidigare indelning och räknas till det område där "
        "hela det gamla området ligger.",
    ),
    "former_divided": (
        "1 rad har namn eller kod på ett område som är delat eller borta sedan dess. Den räknas "
        "till kommunen men inte till något område: skriv områdets namn i dag, eller en koordinat.",
        "{n} rader har namn eller kod på områden som är delade eller borta sedan dess. De räknas "
        "till kommunen men inte till något område: skriv områdenas namn i dag, eller koordinater.",
    ),
    "no_district": (
        "1 rad har kod eller namn på ett område som ligger i flera stadsdelar. Den räknas dit och "
        "till kommunen, men inte till någon stadsdel.",
        "{n} rader har kod eller namn på områden som ligger i flera stadsdelar. De räknas dit och "
        "till kommunen, men inte till någon stadsdel.",
    ),
    "people_followed": (
        "1 område får invånare från den tidigare indelningen eller summerade från DeSO. Läs in "
        "egen befolkning om kommunen har den.",
        "{n} områden får invånare från den tidigare indelningen eller summerade från DeSO. Läs in "
        "egen befolkning om kommunen har den.",
    ),
    "people_divided": (
        "1 av invånarna bor i ett DeSO-område som en ny gräns skär och är fördelad efter yta: hen "
        "kan vara räknad till fel område.",
        "{n} av invånarna bor i DeSO-områden som en ny gräns skär och är fördelade efter yta: så "
        "många kan högst vara räknade till fel område.",
    ),
}
"""What was noticed, by name; of two sentences the first is for one of what is counted."""


ASIDE = {
    Aside.REPEATED_HEADER: "{n} upprepar rubriken och hoppades över ({rows}).",
    Aside.TOTAL: ("{n} summerar andra rader i filen och räknades inte en gång till ({rows})."),
    Aside.SUM_LINE: "{n} är en summa och ingen egen uppgift, och lästes inte ({rows}).",
    Aside.REPEATED: "{n} säger detsamma som en tidigare rad och räknades inte igen ({rows}).",
    Aside.ELSEWHERE: "{n} gäller andra kommuner, länet eller landet och räknades inte ({rows}).",
    Aside.OTHER_AREAS: "{n} gäller en annan version av områdena och räknades inte ({rows}).",
    Aside.PART: "{n} ingår i en summa som filen själv har ({rows}).",
    Aside.SUMMED: "{n} räknades ihop med en annan rad till en uppgift ({rows}).",
    Aside.SILENT: "{n} har inget svar på någon fråga ({rows}).",
    Aside.NO_LINE: "{n} är inga linjer och kom inte med i nätet ({rows}).",
    Aside.NOT_WALKED: "Spår i filen utan någon linje att rita: {count}.",
}
"""Rows of which nothing of their own is stored: how many, and which."""


UNREAD = "Kolumner i filen som inte lästes: {names}."


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
    shown = f" (till exempel ”{value}”)" if value else ""
    return (
        f"Kolumnen ”{column}” läses som ”{ROLES[role]}”, men värdena är av ett annat slag{shown}. "
        "Välj en annan kolumn, eller ingen."
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
        lines.append(_for_number(NOTES[name], value).format(n=said, rows=said, crs=system))
    return lines


def _for_number(told: str | tuple[str, str], value: object) -> str:
    """The sentence for one, or for several."""
    if isinstance(told, str):
        return told
    return told[0] if value == 1 else told[1]
