"""The tree: frozen nodes with tuple children, each knowing where it stood in the source.

Leaves hold text and the spans it came from; what holds other nodes has the spans of its leaves.
The field names are the contract of every format: native XML and JSON mirror them one to one.
"""

from __future__ import annotations

from govreport.nodes.base import (
    Leaf,
    Node,
)
from govreport.nodes.blocks import (
    Block,
    Closing,
    Contents,
    ContentsEntry,
    Heading,
    Item,
    Note,
    Paragraph,
    Salutation,
    Section,
)
from govreport.nodes.front import (
    Adoption,
    DocumentDate,
    Front,
    FrontLine,
    FrontNote,
    FrontValues,
    Kicker,
    Occasion,
    Speaker,
    Subtitle,
    Title,
)
from govreport.nodes.furniture import (
    Credit,
    Furniture,
    PageDate,
    PageJump,
    PageNumber,
    RunningHead,
    Unplaced,
)
from govreport.nodes.inline import (
    Date,
    Gap,
    Inline,
    Label,
    Lead,
    Number,
    Supplied,
    Text,
)

__all__ = [
    "Adoption",
    "Block",
    "Closing",
    "Contents",
    "ContentsEntry",
    "Credit",
    "Date",
    "DocumentDate",
    "Front",
    "FrontLine",
    "FrontNote",
    "FrontValues",
    "Furniture",
    "Gap",
    "Heading",
    "Inline",
    "Item",
    "Kicker",
    "Label",
    "Lead",
    "Leaf",
    "Node",
    "Note",
    "Number",
    "Occasion",
    "PageDate",
    "PageJump",
    "PageNumber",
    "Paragraph",
    "RunningHead",
    "Salutation",
    "Section",
    "Speaker",
    "Subtitle",
    "Supplied",
    "Text",
    "Title",
    "Unplaced",
]
