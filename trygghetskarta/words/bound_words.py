"""What is more than can be read: how much there is, and what to do instead."""

from trygghetskarta.errors import SourceCause

BOUNDS = {
    SourceCause.FILE_TOO_LARGE: (
        "Filen {file} är {megabytes} MB; gränsen är {limit} MB. Dela upp den, till exempel per år."
    ),
    SourceCause.TOO_MANY_COLUMNS: (
        "Filen {file} har något i kolumn {found}; högst {most} kolumner läses. Ta bort det som "
        "står långt till höger och spara om filen."
    ),
    SourceCause.SHEET_TOO_LARGE: (
        "Bladet {sheet} i {file} fortsätter förbi rad {row}, längre ned än vad som läses. Ta bort "
        "det som står långt under tabellen, eller dela upp filen."
    ),
    SourceCause.TOO_MUCH_INSIDE: (
        "Filen {file} innehåller mer än vad som kan läsas på en gång ({found} delar; gränsen är "
        "{most}). Ta bort det som inte hör till tabellen, eller dela upp den, till exempel per år."
    ),
    SourceCause.LAYER_WITHOUT_END: (
        "Lagret {layer} i {file} är en vy eller ett lager som inte blir färdigläst. Exportera det "
        "till ett nytt lager, till exempel i QGIS, och läs in det."
    ),
    SourceCause.TOO_MANY_FAULTS: (
        "Fler än {most} rader har fel, den första på rad {row} ({value}). Inget sparades. Se efter "
        "att rätt slags uppgifter och rätt kolumner är valda, eller rätta filen vid källan."
    ),
    SourceCause.NOT_A_FILE: (
        "{file} är ingen fil utan en mapp eller en enhet. Ange filen som ska läsas in."
    ),
    SourceCause.PHOTO_TOO_LARGE: (
        "Bilden är för stor; gränsen är {limit} MB. Ta en ny med lägre upplösning."
    ),
}
