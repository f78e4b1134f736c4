"""Files that are of another kind, damaged or made to do harm: a clear answer, and nothing is taken."""

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from assessments.exchange import entries, packages, xml_tree
from assessments.exchange.folders import pictures_beside
from assessments.exchange.importing import Importer, Settings
from tests.assessments.exchange.reading import read, refusals
from tests.assessments.exchange.test_qti import MATCH, ONE, SIMPLE, document

QUIZ = '<quiz><question type="truefalse"><name><text>Name</text></name><questiontext><text>{}</text></questiontext>'
TRUE = '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)


def whole(text="Ask?"):
    return f"{QUIZ.format(text)}{TRUE}</question></quiz>"


def package(*files, manifest=None):
    buffer = BytesIO()
    rows = "".join(
        f'<resource type="imsqti_item_xmlv3p0" href="{name}"/>' for name, _ in files if name.endswith(".xml")
    )
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("imsmanifest.xml", manifest or f"<manifest><resources>{rows}</resources></manifest>")
        for name, content in files:
            made.writestr(name, content)
    return buffer.getvalue()


ITEM = document(SIMPLE, ONE, MATCH)


# ---------------------------------------------------------------- of another kind


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.gift", "", "a.gift: it is empty; expected a GIFT file"),
        ("a.png", PNG, "a.png: it is no file of questions (it ends in `.png`)"),
        ("a.gift", PNG, "a.gift:1: it holds a control character in line 1"),
        ("a.txt", "Who?{T}\n\x00", "a.txt:2: it holds a control character in line 2"),
        ("a.json", '{"a": 1}', "a.json: it is no file of questions"),
        ("a.xml", "<html><p>Hi</p></html>", "a.xml: it is XML that begins with `<html>`"),
        ("a.gift", "<?xml version='1.0'?><rss/>", "a.gift: it is XML that begins with `<rss>`"),
        ("a.zip", package(manifest="<manifest/>"), "a.zip: its `imsmanifest.xml` lists no items"),
    ],
    ids=lambda given: given[:40] if isinstance(given, str) else "",
)
def test_file_of_another_kind_is_refused(name, data, why):
    (refusal,) = refusals(name, data)
    assert refusal.startswith(why)


def test_zip_without_manifest_is_refused():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("a.gift", "Who?{T}")
    assert refusals("a.zip", buffer.getvalue())[0].startswith("a.zip: a ZIP without `imsmanifest.xml`")


def test_zip_of_a_folder_says_what_to_pack():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("export/imsmanifest.xml", "<manifest/>")
    assert refusals("a.zip", buffer.getvalue()) == [
        "a.zip: `imsmanifest.xml` stands in the folder `export` of the ZIP; expected it at the top. "
        "Pack what is in the folder, and not the folder itself."
    ]


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_gift_is_read_in_every_form_of_unicode(encoding):
    assert read("a.gift", "Où est la clé سلام?{T}".encode(encoding)).items[0].stem == "Où est la clé سلام?"


def test_gift_in_latin_1_is_read_when_it_is_said_and_refused_when_not():
    data = "Où?{T}".encode("latin-1")
    assert read("a.gift", data, encoding="latin-1").items[0].stem == "Où?"
    assert "--encoding latin-1" in refusals("a.gift", data)[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_xml_is_read_in_the_encoding_it_states(encoding):
    stated = encoding.removesuffix("-sig")
    data = f"<?xml version='1.0' encoding='{stated}'?>{whole('Où?')}".encode(encoding)
    assert read("a.xml", data).items[0].stem == "Où?"


def test_empty_lines_before_the_declaration_are_passed_over():
    result = read("a.xml", f"\n\n<?xml version='1.0'?>\n{whole()}".encode())
    assert [item.stem for item in result.items] == ["Ask?"]


# ---------------------------------------------------------------- damaged


def test_xml_that_is_cut_off_gives_nothing():
    result = read("a.xml", (whole() * 2)[: len(whole()) // 2])
    assert (result.items, result.n_read) == ([], 0)
    assert result.refused[0].reason.startswith("it is not well-formed XML: ")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_zip_that_is_cut_off_gives_nothing(share):
    data = package(("items/a.xml", ITEM))
    result = read("a.zip", data[: int(len(data) * share)])
    assert (result.items, result.n_read) == ([], 0)
    assert result.refused[0].reason.startswith("it is a ZIP that is cut off or damaged")


OLD = '<manifest><resources><resource type="imsqti_xmlv1p2" href="a.xml"/></resources></manifest>'


def test_the_first_qti_is_refused_by_its_name():
    assert refusals("a.xml", "<questestinterop/>")[0].startswith("a.xml:1: it is QTI 1 (`<questestinterop>`)")
    assert refusals("a.zip", package(manifest=OLD))[0].startswith("a.zip: it is a package of QTI 1")


def test_item_whose_bytes_are_damaged_is_refused_by_name_and_the_others_are_taken():
    data = bytearray(package(("items/a.xml", ITEM), ("items/b.xml", ITEM.replace("Name", "Other"))))
    at = data.index(b"items/a.xml") + len("items/a.xml") + 20
    data[at : at + 8] = b"\xff" * 8
    result = read("a.zip", bytes(data))
    assert [item.title for item in result.items] == ["Other"]
    assert result.refused[0].where.startswith("a.zip, items/a.xml:1: question `items/a.xml`")


def test_item_that_the_manifest_names_and_the_zip_lacks_is_refused_by_name():
    data = package(manifest='<manifest><resource type="imsqti_item_xmlv3p0" href="items/gone.xml"/></manifest>')
    assert refusals("a.zip", data)[0].startswith(
        "a.zip, items/gone.xml:1: question `items/gone.xml`: the manifest names it"
    )


# ---------------------------------------------------------------- made to do harm


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE q [<!ENTITY % a SYSTEM "http://example.org/a.dtd"> %a;]>',
    ],
)
def test_entities_are_refused_and_never_unfolded(head):
    result = read("a.xml", f"<?xml version='1.0'?>{head}{whole('&amp;')}")
    assert result.items == []
    assert result.refused[0].reason.startswith("it declares an entity of its own")


def test_entity_of_an_outside_file_is_refused():
    result = read("a.xml", f'<?xml version="1.0"?><!DOCTYPE q SYSTEM "q.dtd">{whole("a&nbsp;b")}')
    assert result.items == []
    assert result.refused[0].reason.startswith("it uses `&nbsp;`, which XML does not know")


def test_xml_that_is_nested_too_deep_is_refused():
    deep = "<quiz>" + "<a>" * 200 + "</a>" * 200 + "</quiz>"
    assert "nested more than 100 deep" in refusals("a.xml", deep)[0]


def test_xml_with_too_many_elements_is_refused(monkeypatch):
    monkeypatch.setattr(xml_tree, "MAX_NODES", 50)
    assert "it holds more than 50 elements" in refusals("a.xml", "<quiz>" + "<a/>" * 60 + "</quiz>")[0]


def test_zip_that_unfolds_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(packages, "MAX_FILE_BYTES", 100_000)
    data = package(("items/a.xml", ITEM), ("bomb.bin", bytes(1_000_000)))
    assert len(data) < 5_000
    assert "unfold to 1,00" in refusals("a.zip", data)[0]


def test_zip_that_lies_about_its_sizes_is_damaged():
    data = bytearray(package(("items/a.xml", bytes(500_000))))
    size = struct.pack("<I", 500_000)
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<I", 10)
    assert "is cut off or damaged" in refusals("a.zip", bytes(data))[0]


@pytest.mark.parametrize("name", ["../a.xml", "/etc/a.xml", "items/../../a.xml", "C:\\a.xml", "..\\a.xml"])
def test_zip_whose_names_lead_out_of_it_is_refused(name):
    assert "names inside the package" in refusals("a.zip", package((name, ITEM)))[0]


def test_too_many_questions_give_nothing(monkeypatch):
    monkeypatch.setattr("assessments.exchange.importing.MAX_QUESTIONS", 2)
    result = read("a.gift", "A?{T}\n\nB?{T}\n\nC?{T}")
    assert (result.items, result.n_read) == ([], 0)
    assert result.refused[0].reason.startswith("more than 2 questions")


def test_brace_that_stays_open_over_many_empty_lines_takes_no_longer_than_its_lines():
    text = "Who?{~a" + "\n" * 200_000 + "\n\nNext?{T}" * 10
    result = read("a.gift", text)
    assert (len(result.items), len(result.refused)) == (10, 1)


@pytest.mark.parametrize("sign", ["\ue010", "\ue020", "\ue030", "\U0010fe5c"])
def test_signs_for_private_use_are_refused(sign):
    for name, data in [("a.gift", f"One{sign}?{{T}}"), ("a.xml", whole(f"One{sign}?"))]:
        assert "it holds a sign for private use in line 1" in refusals(name, data)[0]


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("&lt;a href='x'&gt;" * 1_000, "its HTML is broken: too many marks"),
        ("&lt;sup&gt;" * 1_000, "its HTML is broken: too many marks"),
        ("&lt;b&gt;word &lt;/b&gt;" * 10_000, "a text of 120,000 characters"),
    ],
)
def test_html_that_would_take_long_is_refused_by_name(html, why):
    (refusal,) = refusals("a.xml", whole(html))
    assert refusal.startswith(f"a.xml:1: question `Name`: {why}")


def test_private_signs_in_disguise_stand_for_nothing():
    assert read("a.xml", whole("&amp;#xE010;7&amp;#xE011; Ask?")).items[0].stem == "Ask?"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("a &lt; b", "a < b"),
        ("a &lt;![CDAT[ b", "a <![CDAT[ b"),
        ("a &lt;!-- b --&gt; c &lt;!-- d", "a c <!-- d"),
        ("&lt;b title='1 &gt; 0'&gt;a&lt;/b&gt; &lt;b", "a <b"),
        ("&lt;?xml:namespace x /&gt;a", "a"),
    ],
)
def test_sign_that_opens_no_tag_is_a_sign(html, words):
    assert read("a.xml", whole(html)).items[0].stem == words


@pytest.mark.parametrize("piece", ["&lt;a ", "&lt;!--", "&lt;/", "&lt;![CDATA[", "&lt;b c='", "&lt;script>&lt;b>"])
def test_broken_html_takes_no_longer_than_its_length(piece):
    result = read("a.xml", whole("Ask? " + piece * (4_000 // len(piece.replace("&lt;", "<")) * 10)))
    assert result.n_read == 1


@pytest.mark.parametrize(
    "own",
    [
        '{"kind":"single","stem":"Other"}',
        '{"id":"../../x"}',
        '{"options":[]}',
        '{"points":99}',
        '{"parts":{"a":{"text":"x","correct":true}}}',
        "[1]",
        '"x"',
        "{",
        "[" * 50_000,
    ],
)
def test_what_rides_along_changes_nothing_that_people_answer(own):
    result = read("a.gift", f"// practicum {own}\nWho?{{=a ~b ~c}}")
    for item in result.items:
        assert (item.stem, [(o.text, o.correct) for o in item.options]) == (
            "Who?",
            [("a", True), ("b", False), ("c", False)],
        )
    assert len(result.items) + len(result.refused) == 1


def test_pictures_beside_a_lone_item_are_only_those_of_its_folder(tmp_path):
    inside = tmp_path / "set"
    (inside / "images").mkdir(parents=True)
    (inside / "images" / "a.png").write_bytes(PNG)
    (tmp_path / "b.png").write_bytes(PNG)
    (inside / "c.png").symlink_to(tmp_path / "b.png")
    fetch = pictures_beside(inside / "item.xml")
    found = [fetch(name) for name in ("images/a.png", "../b.png", str(tmp_path / "b.png"), "c.png", "item.xml")]
    assert found == [PNG, None, None, None, None]


def test_picture_of_a_package_comes_along():
    shown = document(f'{SIMPLE}<p><img src="../media/a.png" alt="It"/></p>', ONE, MATCH)
    result = read("a.zip", package(("items/a.xml", shown), ("media/a.png", PNG)))
    assert (result.items[0].media.file, result.pictures) == ("a.png", {"a.png": PNG})


def test_limits_are_those_that_are_documented():
    text = (Path(__file__).parents[3] / "docs" / "exchange.md").read_text("utf-8")
    limits = (entries.MAX_FILE_BYTES, entries.MAX_QUESTIONS, xml_tree.MAX_NODES, xml_tree.MAX_DEPTH, packages.MAX_FILES)
    assert [f"{limit:,}" for limit in limits if f"{limit:,}" not in text] == []


def test_id_that_is_used_already_is_refused_by_name():
    importer = Importer(Settings(), taken=["m1-a-01"])
    importer.read(Path("a.gift"), b'// practicum {"id":"m1-a-01"}\nWho?{T}')
    assert importer.result.refused[0].reason.startswith("the id `m1-a-01` is used already")
