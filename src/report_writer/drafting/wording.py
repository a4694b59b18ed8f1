"""The sentences rules write: data in `templates/wording/*.toml`, loaded and checked once.

A wording is text with tokens. Of the variants of a point, those fit whose slots are exactly the
point's (plain words such as {self} and {year} come on top, where they exist).
"""

import hashlib
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from report_writer._resources import shipped
from report_writer.domain.report import Topic
from report_writer.drafting.slots import tokens

PLAIN = frozenset({"self", "agency", "year", "superior", "government"})


class WordingError(Exception):
    """A wording file that cannot be used; the message names file and place."""


@dataclass(frozen=True)
class Wording:
    """Variants by topic and point, and the words that tell which topic a registered fact is for."""

    variants: dict[str, dict[str, tuple[str, ...]]]
    keywords: dict[Topic, tuple[str, ...]]

    def topic_of(self, label: str) -> Topic:
        """Return the topic of a registered fact by its label; 主动公开 where no word tells."""
        for topic, words in self.keywords.items():
            if any(word in label for word in words):
                return topic
        return Topic.PROACTIVE

    def replaced(self, own: Mapping[str, Mapping[str, tuple[str, ...]]]) -> "Wording":
        """Return these wordings with an office's own variants in place of the shipped ones.

        Raises WordingError where a topic or point is unknown or a sentence names a slot that the
        point does not have.
        """
        variants = {topic: dict(points) for topic, points in self.variants.items()}
        for topic, points in own.items():
            for point, lines in points.items():
                shipped_lines = variants.get(topic, {}).get(point)
                if shipped_lines is None:
                    raise WordingError(f"本单位用语：没有 [{topic}] {point} 这一处")
                known = PLAIN | {key for line in shipped_lines for key in tokens(line)}
                for line in lines:
                    if odd := set(tokens(line)) - known:
                        raise WordingError(
                            f"本单位用语：[{topic}] {point} 中没有“{'、'.join(sorted(odd))}”这一代码"
                        )
                variants[topic][point] = tuple(lines) or shipped_lines
        return replace(self, variants=variants)

    def choose(
        self,
        topic: str,
        point: str,
        slots: Collection[str],
        plain: Collection[str],
        seed: str,
        kind: str = "",
    ) -> str | None:
        """Return a fitting variant, chosen by the seed; None where no variant fits the slots.

        Beside the variants of the point those for the kind of body (`bare_township`) are taken.
        """
        wanted = set(slots)
        points = self.variants.get(topic, {})
        fitting = [
            text
            for text in (*points.get(point, ()), *points.get(f"{point}_{kind}", ()))
            if set(tokens(text)) - PLAIN == wanted and set(tokens(text)) & PLAIN <= set(plain)
        ]
        return pick(fitting, f"{seed}|{topic}|{point}") if fitting else None


def pick(options: list[str], seed: str) -> str:
    """Return one option, always the same for the same seed."""
    digest = hashlib.sha256(seed.encode()).digest()
    return options[int.from_bytes(digest[:8], "big") % len(options)]


@lru_cache(maxsize=4)
def load_wording(folder: Path | None = None) -> Wording:
    """Return the wording of this installation, or of a folder; WordingError where it is unusable."""
    folder = folder or shipped("templates") / "wording"
    path = folder / "ogi_annual.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise WordingError(f"{path.name}：无法读取（{error}）") from error
    words = data.pop("topic_keywords", {})
    variants: dict[str, dict[str, tuple[str, ...]]] = {}
    for topic, points in data.items():
        variants[topic] = {}
        for point, lines in points.items():
            if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
                raise WordingError(f"{path.name}：[{topic}] {point} 应为句子的列表")
            variants[topic][point] = tuple(lines)
    try:
        keywords = {Topic(topic): tuple(items) for topic, items in words.items()}
    except ValueError as error:
        raise WordingError(f"{path.name}：topic_keywords 中有未知的主题（{error}）") from error
    return Wording(variants, keywords)
