"""Files into articles: which files, what they are called, how they are decoded, what the user says of them."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from newsmine.errors import InputError, UsageError
from newsmine.fold import folder
from newsmine.packs import pack_folders, read_packs
from newsmine.reading import Reader, ReadError, find_sources, read_overrides
from newsmine.reading.decode import Decoder

SIMPLIFIED = "滨海市第一医院今年门诊量达到二十万人次,比去年增长一成。\r\n医院还将新建一座住院楼。"
TRADITIONAL = "濱海市立醫院今年門診量達到二十萬人次,比去年增長一成。\n醫院還將新建一座住院樓。"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(read_packs(pack_folders(), folder()), folder())


@pytest.fixture(scope="module")
def decode() -> Decoder:
    entries = read_packs(pack_folders(), folder()).stage("character")
    return Decoder(c for e in entries for f in e.forms for c in f)


def touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(SIMPLIFIED, encoding="utf-8")


def ids(*inputs: Path | str) -> list[str]:
    return [s.article_id for s in find_sources(inputs)]


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_are_told_apart(decode: Decoder, text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.flags) == (text, encoding, ())


def test_big5_is_told_from_gb18030(decode: Decoder) -> None:
    decoded = decode(TRADITIONAL.encode("big5hkscs"))
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, "big5hkscs")


def test_utf16_without_a_mark_needs_the_encoding(decode: Decoder) -> None:
    data = SIMPLIFIED.encode("utf-16-le")
    with pytest.raises(InputError, match="binary"):
        decode(data)
    assert Decoder("", "utf-16-le")(data).text == SIMPLIFIED


def test_a_named_encoding_is_read_in_its_wider_form() -> None:
    assert Decoder("", "gb2312")("朱镕基".encode("gb18030")).encoding == "gb18030"
    with pytest.raises(UsageError, match="no such encoding"):
        Decoder("", "utf-nine")


def test_a_little_damage_is_flagged_and_much_is_an_error(decode: Decoder) -> None:
    cut = SIMPLIFIED.encode()[:-1]
    assert decode(cut).flags == ("decode_replaced",)
    with pytest.raises(InputError, match="--encoding"):
        decode(bytes(range(128, 256)) * 4)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0", b"%PDF-1.7\n", b"PK\x03\x04", b"a\0b\0c", b"\x01\x02\x03text"]
)
def test_binary_files_are_errors(decode: Decoder, data: bytes) -> None:
    with pytest.raises(InputError):
        decode(data)


@pytest.mark.parametrize("data", [b"", b"a", b"no Chinese here\n", "Grüße, café\n".encode()])
def test_texts_without_chinese_are_texts(decode: Decoder, data: bytes) -> None:
    assert decode(data).text == data.decode()


def test_newlines_and_traditional_characters_stay(reader: Reader, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbf" + ("\r\n" + TRADITIONAL + "\r").encode())
    source = find_sources([file])[0]
    assert reader.read(source, reader.load(source)).text == "\r\n" + TRADITIONAL + "\r"


def test_half_characters_of_a_text_are_replaced(reader: Reader) -> None:
    article = reader.article("text", "门诊\ud800量")
    assert (article.text, article.flags) == ("门诊\ufffd量", ("decode_replaced",))


def test_ids_are_paths_below_the_root_without_suffix(tmp_path: Path) -> None:
    touch(tmp_path, "b.txt", "a/c.md", "a/b.txt", ".hidden/d.txt", "a/.e.txt")
    assert ids(tmp_path) == ["a/b", "a/c", "b"]
    assert ids(tmp_path / "a" / "c.md") == ["c"]


def test_ids_that_collide_keep_their_suffix_then_get_their_root(tmp_path: Path) -> None:
    touch(tmp_path, "one/a.txt", "one/a.md", "one/b.txt", "two/a.txt")
    assert ids(tmp_path / "one") == ["a.md", "a.txt", "b"]
    assert ids(tmp_path / "one", tmp_path / "two") == ["a.md", "b", "one/a.txt", "two/a.txt"]
    touch(tmp_path, "x/same/a.txt", "y/same/a.txt")
    assert ids(tmp_path / "x" / "same", tmp_path / "y" / "same") == ["x/same/a.txt", "y/same/a.txt"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    assert ids(tmp_path, tmp_path / "a.txt") == ["a"]


def test_globs_and_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "a.txt", "b.md", "c/d.txt")
    assert ids(str(tmp_path / "*.txt")) == ["a"]
    assert ids(str(tmp_path / "**" / "*.txt")) == ["a", "d"]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list").write_text("a.txt\n\nc\n-\n", encoding="utf-8")
    sources = find_sources([], listed="list")
    assert [(s.article_id, s.path) for s in sources] == [("a", "a.txt"), ("d", "c/d.txt"), ("stdin", "-")]


@pytest.mark.parametrize("given", ["nothing.txt", "no*thing"])
def test_inputs_that_are_not_there(given: str) -> None:
    with pytest.raises(UsageError, match=r"no such file|no file matches"):
        find_sources([given])


@pytest.mark.skipif(os.name != "posix", reason="links and byte names")
def test_a_loop_of_links_and_a_name_in_gbk_bytes(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    try:
        (Path(os.fsdecode(os.fsencode(tmp_path) + "/门诊.txt".encode("gbk")))).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    assert ids(tmp_path) == ["a", "门诊"]


def test_a_folder_is_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt", "out/b.txt")
    assert [s.article_id for s in find_sources([tmp_path], skip=[tmp_path / "out"])] == ["a"]


def test_other_formats_say_so(reader: Reader, tmp_path: Path) -> None:
    touch(tmp_path, "a.doc")
    with pytest.raises(ReadError, match=r"\.doc files cannot be read; save it as \.docx") as raised:
        reader.load(find_sources([tmp_path])[0])
    assert raised.value.stage == "read"


def test_a_declared_encoding_decides_where_the_bytes_do_not(decode: Decoder) -> None:
    short = "醫院".encode("big5hkscs")
    assert decode(short, "big5").encoding == "big5hkscs"
    assert decode(SIMPLIFIED.encode("gb18030"), "iso-8859-1").encoding == "gb18030"
    assert decode(SIMPLIFIED.encode("gb18030"), "utf-8").encoding == "gb18030"
    assert decode(SIMPLIFIED.encode(), "nonsense").encoding == "utf-8"


def test_other_languages_in_other_encodings(decode: Decoder) -> None:
    text = "病院の患者数は去年より増えました。来年には新しい病棟が建てられる予定です。" * 3
    assert decode(text.encode("shift_jis")).text == text


def test_a_text_without_suffix_is_read(reader: Reader, tmp_path: Path) -> None:
    touch(tmp_path, "article")
    source = find_sources([tmp_path])[0]
    assert reader.read(source, reader.load(source)).text == SIMPLIFIED


def test_stdin(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SIMPLIFIED.encode("gb18030"))))
    source = find_sources(["-"])[0]
    article = reader.read(source, reader.load(source))
    assert (article.article_id, article.text, article.encoding) == ("stdin", SIMPLIFIED, "gb18030")


def test_metadata_files_override_what_the_text_says(tmp_path: Path) -> None:
    table = tmp_path / "m.csv"
    table.write_text(
        "article_id,published,publisher,authors\na,2024/3/1,滨海晚报,王小明;李小红\nb,,,\n", encoding="utf-8-sig"
    )
    lines = tmp_path / "m.jsonl"
    lines.write_text('{"path": "x/a.txt", "title": "新标题", "host": null}\n', encoding="utf-8")
    assert read_overrides(table).of("a", "") == {
        "published": date(2024, 3, 1),
        "publisher": "滨海晚报",
        "authors": ("王小明", "李小红"),
    }
    assert read_overrides(table).of("b", "") == {}
    assert read_overrides(lines).of("a", "x/a.txt") == {"title": "新标题"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("m.csv", "id,title\na,b\n", "no column article_id"),
        ("m.csv", "article_id,published\na,last week\n", "m.csv:2: published"),
        ("m.jsonl", "{\n", "m.jsonl:1: no JSON"),
        ("m.jsonl", '{"title": "x"}\n', "needs an article_id"),
    ],
)
def test_metadata_files_that_do_not_do(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_overrides(tmp_path / name)


@pytest.fixture
def store() -> str:
    """A folder on a file system that is not the machine's, with a zip, a hidden file and a folder inside."""
    fsspec = pytest.importorskip("fsspec", reason="newsmine[remote] is not installed")
    system = fsspec.filesystem("memory")
    system.store.clear()
    for name in ("a.txt", "sub/b.txt", ".hidden.txt"):
        system.pipe(f"/box/{name}", SIMPLIFIED.encode())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("c.txt", TRADITIONAL)
    system.pipe("/box/more.zip", packed.getvalue())
    return "memory://box"


def test_a_url_is_read_as_a_folder_is(reader: Reader, store: str) -> None:
    sources = reader.expand(find_sources([store]))
    assert [s.article_id for s in sources] == ["a", "more.zip!/c.txt", "sub/b"]
    texts = [reader.read(s, reader.load(s)).text for s in sources]
    assert texts == [SIMPLIFIED, TRADITIONAL, SIMPLIFIED]
    assert sources[0].path.startswith("memory://")
    assert sources[0].path.endswith("/box/a.txt")


def test_a_url_names_a_file_or_a_glob_too(store: str) -> None:
    assert ids(f"{store}/sub/b.txt") == ["b"]
    assert ids(f"{store}/*.txt") == ["a"]


@pytest.mark.parametrize(
    ("url", "told"), [("memory://box/none", "no such file or folder"), ("nowhere://box", "nowhere")]
)
def test_a_url_that_leads_nowhere_is_told(store: str, url: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        find_sources([url])


def test_a_file_that_its_store_lost_is_an_error_of_its_own(reader: Reader, store: str) -> None:
    import fsspec

    source = find_sources([f"{store}/a.txt"])[0]
    fsspec.filesystem("memory").store.clear()
    with pytest.raises(ReadError, match="cannot be read"):
        reader.load(source)
