"""Every measure of `newsmine score`, case by case: rows right, rows in gold, rows predicted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scored import CLAIM, DOCTOR, SAID, Row, at, counts, scored


class TestClaimMeasures:
    @pytest.mark.parametrize(
        ("measure", "gold", "said", "expected"),
        [
            ("detect", {}, {}, (1, 1, 1)),
            ("detect", {}, {"end": 15}, (0, 1, 1)),
            ("overlap", {}, {"end": 15}, (1, 1, 1)),
            ("quantity", {}, {"value": 200.0}, (1, 1, 1)),
            ("quantity", {}, {"value": 201}, (0, 1, 1)),
            ("quantity", {}, {"value": None}, (0, 1, 1)),
            ("quantity", {"value": None}, {"value": None}, (1, 1, 1)),
            ("quantity", {}, {"unit": "名"}, (0, 1, 1)),
            ("quantity", {}, {"kind": "measure"}, (0, 1, 1)),
            ("quantity", {"unit": ""}, {"unit": None}, (1, 1, 1)),
            ("bounds", {"low": 200, "qualifier": "over"}, {"low": 200, "qualifier": "over"}, (1, 1, 1)),
            ("bounds", {"low": 200, "qualifier": "over"}, {"low": None, "qualifier": "over"}, (0, 1, 1)),
            ("bounds", {}, {"high": 300}, (0, 1, 1)),
            ("bounds", {}, {"qualifier": "about"}, (0, 1, 1)),
            ("bounds", {}, {"value": 1}, (0, 1, 1)),
            ("change", {}, {}, (0, 0, 0)),
            ("change", {"role": "change", "direction": "up"}, {"role": "change", "direction": "up"}, (1, 1, 1)),
            ("change", {"role": "change", "direction": "up"}, {"role": "change", "direction": "down"}, (0, 1, 1)),
            ("change", {"role": "change", "basis": "yoy"}, {"role": "change", "basis": "yoy"}, (1, 1, 1)),
            ("change", {"role": "change", "basis": "yoy"}, {"role": "change", "basis": None}, (0, 1, 1)),
            ("change", {"role": "to"}, {}, (0, 1, 0)),
            ("change", {}, {"role": "to"}, (0, 0, 1)),
            ("change", {}, {"role": None}, (0, 0, 0)),
            ("metric", {}, {}, (1, 1, 1)),
            ("metric", {}, {"metric": "门诊总量"}, (1, 1, 1)),
            ("metric", {}, {"metric": "床位"}, (0, 1, 1)),
            ("metric", {}, {"metric": None}, (0, 1, 1)),
            ("metric", {"metric": ["住院量", "门诊量"]}, {}, (1, 1, 1)),
            ("metric", {"metric": []}, {"metric": "床位"}, (1, 1, 1)),
            ("metric", {}, {"metric": ["门诊量"]}, (0, 1, 1)),
            ("metric", {"metric": ["门诊量" * 20]}, {"metric": "门诊量" * 20}, (0, 1, 1)),
            ("subject", {}, {"subject": "滨海一院"}, (1, 1, 1)),
            ("subject", {}, {"subject": "滨海市第一医院。"}, (1, 1, 1)),
            ("subject", {}, {"subject": "滨海市第一"}, (0, 1, 1)),
            ("subject", {}, {"subject": None}, (0, 1, 0)),
            ("subject", {"subject": []}, {}, (0, 0, 1)),
            ("subject", {"subject": []}, {"subject": None}, (0, 0, 0)),
            ("time", {}, {"time_text": None}, (1, 1, 1)),
            ("time", {}, {"time_start": "2021-01-01"}, (0, 1, 1)),
            ("time", {}, {"time_start": "2022-01-01T00:00:00"}, (1, 1, 1)),
            ("time", {}, {"time_start": None, "time_end": None}, (0, 1, 1)),
            ("time", {"time": [None, "2022-12-31"]}, {"time_start": None}, (1, 1, 1)),
            ("time", {"time": None}, {"time_start": None, "time_end": None}, (1, 1, 1)),
            ("time", {"time": None, "time_text": "近年来"}, {"time_text": "近年"}, (1, 1, 1)),
            ("time", {"time": None, "time_text": "近年来"}, {"time_text": "去年"}, (0, 1, 1)),
            ("time", {"time": None, "time_text": None}, {}, (0, 0, 1)),
            ("time", {}, {"time_text": None, "time_start": None, "time_end": None}, (0, 1, 0)),
            ("target", {}, {}, (0, 0, 0)),
            ("target", {"status": "target"}, {"status": "target"}, (1, 1, 1)),
            ("target", {"status": "target"}, {}, (0, 1, 0)),
            ("target", {}, {"status": "target"}, (0, 0, 1)),
            ("source", {"source": "市统计局"}, {"source": "统计局"}, (1, 1, 1)),
            ("source", {"source": ["张三", "市卫健委"]}, {"source": "张三"}, (1, 1, 1)),
            ("source", {"source": "市统计局"}, {"source": None}, (0, 1, 0)),
            ("source", {}, {"source": "据统计"}, (0, 0, 1)),
            ("claim", {}, {}, (1, 1, 1)),
            ("claim", {}, {"end": 15}, (1, 1, 1)),
            ("claim", {}, {"metric": "床位"}, (0, 1, 1)),
            ("claim", {}, {"subject": None}, (0, 1, 1)),
            ("claim", {"subject": []}, {}, (1, 1, 1)),
            ("claim", {}, {"role": "to"}, (0, 1, 1)),
            ("claim", {}, {"value": 1}, (0, 1, 1)),
            ("claim", {}, {"time_start": None, "status": "target", "qualifier": "about"}, (1, 1, 1)),
        ],
    )
    def test_measure(self, tmp_path: Path, measure: str, gold: Row, said: Row, expected: Any) -> None:
        assert counts(scored(tmp_path, [{**CLAIM, **gold}], [{**SAID, **said}]), measure) == expected

    def test_another_metric_of_the_article(self, tmp_path: Path) -> None:
        # Similar enough to the right one, but equal to that of another row.
        other = at(CLAIM, 20, 24, metric=["专家门诊量"])
        said = {**SAID, "metric": "专家门诊量"}
        assert counts(scored(tmp_path, [CLAIM], [said]), "metric") == (1, 1, 1)
        assert counts(scored(tmp_path, [CLAIM, other], [said]), "metric") == (0, 2, 1)
        # Where it is right too, it stays right.
        assert counts(scored(tmp_path, [{**CLAIM, "metric": ["专家门诊量"]}, other], [said]), "metric") == (1, 2, 1)


class TestEntityMeasures:
    @pytest.mark.parametrize(
        ("measure", "gold", "said", "expected"),
        [
            ("DOCTOR", {}, {}, (1, 1, 1)),
            ("DOCTOR", {}, {"end": 3}, (0, 1, 1)),
            ("DOCTOR overlap", {}, {"end": 3}, (1, 1, 1)),
            ("DOCTOR", {}, {"label": "HOSPITAL"}, (0, 1, 0)),
            ("HOSPITAL", {}, {"label": "HOSPITAL"}, (0, 0, 1)),
            ("DOCTOR name", {}, {"name": "周 波"}, (1, 1, 1)),
            ("DOCTOR name", {}, {"name": "周"}, (0, 1, 1)),
            ("DOCTOR name", {"name": ["周波", "周大波"]}, {"name": "周大波"}, (1, 1, 1)),
            ("DOCTOR name", {"name": None}, {}, (1, 1, 1)),
            ("DOCTOR title", {}, {"title": "院长"}, (1, 1, 1)),
            ("DOCTOR title", {}, {"title": "护士"}, (0, 1, 1)),
            ("DOCTOR title", {}, {"title": None}, (0, 1, 0)),
            ("DOCTOR title", {"title": []}, {"title": "院长"}, (0, 0, 1)),
            ("DOCTOR title", {}, {"start": 50, "end": 52}, (0, 1, 0)),
            ("DOCTOR hospital", {}, {"hospital": "滨海市第一医院"}, (1, 1, 1)),
            ("DOCTOR hospital", {}, {"hospital": "滨海一院"}, (0, 1, 1)),
            ("DOCTOR hospital", {"hospital": None}, {}, (0, 0, 1)),
        ],
    )
    def test_measure(self, tmp_path: Path, measure: str, gold: Row, said: Row, expected: Any) -> None:
        row = {**DOCTOR, "title": "主任医师", **said}
        assert counts(scored(tmp_path, [{**DOCTOR, **gold}], [row], "entities"), measure) == expected
