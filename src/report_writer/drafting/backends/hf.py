"""`hf:PATH_OR_REPO`: transformers, for GPU machines and models in Hugging Face format.

A local folder is read without network; a single `.gguf` file is unpacked (slow: most of a minute
for half a billion parameters); anything else is a repository name, fetched by transformers into
its own cache. No code of a repository is ever run. A request's grammar is applied where llguidance
is installed and can read the tokenizer; answers are checked afterwards like all others.
"""

import time
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import PrivateAttr

from report_writer.drafting.backend import (
    BackendAnswerError,
    BackendTimeoutError,
    BackendUnavailableError,
    Progress,
    silence_tracing,
)
from report_writer.drafting.backends._chat import ChatBackend, ai_message, wire_messages

_INSTALL = "请运行 pip install 'report-writer[hf]'，并按显卡安装相应的 torch"


class TransformersChat(BaseChatModel):
    """A chat model on a transformers model and its tokenizer's chat template."""

    timeout: float
    _tokenizer: Any = PrivateAttr(default=None)
    _model: Any = PrivateAttr(default=None)
    # llguidance's view of the tokenizer; None where grammars cannot be applied.
    _vocabulary: Any = PrivateAttr(default=None)

    @property
    def _llm_type(self) -> str:
        return "transformers"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        import torch
        from transformers import set_seed

        inputs = self._inputs_of(wire_messages(messages))
        given = int(inputs["input_ids"].shape[1])
        room = getattr(self._model.config, "max_position_embeddings", None)
        limit = int(kwargs["max_tokens"])
        if room is not None and given + limit > room:
            raise BackendAnswerError(
                f"要求过长：{given}个词元，加上回答{limit}个，超出模型的{room}个",
                "请改用更大的模型",
            )
        sampling: dict[str, Any] = {"do_sample": False}
        if kwargs["temperature"] > 0:
            sampling = {
                "do_sample": True,
                "temperature": kwargs["temperature"],
                "top_p": 0.9,
                "top_k": 40,
            }
        if stop:
            sampling |= {"stop_strings": stop, "tokenizer": self._tokenizer}
        if kwargs.get("grammar") and self._vocabulary is not None:
            sampling["logits_processor"] = [self._mask(kwargs["grammar"], given)]
        set_seed(kwargs["seed"])
        started = time.monotonic()
        try:
            with torch.inference_mode():
                output = self._model.generate(
                    **inputs, max_new_tokens=limit, max_time=self.timeout, **sampling
                )
        except (RuntimeError, ValueError, IndexError) as error:
            first = "".join(str(error).strip().splitlines()[:1])[:160]
            raise BackendAnswerError(
                f"模型运行出错（{first}）", "可能是显存或内存不足，请改用更小的模型"
            ) from error
        if time.monotonic() - started > self.timeout:
            raise BackendTimeoutError(
                f"模型超时，{self.timeout:.0f} 秒内没有写完", "请改用显卡、更小的模型或 gguf: 模型"
            )
        made = output[0][given:]
        text = self._tokenizer.decode(made, skip_special_tokens=True)
        for mark in stop or ():
            text = text.partition(mark)[0]
        finish = "length" if len(made) >= limit else "stop"
        message = ai_message(text, prompt_tokens=given, tokens=len(made), finish=finish)
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _mask(self, grammar: str, given: int) -> Any:
        from report_writer.drafting.backends._masking import GrammarError, GrammarMask

        try:
            return GrammarMask(self._vocabulary, grammar, given)
        except GrammarError as error:
            raise BackendAnswerError(
                f"语法约束用不了（grammar：{str(error)[:120]}）", "这一部分改由规则撰写"
            ) from error

    def _inputs_of(self, turns: list[dict[str, str]]) -> Any:
        """Return the tokens of a dialogue; templates without a system role get it as a question."""
        from jinja2 import TemplateError

        folded = turns
        if len(turns) > 1 and turns[0]["role"] == "system":
            question = {"role": "user", "content": f"{turns[0]['content']}\n{turns[1]['content']}"}
            folded = [question, *turns[2:]]
        for attempt in (turns, folded):
            try:
                return self._tokenizer.apply_chat_template(
                    attempt,
                    add_generation_prompt=True,
                    return_tensors="pt",
                    return_dict=True,
                    enable_thinking=False,
                ).to(self._model.device)
            except TemplateError as error:
                reason = error
        raise BackendAnswerError(f"模型的对话模板用不了（{reason}）", "请选用其他模型") from reason


class TransformersBackend(ChatBackend):
    """transformers in this process."""

    model: TransformersChat

    def close(self) -> None:
        """Let go of the weights."""
        self.model._model = None
        self.model._tokenizer = None


def open(
    target: str, *, timeout: float, progress: Progress, api_key: str | None
) -> TransformersBackend:
    """Load a model and its tokenizer; raises BackendUnavailableError."""
    silence_tracing()
    try:
        # Importing the stack prints deprecations of packages we do not call.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import torch
            import transformers
            from transformers import AutoModelForCausalLM, AutoTokenizer
    except ImportError as error:
        raise BackendUnavailableError("缺少 transformers 或 torch", _INSTALL) from error
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    place, options = _place_of(target)
    progress(f"正在加载模型 {Path(target).name}")
    device = {"device_map": "auto"} if torch.cuda.is_available() else {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tokenizer = AutoTokenizer.from_pretrained(place, trust_remote_code=False, **options)
            model = AutoModelForCausalLM.from_pretrained(
                place, trust_remote_code=False, dtype="auto", **device, **options
            )
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        first = str(error).strip().splitlines()[:1]
        raise BackendUnavailableError(
            f"模型“{target}”加载失败（{type(error).__name__}：{''.join(first)[:160]}）",
            "请检查路径或名称；若提示缺少组件，" + _INSTALL,
        ) from error
    if not tokenizer.chat_template:
        raise BackendUnavailableError(
            f"模型“{target}”没有对话模板", "请选用 Instruct（对话）版本的模型"
        )
    model.eval()
    chat = TransformersChat(timeout=timeout)
    chat._tokenizer, chat._model = tokenizer, model
    chat._vocabulary = _vocabulary_of(tokenizer, model)
    return TransformersBackend(
        chat,
        name=f"hf:{Path(target).name}",
        options={
            "model": Path(target).name,
            "runtime": f"transformers {transformers.__version__}",
            "device": str(model.device),
            "dtype": str(model.dtype),
            "grammar": chat._vocabulary is not None,
        },
        local=True,
    )


def _vocabulary_of(tokenizer: Any, model: Any) -> Any | None:
    if find_spec("llguidance") is None:
        return None
    from report_writer.drafting.backends._masking import tokenizer_of

    return tokenizer_of(tokenizer, model.config.vocab_size)


def _place_of(target: str) -> tuple[str, dict[str, Any]]:
    """Return what `from_pretrained` takes: folder or repository, and its options."""
    path = Path(target).expanduser()
    if path.is_dir():
        return str(path), {"local_files_only": True}
    if path.is_file() and path.suffix.lower() == ".gguf":
        return str(path.parent), {"gguf_file": path.name, "local_files_only": True}
    if path.is_file() or target.startswith(("/", ".", "~")):
        raise BackendUnavailableError(
            f"找不到模型“{target}”", "请写模型文件夹、.gguf 文件或仓库名（机构/模型）"
        )
    return target, {}
