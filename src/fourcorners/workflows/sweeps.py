"""What is done regularly, by name; retries.toml says when."""

from collections.abc import Callable, Mapping

from fourcorners.infra.floor import Floor

__all__ = ["SWEEPS"]

SWEEPS: Mapping[str, Callable[[Floor], None]] = {}
"""Every regular sweep but the worker's own two. Each may run at any time, on any worker, twice at once."""
