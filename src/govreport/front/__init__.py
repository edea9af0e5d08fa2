"""The headline block, wherever it stands: found, read and taken out."""

from govreport.front.tables import TABLES, FrontTables
from govreport.front.taking import Fronted, take

__all__ = ["TABLES", "FrontTables", "Fronted", "take"]
