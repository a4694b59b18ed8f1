"""Copied problem and measure paragraphs across the reports of a batch. Pure.

Paragraphs are masked (names, numbers; required sentences left out), equal ones taken together,
candidates found by MinHash over runs of three characters, and every candidate proved by its edit
likeness. A cluster gathers around its most frequent paragraph, so that no chain of small changes
joins what is not alike.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from rensa import RMinHash, RMinHashLSH

from report_writer.domain.copies import Copies, CopyCluster, CopyMember
from report_writer.domain.findings import Span
from report_writer.domain.report import AnnualReport
from report_writer.facts.likeness import likeness, names_of, paragraphs

SECTIONS = ("problems",)
ALIKE = 0.85
# 32 bands of four: two paragraphs that share 60 % of their runs are compared with probability 0.99.
PERMUTATIONS, BANDS, RUN = 128, 32, 3
METHOD = (
    "比较第五部分的各段；遮去机关名称和数字，不计规定的固定语句；"
    f"由连续{RUN}字的 MinHash（{PERMUTATIONS}位，{BANDS}段）找出可能相似的段落，"
    f"再算编辑相似度（InDel），与组内第一段相似度不低于{{least:.0%}}的归为一组"
)


def find_copied(reports: Iterable[tuple[str, AnnualReport]], *, least: float = ALIKE) -> Copies:
    """Return the clusters of alike paragraphs of (source name, finished report), largest first.

    The reports are read once and not kept. A paragraph told twice by one agency is no cluster.
    """
    equal: dict[str, list[CopyMember]] = {}
    total = 0
    for source, report in reports:
        for masked, member in _members(source, report):
            equal.setdefault(masked, []).append(member)
            total += 1
    clusters = [
        CopyCluster(members=tuple(members))
        for members in _clusters(equal, least)
        if len({(m.agency, m.year) for m in members}) > 1
    ]
    clusters.sort(key=lambda c: (-len(c.members), c.members[0].source, c.members[0].at.start))
    return Copies(clusters=tuple(clusters), paragraphs=total, method=METHOD.format(least=least))


def _members(source: str, report: AnnualReport) -> Iterator[tuple[str, CopyMember]]:
    names = names_of(report.agency)
    for section in SECTIONS:
        text = report.sections.get(section, "")
        for piece in paragraphs(text, names):
            at = Span(
                section=section,
                start=piece.start,
                end=piece.end,
                quote=text[piece.start : piece.end],
            )
            yield (
                piece.masked,
                CopyMember(
                    agency=report.agency.name, year=report.year, source=source, at=at, likeness=1.0
                ),
            )


def _clusters(equal: dict[str, list[CopyMember]], least: float) -> Iterator[list[CopyMember]]:
    """Yield the members of every cluster: around each paragraph not yet taken, all that are alike."""
    texts = sorted(equal, key=lambda text: (-len(equal[text]), text))
    index = RMinHashLSH(threshold=0.5, num_perm=PERMUTATIONS, num_bands=BANDS)
    hashes = []
    for key, text in enumerate(texts):
        minhash = RMinHash(num_perm=PERMUTATIONS, seed=1)
        minhash.update(list({text[i : i + RUN] for i in range(len(text) - RUN + 1)}))
        index.insert(key, minhash)
        hashes.append(minhash)
    taken = bytearray(len(texts))
    for key, text in enumerate(texts):
        if taken[key]:
            continue
        taken[key] = 1
        members = list(equal[text])
        for other in sorted(index.query(hashes[key])):
            if taken[other] or not (score := likeness(text, texts[other], least=least)):
                continue
            taken[other] = 1
            members += [m.model_copy(update={"likeness": score}) for m in equal[texts[other]]]
        yield members


def lines_of(copies: Copies, most: int = 20) -> Iterator[str]:
    """Yield one sentence a cluster, for people."""
    for cluster in islice(copies.clusters, most):
        lowest = min(m.likeness for m in cluster.members)
        first = cluster.members[0].at.quote
        names = "、".join(cluster.agencies[:5])
        more = f"等{len(cluster.agencies)}个机关" if len(cluster.agencies) > 5 else ""
        shown = first[:30] + ("…" if len(first) > 30 else "")
        yield f"{names}{more}的段落几乎一样（相似度不低于{lowest:.0%}）：“{shown}”"
