"""How far a file has been read, on the terminal."""

import sys

from trygghetskarta.words import command_words


class ProgressLine:
    """A progress line, silent when nobody watches."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.shown = -1

    def __call__(self, part: float) -> None:
        percent = int(100 * min(part, 1.0))
        if percent == self.shown or not sys.stderr.isatty():
            return
        self.shown = percent
        end = "\n" if percent == 100 else ""
        line = command_words.CLI_READING.format(file=self.name)
        print(f"\r{line} {percent} %", end=end, file=sys.stderr, flush=True)
