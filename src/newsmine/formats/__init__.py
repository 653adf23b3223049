"""The formats of the tables: each writes the same rows into files of a folder, and reads them back.

A format that stands in files of its own per table is named `<table>.<format>`; a workbook or database holds them all.
Heavy libraries are imported when their format is asked for.
"""

from newsmine.formats.registry import FORMATS, files_of, open_writer, read_rows, table_file

__all__ = ["FORMATS", "files_of", "open_writer", "read_rows", "table_file"]
