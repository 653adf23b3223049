"""Pattern files test themselves: their form, their examples, and how they get on with the other packs."""

from newsmine.selftest.examples import SelfTest, unmark
from newsmine.selftest.finding import Finding
from newsmine.selftest.run import check

__all__ = ["Finding", "SelfTest", "check", "unmark"]
