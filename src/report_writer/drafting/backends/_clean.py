"""Take an answer out of what chat models wrap it in: fences, JSON, thoughts, polite talk.

What the paragraph itself says is left alone: wrong numbers, lists and invented facts are for the
slot check to find.
"""

import json
import re

from report_writer.domain.characters import invisible
from report_writer.drafting.backend import BackendAnswerError

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?</\1>", re.DOTALL)
_OPEN_THOUGHT = re.compile(r"<(?:think|thinking|reasoning)>.*", re.DOTALL)
_CLOSED_BEFORE = re.compile(r"\A.*?</(?:think|thinking|reasoning)>", re.DOTALL)
_FENCE = re.compile(r"(?:```|~~~)[^\n`]*\n(.*?)(?:\n[ \t]*(?:```|~~~)|\Z)", re.DOTALL)
_FENCE_LINE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*$\n?", re.MULTILINE)
_TEXT_KEYS = ("text", "paragraph", "content", "answer", "draft", "output", "正文", "段落", "文本")
_TEXT_FIELD = re.compile(r'\A\{\s*"[^"{}\n]{1,20}"\s*:\s*"((?:[^"\\]|\\.)*)')
_GREETING = re.compile(r"\A(?:好的|当然可以|当然|没问题|明白了?)(?:[，,。！!：:]\s*|\s*\n)")
_ANNOUNCEMENT = re.compile(
    r"\A(?:(?:以下|下面)[是为]|这是|(?:按照|根据)您的)[^\n。：:]{0,40}[：:]\s*"
)
_GOODBYE = re.compile(
    r"\s*(?:希望(?:以上|这|能?对您)[^。！!\n]*(?:帮助|满意|符合)[^。！!\n]*[。！!]?"
    r"|(?:如果?|若)(?:您|还)?(?:有|需要?)[^。！!\n]{0,30}(?:告诉我|告知我|随时)[^。！!\n]*[。！!]?)\s*\Z"
)
_QUOTED = re.compile(r'\A(?:“([^“”]+)”|"([^"]+)"|「([^「」]+)」)\Z')
_REFUSAL = re.compile(
    r"\A(?:[很非]?常?抱歉|对不起|我(?:无法|不能|没办法)|作为(?:一个|一名)?(?:人工智能|AI|大?语言模型)"
    r"|(?:I['’]?m|I am) (?:sorry|unable|not able)|I (?:cannot|can['’]t|can not)|Sorry\b|As an AI\b)",
    re.IGNORECASE,
)
_SHORT_REFUSAL = re.compile(
    r"无法(?:协助|满足您|为您)|不能(?:协助|为您提供)|无法提供(?:该|此类|相关)内容"
)
_SHORT = 80


def clean(raw: str) -> str:
    """Return the paragraph of a raw answer.

    Raises BackendAnswerError where nothing is left, or where the model refused.
    """
    seen = "".join(c for c in raw if not invisible(c) and not _private(c))
    text = _without_thoughts(seen.strip())
    text = _without_talk(_unfenced(text))
    text = _unfenced(_out_of_json(text)).strip()
    text = _without_talk(text)
    quoted = _QUOTED.match(text)
    if quoted:
        text = next(group for group in quoted.groups() if group is not None).strip()
    if not text:
        raise BackendAnswerError("模型没有写出任何文字", "这一部分改由规则撰写")
    if _REFUSAL.search(text) or (len(text) < _SHORT and _SHORT_REFUSAL.search(text)):
        raise BackendAnswerError(f"模型拒绝作答：“{text[:40]}”", "这一部分改由规则撰写")
    return text


def _private(character: str) -> bool:
    """Whether a character is nobody's: it would print as a box, or as whatever a font has there."""
    return "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000"


def _without_thoughts(text: str) -> str:
    text = _THOUGHT.sub("", text)
    text = _CLOSED_BEFORE.sub("", text)
    return _OPEN_THOUGHT.sub("", text).strip()


def _unfenced(text: str) -> str:
    blocks = _FENCE.findall(text)
    if len(blocks) == 1 and blocks[0].strip():
        return str(blocks[0]).strip()
    return _FENCE_LINE.sub("", text).strip()


def _out_of_json(text: str) -> str:
    if text[:1] not in {"{", "[", '"'}:
        return text
    try:
        value = json.loads(text)
    except ValueError:
        # A slot such as {F3} opens a paragraph like an object; only `{"key": "` is JSON broken off.
        broken = _TEXT_FIELD.match(text)
        return _unescaped(broken.group(1)) if broken else text
    return _string_of(value)


def _string_of(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(part for item in value if (part := _string_of(item)))
    if isinstance(value, dict):
        for key in _TEXT_KEYS:
            if key in value and (found := _string_of(value[key])):
                return found
        return "\n".join(item for item in value.values() if isinstance(item, str))
    return ""


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text


def _without_talk(text: str) -> str:
    text = _GREETING.sub("", text).lstrip()
    text = _ANNOUNCEMENT.sub("", text).lstrip()
    return _GOODBYE.sub("", text).strip()
