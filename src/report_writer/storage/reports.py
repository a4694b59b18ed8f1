"""Report versions, generations, decisions and a model's answers: what the review builds on.

Versions are never changed: the same content again is the same version, other content is the next.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from report_writer.domain.cells import Frozen
from report_writer.storage.engine import translated, writing
from report_writer.storage.leases import now
from report_writer.storage.tables import (
    AnswerRow,
    DecisionRow,
    GenerationRow,
    ReportRow,
    VersionRow,
)


class Generation(Frozen):
    """One answer of a model: what was asked, with what, and what came back."""

    section: str
    topic: str
    prompt_files: dict[str, str]
    prompt: str
    model: str
    options: dict[str, Any]
    answer: str
    violations: tuple[str, ...] = ()
    tokens: int = 0
    seconds: float = 0.0


class Version(Frozen):
    """A version of a report. `content` is the report file (contract 1)."""

    number: int
    content: dict[str, Any]
    author: str
    created: datetime


class Decision(Frozen):
    """What a person decided about a finding of a place; `values` are those it was decided on."""

    code: str
    place: str
    values: tuple[str, ...]
    verdict: str
    reason: str
    author: str


class Reports:
    """The reports of one output folder. Methods raise StoreError."""

    def __init__(self, engine: Engine, workspace: str) -> None:
        self.engine, self.workspace = engine, workspace

    def add_version(
        self,
        agency: str,
        year: int,
        content: Mapping[str, Any],
        *,
        author: str,
        generations: Sequence[Generation] = (),
    ) -> int:
        """Keep a version and return its number; the last one's where nothing has changed."""
        digest = _hash(content)
        with translated(), writing(self.engine) as connection:
            report = self._report(connection, agency, year)
            last = connection.execute(
                select(VersionRow.number, VersionRow.content_hash)
                .where(VersionRow.report_id == report)
                .order_by(VersionRow.number.desc())
                .limit(1)
            ).first()
            if last is not None and last.content_hash == digest:
                return int(last.number)
            number = 1 if last is None else int(last.number) + 1
            key = connection.execute(
                insert(VersionRow).values(
                    report_id=report, number=number, content_hash=digest, content=dict(content),
                    author=author, created=now(),
                )
            ).inserted_primary_key  # fmt: skip
            if generations and key is not None:
                connection.execute(
                    insert(GenerationRow), [_row(g, int(key[0])) for g in generations]
                )
            return number

    def versions(self, agency: str, year: int) -> list[Version]:
        """Return all versions of a report, oldest first."""
        with translated(), self.engine.connect() as connection:
            found = connection.execute(
                select(VersionRow.number, VersionRow.content, VersionRow.author, VersionRow.created)
                .join(ReportRow, ReportRow.id == VersionRow.report_id)
                .where(
                    ReportRow.workspace == self.workspace,
                    ReportRow.agency == agency,
                    ReportRow.year == year,
                )
                .order_by(VersionRow.number)
            )
            return [Version(**row._mapping) for row in found]

    def generations(self, agency: str, year: int, number: int) -> list[Generation]:
        """Return what a model answered on the way to a version, in order."""
        columns = [GenerationRow.__table__.c[name] for name in Generation.model_fields]
        with translated(), self.engine.connect() as connection:
            found = connection.execute(
                select(*columns)
                .join(VersionRow, VersionRow.id == GenerationRow.version_id)
                .join(ReportRow, ReportRow.id == VersionRow.report_id)
                .where(
                    ReportRow.workspace == self.workspace,
                    ReportRow.agency == agency,
                    ReportRow.year == year,
                    VersionRow.number == number,
                )
                .order_by(GenerationRow.id)
            )
            return [Generation(**row._mapping) for row in found]

    def decide(self, agency: str, year: int, decision: Decision) -> None:
        """Keep a decision; earlier ones stay."""
        with translated(), writing(self.engine) as connection:
            report = self._report(connection, agency, year)
            connection.execute(
                insert(DecisionRow).values(
                    report_id=report, created=now(), values_hash=_hash(decision.values),
                    **decision.model_dump(exclude={"values"}),
                )
            )  # fmt: skip

    def decision(
        self, agency: str, year: int, code: str, place: str, values: Sequence[str]
    ) -> str | None:
        """Return the last verdict on a finding; None without one, or where a value has changed."""
        with translated(), self.engine.connect() as connection:
            found = connection.execute(
                select(DecisionRow.verdict, DecisionRow.values_hash)
                .join(ReportRow, ReportRow.id == DecisionRow.report_id)
                .where(
                    ReportRow.workspace == self.workspace,
                    ReportRow.agency == agency,
                    ReportRow.year == year,
                    DecisionRow.code == code,
                    DecisionRow.place == place,
                )
                .order_by(DecisionRow.id.desc())
                .limit(1)
            ).first()
        return str(found.verdict) if found and found.values_hash == _hash(list(values)) else None

    def _report(self, connection: Connection, agency: str, year: int) -> int:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        name = {"workspace": self.workspace, "agency": agency, "year": year}
        connection.execute(
            dialect.insert(ReportRow).values(**name, created=now()).on_conflict_do_nothing()
        )
        # The lock keeps two writers from giving one number twice; SQLite has one writer anyway.
        found = connection.execute(select(ReportRow.id).filter_by(**name).with_for_update())
        return int(found.scalar_one())


class Answers:
    """A model's answers by key (prompt, model, options). Methods raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def get(self, key: str) -> str | None:
        """Return the answer kept under a key."""
        with translated(), self.engine.connect() as connection:
            found = connection.execute(select(AnswerRow.answer).where(AnswerRow.key == key))
            return found.scalar_one_or_none()

    def put(self, key: str, model: str, answer: str) -> None:
        """Keep an answer; the first one under a key stays."""
        with translated(), writing(self.engine) as connection:
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            connection.execute(
                dialect.insert(AnswerRow)
                .values(key=key, model=model, answer=_plain(answer), created=now())
                .on_conflict_do_nothing()
            )


def _row(generation: Generation, version: int) -> dict[str, Any]:
    prompt = _plain(generation.prompt)
    return {
        **generation.model_dump(exclude={"violations"}),
        "version_id": version,
        "prompt": prompt,
        "prompt_hash": hashlib.sha256(prompt.encode()).hexdigest(),
        "answer": _plain(generation.answer),
        "violations": list(generation.violations),
    }


def _plain(text: str) -> str:
    """Return a text without what no database keeps: NUL, and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _hash(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
