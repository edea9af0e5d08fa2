"""How likely a line is under a measure, and a measure after another.

Widths are in half em here; of a line that is torn the complement (``~``), since only a part of it is
known.
"""

from __future__ import annotations

from functools import cache
from math import log
from typing import Final

__all__ = [
    "BEST",
    "CHANGE",
    "MAXIMUM",
    "NEAR",
    "SLIGHT",
    "STAY",
    "TOP",
    "TWO_LINES",
    "UNWRAPPED",
    "table",
    "told",
]

#: The widest column, in em.
MAXIMUM: Final = 46.0
#: The state of text that was never wrapped.
UNWRAPPED: Final = 0.0

#: What share of a column's lines has which width, by the difference from the measure in half em:
#: full lines, lines that a line-start prohibition or a long number cut short, first lines.
_SHARES: Final = {2: 0.004, 1: 0.02, 0: 0.50, -1: 0.14, -2: 0.10, -3: 0.03, -4: 0.06, -5: 0.012}
_SHORT: Final = 0.25
_OVER: Final = 0.0008
#: A line far wider than the measure: two lines glued; and one wider than two and any column.
_FAR: Final = 0.00002
_NO_LINE: Final = 1e-12
#: What a part of a line costs that is wider than the whole line could be.
_TOO_WIDE: Final = -5.0
#: The most that any measure tells of a line.
BEST: Final = log(_SHARES[0])
#: A measure that stays, and one that changes.
STAY: Final = log(0.999999)
CHANGE: Final = log(0.000001)
#: A measure that changes by two em or less is more likely first lines or noise than a column.
NEAR: Final = -3.0
#: A difference of log-likelihoods that no rounding explains.
SLIGHT: Final = 1e-6
#: The widest width that has its own entry in a table, in half em.
TOP: Final = round(2 * MAXIMUM) + 8
#: The widest that two lines set as one may come out, in em.
TWO_LINES: Final = TOP / 2


@cache
def table(measure: float) -> tuple[float, ...]:
    """Log-likelihood of each width in half em, up to a little over the widest measure."""
    if measure == UNWRAPPED:
        return tuple([log(0.35 / (s + 12)) for s in range(TOP + 1)])
    full = round(2 * measure)
    short = _SHORT / max(1, full - 5)
    out = [log(_SHARES.get(s - full, short if s < full else _OVER)) for s in range(TOP + 1)]
    out[full + 8 :] = [log(_FAR)] * len(out[full + 8 :])
    return tuple(out)


def told(measure: float, line: int) -> float:
    """The log-likelihood of a line under a measure."""
    if line < 0:  # a part of a line: it tells only what the measure is not
        return _TOO_WIDE if measure and ~line > 2 * measure + 2 else 0.0
    if line <= TOP:
        return table(measure)[line]
    if not measure:
        return log(0.35 / (line + 12))
    return log(_FAR if line <= 4 * measure + 8 else _NO_LINE)
