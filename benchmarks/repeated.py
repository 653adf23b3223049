"""Texts for measuring: articles repeated with altered digits, so that no two are the same."""

from __future__ import annotations

from pathlib import Path

_DIGITS = "123456789"


def repeat_to(folder: Path, into: Path, chars: int) -> int:
    """Copies of the .txt files of a folder until they have so many characters together; how many they have."""
    texts = [p.read_text(encoding="utf-8", errors="replace") for p in sorted(folder.rglob("*.txt"))]
    if not any(texts):
        raise SystemExit(f"{folder}: no .txt files with text in them")
    written = copies = 0
    while written < chars:
        turned = str.maketrans(_DIGITS, _DIGITS[copies % 9 :] + _DIGITS[: copies % 9])
        place = into / f"{copies:04d}"
        place.mkdir(parents=True)
        for number, text in enumerate(texts):
            if written < chars:
                (place / f"{number:05d}.txt").write_text(text.translate(turned), encoding="utf-8", newline="")
                written += len(text)
        copies += 1
    return written


def short_articles(into: Path, count: int) -> None:
    """Short articles, each with other figures."""
    text = "滨海市第一医院去年门诊量达到{}万人次,比前年增长{}%。院长王建国表示,今年计划引进设备{}台。"
    for number in range(count):
        place = into / f"{number // 1000:04d}"
        place.mkdir(parents=True, exist_ok=True)
        filled = text.format(100 + number % 900, number % 90 + 1, number % 50 + 2)
        (place / f"{number:06d}.txt").write_text(filled, encoding="utf-8")
