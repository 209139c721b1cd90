"""Data that ships inside the package: thresholds, tables, words."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["load_toml"]


@cache
def load_toml(package: str, name: str) -> dict[str, Any]:
    """The TOML file `name` inside the package `package`, parsed once. Do not change what it returns."""
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
