"""What a mention may speak of, and what the text has spoken of so far."""

from dataclasses import dataclass, field

from report_writer.facts.expressions import Expression


@dataclass(slots=True)
class Link:
    """What a mention may speak of: alternatives, the likeliest first.

    A weak link may support a number; it contradicts one only where a slip of the hand explains it
    (`judging.slips`).
    """

    expressions: tuple[Expression, ...]
    strong: bool = True
    registered: bool = False
    # For a contradiction: what a reader would call the thing.
    row: str = ""
    # “个人与企业各3件”: each of these must hold; `expressions` then is their sum, for the record.
    each: "tuple[Link, ...]" = ()
    # The words it rests on may name another number: no slip of the hand is read into it.
    borrowed: bool = False
    # All the readings there were, where the number itself has chosen one of them.
    readings: tuple[Expression, ...] = ()

    @property
    def expression(self) -> Expression:
        """The likeliest reading."""
        return self.expressions[0]


@dataclass(slots=True)
class Context:
    """What the text has spoken of so far in this section."""

    section: str
    year: int
    topic: str = ""
    # What loose words have made the text speak of: enough to confirm a number, never to accuse one.
    # It holds over the topic it was said under, and ends with it.
    faint_over: str | None = None
    request_row: str = "received"
    remedy_row: str = ""
    remedy_at: int = 0
    # Whether the cases last named are surely ours: heard as an authority, they are not.
    remedy_sure: bool = True
    document_row: str = ""
    # The sentence in which documents were last named: a bare “废止4件” there speaks of them.
    document_sentence: tuple[int, int] | None = None
    links: dict[int, Link] = field(default_factory=dict)
    # What a change has changed: “增加35件，同比增长26.3%” speaks of one thing.
    changed: dict[int, Link] = field(default_factory=dict)

    @property
    def of_requests(self) -> bool:
        """Whether the text speaks of requests, be it in loose words."""
        return self.topic == "requests" or self.faint_over == self.topic

    def __post_init__(self) -> None:
        if self.section in {"requests", "remedies"}:
            self.topic = self.section
