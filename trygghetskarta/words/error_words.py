"""What went wrong, where, and what to do."""

from trygghetskarta import formats
from trygghetskarta.errors import (
    AccessCause,
    AnalysisCause,
    CrsCause,
    DisclosureCause,
    SourceCause,
    StoreCause,
    TableError,
    TrygghetskartaError,
)
from trygghetskarta.settings import SettingError, SettingRule
from trygghetskarta.terms.file_forms import TABLES
from trygghetskarta.words.bound_words import BOUNDS
from trygghetskarta.words.fault_words import GivenFacts, fact_text, table_sentence
from trygghetskarta.words.form_words import forms_text

_SOURCE = {
    **BOUNDS,
    SourceCause.NOT_AN_AREA: (
        "Filen {file} har inga giltiga ytor. Ett planområde behöver vara polygoner i GeoJSON, "
        "GeoPackage eller en zippad shapefil."
    ),
    SourceCause.NOT_A_DRAWN_AREA: (
        "Det ritade området behöver minst tre hörn, och sidorna får inte korsa varandra. Ta bort "
        "det senaste hörnet eller rensa området."
    ),
    SourceCause.NO_SUCH_DISTRICT: "Stadsdelen {name} finns inte. Skriv namnet som på sidan Karta.",
    SourceCause.NO_CHECKOUT: (
        "Paketet byggs ur projektets mapp. Kör kommandot där koden ligger, inte där programmet är "
        "installerat."
    ),
    SourceCause.FOLDER_NOT_WRITTEN: (
        "Mappen {folder} går inte att skriva i. Välj en annan, eller kontrollera rättigheterna."
    ),
    SourceCause.NOT_PINNED: (
        "Paketet {package} saknar en version som passar i constraints.txt. Lägg till den och "
        "försök igen."
    ),
    SourceCause.NOT_FETCHED: (
        "Allt kunde inte hämtas. Kontrollera nätverket och pip på den här datorn. pip säger: "
        "{said}."
    ),
    SourceCause.FILE_MISSING: "Filen {file} finns inte. Kontrollera namn och mapp.",
    SourceCause.FILE_EMPTY: "Filen {file} är tom. Hämta den på nytt från källan.",
    SourceCause.AREAS_OVERLAP: (
        "Områden i {file} ligger på andra områden: {areas}. Av en nivå kan bara en indelning gälla "
        "åt gången. Rätta gränserna, eller låt filens områden ersätta dem som gäller (”Ersätt” på "
        "sidan Data, --replace på kommandoraden). Inget har sparats."
    ),
    SourceCause.DIVISION_UNCLEAR: (
        "Områdena i {file} täcker {percent} % av kommunen. Välj om de ersätter de områden som "
        "gäller nu (”Ersätt” på sidan Data, --replace på kommandoraden) eller läggs till dem där "
        "inga områden finns (”Lägg till”, --join). Inget har sparats."
    ),
    SourceCause.DIVISION_NAME_TAKEN: (
        "Det finns redan en indelning som heter {name}. Ge {file} ett annat namn (”Indelningens "
        "namn” på sidan Data, --division-name på kommandoraden). Inget har sparats."
    ),
    SourceCause.DIVISION_CODES_TAKEN: (
        "Koderna {codes} i {file} har redan andra områden i den indelning som gäller. Ge de nya "
        "områdena egna koder, eller låt filen ersätta indelningen (”Ersätt”, --replace). Inget har "
        "sparats."
    ),
    SourceCause.DIVISION_AHEAD: (
        "Indelningen i {file} skulle gälla från {day}, som inte har varit än. Läs in den då, eller "
        "välj en tidigare dag. Inget har sparats."
    ),
    SourceCause.DIVISION_TOO_EARLY: (
        "Indelningen i {file} måste gälla från en senare dag än {name}, som gäller från {day}. "
        "Välj en senare dag (”Gäller från”, --valid-from). Inget har sparats."
    ),
    SourceCause.FORMAT_UNKNOWN: (
        "Filen {file} har ett format som inte kan läsas här. Det som läses är {forms}. Spara om "
        "den som något av dem."
    ),
    SourceCause.ARCHIVE_NESTED: (
        "I {file} ligger ett arkiv till, {member}. Packa upp det och läs in filerna för sig."
    ),
    SourceCause.ARCHIVE_SWELLS: (
        "Filen {file} blir {megabytes} MB när den packas upp, långt mer än en vanlig fil, och "
        "lästes inte. Kontrollera var den kommer ifrån, eller packa upp den själv."
    ),
    SourceCause.TOO_MANY_FILES: (
        "Arkivet {file} har {found} filer; högst {most} läses. Dela upp det."
    ),
    SourceCause.FILE_DAMAGED: (
        "Filen {file} är skadad eller ofullständig. Hämta den på nytt, eller spara om den."
    ),
    SourceCause.ENCODING_UNKNOWN: (
        "Teckenkodningen i {file} går inte att tolka. Spara om filen som UTF-8."
    ),
    SourceCause.FILE_NOT_OPENED: (
        "Filen {file} går inte att öppna. Stäng den i andra program och kontrollera rättigheterna."
    ),
    SourceCause.FILE_PROTECTED: (
        "Filen {file} är skyddad med lösenord. Spara en kopia utan lösenord och läs in den."
    ),
    SourceCause.NO_HEADER: "Ingen rubrikrad hittades i {file}. Första raden ska namnge kolumnerna.",
    SourceCause.DECIMAL_COMMAS: (
        "I {file} står komma både mellan kolumnerna och i talen: rad {row} har {found} celler, men "
        "rubriken har {columns}. Spara om filen med semikolon mellan kolumnerna, eller med "
        "decimalpunkt i talen."
    ),
    SourceCause.SURPLUS_CELLS: (
        "De flesta rader i {file} har fler celler än rubriken: rad {row} har {found}, rubriken "
        "{columns}. Troligen står {separator} inne i en text. Spara om filen med citattecken runt "
        "texterna eller med ett annat tecken mellan kolumnerna, eller lägg till rubriker som "
        "saknas."
    ),
    SourceCause.NO_EVENTS: (
        "Svaret i {file} har inga händelser, så inget har lästs in. Hämta listan igen senare från "
        "polisen.se/api/events."
    ),
    SourceCause.NO_ROWS: "Filen {file} har en rubrikrad men inga rader under den.",
    SourceCause.SEVERAL_LAYERS: (
        "Filen {file} innehåller flera tabeller: {layers}. Välj vilken som ska läsas (på "
        "kommandoraden med --sheet eller --layer)."
    ),
    SourceCause.NO_GEOMETRY: (
        "Filen {file} har bara tabeller utan geometri: {tables}. Spara dem som CSV eller XLSX, "
        "eller exportera lagret med sina punkter, linjer eller ytor."
    ),
    SourceCause.SHAPEFILE_INCOMPLETE: (
        "Shapefilen {file} saknar {missing}. Zippa alla delar (.shp, .shx, .dbf, .prj) tillsammans."
    ),
    SourceCause.COLUMN_MISSING: (
        "Kolumnen {column} saknas i {file}. Kolumner som finns: {found}. Välj rätt kolumn eller "
        "lägg till den."
    ),
    SourceCause.COLUMN_MISSING_IN_SHEET: (
        "Kolumnen {column} saknas i bladet {sheet} i {file}. Kolumner som finns: {found}. Andra "
        "blad som ser ut som tabeller: {sheets}. Välj ett av dem (på kommandoraden med --sheet), "
        "eller rätt kolumn."
    ),
    SourceCause.COLUMN_TWICE: (
        "Kolumnen {column} förekommer flera gånger i {file}. Välj vilken som gäller: den första "
        "heter här {column}, nästa {column} (2). Eller byt namn på den ena i filen."
    ),
    SourceCause.ROLE_UNKNOWN: (
        "Uppgiften {role} finns inte i filer av det här slaget. Välj bland {roles}."
    ),
    SourceCause.VALUE_NOT_SHARED: (
        "Uppgiften {role} kan inte vara densamma på alla rader. Välj en kolumn i stället."
    ),
    SourceCause.VALUE_UNFIT: (
        "{value} kan inte vara {role}. Skriv ett värde av rätt slag, eller välj en kolumn."
    ),
    SourceCause.MAPPING_UNKNOWN_COLUMN: (
        "Kolumnvalet pekar på {column}, som inte finns i {file}. Välj om kolumnen."
    ),
    SourceCause.JSON_UNEXPECTED: (
        "Filen {file} är inte polisens händelselista (JSON). Hämta den från polisen.se/api/events."
    ),
    SourceCause.XML_FORBIDDEN: (
        "Filen {file} har en dokumenttyp (DOCTYPE) som ett spår inte ska ha och lästes inte. "
        "Exportera spåret på nytt från klockan eller appen."
    ),
    SourceCause.NO_TRACK: (
        "Filen {file} har inget spår med minst två punkter. Exportera spåret på nytt, eller skriv "
        "in passet för hand med plats, tid och antal."
    ),
    SourceCause.TRACK_WITHOUT_PLACES: (
        "Ingen punkt i {file} har en latitud och longitud som går att läsa. Exportera spåret på "
        "nytt från klockan eller appen."
    ),
    SourceCause.TRACK_ELSEWHERE: (
        "Spåret i {file} ligger utanför Sverige. Kontrollera att det är rätt fil."
    ),
    SourceCause.TRACK_IN_FUTURE: (
        "Spåret i {file} är daterat {day}, som inte har varit än. Ställ klockan i enheten och "
        "exportera på nytt."
    ),
    SourceCause.TRACK_TIMES_DOUBTFUL: (
        "Tiderna i spåret i {file} kan inte stämma: där står {moment}. Ställ klockan i enheten och "
        "exportera på nytt."
    ),
    SourceCause.TRACK_NOT_WALKED: (
        "Inget i {file} gick i gångfart (högst 3 meter i sekunden), så det finns inget pass att "
        "visa. Kontrollera att det är rätt fil."
    ),
    SourceCause.NO_LINES: (
        "Filen {file} har inga linjer. Välj ett lager med sträckor, till exempel gångvägar."
    ),
    SourceCause.READ_WITH_WALKS: (
        "Filen {file} har vandringar eller fynd, som läses in tillsammans med sina spår. Läs in "
        "den på sidan Vandringar, eller med kommandot import walks eller import observations."
    ),
    SourceCause.UNCONFIRMED: (
        "Inget av {file} är sparat: något i filen ser inte ut som väntat och behöver bekräftas."
    ),
    SourceCause.MUNICIPALITY_UNKNOWN: (
        "Kommunen {code} har ingen mapp i geodata. Mappar som finns: {found}."
    ),
    SourceCause.PHOTO_UNREADABLE: (
        "Bilden går inte att läsa. Ta en ny, eller spara den som JPEG eller PNG och välj den igen."
    ),
    SourceCause.CONFIGURATION_INVALID: (
        "Inställningsfilen {file} har ett fel vid {key}. Rätta raden och starta om."
    ),
}
_CRS = {
    CrsCause.CRS_MISSING: (
        "Filen {file} säger inte vilket koordinatsystem den har. Siffrorna liknar {looks_like}. "
        "Spara om filen med koordinatsystem, eller välj det här."
    ),
    CrsCause.CRS_UNSUPPORTED: (
        "Filen {file} har koordinatsystemet {crs}, som inte kan läsas. Spara om den i SWEREF 99 TM."
    ),
    CrsCause.CRS_UNKNOWN: (
        "Filen {file} säger inte vilket koordinatsystem den har, och talen liknar inget som "
        "används här. Kontrollera att rätt kolumner är valda, eller spara om filen med system."
    ),
    CrsCause.WEB_MERCATOR: (
        "Koordinaterna i {file} är Web Mercator (EPSG:3857), som kartor på webben ritas i. Välj "
        "koordinatsystemet Web Mercator (--crs 3857) och läs in filen igen."
    ),
    CrsCause.IN_KILOMETRES: (
        "Koordinaterna i {file} liknar {looks_like} i kilometer. Gör om dem till meter (gånger "
        "1 000) och läs in filen igen."
    ),
    CrsCause.WITHOUT_DECIMALS: (
        "Koordinaterna i {file} liknar {looks_like} utan decimaltecken: de är {times} gånger för "
        "stora. Dela dem med {times} och läs in filen igen."
    ),
    CrsCause.OUTSIDE_ALL: (
        "Punkterna i {file} hamnar utanför Sverige, och talen liknar inget koordinatsystem som "
        "används här. Kontrollera att rätt kolumner är valda."
    ),
    CrsCause.OUTSIDE_SWEDEN: (
        "Punkterna i {file} hamnar utanför Sverige. Siffrorna liknar {looks_like}. Kontrollera "
        "koordinatsystemet."
    ),
    CrsCause.SWAPPED: (
        "Koordinaterna i {file} verkar omkastade (nord och öst, eller latitud och longitud). De "
        "liknar {looks_like}. Byt plats på kolumnerna."
    ),
    CrsCause.AMBIGUOUS: "Koordinaterna i {file} kan vara flera system: {candidates}. Välj vilket.",
}
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
_SENTENCES = {**_SOURCE, **_CRS, **_STORE, **_ANALYSIS, **_DISCLOSURE, **_ACCESS}


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
