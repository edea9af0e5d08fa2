"""What this library raises: few and typed errors, one root."""

__all__ = ["FormatError", "GovreportError", "MissingExtra"]


class GovreportError(Exception):
    """The root of what this library raises: what was wrong, where, and what to do."""


class FormatError(GovreportError):
    """A document that a reader was handed cannot be read.

    Args:
        problems: Each fault with its place (a JSON path, or an XPath and line), all at once.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class MissingExtra(GovreportError, ImportError):  # noqa: N818 - reads as the sentence it is
    """A part of the library needs a package that is not installed.

    Args:
        part: What was asked for.
        extra: The extra that brings it.
    """

    def __init__(self, part: str, extra: str) -> None:
        super().__init__(f"{part} needs an extra: pip install 'govreport[{extra}]'")
        self.extra = extra
