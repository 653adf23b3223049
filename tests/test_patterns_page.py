"""docs/patterns.md to the letter: its files are written, its commands typed into a terminal, its output compared."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsmine.packs.stages import STAGES

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "patterns.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def typed(command: str, folder: Path) -> str:
    """What a terminal shows for a command."""
    master, slave = pty.openpty()
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "COLUMNS": "160", "TERM": "dumb", "NO_COLOR": "1"}
    with subprocess.Popen(["sh", "-c", command], cwd=folder, env=environment, stdin=slave, stdout=slave, stderr=slave):
        os.close(slave)
        shown = b""
        try:
            while chunk := os.read(master, 65536):
                shown += chunk
        except OSError:  # the other side is closed
            pass
    os.close(master)
    return shown.decode("utf-8")


def plain(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.replace("\r", "").splitlines()]
    return [line for line in lines if line]


def commands(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with what stands below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def test_the_page_holds_from_top_to_bottom(tmp_path: Path) -> None:
    (tmp_path / "bees").mkdir()
    script = ""
    ran = 0
    for language, block in BLOCKS:
        named = re.match(r"# (bees/\S+)\n", block)
        if language == "toml" and named:
            (tmp_path / named.group(1)).write_text(block, encoding="utf-8")
        elif language == "console":
            for command, output in commands(block):
                assert plain(typed(command, tmp_path)) == plain(output), command
                ran += 1
        elif language == "python":
            script = block
        elif language == "text":
            done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
            assert plain(done.stdout) == plain(block), done.stderr
            ran += 1
    assert ran >= 8


def test_the_page_adds_a_unit_a_metric_a_title_and_a_label() -> None:
    files = set(re.findall(r"^# (bees/\S+)$", PAGE, re.MULTILINE))
    assert files == {f"bees/{stage}.toml" for stage in ("unit", "cue", "title", "label", "suffix")}


@pytest.mark.parametrize("stage", STAGES)
def test_the_page_names_every_stage(stage: str) -> None:
    assert f"| `{stage}` | {STAGES[stage].purpose} |" in PAGE
