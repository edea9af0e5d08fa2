"""Pages put together: a report that goes on on another page, also in the middle of a sentence."""

from govreport.joining.chains import Part, order
from govreport.joining.pages import Joined, forced, joined

__all__ = ["Joined", "Part", "forced", "joined", "order"]
