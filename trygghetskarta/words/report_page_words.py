"""What the page Lägesbild says."""

from trygghetskarta.terms.papers import ReportFormat

PAGE_SITUATION = "Lägesbild"
SECTION_REPORTS = "Uppföljning"
SITUATION_KIND = "Rapport"
SITUATION_READER = "Vem ska läsa?"
SITUATION_QUARTER = "Del av året"
SITUATION_QUARTERS = {
    0: "Hela året",
    1: "Kvartal 1 (januari–mars)",
    2: "Kvartal 2 (april–juni)",
    3: "Kvartal 3 (juli–september)",
    4: "Kvartal 4 (oktober–december)",
}
SITUATION_WHOLE_YEARS = "Den offentliga versionen visar bara hela kalenderår."
SITUATION_COMPOSING = "Sammanställer rapporten …"
SITUATION_LACKS = "Det här saknas i rapporten"
SITUATION_FREEZE = "Frys rapporten"
SITUATION_FREEZE_HELP = (
    "Sparar rapporten som den är nu, med siffror, kartor och egen text. Den kan hämtas oförändrad "
    "senare, vad som än läses in."
)
SITUATION_FROZEN_NOW = "Rapporten är fryst och finns i listan."
SITUATION_TAKE_HOME = "Ladda ner utkastet"
SITUATION_FORMATS = {
    ReportFormat.DOCX: "Word (DOCX)",
    ReportFormat.PDF: "PDF",
    ReportFormat.HTML: "Webbsida (HTML)",
}
SITUATION_FROZEN = "Frysta rapporter"
SITUATION_FROZEN_NONE = "Ingen rapport är fryst ännu."
SITUATION_FROZEN_CHOOSE = "Välj fryst rapport"
SITUATION_WRITE = "Skriv egen text"
SITUATION_EDIT = "Ändra egen text"
SITUATION_WRITE_HELP = (
    "Texten följer med i rapporten och ligger kvar när siffrorna räknas om. Den hör till den här "
    "rapporten, perioden och läsaren. Skriv inga personuppgifter. En tom rad ger nytt stycke."
)
SITUATION_SAVE = "Spara texten"
SITUATION_STALE = (
    "Någon annan hann ändra texten. Inget är skrivet över: det som nu är sparat står ovanför, och "
    "det du skrev står kvar här. Spara igen om det fortfarande gäller."
)
SITUATION_SAVED = "Texten är sparad."


def own_text_label(heading: str) -> str:
    """Name the box in which own text is written."""
    return f"Egen text till {heading}"


def year_choice(year: int, is_whole: bool) -> str:
    """Name a year; a year that has not ended is told."""
    return str(year) if is_whole else f"{year} (inte hela året)"


def figures_of(data_version: int, day: str) -> str:
    """Say that the page always counts anew."""
    return (
        f"Siffrorna räknas om när nya uppgifter läses in. Nu: dataversion {data_version}, läget "
        f"den {day}."
    )


def frozen_name(title: str, audience: str, day: str, fingerprint: str) -> str:
    """Name a frozen report in a list."""
    return f"{title} · {audience.lower()} · fryst {day} · {fingerprint}"


def frozen_label(kind: str) -> str:
    """Name the file of a frozen report."""
    return f"Fryst: {kind}"
