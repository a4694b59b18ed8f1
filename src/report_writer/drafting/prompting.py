"""Prompts are files: `prompts/ogi_annual/<section>.j2`, editable, checked on load.

The header names the section and the variables; the parts of a chat are divided in the source
(`{# role: user #}`) before anything is rendered, so text from an agency cannot open a new part.
Jinja renders our files only, with StrictUndefined, in a sandbox; agency text is always a value.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from report_writer._resources import shipped

_HEADER = re.compile(r"\A\{#\s*section:\s*(\w+)\s*\|\s*variables:\s*([\w, ]+?)\s*#\}\s*\n")
_ROLE = re.compile(
    r"^\{#\s*role:\s*(system|example_user|example_answer|example_user_2|example_answer_2|user)\s*#\}[ ]*\n",
    re.MULTILINE,
)
_LETTERS = "甲乙丙丁戊己庚辛"
_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False
)


class PromptError(Exception):
    """A prompt file that cannot be used. The message names file and reason."""


@dataclass(frozen=True)
class Rendered:
    """A prompt ready to send."""

    system: str
    user: str
    example: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """Everything that leaves for the model, as shown and stored."""
        turns = [f"[示例-问] {q}\n[示例-答] {a}" for q, a in self.example]
        return "\n".join([f"[系统] {self.system}", *turns, f"[问] {self.user}"])


@dataclass(frozen=True)
class Prompt:
    """A prompt file: declared variables, source by role, and its hash."""

    name: str
    section: str
    variables: frozenset[str]
    parts: Mapping[str, str]
    sha256: str

    def render(self, **values: Any) -> Rendered:
        """Fill in the declared variables; PromptError where one is missing or unknown."""
        if values.keys() != self.variables:
            odd = "、".join(sorted(values.keys() ^ self.variables))
            raise PromptError(f"提示词 {self.name}：变量不一致（{odd}）")
        try:
            done = {
                role: _ENVIRONMENT.from_string(source).render(values).strip()
                for role, source in self.parts.items()
            }
        except TemplateError as error:
            raise PromptError(f"提示词 {self.name}：无法生成（{error}）") from error
        pairs = (
            (done.get(f"example_user{n}", ""), done.get(f"example_answer{n}", ""))
            for n in ("", "_2")
        )
        return Rendered(done["system"], done["user"], tuple(p for p in pairs if all(p)))


def parse_prompt(source: str, name: str) -> Prompt:
    """Return the prompt in a file's text; PromptError names what is wrong with it."""
    header = _HEADER.match(source)
    if header is None:
        raise PromptError(f"提示词 {name}：第一行应为 {{# section: … | variables: … #}}")
    declared = frozenset(v.strip() for v in header[2].split(",") if v.strip())
    pieces = _ROLE.split(source[header.end() :])
    parts = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    if not {"system", "user"} <= parts.keys():
        raise PromptError(f"提示词 {name}：缺少 {{# role: system #}} 或 {{# role: user #}} 部分")
    used: set[str] = set()
    for role, text in parts.items():
        try:
            used |= meta.find_undeclared_variables(_ENVIRONMENT.parse(text))
        except TemplateError as error:
            raise PromptError(f"提示词 {name}：{role} 部分有语法错误（{error}）") from error
    if used != declared:
        odd = "、".join(sorted(used ^ declared))
        raise PromptError(f"提示词 {name}：声明的变量与所用的不一致（{odd}）")
    digest = hashlib.sha256(source.encode()).hexdigest()
    return Prompt(name, header[1], declared, parts, digest)


@lru_cache(maxsize=32)
def load_prompt(name: str, folder: Path | None = None) -> Prompt:
    """Return the prompt `ogi_annual/<name>.j2` of this installation or of a user's folder."""
    path = (folder or shipped("prompts")) / "ogi_annual" / f"{name}.j2"
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"提示词 {path.name}：无法读取（{error}）") from error
    return parse_prompt(source, f"ogi_annual/{name}.j2")


def nonce(material: str) -> str:
    """Return a delimiter that does not stand in the material; letters only, it is no figure.

    It follows from the material, so that the same job sends the same prompt, which can be shown
    beforehand; a text that could guess it would have to hold its own hash, and is passed over.
    """
    for attempt in count():
        digest = hashlib.sha256(f"{attempt}\n{material}".encode()).digest()
        mark = "〔资料" + "".join(_LETTERS[byte % 8] for byte in digest[:12]) + "〕"
        if mark not in material:
            return mark
    raise AssertionError
