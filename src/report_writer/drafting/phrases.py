"""The phrase slots of each topic, built from the fact sheet. Only facts that exist become slots.

Zeros come as one clause (未收到政府信息公开申请), never as lists of 0件. Unknown cells (blank, "/",
illegal) give no slot at all, so no text can mention them. Shares and rates need a base of at
least 30: below it they mislead.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from report_writer.domain.cells import plain
from report_writer.domain.facts import Fact
from report_writer.drafting.slots import Figure, Phrase, Slot, clause, count, listing
from report_writer.facts.expressions import Expression, change, last, share
from report_writer.facts.sheet import (
    FEE_CHARGED,
    FEE_COLLECTED,
    FEE_NOTICES,
    FactSheet,
    remedies,
    requests,
)
from report_writer.forms.ogi_2021 import APPLICANTS, GROUP_LABELS, ORGANISATIONS

SMALL_SAMPLE = 30


def percent(ratio: Decimal) -> str:
    """Return a ratio as printed: 0.2632 → 26.3%, 0.5 → 50%."""
    value = (abs(ratio) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{value.normalize():f}%"


class Phrases:
    """Builds slots from one fact sheet."""

    def __init__(self, sheet: FactSheet) -> None:
        self.sheet = sheet

    def fact(self, expression: Expression, label: str = "", unit: str = "件") -> Fact:
        """Return the fact for a formula of this sheet."""
        return self.sheet.derived(expression, label, unit)

    def known(self, expression: Expression) -> Decimal | None:
        """Return a formula's value, None where it is unknown."""
        return self.sheet.evaluate(expression)

    # -- 主动公开 -----------------------------------------------------------------------------

    def proactive(self) -> Iterator[Slot]:
        """Decisions of table two and the charges."""
        rows = (
            ("licences", "行政许可决定"),
            ("penalties", "行政处罚决定"),
            ("coercive_measures", "行政强制决定"),
        )
        facts = [
            (label, self.sheet[f"proactive/{row}/decisions"])
            for row, label in rows
            if self.sheet.value(f"proactive/{row}/decisions") is not None
        ]
        some = [(label, fact) for label, fact in facts if fact.value]
        if some:
            yield Slot("decisions", listing(some, lead="作出"))
        elif len(facts) == len(rows):
            text = "未作出行政许可、行政处罚和行政强制决定"
            yield Slot("no_decisions", clause(text, *(fact for _, fact in facts)))
        charges = "proactive/charges/amount"
        if amount := self.sheet.value(charges):
            fact = self.sheet[charges]
            yield Slot(
                "charges", Phrase(("收取行政事业性收费", Figure(f"{plain(amount)}万元", fact)))
            )

    # -- 依申请公开 ---------------------------------------------------------------------------

    def received(self) -> Iterator[Slot]:
        """New requests, their applicants, and the change against last year."""
        value = self.known(requests("received"))
        if value is None:
            return
        fact = self.fact(requests("received"))
        if value == 0:
            yield Slot("no_requests", clause("未收到政府信息公开申请", fact))
            return
        yield Slot("received", count(fact, lead="新收政府信息公开申请"))
        applicants = [self.sheet[f"requests/received/{c}"] for c in APPLICANTS]
        if all(f.value is not None for f in applicants):
            labels = self.sheet.form.table_by_key["requests"].column_by_key
            named = [
                ("其他组织" if key == "other" else labels[key].label, f)
                for key, f in zip(APPLICANTS, applicants, strict=True)
                if f.value
            ]
            if len(named) > 1:
                yield Slot("applicants", listing(named, lead="其中"))
            elif named and named[0][1].id.endswith("/natural_person"):
                others = [self.sheet[f"requests/received/{c}"] for c in ORGANISATIONS]
                said = "申请人为自然人" if value == 1 else "申请人均为自然人"
                yield Slot("applicants", clause(said, *others))
        yield from self._change("received_change", requests("received"))

    def carried_over(self) -> Iterator[Slot]:
        """Requests carried over from last year; nothing where there were none."""
        if self.known(requests("carried_over")):
            yield Slot("carried_over", count(self.fact(requests("carried_over")), lead="上年结转"))

    def disposed(self) -> Iterator[Slot]:
        """The outcomes of the year."""
        if not self.known(requests("disposed")):
            return
        yield Slot("disposed", count(self.fact(requests("disposed")), lead="全年办结"))
        groups = {"disclosed": "予以公开", "disclosed_in_part": "部分公开", **GROUP_LABELS}
        outcomes = [
            (label, self.fact(requests(key), label))
            for key, label in groups.items()
            if self.known(requests(key))
        ]
        if outcomes:
            yield Slot("outcomes", listing(outcomes))
        base = self.known(requests("disposed"))
        both = requests("disclosed_in_full_or_part")
        if base is not None and base >= SMALL_SAMPLE and self.known(both):
            ratio = self.fact(share(both, requests("disposed")), "予以公开及部分公开占比", "%")
            if ratio.value is not None:
                stated = self.fact(both, "予以公开及部分公开")
                parts = (
                    "予以公开及部分公开合计",
                    Figure(stated.text, stated),
                    "，占办结总数的",
                    Figure(percent(ratio.value), ratio),
                )
                yield Slot("disclosed_share", Phrase(parts))

    def carried_forward(self) -> Iterator[Slot]:
        """Requests still open at the end of the year."""
        value = self.known(requests("carried_forward"))
        handled = self.known(requests("handled"))
        if value:
            yield Slot(
                "carried_forward",
                count(self.fact(requests("carried_forward")), lead="结转下年度继续办理"),
            )
        elif value == 0 and handled:
            text = "无结转下年度继续办理的申请"
            yield Slot("no_carried_forward", clause(text, self.fact(requests("carried_forward"))))

    def remedies(self) -> Iterator[Slot]:
        """Reconsideration and litigation of table four."""
        review, suits = remedies("reconsideration"), remedies("litigation")
        totals = [self.known(review), self.known(suits)]
        if None in totals:
            return
        if not any(totals):
            facts = [self.sheet[op] for op in (review.operands + suits.operands)]
            yield Slot(
                "no_remedies", clause("未发生因政府信息公开引起的行政复议和行政诉讼", *facts)
            )
            return
        if totals[0]:
            parts = self._outcomes("reconsideration")
            head = count(self.fact(review), lead="因政府信息公开被申请行政复议")
            yield Slot("reconsideration", Phrase(head.parts + parts))
        else:
            yield Slot("reconsideration", clause("未发生行政复议", self.fact(review)))
        if totals[1]:
            kinds = [
                (label, self.sheet[f"remedies/{row}/total"])
                for row, label in (
                    ("direct_litigation", "未经复议直接起诉"),
                    ("litigation_after_reconsideration", "复议后起诉"),
                )
                if self.sheet.value(f"remedies/{row}/total")
            ]
            head = count(self.fact(suits, "行政诉讼"), lead="被提起行政诉讼")
            rest = listing(kinds, lead="（", tail="）") if len(kinds) > 1 else Phrase(())
            yield Slot("litigation", Phrase(head.parts + rest.parts))
        else:
            facts = [self.sheet[op] for op in suits.operands]
            yield Slot("litigation", clause("未发生行政诉讼", *facts))

    # -- 政府信息管理 -------------------------------------------------------------------------

    def documents(self) -> Iterator[Slot]:
        """Rules and normative documents issued, repealed and in force."""
        for row, label in (("rules", "规章"), ("normative_documents", "行政规范性文件")):
            facts = {
                c: self.sheet[f"proactive/{row}/{c}"] for c in ("issued", "repealed", "in_force")
            }
            if any(f.value is None for f in facts.values()):
                continue
            if not any(f.value for f in facts.values()):
                if row == "normative_documents":
                    yield Slot("no_documents", clause(f"未制发{label}", facts["issued"]))
                continue
            issued, repealed, in_force = facts["issued"], facts["repealed"], facts["in_force"]
            parts: list[str | Figure] = (
                [f"制发{label}", Figure(issued.text, issued)]
                if issued.value
                else [Figure(f"未制发{label}", issued)]
            )
            if repealed.value:
                parts += [f"，废止{label}", Figure(repealed.text, repealed)]
            parts += [f"，现行有效{label}", Figure(in_force.text, in_force)]
            yield Slot(row, Phrase(tuple(parts)))

    # -- 其他需要报告的事项 -------------------------------------------------------------------

    def fee(self) -> Iterator[Slot]:
        """The information processing fee, from its own data only (never table two's charges)."""
        facts = [
            self.sheet[f"facts/{label}"]
            for label in (FEE_NOTICES, FEE_CHARGED, FEE_COLLECTED)
            if f"facts/{label}" in self.sheet
        ]
        if not facts:
            return
        if not any(f.value for f in facts):
            yield Slot("no_fee", clause("未收取信息处理费", facts[-1]))
            return
        leads = {
            f"facts/{FEE_NOTICES}": "发出信息处理费收费通知",
            f"facts/{FEE_CHARGED}": "信息处理费通知金额",
            f"facts/{FEE_COLLECTED}": "实际收取信息处理费",
        }
        pairs: list[str | Figure] = []
        for fact in facts:
            pairs += ["，" + leads[fact.id] if pairs else leads[fact.id], Figure(fact.text, fact)]
        yield Slot("fee", Phrase(tuple(pairs)))

    # -- shared -------------------------------------------------------------------------------

    def _change(self, key: str, now: Expression) -> Iterator[Slot]:
        difference = self.known(change(now, rate=False))
        before = self.sheet.value(last(now.operands[0]))
        if difference is None or before is None or not self.sheet.has_previous:
            return
        fact = self.fact(change(now, rate=False), "比上年增减")
        if difference == 0:
            yield Slot(key, clause("与上年持平", fact))
            return
        up = difference > 0
        figure = Figure(f"{abs(difference):f}件", fact)
        parts: list[str | Figure] = ["比上年增加" if up else "比上年减少", figure]
        rate = self.fact(change(now, rate=True), "同比增减", "%")
        if before >= SMALL_SAMPLE and rate.value and percent(rate.value) != "0%":
            parts += ["，同比增长" if up else "，同比下降", Figure(percent(rate.value), rate)]
        yield Slot(key, Phrase(tuple(parts)))

    def _outcomes(self, row: str) -> tuple[str | Figure, ...]:
        columns = self.sheet.form.table_by_key["remedies"].columns[:-1]
        some = [
            (c.label, self.sheet[f"remedies/{row}/{c.key}"])
            for c in columns
            if self.sheet.value(f"remedies/{row}/{c.key}")
        ]
        return listing(some, lead="，其中").parts if len(some) > 1 else ()
