"""HTML from templates that lie beside the modules: what is put into them is text, never markup."""

import re
from collections.abc import Iterator
from numbers import Integral

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

from trygghetskarta.draw import palette
from trygghetskarta.words.safe import html_text

_PACKAGE = "trygghetskarta"
_AT_A_TAG = re.compile(r"\A\s*\n\s*|(?<=>)\s*\n\s*|\s*\n\s*(?=<|\Z)")
_IN_A_TEXT = re.compile(r"\s*\n\s*")


class _WithoutLines(Extension):
    """A line break beside a tag or a placeholder is nothing, elsewhere one space."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type == "data":
                text = _IN_A_TEXT.sub(" ", _AT_A_TAG.sub("", token.value))
                token = Token(token.lineno, token.type, text)
            yield token


def _written(value: object) -> Markup:
    """Escape what a placeholder gives; markup is what a macro or ``safe`` has given."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str | Integral):
        return Markup(html_text(str(value)))
    # A number has to be written in Swedish first; None would be read as a word.
    raise TypeError(f"{value} is no text")


_KNOWN = Environment(
    loader=PackageLoader(_PACKAGE, "."),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_written,
    extensions=[_WithoutLines],
    auto_reload=False,
)
_KNOWN.globals["palette"] = palette


def template(room: str, name: str, **known: object) -> Template:
    """Give a template that lies beside a module, compiled once.

    Parameters
    ----------
    room
        Package it lies in.
    name
        Of the file. It knows ``palette``; texts and whole numbers that are put into it are escaped
        by :func:`~trygghetskarta.words.safe.html_text`.
    **known
        What else it knows, by the name it calls it: catalogues, functions.

    Raises
    ------
    jinja2.UndefinedError
        When it is rendered, if it names something it was not given.
    TypeError
        When it is rendered, if something else than text or a whole number is put into it.
    """
    folder = room.removeprefix(f"{_PACKAGE}.").replace(".", "/")
    return _KNOWN.get_template(f"{folder}/{name}", globals=known)
