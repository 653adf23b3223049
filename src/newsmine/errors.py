"""What can go wrong, said so that the reader knows what to do next."""


class NewsmineError(Exception):
    """Base of the errors that newsmine raises on purpose; the message says what to do."""


class InputError(NewsmineError):
    """An input that cannot be read; it becomes a row of the `errors` table."""


class PatternError(NewsmineError):
    """A pattern file that cannot be used; the message names the file, the entry and the reason."""


class UsageError(NewsmineError):
    """A call or command that asks for something impossible."""


class OutputError(NewsmineError):
    """A file of OUT that cannot be written (a full disk, a folder without permission)."""


class WorkerError(NewsmineError):
    """A worker process that ended when it should not have."""
