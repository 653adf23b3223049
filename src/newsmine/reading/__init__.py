"""From bytes to articles: the only place where text is made.

`inputs` finds the files and names the articles, `decode` turns bytes into text, `layout` parts it into lines,
`furniture` marks what is no part of the article, `metadata` and `title` read what the article says of itself,
`overrides` what the user says of it; `reader` puts them together.
"""

from newsmine.reading.inputs import STDIN, Source, find_sources
from newsmine.reading.overrides import Overrides, read_overrides
from newsmine.reading.reader import READ_SUFFIXES, Reader, ReadError

__all__ = ["READ_SUFFIXES", "STDIN", "Overrides", "ReadError", "Reader", "Source", "find_sources", "read_overrides"]
