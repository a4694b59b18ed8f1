"""One section of prose → its ledger: link every item, judge it, say what is wrong."""

import re
from dataclasses import dataclass
from decimal import Decimal

from report_writer.domain.cells import plain
from report_writer.domain.facts import Fact
from report_writer.domain.findings import Cause, Mention, Severity, Status
from report_writer.domain.report import AgencyKind, Scope
from report_writer.domain.units import base_unit, compatible
from report_writer.facts.claims import ClaimKind
from report_writer.facts.derived import Derived, read_change, read_share
from report_writer.facts.expressions import Expression, total
from report_writer.facts.frames import Item, read_frames
from report_writer.facts.judging import Verdict, judge, judge_share, shown
from report_writer.facts.linking import Context, Link, link_count, link_last_year
from report_writer.facts.registered import assign, score
from report_writer.facts.sheet import FactSheet
from report_writer.facts.statements import Statement, understand
from report_writer.facts.sums import Breakdown, find_breakdowns
from report_writer.facts.verdicts import Issue, describe, difference, find_cause
from report_writer.facts.years import read_years


@dataclass(slots=True)
class Entry:
    """An item with what was made of it; `status` None: not listed."""

    item: Item
    status: Status | None = None
    facts: tuple[str, ...] = ()
    formula: str | None = None
    expression: Expression | None = None
    actual: Decimal | None = None
    strong: bool = True
    derived: Derived | None = None


_OTHER_BODY = re.compile(
    r"全(?:市|区|县|省|州|盟|旗|国)|全系统|系统(?:内|共|各)|各级|各(?:县|市|区|镇|乡|街|部门|单位|地)|(?:区|市|县|省)直(?:各)?(?:部门|单位)"
)
_PARTS_OF_GOVERNMENT = re.compile(
    r"政府办(?:公室|公厅)?(?:代表|受理|收到|本身|自身)|(?:区|市|县|省)直(?:各)?(?:部门|单位)|镇街|街镇|各部门"
)
_GENERIC_LABEL = re.compile(
    r"收到|受理|新收|申请|政府|信息|公开|办结|答复|依|件|数|量|的|总|本年|年"
)


class SectionReader:
    """Reads one section; `mentions` and `issues` are filled by `read`."""

    def __init__(self, sheet: FactSheet, section: str, text: str) -> None:
        self.sheet, self.section, self.text = sheet, section, text
        self.frames = read_frames(text, year=sheet.year)
        self.context = Context(section, sheet.year)
        self.entries: list[Entry] = []
        self.mentions: list[Mention] = []
        self.issues: list[Issue] = []

    def read(self) -> None:
        """Link, judge and write down every item of the section."""
        items = self.frames.items
        registered = assign(items, self.sheet.registered, self.sheet.year, self._agrees)
        self.entries = [Entry(item) for item in items]
        statements: dict[int, Statement | None] = {}
        derived: dict[int, Derived] = {}
        for entry in self.entries:
            item = entry.item
            if item.claim is not None:
                statements[id(item)] = understand(item, self.context)
                continue
            self._link(item, registered, derived)
        for entry in self.entries:
            if entry.item.claim is not None:
                self._state(entry, statements[id(entry.item)])
            elif id(entry.item) in derived:
                self._judge_derived(entry, derived[id(entry.item)])
            else:
                self._judge(entry)
        self._causes()
        for breakdown in find_breakdowns(self.frames.text, items):
            self._sum(breakdown)
        self._scope()
        self._style()
        for year in read_years(self):
            self.issues.append(year)
        self._write()

    def _link(self, item: Item, registered: dict[int, Link], derived: dict[int, Derived]) -> None:
        change = read_change(item, self.context, self.sheet)
        if change is not None:
            derived[id(item)] = change
            return
        own = registered.get(id(item))
        assert item.quantity is not None
        if item.quantity.kind in {"share", "points", "multiple"}:
            if own is not None and own.strong:
                self.context.links[id(item)] = own
                return
            share = (
                read_share(item, self.context, self.sheet)
                if item.quantity.kind == "share"
                else None
            )
            if share is not None and share.expressions and (share.strong or own is None):
                derived[id(item)] = share
            elif own is not None:
                self.context.links[id(item)] = own
            return
        earlier = link_last_year(item, self.context)
        if earlier is not None and not (own and own.strong):
            self.context.links[id(item)] = earlier
            return
        link = link_count(item, self.context)
        if own is not None and (link is None or not link.strong or self._outranks(own, item)):
            self.context.links[id(item)] = own

    def _agrees(self, item: Item, fact: Fact) -> bool:
        quantity = item.quantity
        if quantity is None or fact.value is None:
            return False
        if quantity.kind == "share":
            return judge_share(quantity, fact.value / 100).holds
        return judge(quantity, fact.value, fact.unit).holds

    def _outranks(self, own: Link, item: Item) -> bool:
        """Whether a registered fact names the number better than the cell does."""
        fact = self.sheet[own.expression.operands[0]]
        if not _GENERIC_LABEL.sub("", fact.label):
            return False
        return score(item, fact, self.sheet.year) >= 0.9

    def _judge(self, entry: Entry) -> None:
        item, link = entry.item, self.context.links.get(id(entry.item))
        quantity = item.quantity
        assert quantity is not None
        if link is None or quantity.value is None:
            entry.status = Status.UNACCOUNTED
            return
        known = [(e, v) for e in link.expressions if (v := self.sheet.evaluate(e)) is not None]
        if not known:
            entry.status = Status.UNACCOUNTED
            return
        verdicts = [(e, v, self._compare(entry, e, v)) for e, v in known]
        held = next((x for x in verdicts if x[2].holds), None)
        expression, actual, _ = held or verdicts[0]
        entry.expression, entry.actual, entry.facts = expression, actual, expression.operands
        entry.strong = link.strong
        if held:
            entry.status = self._supported(expression)
            entry.formula = None if expression.is_plain else str(expression)
        elif link.strong:
            entry.status = Status.CONTRADICTED
            entry.formula = None if expression.is_plain else str(expression)
        else:
            entry.status, entry.facts = Status.UNACCOUNTED, ()

    def _compare(self, entry: Entry, expression: Expression, actual: Decimal) -> Verdict:
        quantity = entry.item.quantity
        assert quantity is not None
        if quantity.kind == "share":
            return judge_share(quantity, actual / 100)
        fact = expression.operands[0]
        unit = self.sheet[fact].unit if fact in self.sheet else ""
        return judge(quantity, actual, unit)

    def _supported(self, expression: Expression) -> Status:
        if not expression.is_plain:
            return Status.DERIVED
        return Status.REGISTERED if "facts/" in expression.operands[0] else Status.BOUND

    def _judge_derived(self, entry: Entry, derived: Derived) -> None:
        quantity = entry.item.quantity
        assert quantity is not None
        entry.derived = derived
        verdicts: list[tuple[Expression, Decimal, bool]] = []
        for expression in derived.expressions:
            actual = self.sheet.evaluate(expression)
            if actual is None:
                if self._no_base(expression):
                    verdicts.append((expression, Decimal(0), False))
                continue
            signed = actual * derived.sign if derived.change else actual
            if quantity.kind == "share":
                holds = signed >= 0 and judge_share(quantity, signed).holds
            elif quantity.kind == "multiple":
                holds = quantity.value is not None and abs(signed - quantity.value) <= Decimal(
                    "0.1"
                )
            else:
                holds = signed >= 0 and judge(quantity, signed).holds
            verdicts.append((expression, actual, holds))
        if not verdicts:
            entry.status = Status.UNACCOUNTED
            return
        held = next((v for v in verdicts if v[2]), None)
        expression, actual, _ = held or verdicts[0]
        entry.expression, entry.actual, entry.facts = expression, actual, expression.operands
        entry.formula, entry.strong = str(expression), derived.strong
        if held:
            entry.status = Status.DERIVED
        elif derived.strong:
            entry.status = Status.CONTRADICTED
        else:
            entry.status, entry.facts, entry.formula = Status.UNACCOUNTED, (), None

    def _no_base(self, expression: Expression) -> bool:
        """Whether a rate was written although last year's value is 0: there is no rate."""
        if expression.function != "change_rate":
            return False
        base = self.sheet.evaluate(Expression(expression.base))
        now = self.sheet.evaluate(Expression(expression.terms))
        return base == 0 and now is not None

    def _state(self, entry: Entry, statement: Statement | None) -> None:
        claim = entry.item.claim
        assert claim is not None
        if statement is None:
            return
        if statement.registered_label:
            self._state_registered(entry, statement.registered_label)
            return
        if not statement.expressions:
            entry.status = Status.UNACCOUNTED
            return
        expression = statement.expressions[0]
        actual = self.sheet.evaluate(expression)
        entry.expression, entry.actual = expression, actual
        if actual is None:
            entry.status = Status.UNACCOUNTED
            return
        entry.facts = expression.operands
        entry.formula = None if expression.is_plain else str(expression)
        if claim.kind is ClaimKind.TREND:
            sign = (actual > 0) - (actual < 0)
            holds = sign == statement.sign
        else:
            holds = actual == 0
        entry.status = self._supported(expression) if holds else Status.CONTRADICTED

    def _state_registered(self, entry: Entry, label: str) -> None:
        entry.status = Status.UNACCOUNTED
        best = None
        for fact in self.sheet.registered:
            if label in fact.label or (label == "逾期" and re.search(r"逾期|超期", fact.label)):
                best = fact
                break
        fee = self.sheet.report.processing_fee
        if best is not None and best.value is not None:
            entry.expression, entry.actual, entry.facts = total(best.id), best.value, (best.id,)
            entry.status = Status.REGISTERED if best.value == 0 else Status.CONTRADICTED
        elif label == "信息处理费" and fee is not None and fee.collected is not None:
            entry.actual = fee.collected
            entry.status = Status.REGISTERED if fee.collected == 0 else Status.CONTRADICTED

    def _causes(self) -> None:
        """Write an issue for every contradiction found so far."""
        for entry in self.entries:
            if entry.status is Status.CONTRADICTED:
                self.issues.append(self._contradiction(entry))

    def _siblings(self, entry: Entry) -> set[Decimal]:
        """Return the true values of the other contradicted numbers of the sentence."""
        return {
            e.actual
            for e in self.entries
            if e is not entry
            and e.actual is not None
            and e.status is Status.CONTRADICTED
            and e.item.sentence == entry.item.sentence
        }

    def _contradiction(self, entry: Entry) -> Issue:
        item, expression, actual = entry.item, entry.expression, entry.actual
        quote = self.text[item.start : item.end]
        if item.claim is not None:
            return self._false_claim(entry, quote)
        quantity = item.quantity
        assert quantity is not None and expression is not None and actual is not None
        name = describe(self.sheet, expression)
        if expression.function is not None:
            return self._false_formula(entry, quote, name)
        if quantity.kind == "share":
            return self._issue(
                "NUM104",
                item,
                f"正文“{quote}”与{name}{plain(actual)}%不一致",
                expected=plain(actual),
                found=plain(quantity.value or Decimal(0)),
                facts=expression.operands,
            )
        fact = expression.operands[0]
        unit = self.sheet[fact].unit if fact in self.sheet else base_unit(quantity.unit)[0]
        factor = base_unit(unit)[1]
        cause = find_cause(self.sheet, quantity, expression, actual * factor, self._siblings(entry))
        written = quantity.amount
        assert written is not None
        code = "NUM104" if fact.startswith("facts/") else "NUM101"
        if quantity.approximation is not None:
            code = "NUM304"
        if cause is Cause.UNIT:
            code = "NUM302"
        value = f"{plain(actual)}{unit}"
        gap = (
            "单位不一致"
            if cause is Cause.UNIT
            else difference(written, actual * factor, base_unit(unit)[0])
        )
        return self._issue(
            code,
            item,
            f"正文“{quote}”与{name}{value}不一致，{gap}",
            expected=plain(actual),
            found=plain(quantity.value or Decimal(0)),
            facts=expression.operands,
            cause=cause,
        )

    def _false_formula(self, entry: Entry, quote: str, name: str) -> Issue:
        expression, actual, quantity = entry.expression, entry.actual, entry.item.quantity
        assert expression is not None and actual is not None and quantity is not None
        derived = entry.derived
        if expression.function == "share":
            cause = None
            for other in derived.wrong if derived else ():
                ratio = self.sheet.evaluate(other)
                if ratio is not None and judge_share(quantity, ratio).holds:
                    cause = Cause.WRONG_BASE
            hint = "，像是用错了分母" if cause else ""
            return self._issue(
                "NUM203",
                entry.item,
                f"正文“{quote}”与算得的{shown(actual, quantity)}不一致（{name}）{hint}",
                expected=shown(actual, quantity),
                found=quote,
                facts=expression.operands,
                cause=cause,
            )
        if self._no_base(expression):
            return self._issue(
                "NUM202",
                entry.item,
                f"正文“{quote}”没有基数：上年为0，不能计算增减比例（{name}）",
                found=quote,
                facts=expression.operands,
                cause=Cause.WRONG_BASE,
            )
        sign = derived.sign if derived else 1
        wrong_way = actual * sign < 0
        value = shown(abs(actual), quantity)
        way = "增加" if actual > 0 else "减少" if actual < 0 else "变化"
        return self._issue(
            "NUM202",
            entry.item,
            f"正文“{quote}”与算得的{way}{value}不一致（{name}）",
            expected=value,
            found=quote,
            facts=expression.operands,
            cause=Cause.DIRECTION if wrong_way else None,
        )

    def _false_claim(self, entry: Entry, quote: str) -> Issue:
        claim, actual, expression = entry.item.claim, entry.actual, entry.expression
        assert claim is not None and actual is not None
        facts = expression.operands if expression else ()
        if claim.kind is ClaimKind.TREND:
            way = "增加" if actual > 0 else "减少" if actual < 0 else "持平"
            assert expression is not None
            return self._issue(
                "NUM202",
                entry.item,
                f"正文“{quote}”与数据不符：{describe(self.sheet, expression)}为{way}{plain(abs(actual))}",
                expected=plain(actual),
                facts=facts,
                cause=Cause.DIRECTION,
            )
        name = describe(self.sheet, expression) if expression else "信息处理费"
        return self._issue(
            "NUM102",
            entry.item,
            f"正文“{quote}”与{name}{plain(actual)}不一致，应为0才成立",
            expected=plain(actual),
            found="0",
            facts=facts,
        )

    def _issue(
        self,
        code: str,
        item: Item,
        message: str,
        *,
        severity: Severity | None = None,
        expected: str | None = None,
        found: str | None = None,
        facts: tuple[str, ...] = (),
        cause: Cause | None = None,
    ) -> Issue:
        return Issue(
            code,
            self.section,
            item.start,
            item.end,
            self.text[item.start : item.end],
            message,
            severity,
            expected,
            found,
            facts,
            cause,
        )

    def _entry(self, item: Item) -> Entry:
        return next(entry for entry in self.entries if entry.item is item)

    def _sum(self, breakdown: Breakdown) -> None:
        whole, parts = self._entry(breakdown.whole), [self._entry(p) for p in breakdown.parts]
        free = [part for part in parts if part.status is Status.UNACCOUNTED]
        known = whole.status in {Status.BOUND, Status.DERIVED, Status.REGISTERED}
        if not breakdown.wrong:
            if whole.status is Status.UNACCOUNTED and breakdown.sum == whole.item.quantity.amount:  # type: ignore[union-attr]
                whole.status, whole.formula = Status.DERIVED, "internal:sum"
            return
        if any(e.status is Status.CONTRADICTED for e in (whole, *parts)):
            return
        targets = [whole] if whole.status is Status.UNACCOUNTED else free if known else []
        if whole.status is Status.UNACCOUNTED and not free and not breakdown.complete:
            targets = [whole]
        quote = self.text[whole.item.start : whole.item.end]
        verb = "不等于" if breakdown.complete else "超过"
        quantity = whole.item.quantity
        assert quantity is not None
        text = f"各分项之和{plain(breakdown.sum)}{base_unit(quantity.unit)[0]}{verb}总数“{quote}”"
        for entry in targets:
            entry.status = Status.CONTRADICTED
            entry.formula = "internal:sum"
            self.issues.append(
                self._issue(
                    "NUM201",
                    entry.item,
                    text,
                    expected=plain(breakdown.sum),
                    found=quote,
                    cause=Cause.SUM,
                )
            )

    def _scope(self) -> None:
        """Contract 3: a number of another body is no contradiction of ours."""
        kind = self.sheet.report.agency.kind
        government = kind is AgencyKind.GOVERNMENT or self.sheet.report.scope is Scope.AGGREGATE
        pattern = _PARTS_OF_GOVERNMENT if government else _OTHER_BODY
        for entry in self.entries:
            if entry.status is not Status.CONTRADICTED or entry.expression is None:
                continue
            expression = entry.expression
            if expression.function is not None or not expression.operands[0].startswith(
                "requests/received"
            ):
                continue
            if pattern.search(entry.item.left):
                self._other_body(entry)
                continue
            softer = kind in {AgencyKind.GOVERNMENT, AgencyKind.OFFICE}
            if self._elsewhere(entry):
                self._replace(
                    entry,
                    "NUM101",
                    cause=Cause.DIFFERENT_SCOPE,
                    severity=Severity.WARNING if softer else None,
                )

    def _other_body(self, entry: Entry) -> None:
        stated = any(
            e is not entry
            and e.expression == entry.expression
            and e.status in {Status.BOUND, Status.DERIVED}
            for e in self.entries
        )
        self.issues = [
            i for i in self.issues if (i.start, i.end) != (entry.item.start, entry.item.end)
        ]
        assert entry.expression is not None and entry.actual is not None
        name = describe(self.sheet, entry.expression)
        quote = self.text[entry.item.start : entry.item.end]
        if not stated:
            self.issues.append(
                self._issue(
                    "NUM402",
                    entry.item,
                    f"正文“{quote}”说的是其他范围，未见本机关数字；{name}为{plain(entry.actual)}件",
                    facts=entry.facts,
                    cause=Cause.DIFFERENT_SCOPE,
                )
            )
        entry.status, entry.facts, entry.formula = Status.UNACCOUNTED, (), None

    def _elsewhere(self, entry: Entry) -> bool:
        """Whether the written number is registered for a wider body."""
        quantity = entry.item.quantity
        return quantity is not None and any(
            fact.value == quantity.amount
            and compatible(fact.unit, quantity.unit)
            and (
                _OTHER_BODY.search(fact.label)
                or "系统" in fact.label
                or fact.scope is Scope.AGGREGATE
            )
            for fact in self.sheet.registered
        )

    def _replace(self, entry: Entry, code: str, *, cause: Cause, severity: Severity | None) -> None:
        from dataclasses import replace

        self.issues = [
            replace(
                i,
                code=code,
                cause=cause,
                severity=severity,
                message=i.message + "，像是其他范围的数字",
            )
            if (i.start, i.end) == (entry.item.start, entry.item.end)
            else i
            for i in self.issues
        ]

    def _style(self) -> None:
        """25余次, 近42件 for an exact 42, 1200余条 for exactly 1200; and numbers nobody vouches for."""
        for entry in self.entries:
            quantity = entry.item.quantity
            quote = self.text[entry.item.start : entry.item.end]
            if quantity is not None and entry.status is not Status.CONTRADICTED:
                if quantity.marked_over and quantity.step == 1 and (quantity.amount or 0) >= 10:
                    self.issues.append(
                        self._issue(
                            "NUM301",
                            entry.item,
                            f"“{quote}”不是整数位概数，后面不宜用“余”“多”，请写确数或整数位概数",
                        )
                    )
                elif (
                    entry.actual is not None
                    and quantity.approximation is not None
                    and entry.expression is not None
                ):
                    self._loose(entry, quote)
            if entry.status is Status.UNACCOUNTED:
                self.issues.append(
                    self._issue(
                        "NUM401", entry.item, f"“{quote}”在表格和登记事实中没有依据，请核对或登记"
                    )
                )

    def _loose(self, entry: Entry, quote: str) -> None:
        quantity, expression, actual = entry.item.quantity, entry.expression, entry.actual
        assert quantity is not None and expression is not None and actual is not None
        if expression.function is not None or quantity.kind == "share":
            return
        fact = expression.operands[0]
        style = judge(quantity, actual, self.sheet[fact].unit if fact in self.sheet else "").style
        if style == "exact":
            self.issues.append(
                self._issue(
                    "NUM301", entry.item, f"“{quote}”就是确数，前面不宜用“近”", facts=entry.facts
                )
            )
        elif style == "round":
            self.issues.append(
                self._issue(
                    "NUM301",
                    entry.item,
                    f"“{quote}”恰为整数{plain(actual)}，可直接写确数",
                    severity=Severity.ADVICE,
                    facts=entry.facts,
                )
            )

    def _write(self) -> None:
        found: list[Mention] = []
        taken: list[tuple[int, int]] = []
        for entry in self.entries:
            if entry.status is None:
                continue
            item = entry.item
            taken.append((item.start, item.end))
            found.append(
                Mention(
                    section=self.section,
                    start=item.start,
                    end=item.end,
                    quote=self.text[item.start : item.end],
                    status=entry.status,
                    facts=entry.facts,
                    formula=entry.formula,
                )
            )
        for mask in self.frames.masks:
            if mask.listed and not any(s < mask.end and mask.start < e for s, e in taken):
                found.append(
                    Mention(
                        section=self.section,
                        start=mask.start,
                        end=mask.end,
                        quote=self.text[mask.start : mask.end],
                        status=Status.NOT_A_FIGURE,
                    )
                )
        self.mentions = sorted(found, key=lambda m: m.start)
