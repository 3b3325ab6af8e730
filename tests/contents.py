"""What stands in a file that leaves the house, as lines of text that can be compared.

Bytes of two makings may differ where the contents do not: times of making, compressed streams,
identities. Here is what a reader finds.
"""

import html
import io
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pptx
import pyogrio
import pypdfium2
import shapely
from PIL import Image


def lines(suffix: str, content: bytes) -> list[str]:
    """Lines of a file by its suffix; spaces in a row count as one, and lines without words not."""
    told = _READERS[suffix](content)
    return [plain for line in told if (plain := re.sub(r"\s+", " ", line).strip())]


def _csv(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").splitlines()


def _page(content: bytes) -> list[str]:
    plain = re.sub(r"<(script|style)\b.*?</\1>", " ", content.decode("utf-8"), flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "\n", plain)).splitlines()


def _pdf(content: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(content)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        yield f"page {number + 1}: {page.get_width():.0f} x {page.get_height():.0f}"
        yield from text.get_text_bounded().splitlines()
        text.close()
        page.close()
    document.close()


def _workbook(content: bytes) -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        yield f"sheet {sheet.title}"
        for row in sheet.iter_rows(values_only=True):
            yield ";".join("" if value is None else str(value) for value in row)


def _geopackage(content: bytes) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.gpkg"
        path.write_bytes(content)
        for name, kind in pyogrio.list_layers(path):
            frame = pd.DataFrame(pyogrio.read_dataframe(path, layer=name))
            yield f"layer {name}: {kind}, {len(frame)} rows"
            if "geometry" in frame:
                frame["geometry"] = shapely.to_wkt(frame["geometry"], rounding_precision=1)
            yield from frame.to_csv(sep=";", index=False).splitlines()


def _picture(content: bytes) -> Iterator[str]:
    with Image.open(io.BytesIO(content)) as picture:
        yield f"{picture.width} x {picture.height}"
        yield from (f"{key}: {value}" for key, value in sorted(picture.info.items()))


def _slides(content: bytes) -> Iterator[str]:
    for number, slide in enumerate(pptx.Presentation(io.BytesIO(content)).slides, start=1):
        yield f"slide {number}"
        for shape in slide.shapes:
            yield f"{shape.shape_type}: {shape.text_frame.text if shape.has_text_frame else ''}"
            if shape.has_table:
                for row in shape.table.rows:
                    yield ";".join(cell.text for cell in row.cells)


def _paper(content: bytes) -> Iterator[str]:
    paper = docx.Document(io.BytesIO(content))
    yield from (part.text for part in paper.paragraphs)
    for table in paper.tables:
        for row in table.rows:
            yield ";".join(cell.text for cell in row.cells)
    yield f"{len(paper.inline_shapes)} pictures"


_READERS = {
    "csv": _csv,
    "docx": _paper,
    "gpkg": _geopackage,
    "html": _page,
    "pdf": _pdf,
    "png": _picture,
    "pptx": _slides,
    "xlsx": _workbook,
}
