"""What the command line says."""

from collections.abc import Mapping, Sequence
from datetime import date

from trygghetskarta import formats
from trygghetskarta.terms.areas import NewAreas
from trygghetskarta.terms.bundles import BundleSystem
from trygghetskarta.terms.times import DateOrder
from trygghetskarta.words.fault_words import fact_text
from trygghetskarta.words.texts import EXAMPLE_MARK, ROLES, WALK_TYPES, counted

CLI_DESCRIPTION = "Brott och trygghet på karta för en svensk kommun."
CLI_STORE = "lagret: en .gpkg-fil eller postgresql://… (förval: {default})"
CLI_START = "starta kartan i webbläsaren"
CLI_DEMO = "skapa påhittade exempeldata och läs in dem"
CLI_STATUS = "visa vad lagret innehåller"
CLI_IMPORT = "läs in en eller flera filer"
CLI_QUARANTINE = "visa raderna i karantän, avfärda dem med ett skäl eller ta tillbaka det"
CLI_QUARANTINE_DISMISSED = "visa de rader som är avfärdade i stället"
CLI_DISMISS = "avfärda rader som inte ska rättas; id som listan visar (kräver --reason)"
CLI_RESTORE = "låt avfärdade rader vänta i karantän igen"
CLI_REASON = 'varför raderna avfärdas, till exempel --reason "summarad, inget brott"'
DISMISSED_KEY = "dismissed"
RESTORED_KEY = "restored"
CLI_KIND = "vad filerna innehåller"
CLI_FILES = "filer att läsa in"
CLI_JSON = "skriv rapporten som JSON"
CLI_SOURCE = "källans namn; samma namn nästa gång gör att samma rader känns igen"
CLI_CRS = "koordinatsystem som EPSG-kod när filen inte säger det, till exempel 3006"
CLI_LAYER = "lager i en GeoPackage, eller blad i en arbetsbok, när filen har flera"
CLI_COLUMN = (
    "peka ut en kolumn, till exempel --column Brottskod=KOD, eller säg med --column Brottskod= att "
    "ingen kolumn är det (kan upprepas)"
)
CLI_VALUE = "ge alla rader samma värde, till exempel --value År=2024 (kan upprepas)"
CLI_VALUE_FORM = "ROLL=VÄRDE"
CLI_DATE_ORDER_FORM = "[KOLUMN=]ORDNING"
CLI_DATE_ORDER = (
    "vad som står först i datum som 26-02-14 eller 3/4/2026: year-first (år, månad, dag), "
    "day-first (dag, månad, år) eller month-first (månad, dag, år); gäller kolumner som inte "
    "själva visar det, eller en kolumn: --date-order Brottsdatum=year-first (kan upprepas)"
)
CLI_ONE_NETWORK = "Ge en fil med gatunätet: det ersätter det som fanns. Inget har lästs in."
CLI_WALK_TYPE = "vad spåren är: närvaropass (förval) eller trygghetsrond"
CLI_AREAS = {
    NewAreas.REPLACE: "områden: de ersätter den indelning som gäller, som finns kvar i lagret",
    NewAreas.JOIN: "områden: de läggs till den indelning som gäller, där inga områden finns",
}
CLI_DIVISION_NAME = "områden: indelningens namn (förval: filens namn)"
CLI_VALID_FROM = "områden: första dagen indelningen gäller, som 2026-01-01 (förval: i dag)"
CLI_DIVISIONS = "visa indelningarna i områden, eller låt den förra gälla igen"
CLI_RESTORE_DIVISION = (
    "låt den förra indelningen av nivån gälla igen, till exempel --restore stadsdel"
)
CLI_UNDO_JOIN = (
    "ta bort de områden som senast lades till indelningen av nivån; resten av den står kvar"
)
CLI_RESTORED = "Indelningen ”{name}” gäller igen."
CLI_PEOPLE = "antal vuxna på varje pass i filerna, 1 till 500"


def cli_day_unknown(text: str) -> str:
    """Say how a day is written."""
    return f"”{text}” är inget datum. Skriv det som 2026-01-01."


def cli_number(first: int, last: int) -> str:
    """Say which numbers an option takes."""
    return f"ange ett helt tal från {first} till {last}"


CLI_ADDRESS = "adress att lyssna på (förval: 127.0.0.1, bara den här datorn)"
CLI_PORT = "port (förval: 8501)"
CLI_WITH_DEMO = "fyll ett tomt lager med påhittade exempeldata först"
CLI_NO_BROWSER = "öppna inte webbläsaren"
CLI_PUBLIC_ONLY = "visa bara mötessidorna Tyck till och Mötesbild, inget annat"
CLI_FOLDER = "mapp för exempelfilerna (förval: {default})"
CLI_SEED = "frö för slumpen; samma frö ger samma filer"
CLI_FILES_KEPT = "Exempelfilerna ligger i {folder}."
CLI_LISTENS_LOCAL = (
    "Trygghetskarta på {url} – bara den här datorn kommer åt den. Avsluta med Ctrl+C."
)
CLI_LISTENS_ALL = (
    "Trygghetskarta på {url} – ÖPPEN FÖR ANDRA i nätverket. Alla som når adressen ser interna "
    "uppgifter. Avsluta med Ctrl+C."
)
CLI_LISTENS_PUBLIC = (
    "Trygghetskarta på {url} – ÖPPEN DEL: bara Tyck till och Mötesbild. Avsluta med Ctrl+C."
)
CLI_REAL_DATA = "Lagret har redan riktiga händelser; exempeldata läses inte in."
CLI_GENERATING = "Skapar påhittade exempeldata (tar några sekunder) …"
CLI_READING = "Läser in {file}"
CLI_INTERRUPTED = "Avbrutet. Inget av den pågående filen har sparats."
CLI_STOPPED = "Stoppad. Lagret är avslutat och kan kopieras."
CLI_STOPPED_IN_USE = (
    "Stoppad. Ett annat program har lagret öppet, så det senaste ligger inte i filen ännu. Stäng "
    "det andra programmet och starta och stoppa Trygghetskarta en gång till innan du kopierar."
)
CLI_NO_MEMORY = (
    "Minnet räckte inte. Stäng andra program, eller dela upp filen, till exempel per år, och "
    "försök igen."
)
CLI_NOBODY_READS = "Den som läste svaret har stängt. Kommandot avbröts."
CLI_UNEXPECTED = (
    "Något oväntat hände och kommandot avbröts. Spara felkoden {code} och loggen {file} och "
    "kontakta den som sköter installationen."
)
CLI_BUNDLE = "hämta allt som behövs för att installera på en dator utan nätverk"
CLI_BUNDLE_FOLDER = "mapp att hämta till"
CLI_BUNDLE_SYSTEM = "systemet som kartan ska köras på (förval: båda)"
CLI_BUNDLE_PYTHON = "version av Python på den datorn (förval: {default}, som här)"
CLI_BUNDLE_COUNT = "{system}: {count} filer"
CLI_BUNDLE_MADE = (
    "{files} filer, {megabytes} MB, i {folder}. Ta med mappen; {guide} säger hur man installerar."
)
BUNDLE_SYSTEMS = {BundleSystem.WINDOWS: "Windows (64 bitar)", BundleSystem.LINUX: "Linux (x86-64)"}
BUNDLE_GUIDE = "INSTALLERA.txt"
_BUNDLE_LINES = {
    BundleSystem.WINDOWS: (
        "py -{python} -m venv .venv; .venv\\Scripts\\python -m pip install --no-index "
        "--find-links wheels --require-hashes -r {list}; "
        ".venv\\Scripts\\python -m trygghetskarta start --demo"
    ),
    BundleSystem.LINUX: (
        "python{python} -m venv .venv && .venv/bin/python -m pip install --no-index "
        "--find-links wheels --require-hashes -r {list} && "
        ".venv/bin/python -m trygghetskarta start --demo"
    ),
}


def bundle_guide(lists: Mapping[BundleSystem, str], python: str) -> str:
    """Say how a bundle is installed on a computer without a network.

    Parameters
    ----------
    lists
        Name of the list of files and hashes, by system.
    python
        Version of Python the bundle is made for.
    """
    parts = [
        f"Trygghetskarta utan nätverk\n\nPå datorn ska Python {python} finnas. Öppna en terminal "
        "(i Windows: PowerShell) i den här mappen och kör raden för systemet. pip hämtar inget "
        "annat än filerna i mappen wheels och prövar varje fil mot dess kontrollsumma.\n"
    ]
    for system, name in lists.items():
        line = _BUNDLE_LINES[system].format(python=python, list=name)
        parts.append(f"{BUNDLE_SYSTEMS[system]}:\n\n{line}\n")
    return "\n".join(parts)


CLI_PORT_TAKEN = "Port {port} används redan. Ange en annan med --port."
CLI_PORT_CLOSED = (
    "Port {port} får inte användas av dig. Ange en annan med --port, till exempel 8501."
)
CLI_ADDRESS_WRONG = (
    "Den här datorn har ingen adress ”{address}” att lyssna på. Ange en annan med --address."
)
HOW_TO_START = "Trygghetskarta startas inte så här"
HOW_TO_START_WHY = (
    "Startad på det här sättet saknar kartan skydd mot andra webbplatser, och därför visas inga "
    "uppgifter. Stäng med Ctrl+C och starta den i stället från en kommandotolk:"
)
HOW_TO_START_DEMO = "Vill du se kartan med påhittade exempeldata, lägg till --demo sist."
CLI_STATUS_LINES = {
    "store": "Lager",
    "version": "Dataversion",
    "areas": "Områden",
    "incidents": "Händelser",
    "newest": "Senaste händelse",
    "population": "Befolkningsuppgifter",
    "events": "Polisens publicerade händelser",
    "survey": "Enkätsvar (andelar)",
    "walks": "Vandringar",
    "observations": "Observationer",
    "quarantined": "Rader i karantän",
    "example": "Exempeldata",
}


def cli_pair(text: str) -> str:
    """Say that an option lacks its equals sign."""
    return f"{text} saknar likhetstecken; skriv till exempel Brottskod=KOD"


def unset_hint(column: str, role: str) -> str:
    """Say how a column that was taken for the wrong thing is told to be something else."""
    name = ROLES[role]
    return (
        f'Är ”{column}” inte {name}? Lägg till --column "{name}=" (ingen kolumn) eller '
        f'--column "{name}=rätt kolumn".'
    )


def cli_date_order_unknown(word: str) -> str:
    """Say which orders of day, month and year there are."""
    return f"{word} är ingen ordning; välj bland {', '.join(DateOrder)}"


def cli_walk_type_unknown(word: str) -> str:
    """Say which types of walk there are."""
    return f"{word} är ingen sorts vandring; välj bland {', '.join(WALK_TYPES.values())}"


def quarantine_unknown(given: Sequence[str]) -> str:
    """Say which ids name no row, or several."""
    return (
        f"Id {', '.join(given)} är inte en enda rad. Kör kommandot utan val för att se raderna och "
        "deras id. Inget har ändrats."
    )


def dismissal_line(key: str, done: int) -> str:
    """Say how many rows were dismissed, or wait again."""
    rows = counted(done, "1 rad", "rader")
    if key != DISMISSED_KEY:
        return f"{rows} väntar i karantän igen"
    return f"{rows} är {'avfärdad' if done == 1 else 'avfärdade'}"


def more_faults(n: int) -> str:
    """Say how many faults are not shown."""
    return f"… och {formats.number(n)} fel till."


def report_line(file: str, read: int, quarantined: int) -> str:
    """Sum the import of one file up on one line."""
    line = f"{file}: {counted(read, '1 rad läst', 'rader lästa')}"
    return f"{line}, {formats.number(quarantined)} i karantän" if quarantined else line


YES = "ja"
NO = "nej"
ARGPARSE = {
    "usage: ": "användning: ",
    "positional arguments": "argument",
    "options": "val",
    "show this help message and exit": "visa den här hjälpen och avsluta",
    "%(prog)s: error: %(message)s\n": "%(prog)s: fel: %(message)s\n",
    "the following arguments are required: %s": "argument som saknas: %s",
    "unrecognized arguments: %s": "okända argument: %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "expected one argument": "ett värde saknas",
    "expected at most one argument": "högst ett värde kan anges",
    "expected at least one argument": "minst ett värde saknas",
    "expected %s argument": "%s värde saknas",
    "expected %s arguments": "%s värden saknas",
    "ignored explicit argument %r": "tar inget värde, men fick %r",
    "unexpected option string: %s": "okänt val: %s",
    "not allowed with argument %s": "kan inte anges tillsammans med %s",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "%(value)r går inte att välja (välj bland %(choices)s)"
    ),
    "invalid %(type)s value: %(value)r": "%(value)r är inte ett giltigt värde",
}


def status_lines(told: Mapping[str, object]) -> list[tuple[str, str]]:
    """Tell what the store holds, line by line; keys as in ``intake.status.Status``."""
    return [(label, _status_value(name, told[name])) for name, label in CLI_STATUS_LINES.items()]


def _status_value(name: str, value: object) -> str:
    if name == "example":
        return f"{YES} ({EXAMPLE_MARK})" if value else NO
    if isinstance(value, date):
        return formats.day(value)
    return fact_text(value)


CLI_REPORT = "skriv en rapport: lägesbild, styrgruppsrapport eller SKA-underlag"
CLI_REPORT_KIND = "vilken rapport"
CLI_YEAR_NAME = "ÅR"
CLI_REPORT_YEAR = "år, till exempel 2025"
CLI_REPORT_QUARTER = (
    "kvartal 1–4, eller 0 för hela året (förval: hela året; styrgruppsrapporten kvartal 1)"
)
CLI_REPORT_AUDIENCE = "vem som ska läsa: internal (förval) eller public, med små antal dolda"
CLI_REPORT_FORMAT = "filformat: docx (förval), pdf eller html"
CLI_REPORT_OUT = "filens namn (förval: rapportens titel i den här mappen)"
CLI_REPORT_AREA = "planområde för SKA-underlag: GeoJSON, GeoPackage eller zippad shapefil"
CLI_REPORT_DISTRICT = "stadsdel som planområde för SKA-underlag"
CLI_REPORT_FREEZE = "frys rapporten i lagret också, så att den kan hämtas oförändrad"
CLI_REPORT_NO_AREA = "SKA-underlaget behöver en plats: ange --area FIL eller --district NAMN."
CLI_REPORT_NOT_WRITTEN = "Filen {file} kunde inte skrivas. Kontrollera mappen och rättigheterna."
CLI_REPORT_WRITTEN = "{title} är skriven i {file}."
