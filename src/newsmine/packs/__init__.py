"""Pattern packs: the folders of data that know Chinese, so that the code does not.

A pack is a folder of files named after the stage that reads them: `unit.tsv`, `unit.money.tsv`, `time.toml`. An
entry's full id is
`pack/stage.id` (`core/unit.yuan`); every row of every table names the entry that made it.
"""

from newsmine.packs.load import Patterns, read_packs
from newsmine.packs.model import Entry
from newsmine.packs.root import installed_packs, pack_folders, pattern_files, patterns_root

__all__ = ["Entry", "Patterns", "installed_packs", "pack_folders", "pattern_files", "patterns_root", "read_packs"]
