"""The trail of a reading: every line end of the source, what was decided there, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from math import exp, log
from typing import Final, Literal

import attrs

from govreport.chain import KINDS, weights
from govreport.cues import Cues
from govreport.lines import PrintedLine
from govreport.source import Source

__all__ = ["Decision", "Retraced", "Trail"]

#: How many features a decision names.
_NAMED: Final = 4
_FIRST_HARD: Final = KINDS.index("paragraph-paragraph")


@attrs.frozen(kw_only=True)
class Decision:
    """What was decided at one line end of the source, and why.

    Args:
        offset: Source offset of the line end: one past the line's last character.
        line: The source line that ends there, counted from 1.
        kind: Soft (the paragraph goes on), hard (it ends), or torn (no line ended here at all).
        probability: Of that kind.
        measure: The column's width there, in em; none where the text was never wrapped.
        slack: What was left of the line for the next line's first unit, in em.
        features: The features that weighed most, with their weight towards this kind (log odds).
    """

    offset: int
    line: int
    kind: Literal["soft", "hard", "torn"]
    probability: float
    measure: float | None = None
    slack: float | None = None
    features: tuple[tuple[str, float], ...] = ()


@attrs.frozen
class Trail:
    """How a source was read, to be asked for its decisions.

    Args:
        source: The source.
        whole: All printed lines, front matter and furniture among them.
        lines: The body's printed lines.
        hard: For each of these the probability that its end is hard.
        cues: What spoke at each of their ends.
    """

    source: Source
    whole: tuple[PrintedLine, ...]
    lines: tuple[PrintedLine, ...]
    hard: tuple[float, ...]
    cues: Cues

    def decisions(self) -> tuple[Decision, ...]:
        """One decision for every line end of the source, in the order of the source."""
        found = sorted(self._found())
        positions = self.source.positions([offset for offset, *_ in found])
        return tuple(
            self._decision(offset, line, k, kind)
            for (offset, kind, k), (line, _) in zip(found, positions, strict=True)
        )

    def _found(self) -> Iterator[tuple[int, str, int]]:
        body = {line.first: k for k, line in enumerate(self.lines)}
        for line in self.whole:
            for offset in line.torn:
                yield offset, "torn", -1
            yield line.text.end, "line", body.get(line.first, -1)

    def _decision(self, offset: int, line: int, k: int, kind: str) -> Decision:
        if kind == "torn":
            return Decision(offset=offset, line=line, kind="torn", probability=1.0)
        if k < 0:  # headline block and furniture: each line stands by itself
            return Decision(offset=offset, line=line, kind="hard", probability=1.0)
        hard, cues = self.hard[k], self.cues
        return Decision(
            offset=offset,
            line=line,
            kind="hard" if hard >= 0.5 else "soft",
            probability=round(max(hard, 1 - hard), 4),
            measure=cues.measures[k],
            slack=cues.slacks[k],
            features=heaviest(cues.names[k], weights(), hard=hard >= 0.5),
        )


@attrs.frozen
class Retraced:
    """The decisions of a reading, which is done again when they are first asked for.

    A trail is five times as large as the tree, and few reports are asked why.

    Args:
        trail: Does the reading again.
    """

    trail: Callable[[], Trail]

    def decisions(self) -> tuple[Decision, ...]:
        """One decision for every line end of the source, in the order of the source."""
        return self._decisions

    @cached_property
    def _decisions(self) -> tuple[Decision, ...]:
        return self.trail().decisions()


def heaviest(
    names: Sequence[str], table: Mapping[str, tuple[float, ...]], *, hard: bool
) -> tuple[tuple[str, float], ...]:
    """The features that weigh most, each with its weight towards hard or soft in log odds.

    Args:
        names: The features that hold.
        table: The weights.
        hard: Which of the two the weights are to speak for.

    >>> heaviest(["a", "b"], {"a": (0, 0, 0, 2, 2, 2, 2), "b": (1, 1, 1, 0, 0, 0, 0)}, hard=True)
    (('a', 2.0), ('b', -1.0))
    """
    rows = {name: table[name] for name in names if name in table}
    totals = [sum(column) for column in zip(*rows.values(), strict=True)] or [0.0] * len(KINDS)
    top = max(totals)
    shares = [exp(total - top) for total in totals]
    soft = sum(shares[:_FIRST_HARD]) or exp(-600)
    ends = sum(shares[_FIRST_HARD:]) or exp(-600)
    out = []
    for name, row in rows.items():
        less = [share * exp(-weight) for share, weight in zip(shares, row, strict=True)]
        without = log(sum(less[_FIRST_HARD:]) or exp(-600)) - log(
            sum(less[:_FIRST_HARD]) or exp(-600)
        )
        weight = log(ends) - log(soft) - without
        out.append((name, round(weight if hard else -weight, 2)))
    return tuple(sorted(out, key=lambda pair: -abs(pair[1]))[:_NAMED])
