"""Labels that name an organisation and no person."""

import re
import unicodedata

_HEADS = (
    "förvaltning(?:ar(?:na)?|en)?|kontor(?:et|en)?|enhet(?:er(?:na)?|en)?|bolag(?:et|en)?|"
    "nämnd(?:er(?:na)?|en)?|avdelning(?:ar(?:na)?|en)?|verk(?:et|en)?|verksamhet(?:er(?:na)?|en)?|"
    "tjänst(?:en)?|förening(?:ar(?:na)?|en)?|skol(?:a|an|or|orna)|polis(?:en)?|kommun(?:en)?|"
    "styrelsen?|byrån?|myndighet(?:er(?:na)?|en)?|råd(?:et)?|ledning(?:en)?|regionen?"
)
_PARTS = (
    "arbetsmarknads|avfalls|barn|bostads|brottsförebyggande|byggnads|bygg|energi|fastighets|fritids|"
    "för|förskole|gatu|grann|grund|gymnasie|gymnasium|hyresgäst|hyresgästs|hälso|idrotts|kommun|"
    "kommunal|kretslopps|kriminalvårds|kultur|lands|läns|lokal|lant|medborgar|miljö|mark|natur|närings|"
    "näringslivs|när|område|områdes|omsorgs|park|plan|polis|region|räddnings|renhållnings|samhälls|"
    "samverkans|service|skatte|skol|social|stads|stadsdels|säkerhets|teknik|trafik|trygghets|"
    "ungdoms|utbildnings|vatten|vård|väg|åklagar|äldre"
)
_ORGANISATION = re.compile(
    rf"(?:(?:{_PARTS})*(?:{_HEADS})s?|(?:{_PARTS})+-|(?:social|kommun)tjänst(?:en)?s?|tekniska?|"
    "och|samt|ab|hb)"
)


def is_organisation(text: str | None) -> bool:
    """Whether a label is nothing but the name of a kind of organisation, so that anyone may see it.

    Every word must be one, made of known parts: a person's name beside the organisation's, or
    grown together with it, is not let through.

    Examples
    --------
    >>> is_organisation("Gatukontoret"), is_organisation("Anna, gatukontoret")
    (True, False)
    >>> is_organisation("Kultur- och fritidsförvaltningen"), is_organisation("annaskola")
    (True, False)
    """
    words = re.findall(r"[^\W_]+-?", unicodedata.normalize("NFKC", text or "").casefold())
    return bool(words) and all(_ORGANISATION.fullmatch(word) for word in words)
