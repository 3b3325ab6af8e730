"""Brå's offence codes: what each is called, and which offence type it belongs to."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from trygghetskarta.errors import Fault, SourceCause, SourceError, TableError, TableRule
from trygghetskarta.sources.fields.distinct import answered
from trygghetskarta.terms.offences import OFFENCE_TYPES, OTHER_OFFENCES

_ACTIVE = "brottskoder_urval.csv"
_ENDED = "brottskoder_upphorda_exempel.csv"

_CODE = re.compile(r"\s*(\d{3,4})(?:\.0)?(?:\s*[-–—:,]\s*\D.*|\s+\D.*|\s*)", re.DOTALL)
"""Three or four digits (a spreadsheet may have made ``357.0`` of 0357), alone or before a name."""

_BY_WORDS = (
    ("Sexualbrott", r"sexuell|sexualbrott|våldtäkt|blottning|köp av sexuell|koppleri"),
    (
        "Mot tjänsteman/blåljus",
        r"tjänstem|våldsamt motstånd|blåljus|förgripelse mot|mot ordningsvakt",
    ),
    ("Trafik", r"(?<!kollektiv)trafik|rattfylleri|olovlig körning|^smitning"),
    ("Rån", r"\brån|(?<!f)rån\b"),
    ("Inbrott", r"(?<!utan )(?<!ej )(?<!inte )(?<!icke )inbrott"),
    (
        "Fordonsbrott",
        r"tillgrepp .*fortskaffningsmedel|biltillgrepp"
        r"|stöld (?:ur|av|från|ur/från|ur eller från).*(?:motordr|fordon|elsparkcykel)",
    ),
    ("Stöld", r"stöld|snatteri|väskryckning|\btillgrepp"),
    ("Sprängning", r"sprängning"),
    ("Brand", r"mordbrand|bilbrand|genom brand|av brand|anlagd brand"),
    ("Skadegörelse", r"skadegörelse|klotter|åverkan"),
    ("Narkotika", r"narkoti"),
    (
        "Våld",
        r"\bmissh|\bmord\b|\bdråp\b|barnadråp|människorov|vållande till (?:annans död|kropps)"
        r"|våldsbrott|gatuvåld",
    ),
    ("Vapen", r"vapenbrott|vapenlag|förbud betr.* knivar|knivlag"),
    ("Hot och ofredande", r"ofredande|olaga hot|hemfridsbrott|olaga intrång|övergrepp i rättssak"),
    (
        "Ordning",
        r"alkohollag|(?:vistelse|tillträdes)förbud|hets mot folkgrupp|larmordning|ordningslag"
        r"|16 kap",
    ),
    ("Nedskräpning", r"nedskräpning"),
)
"""Type by the words of a name, the first that fits. The order decides: *skadegörelse genom brand*
is a fire, *rattfylleri … narkotika* is traffic, *rån med skjutvapen* is robbery."""

_BY_NUMBER = (
    ("03", "Våld"),
    ("93", "Våld"),
    ("04", "Hot och ofredande"),
    ("94", "Hot och ofredande"),
    ("06", "Sexualbrott"),
    ("96", "Sexualbrott"),
    ("08", "Stöld"),
    ("98", "Stöld"),
    ("12", "Skadegörelse"),
    ("16", "Ordning"),
    ("17", "Mot tjänsteman/blåljus"),
    ("30", "Trafik"),
    ("500", "Narkotika"),
    ("501", "Narkotika"),
)
"""Type by the first digits, for a code that is neither known nor has a telling name. The two first
digits are the chapter of brottsbalken or a group of other laws. Groups that mix matters (13 holds
arson and sabotage, 40 and 41 hold weapons and smuggling, 504 alcohol) are left to the rest."""

_WORDS = tuple((offence_type, re.compile(pattern)) for offence_type, pattern in _BY_WORDS)


@dataclass(frozen=True, eq=False)
class OffenceCodes:
    """The codes at hand.

    Attributes
    ----------
    table
        Index: ``offence_code``, ascending. Columns ``name``, ``offence_type``, and ``ended``: the
        last year the code was used (Int64), missing while it is in use.
    """

    table: pd.DataFrame

    def known(self, code: str) -> bool:
        """Whether the code, written in any way :func:`normalise` understands, is in the lists."""
        return normalise(code) in self._by_code

    def name_of(self, code: str) -> str | None:
        """Give Brå's name of a code, None when it is not in the lists."""
        found = normalise(code)
        return str(self.table["name"][found]) if found in self._by_code else None

    def type_of(self, code: str | None, text: str | None = None) -> str:
        """Give the offence type of one row.

        The first that answers decides: the code in the lists; the text as a name in the lists or a
        type's own name; the words of the text; the first digits of the code.

        Parameters
        ----------
        code
            As it stands in the source; None or empty when it has none.
        text
            The offence in words (*brottskod i klartext*).

        Returns
        -------
        str
            One of :data:`trygghetskarta.terms.offences.OFFENCE_TYPES`, the last when nothing
            answers.

        Examples
        --------
        >>> codes = OffenceCodes(pd.DataFrame({"name": ["A"], "offence_type": ["Vapen"]}, ["4128"]))
        >>> codes.type_of("4128"), codes.type_of("357"), codes.type_of(None, "Rattfylleri")
        ('Vapen', 'Våld', 'Trafik')
        """
        number = normalise(code)
        if number in self._by_code:
            return self._by_code[number]
        folded = _folded(text) if isinstance(text, str) else ""
        return (
            self._by_name.get(folded)
            or next((name for name, words in _WORDS if folded and words.search(folded)), None)
            or next((name for start, name in _BY_NUMBER if (number or "").startswith(start)), None)
            or OTHER_OFFENCES
        )

    def types_of(self, codes: pd.Series, texts: pd.Series | None = None) -> pd.Series:
        """Give the offence type of every row, as :meth:`type_of` does.

        Parameters
        ----------
        codes
            Codes as they stand in the source, missing where there is none.
        texts
            Offences in words, same index; None when the source has none.

        Returns
        -------
        Series
            Index of ``codes``; never missing.
        """
        numbers = normalise_all(codes)
        types = answered(numbers, self._by_code.get)
        open_rows = types.isna().to_numpy()
        if not open_rows.any():
            return types.rename("offence_type")
        rest = pd.DataFrame({"code": numbers[open_rows]})
        rest["text"] = None if texts is None else texts[open_rows]
        answers = {
            pair: self.type_of(*(None if pd.isna(part) else part for part in pair))
            for pair in rest.drop_duplicates().itertuples(index=False, name=None)
        }
        types[open_rows] = [answers[pair] for pair in rest.itertuples(index=False, name=None)]
        return types.astype("str").rename("offence_type")

    @cached_property
    def _by_code(self) -> dict[str, str]:
        return self.table["offence_type"].to_dict()

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """Names in the lists, and each type's own; a name that two types share decides nothing."""
        types = self.table.groupby("name")["offence_type"].agg(["first", "nunique"])
        single = types.loc[types["nunique"] == 1, "first"]
        names = {_folded(str(name)): str(found) for name, found in single.items()}
        return names | {_folded(name): name for name in OFFENCE_TYPES}


def read(folder: Path) -> OffenceCodes:
    """Read the lists of active and ended codes.

    Parameters
    ----------
    folder
        Holds ``brottskoder_urval.csv`` and ``brottskoder_upphorda_exempel.csv``: UTF-8, cells
        separated by ``;`` and never quoted, so that names may contain commas and quotes.

    Raises
    ------
    SourceError
        ``FILE_MISSING``, ``FILE_EMPTY``, ``ENCODING_UNKNOWN`` or ``COLUMN_MISSING``.
    TableError
        For rows whose number of cells, code or offence type is wrong, or a code listed twice.
    """
    active = _rows(folder / _ACTIVE, ("brottskod", "benamning", "kategori"))
    ended = _rows(folder / _ENDED, ("brottskod", "benamning", "upphord"))
    _require(active, ended)
    table = pd.concat(
        [
            active.assign(offence_type=active["kategori"], ended=pd.NA),
            ended.assign(offence_type=None, ended=ended["upphord"].astype("int64")),
        ]
    ).rename(columns={"brottskod": "offence_code", "benamning": "name"})
    table = table.set_index("offence_code").sort_index()[["name", "offence_type", "ended"]]
    # The list of ended codes has no grouping: their names tell.
    without = table["offence_type"].isna()
    rules = OffenceCodes(table[~without])
    table.loc[without, "offence_type"] = [
        rules.type_of(code, name) for code, name in table.loc[without, "name"].items()
    ]
    return OffenceCodes(table.astype({"name": "str", "offence_type": "str", "ended": "Int64"}))


def normalise(code: object) -> str | None:
    """Give an offence code as four digits, None when it is not one.

    Parameters
    ----------
    code
        Text such as ``"0357"``, ``"357 "`` or ``"0950 - Befogenhet …"``; anything else is no code.

    Examples
    --------
    >>> normalise("357"), normalise("0950 - Befogenhetsmissbruk"), normalise("brott")
    ('0357', '0950', None)
    """
    found = _CODE.fullmatch(code) if isinstance(code, str) else None
    return found[1].zfill(4) if found else None


def normalise_all(codes: pd.Series) -> pd.Series:
    """Give every code as :func:`normalise` does, missing where it is none; same index."""
    return answered(codes, normalise)


def _rows(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """Cells as text; index: row as Excel counts."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise SourceError(SourceCause.FILE_MISSING, file=path.name) from error
    except UnicodeDecodeError as error:
        raise SourceError(SourceCause.ENCODING_UNKNOWN, file=path.name) from error
    if not lines:
        raise SourceError(SourceCause.FILE_EMPTY, file=path.name)
    header = lines[0].split(";")
    for column in columns:
        if column not in header:
            raise SourceError(
                SourceCause.COLUMN_MISSING, file=path.name, column=column, found=tuple(header)
            )
    rows = {number: line.split(";") for number, line in enumerate(lines[1:], start=2) if line}
    uneven = [
        Fault(TableRule.ROW_LENGTH, "", number, value=";".join(row))
        for number, row in rows.items()
        if len(row) != len(header)
    ]
    if uneven:
        raise TableError(path.stem, uneven)
    return pd.DataFrame.from_dict(rows, orient="index", columns=header, dtype="str")


def _require(active: pd.DataFrame, ended: pd.DataFrame) -> None:
    codes = pd.concat([active["brottskod"], ended["brottskod"]])
    for table, cells, broken, rule in (
        (_ACTIVE, active["brottskod"], None, TableRule.OFFENCE_CODE_FORM),
        (_ENDED, ended["brottskod"], None, TableRule.OFFENCE_CODE_FORM),
        (
            _ACTIVE,
            active["kategori"],
            ~active["kategori"].isin(OFFENCE_TYPES),
            TableRule.UNKNOWN_WORD,
        ),
        (
            _ENDED,
            ended["upphord"],
            ~ended["upphord"].str.fullmatch(r"\d{4}"),
            TableRule.NOT_A_PERIOD,
        ),
        (_ENDED, codes, codes.duplicated(), TableRule.NOT_UNIQUE),
    ):
        if broken is None:
            broken = ~cells.str.fullmatch(r"\d{4}")
        faults = [
            Fault(rule, str(cells.name), int(row), value=value)
            for row, value in cells[broken].items()
        ]
        if faults:
            raise TableError(Path(table).stem, faults)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
