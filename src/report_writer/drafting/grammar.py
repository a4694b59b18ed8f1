"""Decode-time help: a GBNF grammar, or a pattern for JSON schemas, that bans digits, Latin and markup outside the offered slots.

An optimisation, not the guarantee: every answer is vetted afterwards (`vetting`). Han numerals are
banned only where they count something (两次, 三场), because 统一, 一是 and 进一步 are ordinary words.
"""

_COUNTED = "次件条场期个份人名项篇批家户处部台套位册种类年月日天万亿千百十倍成余多"
_NUMERALS = "一二三四五六七八九十百千万亿两几"
# Characters no sentence needs: digits, Latin, markup, brackets of code, end of line.
_BANNED = "0-9０-９A-Za-zＡ-Ｚａ-ｚ{}\\n\\r#*`|<>_~\\[\\]=%％‰+×□"


def draft_grammar(tokens: list[str]) -> str:
    """Return the grammar for one paragraph that may use these tokens (`{F1}` …)."""
    slot = " | ".join(f'"{token}"' for token in tokens)
    numeral = f"numeral ::= [{_NUMERALS}] [^{_BANNED}。{_NUMERALS}{_COUNTED}]"
    item = ["plain", "numeral", *(["slot"] if tokens else [])]
    lines = [
        "root ::= sentence sentence*",
        'sentence ::= item item item item item* "。"',
        f"item ::= {' | '.join(item)}",
        numeral,
        f"plain ::= [^{_BANNED}。{_NUMERALS}]",
    ]
    if tokens:
        lines.append(f"slot ::= {slot}")
    return "\n".join(lines) + "\n"


def draft_pattern(tokens: list[str]) -> str:
    """Return the same as a regular expression, for servers that take a JSON schema."""
    plain = f"[^{_BANNED}。{_NUMERALS}]"
    numeral = f"[{_NUMERALS}][^{_BANNED}。{_NUMERALS}{_COUNTED}]"
    slots = [token.replace("{", r"\{").replace("}", r"\}") for token in tokens]
    return f"^(?:(?:{'|'.join([plain, numeral, *slots])})+。)+$"
