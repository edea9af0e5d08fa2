"""Example pages altered at random: whatever stands on a page, its report is sound."""

from pathlib import Path
from random import Random

import pytest

import altering

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "pages"
PART = 100


@pytest.mark.parametrize("part", range(4))
def test_altered_pages_are_sound(part: int) -> None:
    pages = [*altering.pages([EXAMPLES])]
    for number in range(PART * part, PART * (part + 1)):
        lines = altering.altered(pages, Random(number))
        assert altering.fault(lines) is None, (number, "\n".join(altering.shortest(lines)))


def test_a_fault_is_found_and_made_short(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(source: str) -> None:
        assert "坏" not in source

    monkeypatch.setattr(altering, "check", broken)
    assert altering.fault(["好"]) is None
    assert altering.shortest(["好", "好", "坏", "好", "好"]) == ["坏"]
