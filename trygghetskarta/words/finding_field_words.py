"""What the fields of a finding are called, asked and answered, wherever they are read or told."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FieldWords:
    """The words of one field.

    Attributes
    ----------
    label
        In lists, facts and papers.
    column
        As the head of a file's column, with what explains it in brackets.
    question
        As the phone's form asks for it.
    hint
        Below the question, empty for none.
    untold
        Said when it is needed and not told.
    options
        What each answer is called, by the value that is stored; empty where anything may be told.
    """

    label: str
    column: str
    question: str
    hint: str = ""
    untold: str = ""
    options: Mapping[int | str, str] = field(default_factory=dict)


FINDING_FIELDS = {
    "seriousness": FieldWords(
        "Allvar",
        "Allvar 1–4",
        "Hur allvarligt?",
        untold="Välj hur allvarligt det är.",
        options={1: "1 – lindrigt", 2: "2 – bör åtgärdas", 3: "3 – allvarligt", 4: "4 – akut"},
    ),
    "text": FieldWords(
        "Text",
        "Beskrivning",
        "Vad såg du?",
        hint=(
            "Skriv inte namn, personnummer, telefonnummer eller registreringsnummer. Vid fara, "
            "ring 112."
        ),
    ),
}
"""By the field's name, in the order that files and lists have."""
