"""What belongs to the page and not to the report: found, read and taken out."""

from govreport.furniture.tables import TABLES, FurnitureTables
from govreport.furniture.taking import Furnished, take

__all__ = ["TABLES", "Furnished", "FurnitureTables", "take"]
