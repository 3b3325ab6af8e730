"""What is asked about a file before it is saved."""

from collections.abc import Iterable, Sequence

from trygghetskarta import formats
from trygghetskarta.terms.doubts import Doubt, DoubtKind
from trygghetskarta.words.fault_words import GivenFacts, fact_text
from trygghetskarta.words.texts import enumerated

_DOUBTS: dict[DoubtKind, tuple[str, str]] = {
    DoubtKind.REMEMBERED_VALUE: (
        "samma",
        "Förra gången filer med de här kolumnerna lästes in var {role} = {value} på alla rader. "
        "Kontrollera att det gäller {file} också; annars skriv rätt värde.",
    ),
    DoubtKind.ELSEWHERE: (
        "utanför",
        "{outside} av {points} punkter ligger utanför {municipality}. Kontrollera "
        "koordinatsystemet och att filen gäller kommunen.",
    ),
    DoubtKind.PLACES_DISAGREE: (
        "olika-platser",
        "Rader vars koordinat ligger i ett annat område än det de säger: {n} av {rows}. "
        "Koordinaten gäller. Kontrollera koordinatsystemet och att inga kolumner är förväxlade.",
    ),
    DoubtKind.WALK_LONG: (
        "långa-pass",
        "Vandringar som är längre än 12 timmar: {walks}, den längsta {hours} timmar. Kontrollera "
        "klockslagen, och att mätaren inte har stått på efteråt.",
    ),
    DoubtKind.WALK_SHORT: (
        "korta-pass",
        "Vandringar som är kortare än en minut: {walks}, den kortaste {seconds} sekunder. "
        "Kontrollera klockslagen, och att spåret är helt.",
    ),
    DoubtKind.WALK_OLD: (
        "gamla-pass",
        "Vandringar som är mer än tio år gamla: {walks}, den äldsta från {day}. Kontrollera "
        "datumen: en gammal mätare kan visa fel år.",
    ),
    DoubtKind.WALK_TWICE: (
        "samma-pass",
        "Vandringar som gick samma väg på samma tid som en annan: {walks}, den första {day} "
        "(”{walk}”). Är det två klockor eller telefoner på samma promenad, läs bara in den ena; "
        "annars räknas närvaron två gånger.",
    ),
    DoubtKind.TOTAL_DIFFERS: (
        "summor",
        "Summarader som inte stämmer med sina delar: {rows}. Rad {row} säger {count}, delarna i "
        "filen ger {parts}. Delarna räknas, summan inte. Kontrollera att inga rader saknas.",
    ),
    DoubtKind.WITHOUT_PLACE: (
        "utan-plats",
        "Rader som saknar plats: {n} ({share} %), mot {earlier} % tidigare från samma källa. "
        "Kontrollera att rätt kolumner är valda för platsen och att de är ifyllda.",
    ),
    DoubtKind.EMPTY_MONTHS: (
        "tomma-månader",
        "Inte en enda rad i {months}, fast månaderna omkring har många. Kontrollera att filen är "
        "hel.",
    ),
    DoubtKind.UNUSUAL_MONTHS: (
        "ovanliga-månader",
        "Ovanligt antal i {held}. Källan har tidigare haft omkring {mean} i månaden, och mellan "
        "{low} och {high} vore inget ovanligt. Kontrollera att filen är hel och inget dubbelt.",
    ),
    DoubtKind.JUMP: (
        "hopp",
        "Antalet är minst tio gånger större eller mindre i {held} än i de andra månaderna, som har "
        "omkring {middle}. Kontrollera att filen är hel och inget står dubbelt.",
    ),
    DoubtKind.STRAY_DATES: (
        "gamla-datum",
        "Rader daterade långt före de andra: {n}, som tidigast {day}; annars börjar uppgifterna "
        "{first}. Kontrollera årtalen.",
    ),
    DoubtKind.NOT_BEGUN: (
        "ej-började",
        "Åtgärder som sägs pågå eller vara avslutade fast de börjar senare: {n}, den första "
        "{action} som börjar {day}. Kontrollera status och datum.",
    ),
    DoubtKind.SMALL_SHARES: (
        "små-andelar",
        "Alla tal i kolumnen {column} är små, högst {most}, och läses som procent. Är de delar av "
        "ett (0,34 för 34 %) eller ett index, rätta kolumnen i filen.",
    ),
    DoubtKind.UNKNOWN_CODES: (
        "okända-koder",
        "{n} av {rows} brottskoder finns inte i listan, till exempel {codes}. Kontrollera att rätt "
        "kolumn är vald som brottskod.",
    ),
    DoubtKind.OTHER_SOURCE: (
        "annan-källa",
        "{n} av {rows} rader finns redan från källan {source}: samma brott, tid och område. De "
        "räknas en gång till. Är det samma uppgifter, skriv samma namn på källan som förra gången.",
    ),
    DoubtKind.SAME_FILE: (
        "samma-fil",
        "Filen är redan inläst, {day}. {n} av raderna som då sparades läses nu på ett annat sätt. "
        "Bekräfta, så ersätts de; annars står allt kvar som det är.",
    ),
    DoubtKind.SAME_ID: (
        "samma-nummer",
        "Rader med samma nummer som en rad som redan finns, men en annan dag: {n} av {rows}, till "
        "exempel {id}. De gamla raderna skrivs över. Är numret bara radens plats i filen, välj att "
        "ingen kolumn är Radens id; då känns rader igen på sitt innehåll.",
    ),
    DoubtKind.STORED_ALREADY: (
        "finns-redan",
        "Rader för samma brott, tid och område som rader som redan finns från källan, men skrivna "
        "på ett annat sätt eller mer eller mindre uppdelade: {n} (rad {rows}). Allt läggs ihop, så "
        "samma brott räknas två gånger. Skriv område, brott och tid som förra gången, så ändras de "
        "gamla raderna.",
    ),
    DoubtKind.NESTED_AREAS: (
        "delområden",
        "Rader för områden vars delar räknas på andra rader: {n} (rad {rows}). Allt läggs ihop, så "
        "samma brott räknas två gånger. Ta bort antingen helheterna eller delarna.",
    ),
    DoubtKind.NESTED_OFFENCES: (
        "brottsgrupper",
        "Rader som ser ut att vara summor av brott som också har egna rader: {n}, till exempel "
        "{whole}, där {part} ingår. Allt läggs ihop. Ta bort antingen summorna eller delarna.",
    ),
    DoubtKind.COUNT_UNREAD: (
        "antal",
        "Kolumnen {column} ser ut att räkna brott men läses inte: {read}. Välj den som Antal om "
        "det är den som gäller.",
    ),
    DoubtKind.AREAS_LEFT_OUT: (
        "utelämnade-områden",
        "Områden i den indelning som gäller, men till mer än hälften utanför filens områden: {n} "
        "({areas}). Där får brott och vandringar inget område. Kontrollera att filen är hel.",
    ),
    DoubtKind.RATE_IN_TITLE: (
        "andel",
        "Rubriken säger ”{title}”. Kontrollera att kolumnen {column} är antalet brott, inte en "
        "andel eller ett antal per invånare.",
    ),
    DoubtKind.TWICE: (
        "dubbel-fil",
        "Varje rad i filen står minst två gånger: {n} av {rows} rader är upprepningar. Kontrollera "
        "att samma uttag inte är inklistrat två gånger.",
    ),
}
"""The word by which the command line confirms it, and its sentence."""

_without = [kind.value for kind in DoubtKind if kind not in _DOUBTS]
if _without:
    raise LookupError(f"doubts without a sentence: {', '.join(_without)}")

_MONTHS = 6
"""Months that one sentence names."""
NO_DOUBTS = "Inget i filen behöver bekräftas."
ALL_DOUBTS = "alla"
"""The word that confirms whatever is asked."""
DOUBTS_TITLE = "Stämmer det här?"
DOUBTS_HELP = (
    "Något i filen ser inte ut som väntat. Kryssa i det som stämmer ändå; annars rätta filen eller "
    "kolumnvalet och pröva igen. Inget sparas innan allt är bekräftat."
)
CLI_CONFIRM = (
    "bekräfta något som ser fel ut men stämmer, med ordet före frågan (kan upprepas); "
    f"{ALL_DOUBTS} bekräftar allt"
)
CLI_CHECK = "granska filerna utan att spara: samma redovisning och samma frågor"


def doubt_name(kind: DoubtKind) -> str:
    """The word that confirms a doubt."""
    return _DOUBTS[kind][0]


def doubt_sentence(doubt: Doubt) -> str:
    """Say what is odd, and what to do if it is wrong."""
    facts = GivenFacts({name: _fact(name, value) for name, value in doubt.facts.items()})
    return _DOUBTS[doubt.kind][1].format_map(facts)


def _fact(name: str, value: object) -> str:
    if name == "read":
        return f"antalet tas från {value}" if value else "varje rad räknas som ett brott"
    if name == "held" and isinstance(value, Sequence):
        shown = [f"{formats.month(month)} ({formats.number(n)})" for month, n in value[:_MONTHS]]
        more = len(value) - _MONTHS
        return enumerated([*shown, f"{more} till"] if more > 0 else shown)
    return fact_text(value)


def doubts_named(word: str) -> tuple[DoubtKind, ...]:
    """The doubts that a word confirms; none when it is no such word."""
    asked = word.strip().casefold()
    return tuple(kind for kind in DoubtKind if asked in (doubt_name(kind), ALL_DOUBTS))


def unknown_doubt(word: str) -> str:
    """Say which words confirm something."""
    names = ", ".join([*(doubt_name(kind) for kind in DoubtKind), ALL_DOUBTS])
    return f"{word} är inget som kan bekräftas; välj bland {names}"


def checked_line(file: str) -> str:
    """Say that a file was looked at, and nothing saved."""
    return f"{file} är granskad. Inget har sparats."


def how_to_confirm(doubts: Iterable[Doubt]) -> str:
    """Say what is typed to confirm."""
    words = " ".join(dict.fromkeys(f"--confirm {doubt_name(doubt.kind)}" for doubt in doubts))
    return f"Stämmer det ändå? Kör kommandot igen med {words}."
