"""Templates compiled for one language, with everything that cannot change already filled in.

A sentence without variables, an icon, the address of one of our files: in one language each is
always the same text and need not be looked up on every rendering, which is most of a page's cost.

This overrides `Environment._parse`, which Jinja keeps to itself: without it a page of results takes
a quarter longer (`make bench`: "without sentences put in place for each language"). Jinja's public
hooks see a template's text or its tokens, not its tree; should `_parse` go, this class goes too,
and every page stays the same, a little slower.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation
from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

SENTENCE = frozenset({"_", "gettext"})


class InOneLanguage(Environment):
    """An environment for one language; ``fixed`` are functions that depend on nothing else."""

    def __init__(
        self, language: str, fixed: Mapping[str, Callable[..., object]], **options: Any
    ) -> None:
        super().__init__(**options)
        self._place = _Place(self, language, fixed)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        placed: nodes.Template = self._place.visit(template)
        return placed


class _Place(NodeTransformer):
    """Replaces a call by its value, if nothing in it can change."""

    def __init__(
        self,
        environment: Environment,
        language: str,
        fixed: Mapping[str, Callable[..., object]],
    ) -> None:
        self._environment = environment
        self._language = language
        self._fixed = fixed

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the visitor finds it by name
        """The value itself; in a sentence with variables, only those remain to be filled in."""
        self.generic_visit(node)
        plain = all(isinstance(arg, nodes.Const) for arg in node.args)
        dynamic = node.dyn_args is not None or node.dyn_kwargs is not None
        if dynamic or not plain or not isinstance(node.node, nodes.Name):
            return node
        words = [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
        placed: nodes.Node = node
        if node.node.name in SENTENCE:
            placed = self._sentence(words[0], node.kwargs)
        elif node.node.name in self._fixed and not node.kwargs:
            with translation.override(self._language):
                placed = nodes.Const(self._fixed[node.node.name](*words))
        return placed.set_lineno(node.lineno).set_environment(self._environment)

    def _sentence(self, words: str, variables: list[nodes.Keyword]) -> nodes.Node:
        with translation.override(self._language):
            text = Markup(translation.gettext(words))  # noqa: S704 - ours, from the catalogue
        if not variables:
            return nodes.Const(text % {})
        pairs = [nodes.Pair(nodes.Const(v.key), v.value) for v in variables]
        return nodes.Mod(nodes.Const(text), nodes.Dict(pairs))
