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


def test_hard_module_is_warned_about(small):
    small.append("modules/m1.md", f"\n{HARD * 60}\n")
    (message,) = small.messages()
    assert message.startswith("modules/m1.md:2: warning: module `M1`: reading grade is ")
    assert message.endswith("; expected at most 7.0. Use shorter sentences and shorter words.")


def test_other_languages_are_not_judged(small):
    small.append("modules/m1.md", f"\n{HARD * 60}\n")
    small.change("programme.yaml", "language: en-GB", "language: de")
    assert small.messages() == []
