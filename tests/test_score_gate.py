"""The score gate: floors rise by themselves, fall with a reason, and hold for one gold."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

TOOL = Path(__file__).resolve().parent.parent / "tools" / "score_gate.py"


@pytest.fixture(scope="module")
def gate() -> Any:
    if not TOOL.exists():
        pytest.skip("no checkout: the tools of development are not here")
    spec = importlib.util.spec_from_file_location("score_gate", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(__import__("sys").modules, "score_gate", module)
        spec.loader.exec_module(module)
    return module


@pytest.fixture
def floors(gate: Any) -> Any:
    return gate.Floors("abc", {"claim": 0.8, "claim by article": 0.7})


def test_there_and_back(gate: Any, floors: Any) -> None:
    text = gate.lowered(floors, {"claim": 0.75}, "claim", 'gold now has "税"').dumps()
    back = gate.loads(text)
    assert back.floors == {"claim": 0.75, "claim by article": 0.7}
    assert back.changes == ({"lowered": "claim", "from": "0.800", "to": "0.750", "reason": 'gold now has "税"'},)
    assert back.dumps() == text


def test_findings(gate: Any, floors: Any) -> None:
    assert gate.findings(floors, {"claim": 0.8, "claim by article": 0.7001}, "abc") == []
    assert "below its floor 0.800" in gate.findings(floors, {"claim": 0.7999, "claim by article": 1}, "abc")[0]
    assert "no floor" in gate.findings(floors, {"claim": 1, "claim by article": 1, "time": 1}, "abc")[0]
    assert "not there" in gate.findings(floors, {"claim": 1}, "abc")[0]
    assert "--rehash" in gate.findings(floors, {"claim": 1, "claim by article": 1}, "abd")[0]


def test_floors_only_rise(gate: Any, floors: Any) -> None:
    raised = gate.lifted(floors, {"claim": 0.81599, "claim by article": 0.6, "time": 0.5})
    assert raised.floors == {"claim": 0.815, "claim by article": 0.7, "time": 0.5}


def test_lowering_needs_a_lower_score_and_a_reason(gate: Any, floors: Any) -> None:
    with pytest.raises(SystemExit, match="nothing to lower"):
        gate.lowered(floors, {"claim": 0.8}, "claim", "why")
    with pytest.raises(SystemExit, match="no floor for 'time'"):
        gate.lowered(floors, {"time": 0.8}, "time", "why")
    for arguments in (["--lower", "claim"], ["--rehash"], ["--rehash", "--reason", " "]):
        with pytest.raises(SystemExit) as stopped:
            gate.parsed(arguments)
        assert stopped.value.code == 2


def test_other_gold(gate: Any, floors: Any) -> None:
    scores = {"claim": 0.9, "claim by article": 0.9}
    with pytest.raises(SystemExit, match="--rehash"):
        gate.changed(gate.parsed(["--raise"]), floors, scores, "abd")
    new = gate.changed(gate.parsed(["--raise", "--rehash", "--reason", "two rows"]), floors, scores, "abd")
    assert (new.gold_sha256, new.floors["claim"], new.changes[0]["reason"]) == ("abd", 0.9, "two rows")


def test_the_hash_knows_names_and_contents_but_not_line_ends(gate: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    hashes = []
    for content in (b"{\n}", b"{\r\n}", b"{ }"):
        path.write_bytes(content)
        hashes.append(gate.gold_hash(tmp_path))
    path.rename(tmp_path / "b.json")
    hashes.append(gate.gold_hash(tmp_path))
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3
