"""Runs over many inputs: planned in shards, done by workers, kept part by part, merged into tables at the end.

`store` is the hidden folder that keeps what is done, `plan` says what is to do, `shard` does one piece of it and writes
a part (`parts`), `processes` and `executors` give the pieces to workers, `merge` makes the tables out of the parts,
`run` conducts. The bytes of the tables depend on the inputs and options alone, never on who did which shard.
"""

from newsmine.batch.job import Settings
from newsmine.batch.plan import Request
from newsmine.batch.run import Done, Job, processes, run
from newsmine.batch.stream import stream

__all__ = ["Done", "Job", "Request", "Settings", "processes", "run", "stream"]
