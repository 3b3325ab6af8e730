"""Offence types (*brottstyper*): our grouping of the offence codes."""

OFFENCE_TYPES = (
    "Våld",
    "Hot och ofredande",
    "Sexualbrott",
    "Rån",
    "Stöld",
    "Inbrott",
    "Fordonsbrott",
    "Skadegörelse",
    "Brand",
    "Sprängning",
    "Narkotika",
    "Vapen",
    "Ordning",
    "Mot tjänsteman/blåljus",
    "Trafik",
    "Nedskräpning",
    "Övriga brott",
)
"""Offence types (*brottstyper*): our grouping of the offence codes, with the rest last."""

OTHER_OFFENCES = OFFENCE_TYPES[-1]
