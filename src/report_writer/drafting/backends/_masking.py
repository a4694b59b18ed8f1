"""A grammar for transformers: llguidance says at each step which tokens may follow.

The mask is laid over the scores by hand; llguidance's own torch helper is compiled at first use,
which needs a compiler and seconds.
"""

from typing import Any

import llguidance
import llguidance.hf
import numpy
import torch
from llguidance.gbnf_to_lark import GbnfToLarkError, gbnf_to_lark


class GrammarError(Exception):
    """A grammar that cannot be compiled."""


class GrammarMask:
    """A logits processor for one answer: scores of tokens the grammar forbids become -inf.

    `given` is the number of prompt tokens. One sequence at a time, as we ask.
    """

    def __init__(self, tokenizer: Any, grammar: str, given: int) -> None:
        try:
            lark = llguidance.LLMatcher.grammar_from_lark(gbnf_to_lark(grammar))
        except GbnfToLarkError as error:
            raise GrammarError(str(error)) from error
        fault = llguidance.LLMatcher.validate_grammar(lark, tokenizer)
        if fault:
            raise GrammarError(fault)
        self._matcher = llguidance.LLMatcher(tokenizer, lark)
        self._seen = given
        self._end = tokenizer.eos_token

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """Mask the scores of the next token; shapes (1, tokens) and (1, vocabulary)."""
        new = input_ids[0, self._seen :].tolist()
        self._seen += len(new)
        if new and not self._matcher.is_stopped():
            self._matcher.consume_tokens(new)
        allowed = numpy.zeros(scores.shape[-1], dtype=bool)
        if self._matcher.is_stopped():
            allowed[self._end] = True
        else:
            raw = numpy.frombuffer(self._matcher.compute_bitmask(), dtype=numpy.uint8)
            bits = numpy.unpackbits(raw, bitorder="little")[: len(allowed)]
            allowed[: len(bits)] = bits
        forbidden = torch.from_numpy(~allowed).to(scores.device)
        return scores.masked_fill(forbidden, float("-inf"))


def tokenizer_of(tokenizer: Any, vocabulary: int) -> Any | None:
    """Return llguidance's view of a tokenizer (about a second), None for one it cannot read."""
    try:
        return llguidance.hf.from_tokenizer(tokenizer, n_vocab=vocabulary)
    except (TypeError, ValueError):
        return None
