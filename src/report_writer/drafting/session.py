"""A backend in use for one report: what it is shown, and how often it may fail."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from report_writer.drafting.assembly import WrittenSentence
from report_writer.drafting.backend import (
    Answer,
    Backend,
    BackendError,
    BackendTimeoutError,
    Request,
)
from report_writer.drafting.office import Office
from report_writer.drafting.plan import TopicPlan
from report_writer.drafting.slots import Phrase, Slot

MAX_FAILURES = 3
# How a warning begins that the model, and not the wish of the rules, left something to them.
MODEL_FAILED = "模型未能写出"


@dataclass
class Session:
    """A backend in use for one report: options, and whether it has failed for good."""

    backend: Backend
    profile: str = "compact"
    seed: int = 1
    steer: str = ""
    send_figures: bool = False
    warnings: list[str] = field(default_factory=list)
    dead: bool = False
    failures: int = 0
    on_answer: Callable[[Answer], None] | None = None
    on_sentence: Callable[[TopicPlan, WrittenSentence], None] | None = None
    office: Office = field(default_factory=Office)
    body: str = "行政机关"

    def __post_init__(self) -> None:
        self.office.check()

    def shown(self, phrase: Phrase) -> str:
        """Return what the model is told of a phrase: a hosted one neither values nor zero nor direction."""
        if self.send_figures:
            return phrase.text
        return phrase.outline if self.backend.local else phrase.neutral

    def listed(self, slots: Iterable[Slot]) -> list[dict[str, str]]:
        """Return slots as the prompt files take them."""
        return [{"token": slot.token, "outline": self.shown(slot.phrase)} for slot in slots]

    def ask(self, request: Request) -> Answer | None:
        """Return an answer; None after a failure, which is noted. A retryable one is tried again once.

        After a time-out, a lost server or three failures in a row no more is asked.
        """
        if self.dead:
            return None
        for attempt in (1, 2):
            try:
                answer = self.backend.answer(request)
            except BackendError as error:
                hopeless = isinstance(error, BackendTimeoutError) or not error.retryable
                if not hopeless and attempt == 1:
                    continue
                self.failures += 1
                self.dead = hopeless or self.failures >= MAX_FAILURES
                rest = "，其余部分由规则成文" if self.dead else ""
                self.warnings.append(f"{MODEL_FAILED}“{request.tag}”：{error}{rest}")
                return None
            self.failures = 0
            if self.on_answer:
                self.on_answer(answer)
            return answer
        return None
