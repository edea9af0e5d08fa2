"""Work reports out of newspaper pages."""
from govreport.pipeline import parse
from govreport.report import Report
__all__ = ["Report", "parse"]
