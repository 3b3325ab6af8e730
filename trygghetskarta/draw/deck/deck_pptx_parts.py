"""What python-pptx leaves to its user: a wide template, slide numbers, and a file without clock."""

import io
import zipfile
from copy import deepcopy

from pptx.oxml.ns import qn
from pptx.presentation import Presentation as PresentationFile
from pptx.slide import Slide
from pptx.util import Emu, Inches

_PACKED = (1980, 1, 1, 0, 0, 0)
_NUMBER = "sldNum"


def set_up(file: PresentationFile, width: Emu, height: Emu) -> None:
    """Make the template as wide as the slides, so that a slide added by hand fits as well.

    Parameters
    ----------
    file
        A new file.
    width, height
        Of its slides.
    """
    across, down = width / file.slide_width, height / file.slide_height
    file.slide_width, file.slide_height = width, height
    masters = list(file.slide_masters)
    for part in [*masters, *(layout for master in masters for layout in master.slide_layouts)]:
        for shape in part.placeholders:
            # A placeholder without a place of its own inherits that of the master.
            if shape._element.spPr.find(qn("a:xfrm")) is None:
                continue
            shape.left, shape.width = int(shape.left * across), int(shape.width * across)
            shape.top, shape.height = int(shape.top * down), int(shape.height * down)


def number_field(slide: Slide, language: str, left: float, top: float) -> None:
    """Give a slide its number in the layout's placeholder for it.

    Parameters
    ----------
    slide
        The slide.
    language
        BCP 47 tag with a country.
    left, top
        Inches.
    """
    model = next(
        shape
        for shape in slide.slide_layout.placeholders
        if shape._element.find(f".//{qn('p:ph')}").get("type") == _NUMBER
    )
    made = deepcopy(model._element)
    slide.shapes._spTree.append(made)
    shape = slide.shapes[-1]
    shape.left, shape.top = Inches(left), Inches(top)
    shape.width, shape.height = Inches(1), Inches(0.25)
    for run in made.iter(qn("a:rPr")):
        run.set("lang", language)
        run.set("sz", "1000")
    made.nvSpPr.cNvPr.set("id", str(max(one.shape_id for one in slide.shapes) + 1))


def without_clock(content: bytes) -> bytes:
    """Give the same archive with every part dated alike: it tells when it was packed.

    Parameters
    ----------
    content
        An Office file.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as packed,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as repacked,
    ):
        for name in packed.namelist():
            entry = zipfile.ZipInfo(name, _PACKED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            repacked.writestr(entry, packed.read(name))
    return target.getvalue()
