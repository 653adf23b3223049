"""The terminal: errors and interruptions as messages, characters that it cannot print, options that stand anywhere."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from newsmine.errors import NewsmineError, OutputError, WorkerError
from newsmine.messages import say

if TYPE_CHECKING:
    from rich.console import Console

_ESCAPE = "newsmine.escape"
_LANG = "--lang"


class Commands(TyperGroup):
    """The commands; --lang may stand anywhere among their arguments."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Move --lang to the front, where the option of all commands stands."""
        own = args[: args.index("--")] if "--" in args else args
        for n, argument in enumerate(own):
            length = 2 if argument == _LANG else 1 if argument.startswith(f"{_LANG}=") else 0
            if length:
                args = [*args[n : n + length], *args[:n], *args[n + length :]]
                break
        return list(super().parse_args(ctx, args))


@contextmanager
def told() -> Iterator[None]:
    """Turns what newsmine raises on purpose into a message and status 2 (1 where the job began and could not go on),
    and an interruption into 130."""
    try:
        yield
    except NewsmineError as reason:
        typer.secho(say("Error: "), err=True, fg="red", nl=False)
        typer.echo(say(str(reason)), err=True)
        raise typer.Exit(1 if isinstance(reason, OutputError | WorkerError) else 2) from None
    except KeyboardInterrupt:
        typer.echo(
            say("Interrupted; nothing was overwritten, and extract --resume goes on where it stopped."), err=True
        )
        raise typer.Exit(130) from None


def console() -> Console:
    """A terminal for everything that is not data."""
    from rich.console import Console

    return Console(stderr=True, soft_wrap=False)


def show_what_cannot_be_printed() -> None:
    """From now on a console that cannot print a character shows its escape instead of failing."""
    codecs.register_error(_ESCAPE, _escaped)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors=_ESCAPE)  # type: ignore[union-attr]


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """The character as JSON writes it, so that rows on stdout stay JSON."""
    assert isinstance(error, UnicodeEncodeError)
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[n : n + 4]}" for n in range(0, len(units), 4)), error.end
