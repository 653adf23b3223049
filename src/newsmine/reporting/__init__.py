"""Tables to look at: one offline HTML page (`newsmine report`), a fragment for notebooks, dicts for displaCy."""

from newsmine.reporting.displacy import displacy_dict
from newsmine.reporting.fragment import fragment
from newsmine.reporting.material import Material, read_material
from newsmine.reporting.page import page, write_report

__all__ = ["Material", "displacy_dict", "fragment", "page", "read_material", "write_report"]
