"""The table of bounds: every quantity in it is used and explained; the misbehaviours meet them."""

from __future__ import annotations

import ast
from pathlib import Path

from app.sources.imap import bounds

TABLE = Path(bounds.__file__)


def test_every_bound_is_used_and_explained() -> None:
    body = ast.parse(TABLE.read_text(encoding="utf-8")).body
    code = "".join(path.read_text(encoding="utf-8") for path in TABLE.parent.glob("*.py"))
    explained = set()
    for node, behind in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            assert f"bounds.{name}" in code, name
            if isinstance(behind, ast.Expr) and isinstance(behind.value, ast.Constant):
                explained.add(name)
    assert {name for name in vars(bounds) if name.isupper()} == explained
