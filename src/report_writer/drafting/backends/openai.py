"""`openai:MODEL@BASE_URL`: any server that speaks OpenAI's chat protocol, local or hosted.

A llama.cpp server is recognised by its `/props`, vLLM by its list of models; both are given the
grammar too, other servers what the settings say, and none again what it once refused. Keys come from the
caller, `REPORT_WRITER_API_KEY`, the variable of the known hosts, or `OPENAI_API_KEY`; a server on
this machine needs none.
"""

import json
import os
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

from langchain_core.messages import AIMessage, BaseMessage

from report_writer.drafting.backend import (
    BackendAnswerError,
    BackendBusyError,
    BackendError,
    BackendTimeoutError,
    BackendUnavailableError,
    Progress,
    Request,
    is_loopback,
    silence_tracing,
)
from report_writer.drafting.backends._chat import ChatBackend
from report_writer.drafting.backends._constraints import AUTO, KINDS, NONE, constraint_fields

KEY_VARIABLE = "REPORT_WRITER_API_KEY"
_HOST_KEYS = {"aliyuncs.com": "DASHSCOPE_API_KEY", "deepseek.com": "DEEPSEEK_API_KEY"}
_NO_KEY = "none"
_PAUSES = (0.5, 2.0)
_LONGEST_PAUSE = 20.0
_PROBE_SECONDS = 5.0
_PROBE_BYTES = 1_000_000
_KEY_HINT = f"请把密钥写入环境变量 {KEY_VARIABLE} 或 OPENAI_API_KEY"
_RULE_HINT = "这一部分改由规则撰写"


class ServerBackend(ChatBackend):
    """A chat server; keeps four questions in flight."""

    concurrency = 4

    def __init__(self, *args: Any, constraint: str, options: dict[str, Any], **rest: Any) -> None:
        super().__init__(*args, options=options, **rest)
        self._options = options
        self._constraint = constraint

    def _ask(self, messages: list[BaseMessage], request: Request) -> AIMessage:
        import openai

        # Few servers besides OpenAI's own know the newer `max_completion_tokens`.
        body: dict[str, Any] = {"max_tokens": request.max_tokens}
        fields = constraint_fields(self._constraint, request)
        try:
            if fields:
                try:
                    return self._asked(messages, request, body | fields)
                except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                    answer = self._asked(messages, request, body)
                    # NOTE: it answers without the field, so the field is what it does not take.
                    self._constraint = NONE
                    self._options |= {"grammar": False, "constraint_refused": _said(error)}
                    return answer
            return self._asked(messages, request, body)
        except openai.OpenAIError as error:
            raise _translated(error) from error
        except (AttributeError, TypeError, KeyError, IndexError, ValueError) as error:
            # What the client stumbles over when a server answers something else altogether.
            raise BackendAnswerError("服务器的回答不是约定的格式", _RULE_HINT) from error

    def _asked(
        self, messages: list[BaseMessage], request: Request, body: dict[str, Any]
    ) -> AIMessage:
        """Ask, and ask again after what often passes by itself."""
        import openai

        for pause in _PAUSES:
            try:
                return self._invoke(messages, request, body)
            except _passing() as error:
                # NOTE: the client's own retries would also repeat a timeout, three times over.
                if isinstance(error, openai.APITimeoutError):
                    raise
                time.sleep(_pause_of(error, pause))
        return self._invoke(messages, request, body)

    def _invoke(
        self, messages: list[BaseMessage], request: Request, body: dict[str, Any]
    ) -> AIMessage:
        return self.model.invoke(
            messages,
            stop=list(request.stop) or None,
            temperature=request.temperature,
            seed=request.seed,
            extra_body=body,
        )

    def close(self) -> None:
        """Close the connections."""
        client = getattr(self.model, "root_client", None)
        if client is not None:
            client.close()


def open(
    target: str,
    *,
    timeout: float,
    progress: Progress,
    api_key: str | None,
    constraint: str = AUTO,
) -> ServerBackend:
    """Reach the server and set up the client; raises BackendUnavailableError."""
    if constraint not in KINDS:
        raise BackendUnavailableError(f"认不出约束方式“{constraint}”", f"可用：{'、'.join(KINDS)}")
    model_name, base_url = _parts_of(target)
    address = urlsplit(base_url)
    local = is_loopback(address.hostname or "")
    silence_tracing()
    try:
        import openai
        from langchain_openai import ChatOpenAI
    except ImportError as error:
        raise BackendUnavailableError(
            "缺少连接模型服务的组件", "请运行 pip install 'report-writer[openai]'"
        ) from error
    key = api_key or _key_for(address.hostname or "", local)
    shown = urlunsplit((address.scheme, address.netloc.rpartition("@")[2], address.path, "", ""))
    progress(f"正在连接 {shown}")
    patience = min(timeout, _PROBE_SECONDS)
    models = _reach(base_url, key, local, patience)
    if constraint == AUTO:
        constraint = NONE
        if _is_vllm(models):
            constraint = "vllm"
        elif _is_llama_server(address, key, local, patience):
            constraint = "llama"
    # A proxy of the office must not get between this program and this machine.
    client = openai.DefaultHttpxClient(trust_env=False, timeout=timeout) if local else None
    chat = ChatOpenAI(
        model=model_name,
        base_url=base_url,
        api_key=key,
        timeout=timeout,
        max_retries=0,
        http_client=client,
    )
    return ServerBackend(
        chat,
        name=f"openai:{model_name}@{shown}",
        options={
            "model": model_name,
            "base_url": shown,
            "grammar": constraint != NONE,
            "constraint": constraint,
        },
        local=local,
        constraint=constraint,
    )


def _parts_of(target: str) -> tuple[str, str]:
    name, at, base_url = target.partition("@http")
    base_url = ("http" + base_url).rstrip("/")
    host = ""
    if at:
        try:
            host = urlsplit(base_url).hostname or ""
        except ValueError:
            host = ""
    if not name or not host or not base_url.startswith(("http://", "https://")):
        raise BackendUnavailableError(
            f"“openai:{target}”缺少服务地址", "写法：openai:模型名@http://地址/v1"
        )
    return name, base_url


def _key_for(host: str, local: bool) -> str:
    names = [KEY_VARIABLE]
    names += [name for domain, name in _HOST_KEYS.items() if f".{host}".endswith(f".{domain}")]
    if not local and len(names) == 1:
        names.append("OPENAI_API_KEY")
    return next((os.environ[name] for name in names if os.environ.get(name)), _NO_KEY)


def _get(url: str, key: str, local: bool, timeout: float) -> bytes:
    handlers = [urllib.request.ProxyHandler({})] if local else []
    opener = urllib.request.build_opener(*handlers)
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {key}"})
    with opener.open(request, timeout=timeout) as response:
        return bytes(response.read(_PROBE_BYTES))


def _reach(base_url: str, key: str, local: bool, timeout: float) -> bytes:
    """Ask the server for its models: only a server that is not there, or wants a key, is an error.

    Slow and odd servers pass; what they do to real questions is handled question by question.
    """
    try:
        return _get(f"{base_url}/models", key, local, timeout)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in {401, 403}:
            raise BackendUnavailableError(f"服务器拒绝了密钥（{error.code}）", _KEY_HINT) from error
    except urllib.error.URLError as error:
        if local and isinstance(error.reason, TimeoutError):
            return b""
        raise BackendUnavailableError(
            f"连不上模型服务 {base_url}（{error.reason}）",
            "请检查地址和网络，确认服务已启动",
        ) from error
    except (OSError, ValueError):
        pass
    return b""


def _is_vllm(models: bytes) -> bool:
    try:
        data = json.loads(models)["data"]
        return any(entry["owned_by"] == "vllm" for entry in data)
    except (ValueError, KeyError, TypeError):
        return False


def _is_llama_server(address: SplitResult, key: str, local: bool, timeout: float) -> bool:
    path = address.path.rstrip("/").removesuffix("/v1") + "/props"
    try:
        raw = _get(urlunsplit((address.scheme, address.netloc, path, "", "")), key, local, timeout)
        props = json.loads(raw)
    except (OSError, ValueError):
        return False
    return isinstance(props, dict) and "default_generation_settings" in props


def _passing() -> tuple[type[Exception], ...]:
    """Return the client's errors that often pass by themselves."""
    import openai

    return openai.RateLimitError, openai.InternalServerError, openai.APIConnectionError


def _pause_of(error: Exception, usual: float) -> float:
    """Return how many seconds to wait: what the server asks for, within reason."""
    wait = _asked_wait(error)
    return usual if wait is None else min(wait, _LONGEST_PAUSE)


def _asked_wait(error: Exception) -> float | None:
    """Return for how many seconds the server wants to be left alone, if it says so."""
    response = getattr(error, "response", None)
    if response is None:
        return None
    try:
        return max(0.0, float(response.headers["retry-after"]))
    except (KeyError, ValueError):
        return None


def _translated(error: Exception) -> BackendError:
    """Return our error for one of the client's."""
    import openai

    match error:
        case openai.APITimeoutError():
            return BackendTimeoutError("模型服务超时，时限内没有作答", _RULE_HINT)
        case openai.APIConnectionError():
            causes = _causes(error)
            if any("Connect" in type(c).__name__ for c in causes if not isinstance(c, OSError)):
                return BackendUnavailableError(
                    f"连不上模型服务（{causes[-1]}）", "请检查服务是否还在运行"
                )
            return BackendAnswerError("模型服务中途断开，回答不完整", _RULE_HINT)
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return BackendUnavailableError(f"服务器拒绝了密钥（{error.status_code}）", _KEY_HINT)
        case openai.NotFoundError():
            return BackendUnavailableError(
                f"服务器上没有这个模型或接口（{_said(error)}）", "请核对模型名和地址"
            )
        case openai.RateLimitError():
            return BackendBusyError(
                f"服务方限流或额度用完（{_said(error)}）", "请稍后再试", wait=_asked_wait(error)
            )
        case openai.APIStatusError() if error.status_code in {502, 503, 529}:
            return BackendBusyError(
                f"服务器忙 {error.status_code}（{_said(error)}）",
                _RULE_HINT,
                wait=_asked_wait(error),
            )
        case openai.APIStatusError():
            return BackendAnswerError(
                f"服务器报错 {error.status_code}（{_said(error)}）", _RULE_HINT
            )
        case _:
            return BackendAnswerError(
                f"服务器的回答不是约定的格式（{type(error).__name__}）", _RULE_HINT
            )


def _causes(error: BaseException) -> list[BaseException]:
    """Return what lies below the client's own errors, the innermost last."""
    causes: list[BaseException] = []
    below = error.__cause__
    while below is not None:
        if not type(below).__module__.startswith(("openai", "langchain")):
            causes.append(below)
        below = below.__cause__ or below.__context__
    return causes


def _said(error: Any) -> str:
    return " ".join(str(error.message).split())[:120]
