"""Whether anything hidden stands in what leaves the house: twin worlds, and a search of the bytes.

Small counts are no needle that can be searched for: a 3 stands everywhere. So two worlds are built
that differ in hidden figures only. Whatever the public may see must come out the same from both, to
the byte; a single byte that differs has been told by a hidden figure.

Use the fixtures ``twin_worlds`` and :func:`assert_twins_alike` for files and page states, and
:func:`assert_nothing_hidden` where hidden values are long enough to be searched for.
"""

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pypdfium2

from trygghetskarta.gate import loaded_world
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.intake import intake, receiving
from trygghetskarta.intake.workplace import Workplace, open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.terms.imports import TableKind

SMALL = ("1488S002", "1488S012")
"""The two districts whose hidden figures differ between the twins."""

YEARS = (2024, 2025)
"""The years that the twins' data cover."""

OTHERS = tuple(f"1488S{n:03}" for n in (1, 3, 7, 9, 10, 14, 15, 16))
"""Districts with many offences, the same in both worlds."""

SWAPPED = {
    "9801": (2, 4),  # burglary
    "1201": (4, 2),  # damage
    "5005": (4, 7),  # drugs, hidden below 10
    "0401": (4, 1),  # threat
    "9694": (12, 9),  # sexual offences, never given per district
    "9806": (1, 4),  # robbery
}
"""By offence code: the counts of the two districts in one world and year, swapped in the other.

Chosen so that the sum over all codes, over both districts and over both years, and over every
theme, is the same in both worlds, while every figure that differs is hidden.
"""


@dataclass(frozen=True, eq=False)
class TwinWorlds:
    """Two worlds that differ in hidden figures only, and the stores they were read from."""

    one: World
    other: World
    places: tuple[Workplace, Workplace]


NAMES = ("one", "other")
"""Stores of the twins."""


def build_twins(folder: Path) -> None:
    """Make the stores of the twins in a folder."""
    for name in NAMES:
        _fill(folder / f"{name}.gpkg", name == "other")


def open_twins(folder: Path) -> TwinWorlds:
    """Open the twins that were made in a folder; close their engines when done."""
    places = tuple(_place(folder / f"{name}.gpkg") for name in NAMES)
    one, other = (loaded_world.load(place.engine, place.municipality) for place in places)
    return TwinWorlds(one, other, places)


def _place(path: Path) -> Workplace:
    return open_workplace(Settings(store=str(path)), lambda: date(2026, 11, 2))


def _fill(path: Path, swapped: bool) -> None:
    place = _place(path)
    content = "Id;Brottskod;Inskrivningsdatum;Områdeskod;Antal\n" + "".join(_rows(swapped))
    waiting = receiving.receive(place, TableKind.INCIDENTS, "uttag.csv", content.encode("utf-8"))
    report = intake.import_waiting(place, waiting, "Polismyndigheten")
    assert report.quarantined == 0
    place.engine.dispose()


def _rows(swapped: bool) -> Iterator[str]:
    for year in YEARS:
        for code, pair in SWAPPED.items():
            turned = swapped != (year == YEARS[0])
            counts = dict(zip(SMALL, reversed(pair) if turned else pair, strict=True))
            counts |= {area: 20 + 3 * at for at, area in enumerate(OTHERS)}
            for area, count in counts.items():
                yield f"{code}{area}{year};{code};{year}-05-01;{area};{count}\n"
        for day in ("01-02", "12-30"):
            for area in (*SMALL, *OTHERS):
                yield f"0841{area}{year}{day};0841;{year}-{day};{area};31\n"
        yield f"0841none{year};0841;{year}-06-01;;17\n"


def assert_twins_alike(twins: TwinWorlds, make: Callable[[World], bytes | str]) -> bytes:
    """Demand the same bytes of both worlds; gives them back for further looks.

    Parameters
    ----------
    twins
        The two worlds.
    make
        Makes what would leave the house from a world.
    """
    first, second = (
        made.encode("utf-8") if isinstance(made, str) else made
        for made in (make(twins.one), make(twins.other))
    )
    if first != second:
        apart = next(
            (
                (a[max(0, at - 40) : at + 40], b[max(0, at - 40) : at + 40])
                for a, b in zip(parts_of(first), parts_of(second), strict=False)
                if a != b
                for at in [_first_difference(a, b)]
            ),
            (first[:80], second[:80]),
        )
        raise AssertionError(f"a hidden figure is told: {apart[0]!r} against {apart[1]!r}")
    return first


def _first_difference(a: bytes, b: bytes) -> int:
    return next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0)


def assert_nothing_hidden(blob: bytes, secrets: Iterable[int | str]) -> None:
    """Search all that can be read in a file for figures or words that must not be there.

    Parameters
    ----------
    blob
        The file.
    secrets
        Numbers of at least four digits, or words: shorter ones are everywhere by chance.
    """
    parts = list(parts_of(blob))
    for secret in secrets:
        assert len(str(secret)) >= 4, f"{secret} is too short to be searched for"
        for form in _forms(secret):
            assert not any(form in part for part in parts), f"{secret} stands in the file"


def _forms(secret: int | str) -> set[bytes]:
    """A number as it may be written for people or programs; a word as it stands."""
    if isinstance(secret, str):
        return {secret.encode("utf-8"), secret.encode("utf-16-le"), secret.encode("latin-1")}
    grouped = f"{secret:,}"
    words = {str(secret), *(grouped.replace(",", sign) for sign in (",", " ", "\u00a0", "\u202f"))}
    return {word.encode(code) for word in words for code in ("utf-8", "utf-16-le")}


def parts_of(blob: bytes, depth: int = 0) -> Iterator[bytes]:
    """Everything that can be read in a file: itself, what is packed in it, and so on down."""
    yield blob
    if depth > 3:
        return
    inner: list[bytes] = []
    if blob[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            inner += [name.encode("utf-8") for name in archive.namelist()]
            inner += [archive.read(name) for name in archive.namelist()]
    elif blob[:8] == b"\x89PNG\r\n\x1a\n":
        inner += list(_png_texts(blob))
    elif blob[:5] == b"%PDF-":
        inner += list(_pdf_parts(blob))
    else:
        inner += list(_base64_parts(blob))
    for part in inner:
        yield from parts_of(part, depth + 1)


def _png_texts(blob: bytes) -> Iterator[bytes]:
    """Text chunks of a picture, inflated."""
    at = 8
    while at + 8 <= len(blob):
        length, kind = int.from_bytes(blob[at : at + 4], "big"), blob[at + 4 : at + 8]
        data = blob[at + 8 : at + 8 + length]
        if kind in (b"tEXt", b"iTXt", b"zTXt"):
            yield data
            yield from _inflated(data[data.find(b"\x00") + 2 :])
        at += 12 + length


def _pdf_parts(blob: bytes) -> Iterator[bytes]:
    """The text of every page, and every stream, inflated where it can be."""
    document = pypdfium2.PdfDocument(blob)
    try:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            yield text.get_text_bounded().encode("utf-8")
            text.close()
            page.close()
    finally:
        document.close()
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", blob, re.DOTALL):
        raw = found[1].strip()
        yield from _inflated(raw)
        if raw.endswith(b"~>"):
            yield from _inflated(base64.a85decode(raw.removesuffix(b"~>")))


def _base64_parts(blob: bytes) -> Iterator[bytes]:
    """Packed integers and embedded files of a page; each also as its numbers written out."""
    for found in re.finditer(rb"[A-Za-z0-9+/]{4,}={0,2}", blob):
        if len(found[0]) % 4:
            continue
        try:
            data = base64.b64decode(found[0], validate=True)
        except binascii.Error:
            continue
        if data[:4] == b"PK\x03\x04" or data[:4] == b"\x89PNG" or data[:4] == b"%PDF":
            yield data
        for kind in ("<i2", "<i4"):
            if len(data) % np.dtype(kind).itemsize == 0 and len(data) < 100_000:
                yield " ".join(map(str, np.frombuffer(data, kind))).encode()


def _inflated(data: bytes) -> Iterator[bytes]:
    try:
        yield zlib.decompress(data)
    except zlib.error:
        return
