"""From bytes to articles: the only place where text is made.

`inputs` finds the files and names the articles, `members` looks into archives and tables (`archives`, `tabular`),
`kinds` tells what a file is, `decode` turns bytes into text, `web` and `documents` read pages and office files;
`layout` parts a text into lines, `furniture` marks what is no part of the article, `metadata` and `title` read what the
article says of itself, `fields` what the file says of it, `overrides` what the user says; `reader` puts them together.
"""

from newsmine.reading.columns import Asked
from newsmine.reading.inputs import STDIN, Source, find_sources
from newsmine.reading.overrides import Overrides, read_overrides
from newsmine.reading.reader import READ_SUFFIXES, Reader, ReadError

__all__ = [
    "READ_SUFFIXES",
    "STDIN",
    "Asked",
    "Overrides",
    "ReadError",
    "Reader",
    "Source",
    "find_sources",
    "read_overrides",
]
