"""What a started app has imported when its first page has been asked for.

Servers of the tests are forked from a process that has imported this: a start takes no import.
"""

import streamlit.web.bootstrap
import uvicorn

from trygghetskarta import __main__
from trygghetskarta.app import navigation, server

__all__ = ["__main__", "navigation", "server", "streamlit", "uvicorn"]
