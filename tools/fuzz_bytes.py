"""atheris on the numeral parser, the decoders and the readers: python tools/fuzz_bytes.py -max_total_time=60

Arguments are libFuzzer's. What these may raise for bad input is caught; anything else stops the run, with the input in
a file crash-*. Needs the extra `fuzz` (atheris has wheels for Linux).
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["newsmine"]):
    from newsmine import find_quantities, parse_number
    from newsmine.extraction import Extractor
    from newsmine.reading import ReadError, Source

SUFFIXES = (".txt", ".md", ".html", ".mhtml", ".docx", ".pdf")
EXTRACTOR = Extractor()


def one_input(data: bytes) -> None:
    """One of the targets, chosen by the first byte."""
    if not data:
        return
    kind, rest = data[0] % (len(SUFFIXES) + 2), data[1:]
    if kind >= len(SUFFIXES):
        text = rest.decode("utf-8", "ignore")
        if kind == len(SUFFIXES):
            find_quantities(text)
            return
        try:
            parse_number(text)
        except ValueError:
            return
        return
    name = f"a{SUFFIXES[kind]}"
    try:
        EXTRACTOR.reader.read(Source("a", name, Path(name)), rest)
    except ReadError:
        return


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
