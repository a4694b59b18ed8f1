"""A model that says its prompt again, part by part: nothing of it may reach a draft."""

import pytest

from eval.drafts.cases import load_cases
from eval.drafts.leaks import leaks, with_sentinels
from report_writer.drafting.backend import Answer
from report_writer.drafting.writer import write_draft

CASES = {case.name: case for case in load_cases()}
PARTS = {
    "example answer": lambda r: r.example[-1][1] if r.example else r.user,
    "example question": lambda r: r.example[-1][0] if r.example else r.user,
    "instructions": lambda r: r.system,
    "question": lambda r: r.user,
    "last line": lambda r: r.user.splitlines()[-1],
    "all, as sentences": lambda r: "。".join([r.system, *r.example[-1:][0:0], r.user]).replace("\n", "。"),
    "example among the notes": lambda r: (
        "我局" + r.user.partition("- ")[2].partition("\n")[0] + "，" + (r.example[-1][1] if r.example else "")
    ),
}  # fmt: skip


class Parrot:
    """Answers with a part of what it was asked."""

    name, local, concurrency = "parrot", True, 1

    def __init__(self, part):
        self.options = {}
        self.part = PARTS[part]

    def answer(self, request):
        text = self.part(request)
        return Answer(text=text, tokens=1, seconds=0.0, finish="stop", raw=text)

    def close(self):
        pass


@pytest.mark.parametrize("part", list(PARTS))
@pytest.mark.parametrize(
    ("name", "profile"),
    [("all_zero", "compact"), ("busy", "compact"), ("one_request", "full")],
)
def test_nothing_of_a_prompt_reaches_a_draft(part, name, profile):
    case = CASES[name]
    for report in (case.report, with_sentinels(case.report)):
        draft = write_draft(report, backend=Parrot(part), model="parrot", profile=profile)
        found = leaks(draft, write_draft(report), case)
        assert found.digits == ()
        assert found.phrases == ()
        assert "库房" not in "".join(draft.report.sections.values())


def test_the_leak_test_would_see_what_it_looks_for():
    case = CASES["all_zero"]
    draft = write_draft(case.report, backend=Parrot("example answer"), model="parrot")
    sections = dict(draft.report.sections)
    sections["overview"] += "我局当面清点领用物品8件。"
    seen = leaks(
        type(draft)(
            draft.report.model_copy(update={"sections": sections}), draft.trail, draft.result, ()
        ),
        write_draft(case.report),
        case,
    )
    assert seen.digits == ("8",)
    assert seen.phrases
