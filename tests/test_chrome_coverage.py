"""The tool that measures how much page furniture is found."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[1] / "tools" / "chrome_coverage.py"
PROSE = "滨海市第一医院昨天宣布，今年门诊量达到二十万人次，比去年增长一成。"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", [str(TOOL), *map(str, arguments)])
    with pytest.raises(SystemExit) as stopped:
        runpy.run_path(str(TOOL), run_name="__main__")
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def test_what_is_missed_and_what_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"{PROSE}\n来源：滨海晚报\n特别的广告\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    advert = text.index("特别")
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "a.json").write_text(json.dumps({"chrome": [[advert, advert + 5]]}), encoding="utf-8")
    assert run(monkeypatch, gold, tmp_path, "--show") == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[:2] == ["a\tmissed\t'特别的广告'", "a\tlost\t'来源：滨海晚报'"]
    assert shown[2].startswith("1 articles: 0.0000 of 5 furniture characters covered")
    assert run(monkeypatch, gold, tmp_path, "--coverage", "0.98") == 1
    assert run(monkeypatch, gold, tmp_path, "--loss", "0.005") == 1


def test_the_corpus_keeps_its_articles_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = TOOL.parents[1] / "corpus"
    assert run(monkeypatch, corpus / "gold", corpus / "articles", "--coverage", "0.98", "--loss", "0.005") == 0


def test_real_articles(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dev = shared / "eval" / "dev"
    assert run(monkeypatch, dev / "gold", dev / "text", "--coverage", "0.98", "--loss", "0.005") == 0
