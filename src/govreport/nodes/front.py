"""The headline block: its lines, typed, and what they say as values."""

from __future__ import annotations

import attrs

from govreport.nodes.base import Leaf, N, Node

__all__ = [
    "Adoption",
    "DocumentDate",
    "Front",
    "FrontLine",
    "FrontNote",
    "FrontValues",
    "Kicker",
    "Occasion",
    "Speaker",
    "Subtitle",
    "Title",
]


@attrs.frozen(kw_only=True)
class Kicker(Leaf):
    """A line above the title (引题, 眉题)."""


@attrs.frozen(kw_only=True)
class Title(Leaf):
    """The title, its lines joined."""


@attrs.frozen(kw_only=True)
class Subtitle(Leaf):
    """The subtitle, with its dashes as printed."""

    @property
    def plain(self) -> str:
        """The words without the dashes and brackets around them."""
        return self.text.strip("—─―－-（）() 　")


@attrs.frozen(kw_only=True)
class Speaker(Leaf):
    """Who speaks.

    Args:
        name: The name, blanks closed up; empty where only an office stands.
        office: The office, as printed.
        repeated: The name stands on the page once more than it is needed.
    """

    name: str = ""
    office: str = ""
    repeated: bool = False


@attrs.frozen(kw_only=True)
class DocumentDate(Leaf):
    """The date of the report."""

    iso: str | None = None


@attrs.frozen(kw_only=True)
class Adoption(Leaf):
    """By whom and when the text was adopted (（……会议通过）)."""

    iso: str | None = None


@attrs.frozen(kw_only=True)
class FrontNote(Leaf):
    """A line of the headline block that is none of the others."""


@attrs.frozen(kw_only=True)
class Occasion(Node):
    """The meeting, read out of the front matter; holds values, no text of its own.

    Args:
        assembly: The body that met (政协衡阳市第十二届委员会).
        session: Its number (第十二届: 12).
        meeting: The meeting's number (第二次会议: 2).
        date: ISO 8601.
    """

    assembly: str = ""
    session: int | None = None
    meeting: int | None = None
    date: str | None = None


@attrs.frozen(kw_only=True)
class FrontValues(Node):
    """What a headline says that is set in the text as a paragraph of it; no text of its own.

    Args:
        title: The title.
        subtitle: The subtitle without its dashes.
        author: The speaker's name.
        office: The speaker's office.
        date: ISO 8601.
    """

    title: str | None = None
    subtitle: str | None = None
    author: str | None = None
    office: str | None = None
    date: str | None = None


FrontLine = Kicker | Title | Subtitle | Speaker | DocumentDate | Adoption | FrontNote


@attrs.frozen(kw_only=True)
class Front(Node):
    """The headline block, wherever it stood.

    Args:
        lines: Its lines in reading order, each typed by what it is.
        occasion: The meeting, as values.
        values: What headlines say that are paragraphs of the text and stay in the body.
    """

    PARTS = ("lines",)
    lines: tuple[FrontLine, ...] = ()
    occasion: Occasion | None = None
    values: FrontValues | None = None

    def _first(self, kind: type[N]) -> N | None:
        return next((line for line in self.lines if isinstance(line, kind)), None)

    def _said(self, name: str) -> str | None:
        """What a headline in the text says."""
        said: str | None = getattr(self.values, name, None)
        return said

    @property
    def title(self) -> str | None:
        """The title."""
        line = self._first(Title)
        return line.text if line else self._said("title")

    @property
    def subtitle(self) -> str | None:
        """The subtitle without its dashes."""
        line = self._first(Subtitle)
        return line.plain if line else self._said("subtitle")

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Each speaker once."""
        return tuple(x for x in self.lines if isinstance(x, Speaker) and not x.repeated)

    @property
    def author(self) -> str | None:
        """The first speaker's name."""
        return next((x.name for x in self.speakers if x.name), None) or self._said("author")

    @property
    def date(self) -> str | None:
        """The report's date, ISO 8601: its own line, or else the meeting's."""
        line = self._first(DocumentDate)
        if line is not None and line.iso:
            return line.iso
        return self.occasion.date if self.occasion and self.occasion.date else self._said("date")
