"""Rows of a sheet's XML: those that are written plainly at once, every other as elements.

A plain row has cells with a value or a text and nothing else, as every program writes nearly all
rows; an element for each of their parts takes three times as long. Whatever is written otherwise,
up to a whole sheet, is left to the parser of XML, and so is what stands around the rows.
"""

import html
import re
from collections.abc import Iterable, Iterator
from string import digits
from typing import IO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from openpyxl.xml.constants import SHEET_MAIN_NS

Cell = tuple[str, str, str, str, str, str]
"""Letters and digits of a cell's address, its style, type, value and text of its own; empty for
what does not stand there."""
Written = tuple[str, Iterable[Cell]]
"""A row: the number that it tells, empty where it tells none, and its cells."""

_STEP = 1 << 14
"""Bytes read at a time: so few that Python's collector of circles is seldom started by them."""
_LONGEST = 1 << 20
"""Bytes in which a row ends, if rows are looked for."""
_ROW, _VALUE, _INLINE, _TEXT, _RUN, _DATA, _SHEET = (
    f"{{{SHEET_MAIN_NS}}}{name}" for name in ("row", "v", "is", "t", "r", "sheetData", "worksheet")
)
_BEGIN, _END = b"<sheetData>", b"</row>"
_OTHERWISE = (b"<!", b"<?", b"</sheetData")
"""After them nothing is plain: a row may stand in a comment."""

# A sign of its own is one that a line of text may have, or the number of one that has no other.
_PLAIN = r"[^<&\x00-\x08\x0b-\x1f]*+"
_SIGN = r"&(?:amp|lt|gt|quot|apos|#(?:9|10|1[6-9]\d|[2-9]\d\d|[1-9]\d{3}));"
_WORDS = rf"{_PLAIN}(?:{_SIGN}{_PLAIN})*+"
_ATTRIBUTES = r'(?: [\w:]++="[^"<&\x00-\x1f]*+")*+'


def _cell(group: str) -> str:
    """Pattern of a plain cell, whose parts are groups that begin so."""
    told = rf'(?: r="({group}[A-Z]++)({group}[0-9]++)")?+(?: s="({group}[0-9]++)")?+'
    kind = rf'(?: t="({group}b|e|n|s|str|inlineStr)")?+'
    formula = rf"(?:<f{_ATTRIBUTES}(?:/>|>{_WORDS}</f>))?+"
    value = rf"<v>({group}{_WORDS})</v>"
    text = rf'<is><t(?: xml:space="preserve")?+>({group}{_WORDS})</t></is>'
    return rf"<c{told}{kind}(?:/>|>{formula}(?:{value}|{text})?+</c>)"


_ROWS = re.compile(rf"(?:\s*+<row{_ATTRIBUTES}(?:/>|>(?:\s*+{_cell('?:')})*+\s*+</row>))*+")
_PARTS = re.compile(rf"<(row)({_ATTRIBUTES})|{_cell('')}")
_NUMBER = re.compile(' r="([^"]*)"')


def elements_of(part: IO[bytes]) -> Iterator[Element]:
    """Every element below the root of a part; raises as :func:`rows_of`."""
    elements = Elements(levels=1)
    while step := part.read(_STEP):
        yield from elements.feed(step)
    yield from elements.close()


def rows_of(part: IO[bytes]) -> Iterator[Written]:
    """Every row that a sheet has, in its order.

    Raises
    ------
    ParseError
        Where the sheet does not hold together, after the rows before it.
    """
    elements = Elements(levels=2)
    held, begun, plain = b"", False, True
    while step := part.read(_STEP):
        held += step
        if plain and not begun and _BEGIN in held:
            head, begin, held = held.partition(_BEGIN)
            yield from _told(elements.feed(head + begin))
            begun, plain = True, _is_usual(head, elements)
        if plain and begun and _END in held:
            whole, end, rest = held.rpartition(_END)
            text = whole + end
            plain = not any(mark in text for mark in _OTHERWISE)
            if plain:
                rows = _plain_rows(text)
                if rows is None:
                    yield from _told(elements.feed(text, is_whole=True))
                else:
                    yield from rows
                held = rest
        if not plain or len(held) > _LONGEST:
            plain = False
            yield from _told(elements.feed(held))
            held = b""
    yield from _told(elements.feed(held))
    yield from _told(elements.close())


class Elements:
    """Elements one or two levels below the root of XML that is read piece by piece."""

    def __init__(self, levels: int) -> None:
        self._levels = levels
        builder = TreeBuilder()
        self._top = builder.start("part", {})
        self._parser = XMLParser(target=builder)

    @property
    def path(self) -> list[str]:
        """Tags of the root and of the last element below it."""
        return [one.tag for root in self._top for one in (root, *root[-1:])]

    def feed(self, piece: bytes, *, is_whole: bool = False) -> Iterator[Element]:
        """Give the elements that are whole, and forget them.

        Parameters
        ----------
        piece
            What comes next.
        is_whole
            Whether it ends where an element ends.

        Raises
        ------
        ParseError
            Where it does not hold together, after the elements before it.
        """
        broken = None
        try:
            self._parser.feed(piece)
        except ParseError as error:
            broken = error
        yield from self._whole(last=is_whole and not broken)
        if broken:
            raise broken

    def close(self) -> Iterator[Element]:
        """Give what is left; as :meth:`feed`."""
        broken = None
        try:
            self._parser.close()
        except ParseError as error:
            broken = error
        yield from self._whole(last=not broken)
        if broken:
            raise broken

    def _whole(self, *, last: bool) -> Iterator[Element]:
        roots = [*self._top]
        parents = roots if self._levels == 1 else [section for root in roots for section in root]
        for parent in parents:
            whole = parent[:] if last or parent is not parents[-1] else parent[:-1]
            yield from whole
            del parent[: len(whole)]
        if self._levels > 1 and roots:
            del roots[0][:-1]


def content(element: Element) -> str:
    """A text with its runs put together, without how they look or are pronounced."""
    if len(element) == 1 and element[0].tag == _TEXT:
        return element[0].text or ""
    texts = [one.text for one in element if one.tag == _TEXT][-1:]
    for run in element.iterfind(_RUN):
        texts += [one.text for one in run if one.tag == _TEXT][-1:]
    return "".join(filter(None, texts))


def _is_usual(head: bytes, elements: Elements) -> bool:
    """Whether rows follow in the usual letters and names, and in no comment."""
    told = re.search(rb"encoding=[\"']([^\"']*)", head[:200])
    letters = told is None or told[1].lower() == b"utf-8"
    return letters and b"<!" not in head and elements.path == [_SHEET, _DATA]


def _plain_rows(piece: bytes) -> list[tuple[str, list[Cell]]] | None:
    """Rows of a piece; None when one of them is not plain."""
    try:
        text = piece.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not _ROWS.fullmatch(text):
        return None
    rows: list[tuple[str, list[Cell]]] = []
    signs = "&" in text
    for found in _PARTS.findall(text):
        if found[0]:
            number = _NUMBER.search(found[1])
            cells: list[Cell] = []
            add = cells.append
            rows.append((number[1] if number else "", cells))
        elif signs and ("&" in found[6] or "&" in found[7]):
            add((*found[2:6], html.unescape(found[6]), html.unescape(found[7])))
        else:
            add(found[2:])
    return rows


def _told(elements: Iterable[Element]) -> Iterator[Written]:
    for element in elements:
        if element.tag == _ROW:
            yield element.get("r", ""), map(_cell_told, element)


def _cell_told(cell: Element) -> Cell:
    kind = cell.get("t", "")
    text = ""
    if kind == "inlineStr":
        inner = cell.find(_INLINE)
        text = "" if inner is None else content(inner)
    address = cell.get("r", "")
    letters = address.rstrip(digits)
    value = cell.findtext(_VALUE) or ""
    return letters, address[len(letters) :], cell.get("s", ""), kind, value, text
