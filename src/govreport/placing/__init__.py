"""Displaced figures put back into the lines that they were set in."""

from govreport.placing.putting import Placed, PlacedFigure, Unplaced, place

__all__ = ["Placed", "PlacedFigure", "Unplaced", "place"]
