"""How hard a text is to read."""

import pytest

from curriculum.reading import MIN_WORDS, count_syllables, reading_grade


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "the made asked cries tried true quite waits be cat don't we're"),
        (
            2,
            "table parent quiet being people someone science asking trusted changes didn't leader's friendship",
        ),
        (3, "idea behaviour another radio beautiful remember piano"),
        (4, "safeguarding-lead scenario material immediate co-operate everybody's"),
    ],
)
def test_syllables_are_counted(n, words):
    counted = {word: count_syllables(word) for word in words.split()}
    assert counted == dict.fromkeys(counted, n)


def test_grade_follows_the_formula():
    sentence = "the cat sat on the mat and it was a big cat"
    assert reading_grade([f"{sentence}."] * 10) == pytest.approx(0.39 * 12 + 11.8 * 1 - 15.59)


def test_each_block_ends_a_sentence():
    words = ["the cat sat on the mat"] * 20
    assert reading_grade(words) == reading_grade([f"{block}." for block in words])


def test_longer_sentences_and_words_are_harder():
    easy = reading_grade(["You ask. You wait."] * 30)
    hard = reading_grade(["Professional responsibility necessitates organisational accountability everywhere."] * 30)
    assert easy < 1
    assert hard > 18


def test_few_words_are_not_judged():
    assert reading_grade(["word"] * (MIN_WORDS - 1)) is None


HARD = "Professional responsibility necessitates organisational accountability. "


def warning(place: str, where: str, grade: float) -> str:
    return (
        f"{place}: warning: {where}: reading grade is {grade:.1f}; expected at most 7.0. "
        "Use shorter sentences and shorter words."
    )


def test_hard_module_is_warned_about(small):
    small.append("modules/m1.md", f"\n{HARD * 60}\n")
    assert small.messages() == [warning("modules/m1.md:2", "module `M1`", 19.9)]


def test_hard_items_are_warned_about_file_by_file(small):
    stem = "stem: A parent looks sad. What do you say?"
    small.change("items/m1.yaml", stem, f"stem: {HARD * 20}What do you say?")
    assert small.messages() == [warning("items/m1.yaml:1", "items of this file", 33.2)]


def test_hard_chapter_and_scenario_are_warned_about(small):
    small.append("manual/m1.md", f"\n{HARD * 60}\n")
    small.append("scenarios/tea.md", f"\n{HARD * 60}\n")
    assert small.messages() == [
        warning("manual/m1.md:1", "chapter `M1`", 45.7),
        warning("scenarios/tea.md:2", "scenario `tea`", 45.4),
    ]


def test_one_hard_module_does_not_hide_behind_an_easy_one(small):
    easy = (small.path / "modules/m1.md").read_text().replace("id: M1", "id: M2").replace("order: 1", "order: 2")
    small.write("modules/m2.md", easy.replace("::: check m1-ask-90\n:::\n", ""))
    small.append("modules/m1.md", f"\n{HARD * 60}\n")
    assert small.messages() == [warning("modules/m1.md:2", "module `M1`", 19.9)]


def test_passages_of_the_manual_do_not_count_for_a_module(small):
    small.append("manual/m1.md", f"\n{HARD * 60}\n")
    small.change("modules/m1.md", "passage M1.1 1-2", "passage M1.1")
    assert small.messages() == [warning("manual/m1.md:1", "chapter `M1`", 45.7)]


def test_other_languages_are_not_judged(small):
    small.append("modules/m1.md", f"\n{HARD * 60}\n")
    small.change("programme.yaml", "language: en-GB", "language: de")
    assert small.messages() == []
