"""The tables of the store, the same in SQLite and in PostgreSQL.

runs ──< run_items >── items ──< reports ──< versions ──< generations
                                         └─< decisions (of a version, for the review workbench)
answers stand alone: what a model said to a prompt, kept so that a redo costs only what changed.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment of any zone into UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment its zone again."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC)


class Base(DeclarativeBase):
    """Base of all tables."""

    # Named, so that a later version can alter them on every database.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcTime, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class RunRow(Base):
    """One call of `batch`. `place`, `pid` and `pid_started` say whose process it is."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    workspace: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    model: Mapped[str] = mapped_column(Text)
    options: Mapped[dict[str, Any]]
    place: Mapped[str] = mapped_column(Text)
    pid: Mapped[int]
    pid_started: Mapped[float] = mapped_column(Float)
    started: Mapped[datetime]
    heartbeat: Mapped[datetime]
    finished: Mapped[datetime | None]
    snapshot: Mapped[list[Any] | None]


class ItemRow(Base):
    """One agency's report of one year in one output folder, and how far it has come.

    `done_hash` is over input, options and model of the draft that lies there; an item whose
    wanted hash equals it needs no work. `run_id` is set while a run has it in hand.
    """

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("workspace", "key"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    workspace: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    agency: Mapped[str] = mapped_column(Text)
    year: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(20))
    input_hash: Mapped[str | None] = mapped_column(String(64))
    done_hash: Mapped[str | None] = mapped_column(String(64))
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)
    output: Mapped[dict[str, Any] | None]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"))
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]


class RunItemRow(Base):
    """An item a run is about, what the run wants of it, and whether the run has tried it."""

    __tablename__ = "run_items"
    __table_args__ = (Index("ix_run_items_todo", "run_id", "state", "position"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    position: Mapped[int]
    wanted: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20))


class ReportRow(Base):
    """A report under work; its content stands in its versions."""

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("workspace", "agency", "year"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    workspace: Mapped[str] = mapped_column(Text)
    agency: Mapped[str] = mapped_column(Text)
    year: Mapped[int]
    created: Mapped[datetime]


class VersionRow(Base):
    """One version of a report, never changed: the report file, the findings, who made it."""

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    number: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]]
    author: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime]


class GenerationRow(Base):
    """One answer of a model on the way to a version, so that it can be replayed."""

    __tablename__ = "generations"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), index=True)
    section: Mapped[str] = mapped_column(String(40))
    topic: Mapped[str] = mapped_column(String(40))
    prompt_files: Mapped[dict[str, Any]]
    prompt_hash: Mapped[str] = mapped_column(String(64))
    prompt: Mapped[str] = mapped_column(Text)
    model: Mapped[str] = mapped_column(Text)
    options: Mapped[dict[str, Any]]
    answer: Mapped[str] = mapped_column(Text)
    violations: Mapped[list[Any]]
    tokens: Mapped[int]
    seconds: Mapped[float] = mapped_column(Float)


class DecisionRow(Base):
    """What a person decided about a finding; `values_hash` lets it re-open when a value changes."""

    __tablename__ = "decisions"
    __table_args__ = (Index("ix_decisions_finding", "report_id", "code", "place"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id"))
    code: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(Text)
    values_hash: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime]


class AnswerRow(Base):
    """What a model answered to a prompt; the key is over prompt, model and options."""

    __tablename__ = "answers"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    model: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime]
