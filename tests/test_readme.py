"""The README's promises: two set-up commands, and Python that runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_exactly_two_set_up_commands_on_the_first_screen() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "readme_commands.py"), str(ROOT / "README.md")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(run.stdout.strip().splitlines()) == 2
    assert README.index("pytest -n auto") < 2500


@pytest.mark.parametrize("block", re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL))
def test_python_blocks_run(block: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(block, "README.md", "exec"), {})
    assert capsys.readouterr().out


def test_files_that_the_documents_name_exist() -> None:
    for name in ("README.md", "PRINCIPLES.md", "CONTRIBUTING.md", "corpus/README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        named = re.findall(r"`((?:patterns|corpus|tests|tools|src)/[\w./-]+\.\w+)`", text)
        assert [p for p in named if not (ROOT / p).exists()] == []
