"""Letters on a picture: one bundled typeface, measured and wrapped, no text taken for a formula."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import matplotlib
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties, get_font

from trygghetskarta.words.safe import plain_text

_FOLDER = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_FILES = {"normal": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
_NO_GLYPH = "\u25a1"
_ELLIPSIS = "\u2026"
_SPACE = 0.35
"""Width of a space, in type sizes."""
_BREAK_AFTER = "-\u2013\u2014/"

Weight = Literal["normal", "bold"]


def font(size: float, weight: Weight = "normal") -> FontProperties:
    """The typeface in a size in points, from the file that comes with matplotlib."""
    return FontProperties(fname=font_file(weight), size=size)


def font_file(weight: Weight) -> str:
    """Where the typeface's file lies, for papers that carry it with them."""
    return str(_FOLDER / _FILES[weight])


def drawable(text: str) -> str:
    """Give a text as one line that the typeface can draw; a run of other signs is one box.

    Examples
    --------
    >>> drawable("Sylte" + chr(0x5B57) + chr(0x5B57)) == "Sylte" + chr(0x25A1)
    True
    """
    known = _glyphs()
    signs = [sign if ord(sign) in known else _NO_GLYPH for sign in plain_text(text)]
    return "".join(
        sign
        for at, sign in enumerate(signs)
        if sign != _NO_GLYPH or at == 0 or signs[at - 1] != _NO_GLYPH
    )


@cache
def _glyphs() -> frozenset[int]:
    """What both weights can draw."""
    charmaps = [get_font(str(_FOLDER / name)).get_charmap() for name in _FILES.values()]
    return frozenset.intersection(*map(frozenset, charmaps))


@dataclass(frozen=True)
class Ruler:
    """Measures text as it will be drawn.

    Attributes
    ----------
    renderer
        Of the picture.
    dpi
        Pixels per inch.
    """

    renderer: RendererAgg
    dpi: float

    def width(self, text: str, letters: FontProperties) -> float:
        """Width of a line in inches."""
        pixels, _, _ = self.renderer.get_text_width_height_descent(text, letters, ismath=False)
        return pixels / self.dpi

    def wrap(self, text: str, letters: FontProperties, width: float) -> list[str]:
        """Break a text into lines of about ``width`` inches at most, inside a word if need be.

        Words are measured one by one, so that a line may be a hair wider than ``width``.
        """
        lines: list[str] = []
        line, used = "", 0.0
        advances: dict[str, float] = {}
        for piece in _pieces(drawable(text)):
            word = piece.rstrip()
            spaces = (len(piece) - len(word)) * _SPACE * letters.get_size() / 72
            if word not in advances:
                advances[word] = self.width(word, letters)
            if line and used + advances[word] > width:
                lines.append(line.rstrip())
                line, used = "", 0.0
            if advances[word] > width:
                *full, piece = self._cut(piece, letters, width)
                lines += full
                used = self.width(piece.rstrip(), letters)
            else:
                used += advances[word]
            line += piece
            used += spaces
        return [*lines, line.rstrip()] if line.strip() or not lines else lines

    def widest_word(self, text: str, letters: FontProperties) -> float:
        """Width in inches of the widest part that a line need not break."""
        return max(self.width(piece.rstrip(), letters) for piece in _pieces(drawable(text)))

    def shorten(self, lines: list[str], most: int, letters: FontProperties) -> list[str]:
        """Keep the first lines; an ellipsis takes the last signs' place when any is dropped."""
        if len(lines) <= most:
            return lines
        widest = max(self.width(line, letters) for line in lines)
        last = lines[most - 1]
        while last and self.width(last + _ELLIPSIS, letters) > widest:
            last = last[:-1]
        return [*lines[: most - 1], last.rstrip() + _ELLIPSIS]

    def _cut(self, word: str, letters: FontProperties, width: float) -> list[str]:
        """Cut a word that is too wide into parts that fit; the last may have room left."""
        parts = []
        while len(word) > 1 and self.width(word.rstrip(), letters) > width:
            fits = self._fitting(word, letters, width)
            parts.append(word[:fits])
            word = word[fits:]
        return [*parts, word]

    def _fitting(self, word: str, letters: FontProperties, width: float) -> int:
        """How many of a word's first signs fit, at least one."""
        low, high = 1, len(word)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(word[:middle], letters) <= width:
                low = middle
            else:
                high = middle - 1
        return low


def _pieces(text: str) -> list[str]:
    """Split after spaces and dashes, keeping them."""
    pieces, start = [], 0
    for at, sign in enumerate(text[:-1], 1):
        inside = sign in _BREAK_AFTER and text[at - 2 : at - 1].isalpha() and text[at].isalpha()
        if sign == " " or inside:
            pieces.append(text[start:at])
            start = at
    return [*pieces, text[start:]]
