"""What all backends on a LangChain chat model share: messages in, a cleaned answer out."""

import time
from collections.abc import Mapping
from typing import Any

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langsmith import tracing_context

from report_writer.drafting.backend import Answer, BackendAnswerError, Request
from report_writer.drafting.backends._clean import clean


class ChatBackend:
    """A backend on one chat model; `local` says that nothing leaves this machine."""

    concurrency = 1

    def __init__(
        self, model: BaseChatModel, *, name: str, options: Mapping[str, Any], local: bool
    ) -> None:
        self.model = model
        self.name = name
        self.options = options
        self.local = local

    def answer(self, request: Request) -> Answer:
        """Answer one request; raises a BackendError."""
        started = time.monotonic()
        # Tracing would copy the prompt to a service; it stays off whatever the environment says.
        with tracing_context(enabled=False):
            message = self._ask(messages_of(request), request)
        raw = message.text
        usage = message.usage_metadata
        if message.response_metadata.get("finish_reason") == "content_filter":
            raise BackendAnswerError("服务方的内容审查拦下了回答", "这一部分改由规则撰写")
        return Answer(
            text=clean(raw),
            tokens=usage["output_tokens"] if usage else 0,
            seconds=time.monotonic() - started,
            finish=finish_of(message),
            raw=raw,
        )

    def close(self) -> None:
        """Release what the model holds."""

    def _ask(self, messages: list[BaseMessage], request: Request) -> AIMessage:
        return self.model.invoke(
            messages,
            stop=list(request.stop) or None,
            max_tokens=request.max_tokens,
            temperature=request.temperature,
            seed=request.seed,
            grammar=request.grammar,
            on_text=request.on_text,
        )


def messages_of(request: Request) -> list[BaseMessage]:
    """Return the turns of a request: system, worked examples, question."""
    messages: list[BaseMessage] = []
    if request.system:
        messages.append(SystemMessage(request.system))
    for user, assistant in request.example:
        messages += [HumanMessage(user), AIMessage(assistant)]
    return [*messages, HumanMessage(request.user)]


def wire_messages(messages: list[BaseMessage]) -> list[dict[str, str]]:
    """Return messages as the `role` and `content` pairs of chat templates."""
    roles = {"system": "system", "human": "user", "ai": "assistant"}
    return [{"role": roles[m.type], "content": m.text} for m in messages]


def ai_message(text: str, *, prompt_tokens: int, tokens: int, finish: str) -> AIMessage:
    """Return the answer of a local model with its counts."""
    return AIMessage(
        text,
        usage_metadata={
            "input_tokens": prompt_tokens,
            "output_tokens": tokens,
            "total_tokens": prompt_tokens + tokens,
        },
        response_metadata={"finish_reason": finish},
    )


def finish_of(message: AIMessage) -> str:
    """Return `stop`, or `length` where the token limit ended the text."""
    return "length" if message.response_metadata.get("finish_reason") == "length" else "stop"
