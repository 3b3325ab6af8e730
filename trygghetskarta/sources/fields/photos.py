"""Photos from a phone: made small, and bare of everything but the picture.

The picture is decoded and written anew, so that position, time, owner, thumbnails and comments
that stand beside it are gone. What the picture itself shows is not looked at.
"""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from trygghetskarta.errors import SourceCause, SourceError

_FORMATS = ("JPEG", "PNG", "WEBP")
_LONGEST_SIDE = 1600
_QUALITY = 82
_MAX_MEGABYTES = 30
_MAX_PIXELS = {"JPEG": 120_000_000, "PNG": 50_000_000, "WEBP": 30_000_000}
"""JPEG can be decoded smaller than it is; WebP is held several times over."""
_ORIENTATION = 0x0112
_TURNS = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}
# What Pillow raises on broken files, beside its own errors.
_BROKEN = (OSError, ValueError, SyntaxError, TypeError, IndexError, KeyError, struct.error)


def clean(content: bytes) -> bytes:
    """Write a photo anew as JPEG, upright, at most 1600 pixels on the longest side.

    Parameters
    ----------
    content
        JPEG, PNG or WebP.

    Raises
    ------
    SourceError
        ``PHOTO_TOO_LARGE`` above 30 MB, 120 million pixels (JPEG), 50 million (PNG) or 30 million
        (WebP), told by the header before anything is decoded; else ``PHOTO_UNREADABLE``.
    """
    if len(content) > _MAX_MEGABYTES * 1_000_000:
        raise SourceError(SourceCause.PHOTO_TOO_LARGE, limit=_MAX_MEGABYTES)
    try:
        with _opened(content) as opened:
            if opened.width * opened.height > _MAX_PIXELS[opened.format or ""]:
                raise SourceError(SourceCause.PHOTO_TOO_LARGE, limit=_MAX_MEGABYTES)
            return _written(_upright(opened))
    except Image.DecompressionBombError as error:
        raise SourceError(SourceCause.PHOTO_TOO_LARGE, limit=_MAX_MEGABYTES) from error
    except _BROKEN as error:
        raise SourceError(SourceCause.PHOTO_UNREADABLE) from error


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    """The picture, without a remark on its size, which is looked at here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            yield opened


def _upright(opened: Image.Image) -> Image.Image:
    turns = _TURNS.get(opened.getexif().get(_ORIENTATION, 1), ())
    # Tells the JPEG decoder to read no more than is needed.
    opened.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
    if opened.mode in ("RGB", "L"):
        # Nothing to flatten: made small first, it is held once and not three times.
        opened.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    picture = _flat(opened)
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    for turn in turns:
        picture = picture.transpose(turn)
    return picture


def _flat(opened: Image.Image) -> Image.Image:
    """The picture alone, on white where it is transparent."""
    layer = opened if opened.mode == "RGBA" else opened.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground


def _written(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=_QUALITY, optimize=True)
    return target.getvalue()
