"""What a button does, when it may be refused: the sentence stands on the page that follows."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from trygghetskarta import settings
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.intake import fault_log
from trygghetskarta.words import error_words

P = ParamSpec("P")

_REFUSED, _WARNED = "pressed-refused", "pressed-warned"


def pressed(act: Callable[P, None]) -> Callable[P, None]:
    """Make what a button calls say why it was refused, instead of ending the page.

    A callback runs before the page, where the page's own net does not reach.
    """

    @wraps(act)
    def safely(*given: P.args, **named: P.kwargs) -> None:
        try:
            act(*given, **named)
        except TrygghetskartaError as error:
            say_next(error_words.error_sentence(error))
        except Exception as error:
            code, _ = fault_log.note(error, settings.load().store)
            say_next(error_words.PRESSED_UNEXPECTED.format(code=code))

    return safely


def say_next(sentence: str) -> None:
    """Say on the page that follows why something was not done."""
    st.session_state[_REFUSED] = sentence


def say_refused() -> None:
    """Say why what was just pressed was refused, once."""
    if sentence := st.session_state.pop(_REFUSED, ""):
        st.error(sentence)


def warned_of(words: object) -> None:
    """Keep which words somebody was warned of: only these may be kept by the next press."""
    st.session_state[_WARNED] = words


def is_answer(words: object) -> bool:
    """Whether a press answers the warning of these very words; asked once for each warning."""
    return bool(st.session_state.pop(_WARNED, None) == words)
