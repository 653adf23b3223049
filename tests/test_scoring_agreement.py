"""Agreement with the scorer that stands beside the real articles: every measure, to three digits."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scored import Row, run, write_rows


def theirs(shared: Path, gold: Path, out: Path) -> dict[str, Any]:
    command = [sys.executable, str(shared / "eval" / "score.py"), str(gold), str(out), "--json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def agree(shared: Path, gold: Path, out: Path) -> dict[str, Any]:
    ours, reference = json.loads(run("score", gold, out, "--json").stdout), theirs(shared, gold, out)
    assert list(ours) == list(reference)
    for measure, figures in reference.items():
        assert ours[measure] == pytest.approx(figures, abs=0.0005), measure
    return ours


class TestAgreement:
    @pytest.mark.parametrize("form", ["jsonl", "csv"])
    def test_on_the_dev_set(self, shared: Path, tmp_path: Path, form: str) -> None:
        dev, out = shared / "eval" / "dev", tmp_path / "out"
        extracted = run("extract", dev / "text", "-o", out, "--metadata", dev / "metadata.csv", "--format", "csv,jsonl")
        assert extracted.exit_code == 0
        reference = theirs(shared, dev / "gold", out)
        if form == "csv":
            for table in out.glob("*.jsonl"):
                table.unlink()
        ours = json.loads(run("score", dev / "gold", out, "--json").stdout)
        assert list(ours) == list(reference)
        for measure, figures in reference.items():
            assert ours[measure] == pytest.approx(figures, abs=0.0005), measure

    @pytest.mark.parametrize("seed", range(4))
    def test_on_spoilt_gold(self, shared: Path, tmp_path: Path, seed: int) -> None:
        """Gold as prediction, with every kind of mistake in it: there both scorers meet what our rows never hold."""
        gold = shared / "eval" / "dev" / "gold"
        chance = random.Random(seed)
        said = {}
        for path in sorted(gold.glob("*.json")):
            content = json.loads(path.read_text(encoding="utf-8"))
            said[content["article_id"]] = {t: spoilt_rows(content[t], chance) for t in ("claims", "entities")}
        figures = agree(shared, gold, write_rows(tmp_path / "out", said))
        assert 0.1 < figures["claim"]["f"] < 0.9


def spoilt_rows(rows: list[Row], chance: random.Random) -> list[Row]:
    """Rows with fields exchanged between them, lost and changed, spans moved, rows dropped and doubled."""
    said = []
    for row in rows:
        first, last = row.get("time") or (None, None)
        answer = {k: one_of(v, chance) for k, v in row.items() if k != "time"}
        answer |= {"time_start": first, "time_end": last}
        for field in sorted(set(answer) - {"start", "end", "label"}):
            if chance.random() < 0.08:
                answer[field] = one_of(chance.choice([None, chance.choice(rows).get(field)]), chance)
        if chance.random() < 0.2:
            answer["start"] += chance.choice([-3, -1, 0, 1])
            answer["end"] = max(answer["start"] + 1, answer["end"] + chance.choice([-1, 0, 2, 9]))
        said += [answer] * chance.choice([0, 1, 1, 1, 1, 1, 1, 1, 2])
    chance.shuffle(said)
    return said


def one_of(answers: Any, chance: random.Random) -> Any:
    """One of several right answers, now and then all of them, which is none."""
    if not isinstance(answers, list) or chance.random() < 0.03:
        return answers
    return chance.choice(answers) if answers else None
