"""Outside text made harmless: for pages and scripts, for spreadsheets, for file names."""

import re
import unicodedata
from html import escape

_LINE_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_REMOVED = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the direction of what is read
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # no file can hold them
)
_REFERENCES = str.maketrans({character: f"&#{ord(character)};" for character in "`${}\\"})

_FORMULA_STARTS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_RUNS_AS_FORMULA = re.compile(rf"[{_FORMULA_STARTS}\t\r\n']")
GUARDED = re.compile(rf"^'(?={_RUNS_AS_FORMULA.pattern})")
"""The apostrophe that :func:`guard` puts before a cell."""
_STARTS_CELL = re.compile(rf"(?:^|(?<=[,;|]))(?=\s*[{_FORMULA_STARTS}])")

_NO_FILE_NAME = re.compile("[^a-z0-9]+")
_RESERVED = re.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])$")
_LONGEST_FILE_NAME = 80


def plain_text(text: str) -> str:
    """Give a text as one line without control characters or marks that turn its direction.

    Parameters
    ----------
    text
        Anything that came from outside.

    Returns
    -------
    str
        Every run of line breaks and tabs is one space; nothing else that can be seen is changed.

    Examples
    --------
    >>> plain_text("Sylte" + chr(10) + "norra" + chr(0))
    'Sylte norra'
    """
    return _REMOVED.sub("", _LINE_BREAKS.sub(" ", text))


def html_text(text: str) -> str:
    """Escape a text for HTML, also for HTML inside a script's template string.

    Parameters
    ----------
    text
        Anything that came from outside.

    Returns
    -------
    str
        One line in which ``& < > " ' ` $ { } \\`` are character references.

    Examples
    --------
    >>> html_text("<b>${1}")
    '&lt;b&gt;&#36;&#123;1&#125;'
    """
    return escape(plain_text(text), quote=True).translate(_REFERENCES)


def spreadsheet_text(text: str) -> str:
    """Keep a text in a CSV cell from being taken for a formula.

    Parameters
    ----------
    text
        Anything that came from outside. A workbook's cells are typed and need only
        :func:`plain_text`.

    Returns
    -------
    str
        One line. An apostrophe stands before a leading ``= + - @`` (also in full width), tab or
        carriage return, and before such a sign after ``, ; |``: a program set to another separator
        would begin a cell there.

    Examples
    --------
    >>> spreadsheet_text("=1+1")
    "'=1+1"
    """
    guarded = _STARTS_CELL.sub("'", plain_text(text))
    if text.startswith(("\t", "\r")) and not guarded.startswith("'"):
        return f"'{guarded}"
    return guarded


def guard(cell: str) -> str:
    """Keep a spreadsheet from running a cell, in a way that :func:`unguard` can undo exactly.

    Examples
    --------
    >>> guard("=1+1"), guard("'s"), guard("Sylte")
    ("'=1+1", "''s", 'Sylte')
    """
    return f"'{cell}" if _RUNS_AS_FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """Undo :func:`guard`.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("''s"), unguard("'t Zand")
    ('=1+1', "'s", "'t Zand")
    """
    return GUARDED.sub("", cell)


def plain_markdown(text: str) -> str:
    """Keep outside text from being taken for markup where a page reads Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:])", r"\\\1", text)


def file_name(title: str) -> str:
    """Make a file name, without suffix, that every system accepts.

    Parameters
    ----------
    title
        What the file shows.

    Returns
    -------
    str
        Small letters a to z, digits and hyphens, at most 80 characters, never empty.

    Examples
    --------
    >>> file_name("Narkotika (2026)")
    'narkotika-2026'
    """
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii")
    name = _NO_FILE_NAME.sub("-", ascii_only.lower())[:_LONGEST_FILE_NAME].strip("-")
    if not name or _RESERVED.fullmatch(name):
        return f"karta-{name}".strip("-")
    return name
