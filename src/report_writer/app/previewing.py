"""`draft --show-prompt`: what a model would be sent, word for word, without sending it."""

import json
from collections.abc import Iterator

from pydantic import Field

from report_writer.app.drafting import DraftOptions
from report_writer.domain.cells import Frozen
from report_writer.domain.report import AnnualReport
from report_writer.drafting.backend import (
    AUTO,
    RULE,
    Request,
    choose_auto,
    leaves_machine,
    profile_for,
)
from report_writer.drafting.writer import questions


class Preview(Frozen):
    """One topic: its messages (role, text) and the other fields, or why no model is asked."""

    topic: str
    messages: tuple[tuple[str, str], ...] = ()
    fields: dict[str, float | int] = Field(default_factory=dict)
    grammar: str = ""
    reason: str = ""

    @property
    def text(self) -> str:
        """The topic as printed: every message in full, then the other fields as JSON."""
        lines = [f"===== {self.topic} ====="]
        if self.reason:
            lines.append(f"（不发送：{self.reason}，由规则成文）")
            return "\n".join(lines)
        for role, text in self.messages:
            lines += [f"----- {role} -----", text]
        lines += ["----- 参数 -----", json.dumps(self.fields, ensure_ascii=False)]
        if self.grammar:
            lines += ["----- 语法约束（服务器支持时附带）-----", self.grammar.rstrip()]
        return "\n".join(lines)


def preview(report: AnnualReport, options: DraftOptions) -> tuple[str, tuple[Preview, ...]]:
    """Return the model's spec and what each topic would send to it; nothing is opened or sent."""
    spec = choose_auto(options.settings_model).spec if options.model == AUTO else options.model
    return spec, tuple(_previews(report, options, spec))


def _previews(report: AnnualReport, options: DraftOptions, spec: str) -> Iterator[Preview]:
    asked = questions(
        report,
        local=not leaves_machine(spec),
        profile=profile_for(spec, options.profile),
        seed=options.seed,
        steer=options.steer,
        send_figures=options.send_figures,
        office=options.office.preferences(),
    )
    for topic, question in asked:
        if spec == RULE:
            yield Preview(topic=topic, reason="不使用模型")
        elif isinstance(question, str):
            yield Preview(topic=topic, reason=question)
        else:
            yield Preview(
                topic=topic,
                messages=tuple(_messages(question)),
                fields={
                    "temperature": question.temperature,
                    "max_tokens": question.max_tokens,
                    "seed": question.seed,
                },
                grammar=question.grammar or "",
            )


def _messages(request: Request) -> Iterator[tuple[str, str]]:
    if request.system:
        yield "system", request.system
    for user, assistant in request.example:
        yield from (("user", user), ("assistant", assistant))
    yield "user", request.user
