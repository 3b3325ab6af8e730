"""What was wrong with a file or its coordinates, and what to do."""

from trygghetskarta.errors import CrsCause, SourceCause
from trygghetskarta.words.bound_words import BOUNDS

FILES = {
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
        "Välj en senare dag (”Gäller från”, --valid-from). Är {name} fel, låt först den förra "
        "gälla igen (Indelningar på sidan Data, divisions --restore). Inget har sparats."
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
    SourceCause.YEAR_BESIDE_YEARS: (
        "I {file} står åren i rubrikerna ({columns}), men År är också valt. Ta bort valet av År, "
        "eller ta bort de andra årens kolumner ur filen."
    ),
    SourceCause.COLUMN_OF_A_PART: (
        "Kolumnen {column} i {file} gäller bara en del av invånarna, eller något annat än hur "
        "många de var vid årets slut. Ta med en kolumn för hela folkmängden, eller en rad för "
        "varje kön och ålder under rubrikerna Kön och Ålder."
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
COORDINATES = {
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
