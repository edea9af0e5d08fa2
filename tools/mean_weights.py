"""The mean of several tables of weights: fits on pages set anew with different seeds.

python tools/mean_weights.py A.json B.json … > src/govreport/weights.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    """Print the mean."""
    tables = [json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:]]
    names = sorted({name for table in tables for name in table["weights"]})
    none = [0.0] * len(tables[0]["kinds"])
    rows = []
    for name in names:
        columns = zip(*(table["weights"].get(name, none) for table in tables), strict=True)
        mean = [round(sum(column) / len(tables), 3) for column in columns]
        rows.append(f"    {json.dumps(name)}: {json.dumps(mean)}")
    kinds = json.dumps(tables[0]["kinds"])
    print(f'{{\n  "kinds": {kinds},\n  "weights": {{\n' + ",\n".join(rows) + "\n  }\n}")


if __name__ == "__main__":
    main()
