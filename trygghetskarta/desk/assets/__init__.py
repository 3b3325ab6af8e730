"""Pictures and style sheets of the pages."""

from functools import cache

from PIL import Image, ImageDraw

from trygghetskarta.draw import palette


@cache
def icon() -> Image.Image:
    """The page's icon: three areas in the map's colours. Drawn, so that no file is fetched."""
    picture = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((2, 2, 61, 61), 12, fill=palette.ACCENT)
    draw.polygon([(12, 14), (33, 11), (29, 34), (11, 37)], fill=palette.ICON_LOW)
    draw.polygon([(36, 11), (52, 15), (53, 33), (32, 34)], fill=palette.ICON_MIDDLE)
    draw.polygon([(11, 40), (53, 36), (49, 52), (15, 53)], fill=palette.ICON_HIGH)
    return picture
