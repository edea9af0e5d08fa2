"""What speaks at a line end: the named features that the inference weighs.

Features speak of geometry (slack, overflow, indent, blank lines), of punctuation and of numbering,
never of the vocabulary of these documents. A feature is a name such as ``end:stop`` or
``slack-inner:-1``; the weights stand in ``weights.json``, one row a name.
"""

from __future__ import annotations

from govreport.cues.gathering import Cues, gather
from govreport.cues.groups import Filling, Group, LineEnds, Marks, in_order

__all__ = ["Cues", "Filling", "Group", "LineEnds", "Marks", "gather", "in_order"]
