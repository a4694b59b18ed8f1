"""`report-writer draft`: the main job, its options and what it prints."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from report_writer.cli.exit_codes import Exit
from report_writer.cli.options import (
    ForceOption,
    FormatsOption,
    ModelOption,
    ProfileOption,
    SeedOption,
    SendFiguresOption,
    SteerOption,
    TimeoutOption,
    draft_options,
)

if TYPE_CHECKING:
    from report_writer.app.drafting import DraftOptions, DraftOutcome
    from report_writer.app.redrafting import Redo
    from report_writer.domain.report import AnnualReport

Input = Annotated[str, typer.Argument(metavar="INPUT", help="报告文件；- 表示从标准输入读 JSON")]


def draft(
    source: Input,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="输出文件夹（--show-prompt 时不需要）")
    ] = None,
    model: ModelOption = "auto",
    to: FormatsOption = "docx",
    previous: Annotated[Path | None, typer.Option("--previous", help="上年报告")] = None,
    profile: ProfileOption = None,
    seed: SeedOption = 0,
    steer: SteerOption = "",
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help="只重写这一部分，如 problems、platform、监督保障；可写几次"),
    ] = None,
    lock: Annotated[
        list[str] | None, typer.Option("--lock", help="重写时锁定这一部分不动；可写几次")
    ] = None,
    sentence: Annotated[
        str, typer.Option("--sentence", help="只改写一句：部分:序号（overview:3）或句中独有的文字")
    ] = "",
    variants: Annotated[int, typer.Option("--variants", help="写出几份候选稿供挑选，草稿不动")] = 1,
    choose: Annotated[int, typer.Option("--choose", help="采用第几份候选稿")] = 0,
    show_prompt: Annotated[
        bool,
        typer.Option("--show-prompt", help="只显示将发给模型的全部内容，不调用模型，不写文件"),
    ] = False,
    send_figures: SendFiguresOption = False,
    timeout: TimeoutOption = None,
    force: ForceOption = False,
) -> None:
    """由数据起草整份报告，并核对每一个数字。"""
    from report_writer.app.drafting import draft_report
    from report_writer.app.redrafting import Redo
    from report_writer.app.services import UsageError, with_previous
    from report_writer.app.settings import load_settings
    from report_writer.cli.printers import DraftBar
    from report_writer.readers.dispatch import read

    settings = load_settings()
    options = draft_options(
        settings,
        model=model,
        to=to,
        profile=profile,
        seed=seed,
        steer=steer,
        send_figures=send_figures,
        timeout=timeout,
        force=force,
    )
    report = settings.office.apply(read(source))
    if previous is not None:
        report = with_previous(report, read(previous), previous.name)
    if show_prompt:
        _show_prompt(report, options)
        return
    if out is None:
        raise UsageError("缺少 -o / --out（输出文件夹）；加 --help 查看用法")
    name = "标准输入" if source == "-" else Path(source).name
    redo = Redo(
        only=tuple(only or ()),
        lock=tuple(lock or ()),
        sentence=sentence.strip(),
        variants=variants,
        choose=choose,
    )
    if redo.wanted:
        _redraft(report, out, options, redo, name)
        return
    with DraftBar() as bar:
        outcome = draft_report(
            report, out, options, name=name, on_progress=bar.update, on_message=bar.message
        )
    _finish(outcome)


def _redraft(
    report: "AnnualReport", out: Path, options: "DraftOptions", redo: "Redo", name: str
) -> None:
    from report_writer.app.drafting import DraftOutcome
    from report_writer.app.redrafting import numbered, redraft
    from report_writer.cli.printers import DraftBar, say

    with DraftBar() as bar:
        outcome = redraft(
            report, out, options, redo, name=name, on_progress=bar.update, on_message=bar.message
        )
    for candidate in outcome.candidates:
        say(f"── 第{candidate.number}份候选稿")
        for section, text in candidate.sections.items():
            say(f"〔{section}〕\n{text}")
    if outcome.candidates:
        for warning in outcome.warnings:
            say(f"注意：{warning}")
        print(outcome.files[0])
        say("草稿没有改动；采用其中一份请加 --choose 序号")
        return
    if outcome.trail is not None:
        for number, text in numbered(outcome.trail):
            if number.partition(":")[0] in outcome.changed:
                say(f"{number}  {text}")
        say(f"改动的部分：{'、'.join(outcome.changed) or '无'}；其余部分一字未动")
    _finish(
        DraftOutcome(
            files=outcome.files,
            result=outcome.result,
            trail=outcome.trail,
            warnings=outcome.warnings,
            contradicted=outcome.contradicted,
            disputed=outcome.disputed,
            refused=outcome.refused,
        )
    )


def _finish(outcome: "DraftOutcome") -> None:
    """Print what came of a draft and leave with its exit code."""
    from report_writer.cli.printers import result_text, say, severity_counts

    if outcome.refused:
        print(result_text(outcome.result))
        if outcome.disputed:
            say(f"工作要点或补充事实里的数字与表格不符：{'、'.join(outcome.disputed)}")
        say("数据有错误，没有起草。请按上面的提示改正后再试；确需先起草，请加 --force")
        raise typer.Exit(Exit.FINDINGS)
    for warning in outcome.warnings:
        say(f"注意：{warning}")
    for number in outcome.disputed:
        say(f"注意：{number}与表格不符，请改正工作要点、补充事实或表格")
    if outcome.kept:
        say("数据、选项和模型都没有变化，保留已有的草稿")
    for path in outcome.files:
        print(path, flush=True)
    sentences, numbers = outcome.sentences, outcome.numbers
    say(f"句子：模型写{sentences['model']}句，规则写{sentences['rule']}句")
    say(
        f"数字：与表格一致{numbers['bound']}处，由表格推算{numbers['derived']}处，"
        f"有登记{numbers['registered']}处，不一致{numbers['contradicted']}处，"
        f"无据可查{numbers['unaccounted']}处"
    )
    if outcome.result.findings:
        say(f"核对：{severity_counts(outcome.result)}，详见核对单")
    if outcome.contradicted:
        say(f"草稿中有数字与数据不符，属程序缺陷，请勿使用：{'、'.join(outcome.contradicted)}")
        raise typer.Exit(Exit.BUG)
    if outcome.result.crashes:
        raise typer.Exit(Exit.BUG)


def _show_prompt(report: "AnnualReport", options: "DraftOptions") -> None:
    from report_writer.app.previewing import preview
    from report_writer.cli.printers import say

    spec, topics = preview(report, options)
    for topic in topics:
        print(topic.text)
    say(f"以上是按 --model {spec} 将发出的全部内容，没有发送；数字都以代码代替")
    say("如有句子不合要求，会再发一次该句（模型自己写的）、它的问题和同样的要点")
