"""The log beside the store: what nobody expected, with its traceback, under a code."""

import logging
import os
import tempfile
import uuid
from pathlib import Path

from trygghetskarta import settings

_NAME = "trygghetskarta.log"
_LOG = logging.getLogger("trygghetskarta")


def note(error: BaseException | str, store: str) -> tuple[str, Path]:
    """Write an error with its traceback, or a line; gives the code that tells of it, and the log.

    Parameters
    ----------
    error
        What happened.
    store
        Address of the store; of a database the log lies in the folder for data.
    """
    code = uuid.uuid4().hex[:8]
    if isinstance(error, str):
        line, of = f"{error} {code}", None
    else:
        line, of = f"unexpected error {code}", (type(error), error, error.__traceback__)
    beside = settings.data_folder() if "://" in store else Path(store).parent
    for path in (beside / _NAME, Path(tempfile.gettempdir()) / _NAME):
        try:
            handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
        except (OSError, ValueError):
            continue
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        handler.handle(_LOG.makeRecord(_LOG.name, logging.ERROR, "", 0, line, (), of))
        handler.close()
        return code, path
    return code, Path(os.devnull)
