"""The directory ``../shared``, which is beside the checkout and not part of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(*parts: str) -> Path:
    """A path in ``../shared``; skips the test where it is absent, fails it under ``CI=true``."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        reason = f"{path} is not here; it comes with ../shared"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path
