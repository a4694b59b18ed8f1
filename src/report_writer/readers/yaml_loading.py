"""YAML as plain as JSON: no key twice, no nested aliases, no octal or clock numbers.

An alias that repeats a list or mapping lets a few lines stand for millions, and YAML 1.1 reads 012
as ten and 1:30 as ninety; a report file needs none of it.
"""

import re
from typing import Any

import yaml

_INT = "tag:yaml.org,2002:int"


class _Loader(yaml.SafeLoader):
    """The safe loader, stricter. Raises `yaml.MarkedYAMLError` naming line and column."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        alias = self.check_event(yaml.AliasEvent)
        node = super().compose_node(parent, index)
        if alias and isinstance(node, yaml.CollectionNode):
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=node.start_mark)
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[tuple[str, str]] = set()
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(key, yaml.ScalarNode):
                if (key.tag, key.value) in seen:
                    raise yaml.MarkedYAMLError(problem="double", problem_mark=key.start_mark)
                seen.add((key.tag, key.value))
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != _INT]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_INT, re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z"), list("-+0123456789"))


def load_yaml(text: str) -> Any:
    """Return the parsed YAML. Raises `yaml.YAMLError`, RecursionError."""
    return yaml.load(text, Loader=_Loader)
