"""How Alembic runs: on a connection that it is handed, in one transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON

from fourcorners.infra.db import UtcDateTime
from fourcorners.migrations import tables


def _render(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:  # noqa: ANN401 - Alembic's own
    if kind == "type" and isinstance(item, UtcDateTime | JSON):
        name = "Json" if isinstance(item, JSON) else "UtcDateTime"
        autogen.imports.add(f"from fourcorners.infra.db import {name}")
        return name if name == "Json" else f"{name}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables(),
    render_item=_render,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
