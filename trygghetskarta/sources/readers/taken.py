"""Which forms of files are taken somewhere, so that a refusal can name them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.terms.file_forms import FileForm


@contextmanager
def taking(forms: Sequence[FileForm]) -> Iterator[None]:
    """Read files where some forms are taken: ``FORMAT_UNKNOWN`` then tells which."""
    try:
        yield
    except SourceError as error:
        if error.cause is not SourceCause.FORMAT_UNKNOWN:
            raise
        raise SourceError(error.cause, **{**error.facts, "forms": forms}) from error
