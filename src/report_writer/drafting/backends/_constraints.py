"""How a server is asked to keep to a grammar: every kind of server has its own field.

`llama` llama.cpp's `grammar`; `vllm` vLLM's `structured_outputs`; `json` OpenAI's
`response_format` with a JSON schema whose one string has a pattern; `none` nothing. A server may
ignore any of them, so every answer is checked afterwards all the same.
"""

from typing import Any

from report_writer.drafting.backend import Request

AUTO, NONE = "auto", "none"
KINDS = (AUTO, "llama", "vllm", "json", NONE)


def constraint_fields(kind: str, request: Request) -> dict[str, Any]:
    """Return the fields of the body that hold a request to its grammar; none for other kinds."""
    if kind == "llama" and request.grammar:
        return {"grammar": request.grammar}
    if kind == "vllm" and request.grammar:
        return {"structured_outputs": {"grammar": request.grammar}}
    if kind == "json" and request.pattern:
        schema = {
            "type": "object",
            "properties": {"text": {"type": "string", "pattern": request.pattern}},
            "required": ["text"],
            "additionalProperties": False,
        }
        named = {"name": "paragraph", "strict": True, "schema": schema}
        return {"response_format": {"type": "json_schema", "json_schema": named}}
    return {}
