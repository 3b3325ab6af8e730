"""Scripts and style sheets for the browser, with the colours of the palette."""

import re
from functools import cache
from importlib import resources

from trygghetskarta.draw import palette


@cache
def browser_file(room: str, name: str) -> str:
    """Give a script or style sheet that lies beside a module.

    Parameters
    ----------
    room
        Package it lies in.
    name
        Of the file. Where it says ``$accent`` the answer says what ``palette.ACCENT`` is.

    Raises
    ------
    AttributeError
        If it names a colour that the palette has not.
    """
    text = (resources.files(room) / name).read_text("utf-8")
    return re.sub(r"\$([a-z]\w*)", lambda said: getattr(palette, said[1].upper()), text)
