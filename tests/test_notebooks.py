"""The notebooks of the documentation run from beginning to end. Their tools are the extra `docs`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).resolve().parent.parent / "docs" / "examples").glob("*.ipynb"))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_notebook_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbclient = pytest.importorskip("nbclient", reason="needs the extra docs: pip install -e .[docs]")
    nbformat = pytest.importorskip("nbformat", reason="needs the extra docs: pip install -e .[docs]")
    # The notebooks call `newsmine` as a user would, from this very environment.
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    notebook = nbformat.read(path, as_version=4)
    told = {"metadata": {"path": str(path.parent)}}
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3", resources=told).execute()
    texts = [o.get("text", "") for c in notebook.cells for o in c.get("outputs", [])]
    assert not any("Traceback" in text for text in texts)


def test_there_are_notebooks_with_their_outputs() -> None:
    assert len(EXAMPLES) == 3
    for path in EXAMPLES:
        assert '"execution_count": null' not in path.read_text(encoding="utf-8"), f"{path.name}: run it before saving"
