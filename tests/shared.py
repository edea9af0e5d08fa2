"""What may not be here: the directory ``../shared``, beside the checkout, and other packages."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(*parts: str) -> Path:
    """A path in ``../shared``; skips the test where it is absent, fails it under ``CI=true``."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        absent(f"{path} is not here; it comes with ../shared")
    return path


def needed(name: str) -> Any:
    """A module of another package; skips the test where it is absent, fails it under ``CI=true``."""
    try:
        return import_module(name)
    except ImportError as error:
        absent(f"{name}: {error}; it comes with the group test")


def absent(reason: str) -> NoReturn:
    """Skips a test for what is absent; under ``CI=true``, where all is there, fails it."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
