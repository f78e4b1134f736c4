"""The tuned server, the theme and the style sheet: what an update of Streamlit could quietly undo."""

import re
import tomllib
from pathlib import Path

import pytest
from streamlit import config

from web.look import TOKENS, page_icon

ROOT = Path(__file__).parents[2]
LOOK = (ROOT / "web" / "look.css").read_text("utf-8")
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))


def _options(section: dict[str, object], prefix: str) -> list[str]:
    names: list[str] = []
    for name, value in section.items():
        names += _options(value, f"{prefix}{name}.") if isinstance(value, dict) else [f"{prefix}{name}"]
    return names


def test_streamlit_still_knows_every_option_of_ours() -> None:
    known = set(config._config_options_template)
    assert [name for name in _options(SETTINGS, "") if name not in known] == []


def test_hidden_option_against_collecting_after_every_run_still_exists() -> None:
    assert config._config_options_template["runner.postScriptGC"].default_val is True
    assert SETTINGS["runner"]["postScriptGC"] is False


def test_hidden_option_for_identity_headers_still_exists() -> None:
    assert "server.trustedUserHeaders" in config._config_options_template


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("server", "fileWatcherType", "none"),
        ("server", "disconnectedSessionTTL", 900),
        ("client", "showErrorDetails", "none"),
        ("client", "toolbarMode", "minimal"),
        ("browser", "gatherUsageStats", False),
    ],
)
def test_server_is_set_up_for_people(section: str, name: str, value: object) -> None:
    assert SETTINGS[section][name] == value


def test_no_folder_is_named_pages() -> None:
    # Streamlit serves scripts in such a folder beside the entry script, past the navigation.
    assert [path for folder in (ROOT, ROOT / "web") for path in folder.glob("pages")] == []


def test_every_font_file_is_there_with_its_licence() -> None:
    static = ROOT / "web" / "static"
    used = {face["url"].removeprefix("app/static/") for face in SETTINGS["theme"]["fontFaces"]}
    assert used == {path.name for path in static.glob("*.woff2")}
    families = {re.sub(r"-(latin|arabic).*", "", name) for name in used}
    assert families == {path.name.removesuffix(".LICENSE.txt") for path in static.glob("*.LICENSE.txt")}
    assert used == set(re.findall(r"url\(([^)]+)\)", (static / "fonts.css").read_text("utf-8")))


def test_charts_have_a_colour_for_every_token() -> None:
    for mode in ("light", "dark"):
        assert len(SETTINGS["theme"][mode]["chartCategoricalColors"]) == len(TOKENS)


def test_tab_icon_is_our_own_drawing() -> None:
    assert page_icon().startswith("<svg")


# ---------------------------------------------------------------- style sheet

ALLOWED = re.compile(
    r'\[class\*="st-key-[a-z]+"\]|\[data-testid="[A-Za-z-]+"\]|\[role="[a-z]+"\]|:has\(input:(?:checked|disabled)\)|'
    r'\[disabled\]|:not\(:disabled\)|:not\(\[class\*="st-key-nav"\] \*\)|'
    r":is\([^()]*\)|\b(label|button|p|li|input)\b|[\s,>*]+"
)


def _selectors(css: str) -> list[str]:
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    bare = re.sub(r"@media[^{]*\{", "", bare)
    found = re.findall(r"([^{}]+)\{[^{}]*\}", bare)
    return [selector.strip() for group in found for selector in group.split(",\n") if selector.strip()]


def test_style_sheet_leans_on_stable_names_only() -> None:
    assert len(_selectors(LOOK)) > 20
    assert [selector for selector in _selectors(LOOK) if ALLOWED.sub("", selector)] == []
    assert "st-emotion" not in LOOK


def test_streamlit_still_has_every_test_id_of_the_style_sheet() -> None:
    import streamlit

    scripts = Path(streamlit.__file__).parent / "static" / "static" / "js"
    sources = "\n".join(path.read_text("utf-8") for path in scripts.glob("*.js"))
    wanted = set(re.findall(r'data-testid="([A-Za-z-]+)"', LOOK))
    kinds = ("primaryFormSubmit", "secondaryFormSubmit", "primary", "secondary", "tertiary")
    stems = {name.removesuffix(kind) for name in wanted for kind in kinds if name.endswith(f"-{kind}")}
    plain = {name for name in wanted if not name.endswith(tuple(f"-{kind}" for kind in kinds))}
    assert [name for name in sorted(stems | plain) if name not in sources] == []


def test_keys_of_the_style_sheet_are_those_promised_to_pages() -> None:
    keys = set(re.findall(r"st-key-([a-z]+)", LOOK))
    own = {"demonstration", "nav", "safeguarding"}
    assert keys == own | {"answer", "basic", "further", "manual", "source", "unhelpful"}
