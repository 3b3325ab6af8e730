"""What went wrong, where, and what to do."""

from trygghetskarta import formats
from trygghetskarta.errors import (
    AccessCause,
    AnalysisCause,
    DisclosureCause,
    SourceCause,
    StoreCause,
    TableError,
    TrygghetskartaError,
    WorkCause,
    WorkError,
)
from trygghetskarta.settings import SettingError, SettingRule
from trygghetskarta.terms.file_forms import TABLES
from trygghetskarta.words.fault_words import GivenFacts, fact_text, table_sentence
from trygghetskarta.words.form_words import forms_text
from trygghetskarta.words.source_error_words import COORDINATES, FILES

_STORE = {
    StoreCause.NOT_REACHABLE: (
        "Lagret {address} går inte att nå. Kontrollera adressen och att databasen är igång."
    ),
    StoreCause.NOT_A_STORE: (
        "{address} finns redan men är inget lager för Trygghetskarta. Välj ett annat filnamn."
    ),
    StoreCause.NEWER_THAN_PROGRAM: (
        "Lagret {address} är gjort av en nyare version. Uppdatera programmet."
    ),
    StoreCause.READ_ONLY: "Lagret {address} går inte att skriva i. Kontrollera rättigheterna.",
    StoreCause.LOCKED: (
        "Lagret {address} används just nu av ett annat program. Försök igen om en stund."
    ),
    StoreCause.CHANGED_MEANWHILE: (
        "Någon annan hann ändra samma uppgift. Läs om sidan och gör om din ändring."
    ),
    StoreCause.NOT_FOUND: "Uppgiften finns inte längre. Läs om sidan.",
    StoreCause.UNBALANCED: (
        "Inläsningen gick inte ihop: {read} lästa rader mot {new} nya, {changed} ändrade, "
        "{unchanged} oförändrade och {quarantined} i karantän. Inget har sparats."
    ),
    StoreCause.ROWS_LOST: (
        "Inläsningen av {file} gick inte ihop: {lost} av {read} lästa rader saknas i "
        "redovisningen, den första är rad {row}. Inget har sparats. Anmäl felet med filens "
        "rubrikrad."
    ),
    StoreCause.ROWS_UNKNOWN: (
        "Inläsningen av {file} gick inte ihop: rad {row} redovisas två gånger eller finns inte "
        "bland filens {read} rader. Inget har sparats. Anmäl felet med filens rubrikrad."
    ),
    StoreCause.NO_FORMER_DIVISION: (
        "Det finns ingen tidigare indelning att gå tillbaka till. Inget har ändrats."
    ),
    StoreCause.NO_JOINED_AREAS: (
        "Inga områden har lagts till den indelning som gäller. Inget har ändrats."
    ),
    StoreCause.NO_DISTRICTS: "Det finns inga områden att koppla till. Läs in områdesgränser först.",
    StoreCause.EMPTY: "Lagret är tomt. Läs in en fil på sidan Data.",
    StoreCause.ADDRESS_INVALID: (
        "{address} är ingen giltig adress. Ange en .gpkg-fil eller en adress som börjar med "
        "postgresql://."
    ),
    StoreCause.EXAMPLES_AFTER_REAL: (
        "Lagret har redan riktiga uppgifter av samma slag. Exempeldata läses inte in bland dem."
    ),
    StoreCause.NOT_MERGEABLE: (
        "De två går inte att slå ihop eller skilja åt: den ena är redan hopslagen, eller så är de "
        "samma. Läs om sidan."
    ),
    StoreCause.STATUS_STEP: (
        "Ett fynd som är {before} kan inte bli {after}. Återöppna det först, eller välj en annan "
        "status."
    ),
    StoreCause.OWNER_MISSING: (
        "Fyndet har ingen ansvarig. Välj den förvaltning eller det bolag som ska åtgärda det."
    ),
    StoreCause.REASON_MISSING: (
        "Skriv varför fyndet avslutas utan åtgärd. Den som rapporterade det vill veta."
    ),
    StoreCause.DISMISSAL_UNEXPLAINED: ("Skriv varför raderna inte ska rättas. Inget har ändrats."),
    StoreCause.DISMISSAL_PERSONAL: (
        "Skälet ser ut att peka ut en person: {found}. Skriv om det och försök igen."
    ),
    StoreCause.DAMAGED: (
        "Den frysta rapporten är ändrad i lagret: innehållet stämmer inte med fingeravtrycket "
        "{fingerprint}. Hämta den ur en säkerhetskopia."
    ),
    StoreCause.MEETING_UNKNOWN: (
        "Det finns inget möte med den koden. Kontrollera länken eller skriv koden på nytt."
    ),
    StoreCause.MEETING_CLOSED: "Mötet är stängt och tar inte emot fler svar.",
    StoreCause.MEETING_FULL: "Mötet har fått så många svar som ryms.",
    StoreCause.MEETING_PIN_TAKEN: (
        "Ett annat svar har samma nummer. Det här är inte sparat. Svara igen."
    ),
    StoreCause.MEETING_STEP: (
        "Mötet har redan stängts, granskats eller raderats av någon annan. Läs om sidan."
    ),
    StoreCause.MEETING_NAMELESS: "Mötet saknar namn. Skriv ett som deltagarna känner igen.",
    StoreCause.DISK_FULL: "Disken är full. Frigör utrymme; inget har sparats.",
}
_ANALYSIS = {
    AnalysisCause.OUTSIDE: (
        "Planområdet ligger utanför {municipality}. Kontrollera filens koordinatsystem och plats."
    ),
    AnalysisCause.OUTSIDE_DATA: (
        "Det finns inga händelser för {period}. Uppgifterna täcker {first} till {last}; välj ett "
        "annat år eller läs in fler händelser."
    ),
    AnalysisCause.SILENT_MONTHS: (
        "Uppgifter saknas för {months}: där finns inte en enda rad, fast månaderna omkring har "
        "många. Därför visas ingen utveckling. Välj en period som uppgifterna täcker, eller läs in "
        "månaderna på sidan Data."
    ),
    AnalysisCause.NO_SITUATIONAL_THEME: (
        "Planen för {year} har inget tema för situationell prevention. Lägg till det i kommunens "
        "plan i mappen geodata."
    ),
    AnalysisCause.LENGTHS_DIFFER: "Tabellerna är olika långa ({left} mot {right}).",
    AnalysisCause.NEGATIVE_COUNT: "Ett antal är negativt. Rätta det i källan och läs in igen.",
    AnalysisCause.NO_DAYS: "Perioden slutar innan den börjar. Välj en senare slutmånad.",
    AnalysisCause.NO_VALUES: "Det finns inga värden att räkna på. Välj en längre period.",
    AnalysisCause.SCHEME_UNKNOWN: "Klassindelningen {scheme} finns inte.",
    AnalysisCause.CLASS_NUMBER: "Antalet klasser ({k}) går inte att använda; välj 3 till 7.",
    AnalysisCause.BREAKS_UNORDERED: "Klassgränserna måste stå i stigande ordning.",
    AnalysisCause.CODES_NOT_UNIQUE: "Samma områdeskod förekommer flera gånger: {codes}.",
    AnalysisCause.GEOMETRY_NOT_AREA: "Rader utan giltig yta: {rows}. Rätta gränserna i QGIS.",
    AnalysisCause.WRONG_CRS: "Koordinaterna har fel system ({crs}); det ska vara SWEREF 99 TM.",
    AnalysisCause.OUT_OF_RANGE: "Värdet {value} går inte att använda för {name}.",
    AnalysisCause.NO_CLASSIFIED_AREA: (
        "Inget valt område stod på polisens lista {day}. Välj en senare period, andra områden, "
        "eller läs in polisens lista på sidan Data."
    ),
    AnalysisCause.TOO_MANY: (
        "För många händelser att pröva på en gång: {found} finns, högst {most} går. Välj kortare "
        "period eller färre brottstyper."
    ),
    AnalysisCause.TOO_FEW_PERIODS: (
        "För kort tid: {found} perioder finns, {needed} behövs. Välj en längre period."
    ),
    AnalysisCause.TOO_FEW: "För få händelser: {found} finns, {needed} behövs. Välj längre period.",
}
_DISCLOSURE = {
    DisclosureCause.ONLY_WHOLE_YEARS: (
        "Den offentliga versionen visar bara hela kalenderår som uppgifterna täcker, och {period} "
        "är inget sådant. Välj ett helt år, eller den interna versionen."
    ),
    DisclosureCause.YEAR_WITH_GAPS: (
        "Uppgifter saknas för {months}, och den offentliga versionen visar bara hela år som "
        "uppgifterna täcker. Läs in månaderna på sidan Data, eller välj ett annat år än {period}."
    ),
    DisclosureCause.EXPOSED_CELLS: (
        "Tabellen skulle röja små antal ({cells}) och visas därför inte. Välj längre period eller "
        "större områden."
    ),
    DisclosureCause.LEVEL_TOO_FINE: "Urvalet får inte visas på nivån {level}. Välj en grövre nivå.",
    DisclosureCause.NOT_MAPPED: "Det valda temat visas inte på karta.",
    DisclosureCause.NOT_A_TABLE: "Det finns ingen tabell att visa.",
    DisclosureCause.PERSON_NAMED: (
        "”{words}” kan peka ut en person, och visas för alla som kommer. Skriv om det utan namn, "
        "nummer eller annat som hör till någon. Inget möte är öppnat ännu."
    ),
    DisclosureCause.NAMES_INSIDE: (
        "Den frysta rapporten är offentlig men listar ansvariga och enskilda fynd. Den lämnas inte "
        "ut. Gör rapporten på nytt och frys den."
    ),
    DisclosureCause.LINKED_TABLES: (
        "Tabellen lämnas inte ut: tillsammans med tidigare utlämnade siffror skulle ett skyddat "
        "antal i {area} kunna räknas fram. Välj längre period eller hela kommunen."
    ),
    DisclosureCause.CORRECTED_TABLES: (
        "Tabellen lämnas inte ut: uppgifterna har rättats sedan tidigare siffror lämnades ut, och "
        "skillnaden skulle kunna röja ett skyddat antal i {area}. Använd den tidigare tabellen "
        "som den är, eller välj en period utan det rättade året eller hela kommunen."
    ),
    DisclosureCause.OTHER_BORDERS: (
        "Tabellen lämnas inte ut: ”{earlier}”, utlämnad {day}, gäller samma tid på en tidigare "
        "indelning, och skillnaden skulle kunna röja vad som hänt i ett litet område mellan två "
        "gränser. Välj en annan period eller hela kommunen."
    ),
    DisclosureCause.CORRECTED_SURVEY: (
        "Rapporten lämnas inte ut: trygghetsundersökningen {year} har ändrats sedan ”{earlier}” "
        "lämnades ut {day}, och skillnaden skulle kunna röja en skyddad andel i {area}. Använd den "
        "tidigare rapporten som den är, eller läs in undersökningen som den var då."
    ),
    DisclosureCause.NO_WHOLE_PERIOD: (
        "Uppgifterna ({first} till {last}) täcker inget helt kalenderår, och bara hela år visas "
        "för allmänheten. Läs in uppgifter för ett helt år."
    ),
}
_ACCESS = {
    AccessCause.NOT_ALLOWED: "Du har inte behörighet till detta.",
    AccessCause.WRONG_CODE: (
        "Koden {code} går inte att läsa. Jämför den med filen: en bokstav eller siffra är fel "
        "eller saknas."
    ),
    AccessCause.FOREIGN_ADDRESS: (
        "Adressen {address} ligger utanför datorn och används inte. Kartan hämtar inget utifrån."
    ),
}
_WORK = {
    WorkCause.TOO_LONG: (
        "Läsningen av {file} tog mer än {seconds} sekunder av processorns tid och avbröts. "
        "{stored} Öppna filen i det program den kommer från, spara den på nytt utan tomma rader "
        "och kolumner eller dela upp den, och läs in den igen."
    ),
    WorkCause.TOO_BIG: (
        "Läsningen av {file} behövde mer än {megabytes} MB minne och avbröts. {stored} Öppna filen "
        "i det program den kommer från, spara den på nytt utan tomma rader och kolumner eller "
        "dela upp den, och läs in den igen."
    ),
    WorkCause.DIED: (
        "Läsningen av {file} tog slut i förtid. {stored} Försök igen; händer det igen, spara "
        "felkoden {code} och kontakta den som sköter installationen."
    ),
    WorkCause.BROKE_OFF: (
        "Något oväntat hände när {file} lästes. {stored} Händer det igen, spara felkoden {code} "
        "och kontakta den som sköter installationen."
    ),
    WorkCause.CANCELLED: (
        "Läsningen av {file} avbröts. {stored} Välj filen på nytt om den ändå ska läsas in."
    ),
}
_NOTHING_STORED = "Inget har sparats."
_STORE_CHANGED = (
    "Lagret har ändrats under tiden: det som var klart är sparat, och blir inte dubbelt om samma "
    "fil läses in igen."
)
_SENTENCES = {**FILES, **COORDINATES, **_STORE, **_ANALYSIS, **_DISCLOSURE, **_ACCESS, **_WORK}


def error_sentence(error: TrygghetskartaError) -> str:
    """Say what went wrong, where, and what to do.

    Parameters
    ----------
    error
        Any error raised on purpose.
    """
    if isinstance(error, TableError):
        return table_sentence(error)
    facts = {name: fact_text(value) for name, value in error.facts.items()}
    if error.cause is SourceCause.FORMAT_UNKNOWN:
        facts["forms"] = forms_text(error.facts.get("forms", TABLES))
    if isinstance(error, WorkError):
        facts["stored"] = _STORE_CHANGED if error.facts.get("is_changed") else _NOTHING_STORED
    return _SENTENCES[error.cause].format_map(GivenFacts(facts))


SERVER_BROKEN = (
    "Något oväntat hände på servern. Läs om sidan; händer det igen, spara felkoden {code} och "
    "kontakta den som sköter installationen."
)
DOOR_BAD_REQUEST = "Frågan gick inte att läsa. Öppna sidan igen från sin vanliga adress."
DOOR_WRONG_NAME = (
    "Trygghetskarta svarar inte under det här namnet. Öppna {url} i stället. Ska sidorna nås under "
    "ett annat namn anges det med TRYGGHETSKARTA_URL, för mötets öppna del med "
    "TRYGGHETSKARTA_PUBLIC_URL."
)
DOOR_NAME_LOST = (
    "Den som öppnar {url} kommer hit under ett annat namn. Proxyn framför ska skicka Host och "
    "Origin vidare oförändrade, och adressen ska vara den som användarna skriver."
)
DOOR_STRANGE_PAGE = (
    "En annan webbplats försökte använda Trygghetskarta. Öppna {url} själv i stället."
)
UNEXPECTED = (
    "Något oväntat hände och sidan kunde inte visas. Läs om sidan; händer det igen, spara "
    "felkoden {code} och kontakta den som sköter installationen."
)
PRESSED_UNEXPECTED = (
    "Något oväntat hände. Läs om sidan och se efter om det blev gjort; händer det igen, spara "
    "felkoden {code} och kontakta den som sköter installationen."
)


def linked_tables(error: TrygghetskartaError) -> str:
    """Say which earlier table a new one must not stand beside, and what can be done.

    The area is named, its count never.
    """
    earlier, day = error.facts.get("earlier"), error.facts.get("day")
    whole = (DisclosureCause.CORRECTED_SURVEY, DisclosureCause.OTHER_BORDERS)
    if not earlier or day is None or error.cause in whole:
        return error_sentence(error)
    if error.cause is DisclosureCause.CORRECTED_TABLES:
        return (
            f"Tabellen lämnas inte ut: uppgifterna har rättats sedan ”{earlier}” lämnades ut "
            f"{formats.day(day)}, och skillnaden skulle kunna röja ett skyddat antal i "
            f"{error.facts['area']}. Använd den tidigare tabellen som den är, eller välj en period "
            "utan det rättade året eller hela kommunen."
        )
    return (
        f"Tabellen lämnas inte ut: den som också har ”{earlier}”, utlämnad {formats.day(day)}, "
        f"skulle kunna räkna fram ett skyddat antal i {error.facts['area']}. "
        "Välj längre period eller hela kommunen."
    )


def setting_sentence(error: SettingError) -> str:
    """Say which setting is wrong and what it must be."""
    rule = SETTING_RULES[error.rule]
    return CLI_SETTING_INVALID.format(variable=error.variable, value=error.value, rule=rule)


CLI_SETTING_INVALID = "Miljövariabeln {variable}={value} {rule}. Rätta den och försök igen."
SETTING_RULES = {
    SettingRule.WHOLE_NUMBER: "ska vara ett helt tal",
    SettingRule.PORT: "ska vara en port, 1 till 65535",
    SettingRule.ORIGIN: "ska vara en adress som https://karta.kommunen.se, utan sida efter",
    SettingRule.TILES: (
        "ska vara en bakgrundskartas adress med {z}, {x} och {y} i, som "
        "https://karta.kommunen.se/{z}/{x}/{y}.png"
    ),
}
