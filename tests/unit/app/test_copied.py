"""Copied paragraphs across a batch: planted groups are found, honest neighbours are left alone."""

import json
import subprocess
import sys

from report_writer.app.copied import find_copied, lines_of
from report_writer.checks import check_report
from report_writer.readers.dispatch import read
from report_writer.readers.from_json import report_from_mapping
from tests.paths import EXAMPLES, ROOT

TEXT = "{name}政府信息公开还有不足：一是门户网站有{n}处栏目更新不及时，群众反映查找不便；二是政策解读以文字为主，形式较为单一。"


def report(name, problems, **more):
    agency = {"name": name, "self_reference": "我局"}
    mapping = {"year": 2024, "agency": agency, "tables": {}, "sections": {"problems": problems}}
    return report_from_mapping(mapping | more, name=name)


def batch(*reports):
    return [(f"{r.agency.name}.json", r) for r in reports]


def test_names_and_numbers_make_no_difference():
    found = find_copied(
        batch(
            report("清河市教育局", TEXT.format(name="清河市教育局", n=3)),
            report("清河市水务局", TEXT.format(name="我局", n="十二")),
            report(
                "清河市民政局",
                "我局对低保公示的范围把握不准，个别村公示后收到更正意见，需要统一口径并逐村复核。",
            ),
        )
    )
    (cluster,) = found.clusters
    assert cluster.agencies == ("清河市教育局", "清河市水务局")
    assert [m.likeness for m in cluster.members] == [1.0, 1.0]
    member = cluster.members[0]
    assert member.at.quote == TEXT.format(name="清河市教育局", n=3)
    assert "MinHash" in found.method
    assert "不低于85%" in found.method
    assert "清河市教育局、清河市水务局的段落几乎一样" in next(lines_of(found))


def test_required_sentences_alone_are_no_copy():
    text = "根据《中华人民共和国政府信息公开条例》和国务院办公厅有关要求编制本报告。本报告统计期限为2024年1月1日至12月31日。本年度未收取信息处理费。"
    found = find_copied(batch(report("甲局", text), report("乙局", text)))
    assert (found.clusters, found.paragraphs) == ((), 0)


def test_a_few_words_changed_are_still_a_copy_and_a_rewrite_is_none():
    text = TEXT.format(name="我局", n=3)
    near = text.replace("群众反映查找不便", "群众查找不便")
    far = "我局政府信息公开还有不足：一是档案移交滞后，旧文件无法检索；二是基层站所公开意识弱，公示栏长期空置，群众看不到补贴名单。"
    found = find_copied(batch(report("甲局", text), report("乙局", near), report("丙局", far)))
    (cluster,) = found.clusters
    assert cluster.agencies == ("甲局", "乙局")
    assert 0.85 <= cluster.members[1].likeness < 1


def test_one_agency_telling_a_paragraph_twice_is_no_cluster():
    text = TEXT.format(name="我局", n=3)
    assert find_copied(batch(report("甲局", f"{text}\n{text}"))).clusters == ()


def test_a_chain_of_small_changes_does_not_join_its_ends():
    words = [f"第{c}项整改内容涉及{c}{c}{c}处理" for c in "甲乙丙丁戊己庚辛壬癸"]
    chain = ["，".join(words[i : i + 5]) + "。" for i in range(6)]
    found = find_copied(batch(*(report(f"{i}号局", t) for i, t in enumerate(chain))), least=0.75)
    assert all(len(cluster.members) < 6 for cluster in found.clusters)


def test_a_check_tells_each_report_of_the_others():
    reports = batch(*(report(f"{n}局", TEXT.format(name="我局", n=5)) for n in "甲乙丙"))
    found = find_copied(reports)
    source, second = reports[1]
    (copy,) = found.of(source)
    assert copy.others == ("甲局", "丙局")
    result = check_report(second, copies=found.of(source))
    (finding,) = [f for f in result.findings if f.code == "DUP201"]
    assert "与甲局、丙局几乎一样" in finding.message
    assert second.sections["problems"][finding.at.start : finding.at.end] == finding.at.quote
    assert found.of("别的.json") == ()


def test_planted_copies_of_a_batch_are_found_and_nothing_else(tmp_path):
    subprocess.run(
        [sys.executable, "generate.py", "-n", "200", "--finished", "-o", str(tmp_path / "b")],
        check=True,
        capture_output=True,
        cwd=EXAMPLES / "batch-50",
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
    )
    known = json.loads((tmp_path / "b.known-errors.json").read_text(encoding="utf-8"))
    files = [entry["file"] for entry in known["reports"]]
    found = find_copied((name, read(tmp_path / "b" / name)) for name in files)
    planted = sorted(sorted(group["files"]) for group in known["copied"])
    clusters = sorted(sorted(m.source for m in c.members) for c in found.clusters)
    # Problems and measures are a paragraph each.
    assert clusters == sorted([*planted, *planted])
    assert len(planted) == 4
    stale = {
        name
        for name in files
        if any(f.code == "DUP101" for f in check_report(read(tmp_path / "b" / name)).findings)
    }
    assert stale == set(known["copied_last_year"])
    assert stale
