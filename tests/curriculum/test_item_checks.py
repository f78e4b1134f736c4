"""Items: keys, options, stems and the pools they form."""

import pytest


def error(line: int, id_: str, text: str) -> list[str]:
    return [f"items/m1.yaml:{line}: error: item `{id_}`: {text}"]


def warning(line: int, id_: str, text: str) -> list[str]:
    return [f"items/m1.yaml:{line}: warning: item `{id_}`: {text}"]


def test_single_item_has_a_key(small):
    small.change("items/m1.yaml", "How are you?, correct: true", "How are you?")
    text = "has no key: no option is correct. Mark one with `correct: true`."
    assert small.messages() == error(5, "m1-ask-01", text)


def test_single_item_has_one_key(small):
    small.change("items/m1.yaml", "Go home then!", "Go home then!, correct: true")
    text = "has 2 correct options; expected 1. Keep one, or make the kind `multiple`."
    assert small.messages() == error(5, "m1-ask-01", text)


def test_multiple_item_has_a_wrong_option(small):
    small.change("items/m1.yaml", "Was it bad?", "Was it bad?, correct: true")
    assert small.messages() == error(34, "m1-ask-90", "has no wrong option. Add a plausible unhelpful one.")


def test_single_item_has_three_options(small):
    small.change("items/m1.yaml", "    - {text: Go home then!, rationale: It sends them off.}\n", "")
    assert small.messages() == error(5, "m1-ask-01", "has 2 options; expected at least 3. Add a plausible one.")


def test_true_false_item_has_the_two_options(small):
    small.change("items/m1.yaml", 'text: "False"', "text: No")
    text = 'has other options than `True` and `False`. Write them in quotes: "True".'
    assert small.messages() == error(15, "m1-ask-02", text)


def test_true_without_quotes_is_explained(small):
    small.change("items/m1.yaml", 'text: "True"', "text: True")
    text = "`options[1].text` is `true`; expected text. Put it in quotes."
    assert small.messages() == error(16, "m1-ask-02", text)


def test_ordering_item_marks_no_option(small):
    small.change("items/m1.yaml", "{text: Ask, ", "{text: Ask, correct: true, ")
    text = "marks options as correct; expected none. The options stand in the right order."
    assert small.messages() == error(20, "m1-ask-03", text)


def test_ordering_item_has_three_steps(small):
    small.change("items/m1.yaml", "    - {text: Thank, rationale: Thanks come last.}\n", "")
    assert small.messages() == error(24, "m1-ask-03", "has 2 options; expected at least 3 to put in order.")


def test_options_differ(small):
    small.change("items/m1.yaml", "text: Go home then!", "text: cheer up  now.")
    text = "options 2 and 3 are the same. Change one of them."
    assert small.messages() == error(8, "m1-ask-01", text)


@pytest.mark.parametrize("words", ["All of the above", "None of these", "Both of the other options", "A and B"])
def test_catch_all_option_is_warned_about(small, words):
    small.change("items/m1.yaml", "text: Go home then!", f"text: {words}")
    text = f"option 3 says `{words}`. Options are shuffled, and it tests guessing: say what it means."
    assert small.messages() == warning(8, "m1-ask-01", text)


def test_catch_all_words_inside_an_option_are_fine(small):
    small.change("items/m1.yaml", "text: Go home then!", "text: Thank all of them now")
    assert small.messages() == []


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("Which of these is not open?", "not"),
        ("A parent cries. What should you never say?", "never"),
        ("What do you say, except thanks?", ""),
        ("Which answers are open except one?", "except"),
        ("Which of these isn't open?", "isn't"),
        ("Which is least open?", "least"),
    ],
)
def test_question_with_a_plain_negative_is_warned_about(small, stem, word):
    small.change("items/m1.yaml", "stem: A parent looks sad. What do you say?", f"stem: {stem}")
    text = (
        f"asks with `{word}`, which is easily overlooked. Ask the other way round, or write {word.upper()} in capitals."
    )
    assert small.messages() == (warning(4, "m1-ask-01", text) if word else [])


@pytest.mark.parametrize(
    "stem",
    [
        "Which of these is NOT open?",
        "A parent has not slept. What do you say?",
        "What do you do if a parent does not speak?",
        "What is at least one sign?",
    ],
)
def test_negative_in_capitals_or_in_the_story_is_fine(small, stem):
    small.change("items/m1.yaml", "stem: A parent looks sad. What do you say?", f"stem: {stem}")
    assert small.messages() == []


@pytest.mark.parametrize(
    ("stem", "marked"), [("Which **two** words are open?", "**two**"), ("Why __now__?", "__now__")]
)
def test_signs_of_markdown_are_warned_about_since_people_read_them(small, stem, marked):
    small.change("items/m1.yaml", "stem: A parent looks sad. What do you say?", f'stem: "{stem}"')
    hint = "Items are plain text: leave the signs out, or write one word in capitals."
    assert small.messages() == warning(1, "m1-ask-01", f"people read `{marked}` letter by letter. {hint}")


@pytest.mark.parametrize(
    "stem", ["What is 2**3, and 4**5?", "What is snake_case__here and there__?", "What is ** for?"]
)
def test_signs_that_make_nothing_bold_are_fine(small, stem):
    small.change("items/m1.yaml", "stem: A parent looks sad. What do you say?", f'stem: "{stem}"')
    assert small.messages() == []


def test_right_option_names_no_behaviour(small):
    small.change(
        "items/m1.yaml",
        "correct: true, rationale: It is open.}\n    - {text: Cheer",
        "correct: true, rationale: It is open., behaviour: D1.1-U1}\n    - {text: Cheer",
    )
    text = "option 1 is right and names a behaviour. Only wrong options name one."
    assert small.messages() == error(6, "m1-ask-01", text)


def test_wrong_option_names_an_unhelpful_behaviour(small):
    small.change("items/m1.yaml", "behaviour: D1.1-U1", "behaviour: D1.1-B1")
    text = "option 2 names `D1.1-B1`, which is basic; expected an unhelpful behaviour. Choose one whose id has a U."
    assert small.messages() == error(7, "m1-ask-01", text)


def test_item_id_starts_with_a_module(small):
    small.append("items/m1.yaml", extra("x1-ask-04"))
    assert small.messages() == error(
        40, "x1-ask-04", "id `x1-ask-04` does not start with a module's id. The modules are `m1`."
    )


def test_repeated_stem_is_warned_about(small):
    small.append("items/m1.yaml", extra("m1-ask-04", stem="A parent looks sad: what do you say?"))
    text = "has the same stem as `m1-ask-01`. Change one of them."
    assert small.messages() == warning(43, "m1-ask-04", text)


def test_item_asks_about_what_its_module_shows(small):
    small.append("manual/m1.md", "\n## Waiting {#M1.2}\n\nWait.\n")
    small.append("items/m1.yaml", extra("m1-ask-04").replace("section: M1.1", "section: M1.2"))
    text = "asks about section `M1.2`, of which module `M1` shows nothing. Draw a passage of it in the module."
    assert small.messages() == error(48, "m1-ask-04", text)


def test_draw_is_within_the_pool(small):
    small.change("blueprints/quiz-m1.yaml", "draw: 1\npass", "draw: 4\npass")
    assert small.messages() == [
        "blueprints/quiz-m1.yaml:4: error: blueprint `quiz-m1`: draws 4 items of a pool of 3. "
        "Write more items, or draw fewer."
    ]


def test_pool_holds_two_and_a_half_forms(small):
    small.change("blueprints/quiz-m1.yaml", "draw: 1\npass", "draw: 2\npass")
    assert small.messages() == [
        "blueprints/quiz-m1.yaml:4: error: blueprint `quiz-m1`: the pool holds 3 items; "
        "expected 5, 2.5 times the 2 drawn. Write more items, or draw fewer."
    ]


def test_practice_draw_is_within_the_practice_pool(small):
    small.change("blueprints/quiz-m1.yaml", "practice_draw: 1", "practice_draw: 2")
    assert small.messages() == [
        "blueprints/quiz-m1.yaml:6: error: blueprint `quiz-m1`: `practice_draw` is 2, "
        "but the practice pool holds 1 items. Write more practice items, or draw fewer."
    ]


def test_draw_holds_the_critical_items(small):
    small.append("blueprints/quiz-m1.yaml", "critical: {secrets: 2}\n")
    assert small.messages() == [
        "blueprints/quiz-m1.yaml:4: error: blueprint `quiz-m1`: `draw` is 1; "
        "expected at least 2, the number of critical items. Draw more.",
        "blueprints/quiz-m1.yaml:8: error: blueprint `quiz-m1`: unknown critical theme `secrets`.",
    ]


def extra(id_: str, *, stem: str = "", critical: str = "", key: int = 0, length: int = 6, scenario: bool = True) -> str:
    """Return a single item as text; its key stands at a position and has a length."""
    options = ["Stop.", "Leave!", "Laugh"]
    options[key] = "x" * length
    lines = [f"    - {{text: '{text}', rationale: It is so.}}" for text in options]
    lines[key] = lines[key].replace(", rationale", ", correct: true, rationale")
    return "\n".join(
        [
            f"- id: {id_}",
            "  kind: single",
            f"  scenario: {str(scenario).lower()}",
            f"  stem: '{stem or f'What now, in case {id_}?'}'",
            "  options:",
            *lines,
            "  section: M1.1",
            "  competency: D1.1",
            *([f"  critical: {critical}"] if critical else []),
            "",
        ]
    )


def test_unknown_critical_theme_gets_a_suggestion(small):
    small.append("items/m1.yaml", "".join(extra(f"m1-ask-1{i}", critical="secrets") for i in range(3)))
    small.append("blueprints/quiz-m1.yaml", "critical: {secret: 1}\n")
    assert small.messages() == [
        "blueprints/quiz-m1.yaml:8: warning: blueprint `quiz-m1`: draws no item of the critical theme `secrets`. "
        "Name it under `critical`.",
        "blueprints/quiz-m1.yaml:8: error: blueprint `quiz-m1`: unknown critical theme `secret`. "
        "Did you mean `secrets`?",
    ]


def test_critical_theme_has_enough_items(small):
    small.append("items/m1.yaml", "".join(extra(f"m1-ask-1{i}", critical="secrets") for i in range(2)))
    small.append("blueprints/quiz-m1.yaml", "critical: {secrets: 1}\n")
    assert small.messages() == [
        "blueprints/quiz-m1.yaml:8: error: blueprint `quiz-m1`: theme `secrets` has 2 items; "
        "expected 3, 2.5 times the 1 drawn. Write more items, or draw fewer."
    ]


def test_critical_theme_draws_at_least_one(small):
    small.append("items/m1.yaml", "".join(extra(f"m1-ask-1{i}", critical="secrets") for i in range(3)))
    small.append("blueprints/quiz-m1.yaml", "critical: {secrets: 0}\n")
    assert small.messages() == [
        "blueprints/quiz-m1.yaml:8: error: blueprint `quiz-m1`: draws 0 items of theme `secrets`; expected at least 1."
    ]


def test_items_that_are_not_critical_fill_the_form(small):
    small.append(
        "items/m1.yaml", "".join(extra(f"m1-ask-{i}", critical="secrets", key=i % 3, length=5) for i in range(10, 17))
    )
    small.append("blueprints/quiz-m1.yaml", "critical: {secrets: 1}\n")
    small.change("blueprints/quiz-m1.yaml", "draw: 1\npass", "draw: 5\npass")
    assert small.messages() == [
        "blueprints/quiz-m1.yaml:4: error: blueprint `quiz-m1`: draws 4 items that are not critical, of 3. "
        "Write more items, or draw fewer."
    ]


def test_pool_that_no_blueprint_draws_is_warned_about(small):
    (small.path / "blueprints/quiz-m1.yaml").unlink()
    assert small.messages() == [
        "modules/m1.md:2: warning: module `M1`: has 3 counting items, but no blueprint draws them. "
        "Write a blueprint for the module."
    ]


def pool(small, *, n: int = 9, **options) -> list[str]:
    """Return what the checker says about the small programme with `n` more items."""
    keys = options.pop("keys", range(n))
    small.append("items/m1.yaml", "".join(extra(f"m1-ask-1{i}", key=keys[i] % 3, **options) for i in range(n)))
    return small.messages()


def test_balanced_pool_has_no_problems(small):
    assert pool(small, length=5) == []


def test_longest_option_is_not_the_key_too_often(small):
    assert pool(small, length=12) == [
        "items/m1.yaml:1: warning: items of module `M1`: whoever picks the longest option scores 90 %; "
        "expected at most 43 %. Shorten right options or lengthen wrong ones."
    ]


def test_key_does_not_stand_in_one_place_too_often(small):
    assert pool(small, length=5, keys=[1] * 9) == [
        "items/m1.yaml:1: warning: items of module `M1`: the key is option 2 of 3 in 90 % of items; "
        "expected at most 53 %. Move the right options about."
    ]


def test_most_items_are_situations(small):
    assert pool(small, length=5, scenario=False) == [
        "items/m1.yaml:1: warning: items of module `M1`: 25 % are situations; expected at least 60 %. "
        "Ask what people would do, and mark it with `scenario: true`."
    ]
