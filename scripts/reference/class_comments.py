"""What the comments beside the fields of a definition class say: the meaning lies where the field is declared."""

from __future__ import annotations

import ast
import inspect
import io
import textwrap
import tokenize
from functools import cache


@cache
def field_comments(model: type) -> dict[str, str]:
    """The trailing comment of each field or word, over the class and what it inherits."""
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        if one.__module__.startswith("jixiao."):
            found |= _own(one)
    return found


def _own(model: type) -> dict[str, str]:
    source = textwrap.dedent(inspect.getsource(model))
    comments = {
        token.start[0]: token.string.lstrip("# ").strip()
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    body = ast.parse(source).body[0]
    assert isinstance(body, ast.ClassDef)
    return {name: comments[line] for name, line in map(_declared, body.body) if line in comments}


def _declared(node: ast.stmt) -> tuple[str, int]:
    """The name a statement declares and the line it ends on."""
    target = (
        node.target
        if isinstance(node, ast.AnnAssign)
        else node.targets[0]
        if isinstance(node, ast.Assign)
        else None
    )
    return (
        target.id if isinstance(target, ast.Name) else "",
        node.end_lineno or 0 if target is not None else 0,
    )


def summary(thing: object) -> str:
    """The docstring as one paragraph after another, empty where there is none of its own."""
    own = thing.__dict__.get("__doc__") if isinstance(thing, type) else thing.__doc__
    return inspect.cleandoc(own or "")


def first_sentence(thing: object) -> str:
    """The first paragraph of the docstring on one line."""
    return " ".join(summary(thing).split("\n\n")[0].split())
