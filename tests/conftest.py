"""Shared by the tests: the folder with real articles, where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_SHARED = Path(os.environ.get("NEWSMINE_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real articles with gold that are no part of the project; tests that read them skip where they are absent."""
    if not (_SHARED / "eval").is_dir():
        pytest.skip("the real articles (../shared) are not here")
    return _SHARED


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages as the code says them, whatever the locale of whoever runs the tests."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
