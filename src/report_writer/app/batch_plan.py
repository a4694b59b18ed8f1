"""What a batch has to do: the inputs beside what the store says of them."""

from collections.abc import Mapping
from pathlib import Path

from report_writer.app.batch_events import PlannedItem
from report_writer.app.batch_inputs import BatchItem, Inputs
from report_writer.app.batch_item import USAGE, ItemSettings
from report_writer.domain.cells import Frozen
from report_writer.storage.store import Item, ItemEnd, Status, Wanted

DRAFT, REDRAFT, UNCHANGED, UNREADABLE, LATER = (
    "draft", "redraft", "unchanged", "unreadable", "later",
)  # fmt: skip
_FAILURES = frozenset({Status.FAILED, Status.REFUSED, Status.UNREADABLE})


class Plan(Frozen):
    """The plan: what to show, what to ask of the store, the items by key, how many are to be done."""

    shown: tuple[PlannedItem, ...]
    wanted: tuple[Wanted, ...]
    items: dict[str, BatchItem]
    todo: int


def make_plan(
    inputs: Inputs,
    known: Mapping[str, Item],
    settings: ItemSettings,
    folder: Path,
    *,
    only_failed: bool,
) -> Plan:
    """Return the plan; nothing is changed by it."""
    shown: list[PlannedItem] = []
    wanted: list[Wanted] = []
    for item in inputs.items:
        digest = settings.wanted(item.input_hash)
        old = known.get(item.key)
        action, why, again = _action(old, digest, folder)
        if only_failed:
            failed = known.get(f"file:{item.source}", old)
            if failed is None or failed.status not in _FAILURES:
                action, why, again = (
                    (action, why, False)
                    if action == UNCHANGED
                    else (LATER, "这次只做上次失败的", False)
                )
            elif action == UNCHANGED:
                action, why, again = REDRAFT, "上次没有做成", True
        shown.append(PlannedItem(item.key, item.source, action, why))
        wanted.append(
            Wanted(
                key=item.key,
                source=item.source,
                agency=item.agency,
                year=item.year,
                wanted=digest,
                todo=action in {DRAFT, REDRAFT},
                seen=old.attempts if again and old is not None else None,
            )
        )
    for bad in inputs.unusable:
        shown.append(PlannedItem(bad.key, bad.source, UNREADABLE, bad.message))
        wanted.append(
            Wanted(key=bad.key, source=bad.source, agency=bad.agency, year=bad.year, todo=False)
        )
    return Plan(
        shown=tuple(shown),
        wanted=tuple(wanted),
        items={item.key: item for item in inputs.items},
        todo=sum(one.todo for one in wanted),
    )


def _action(old: Item | None, digest: str, folder: Path) -> tuple[str, str, bool]:
    """Return what to do with an item, why, and whether although its hash is the wanted one."""
    if old is None or old.status is Status.NEW:
        return DRAFT, "还没有起草", False
    if old.status is Status.RUNNING:
        return DRAFT, "上次没有做完，或另一批次正在起草", False
    if old.done_hash is None:
        return REDRAFT, "上次没有做成", False
    if old.done_hash != digest:
        return REDRAFT, "数据、选项或模型有变化", False
    missing = [name for name in old.output.get("files", ()) if not (folder / name).exists()]
    if missing:
        return REDRAFT, f"缺少{'、'.join(missing)}", True
    return UNCHANGED, "没有变化", False


def unusable_ends(inputs: Inputs) -> dict[str, ItemEnd]:
    """Return what the store is to keep of inputs that give no report."""
    return {
        bad.key: ItemEnd(
            status=Status.FAILED if bad.agency else Status.UNREADABLE,
            error=bad.message,
            output={"code": USAGE},
        )
        for bad in inputs.unusable
    }
