"""The programme as a whole, its activities and modules."""

import pytest


def test_id_is_the_folders_name(small):
    small.change("programme.yaml", "id: small", "id: smaller")
    assert small.messages() == [
        "programme.yaml:1: error: programme `smaller`: `id` is `smaller`; expected the folder's name, `small`. "
        "Rename one of them."
    ]


def test_time_zone_exists(small):
    small.change("programme.yaml", "licence: MIT", "licence: MIT\ntimezone: Europe/Londn")
    assert small.messages() == [
        "programme.yaml:6: error: programme `small`: unknown time zone `Europe/Londn`. Did you mean `Europe/London`?"
    ]


def test_programme_has_a_role(small):
    small.change("programme.yaml", "roles:\n  - id: leader\n    title: Leader\nactivities:", "roles: []\nactivities:")
    small.change("programme.yaml", "  - {id: E1, title: Lead, roles: [leader]}\n", "")
    small.change("programme.yaml", "activities:\n", "")
    assert small.messages() == [
        "programme.yaml:9: error: programme `small`: has no roles. Name at least one role that people train for."
    ]


def test_retention_names_known_records_and_days(small):
    small.append("programme.yaml", "privacy:\n  retention_days: {welbeing: 90, comments: 0}\n")
    assert small.messages() == [
        "programme.yaml:21: error: programme `small`: `comments` is kept 0 days; expected at least 1.",
        "programme.yaml:21: error: programme `small`: unknown kind of record `welbeing`. Did you mean `wellbeing`?",
    ]


@pytest.mark.parametrize(("months", "days", "at_least"), [(1, 30, 28), (2, 60, 56)])
def test_sign_off_is_not_due_from_its_first_day(small, months, days, at_least):
    small.append("programme.yaml", f"decision:\n  valid_months: {months}\n  due_soon_days: {days}\n")
    assert small.messages() == [
        f"programme.yaml:22: warning: programme `small`: `due_soon_days` is {days}, "
        f"but a sign-off may last {at_least} days only. It would be due from its first day: lower it."
    ]


def test_sign_off_that_is_due_before_its_end_is_fine(small):
    small.append("programme.yaml", "decision:\n  valid_months: 2\n  due_soon_days: 55\n")
    assert small.messages() == []


def test_required_level_is_within_the_ceiling(small):
    small.change("programme.yaml", "roles: [leader]}", "roles: [leader], required_level: 4, ceiling: 3}")
    assert small.messages() == [
        "programme.yaml:13: error: activity `E1`: `required_level` is 4, above the `ceiling` 3. "
        "Nobody could reach it: lower the one or raise the other."
    ]


def test_activity_belongs_to_a_role(small):
    small.change("programme.yaml", "roles: [leader]}", "roles: []}")
    assert small.messages() == [
        "programme.yaml:13: error: activity `E1`: belongs to no role. Name the roles that need it."
    ]


def test_role_without_a_blocking_gate_is_named(small):
    small.change("readiness.yaml", "kind: practice", "kind: practice\n    severity: warn")
    assert small.messages() == [
        "programme.yaml:10: error: role `leader`: has no gate of severity `block`, "
        "so that everyone would be ready at once. Add one to readiness.yaml."
    ]


def test_short_module_is_warned_about(small):
    small.change("modules/m1.md", "You ask and then you wait for a while. " * 45, "You ask.")
    assert small.messages() == ["modules/m1.md:2: warning: module `M1`: has 2 words of its own; expected 400 to 900."]


def test_long_module_is_warned_about(small):
    small.append("modules/m1.md", "\nTea. " * 500)
    assert small.messages() == [
        "modules/m1.md:2: warning: module `M1`: has 905 words of its own; expected 400 to 900. "
        "Split it, or draw more from the manual."
    ]


def test_module_has_outcomes_and_competencies(small):
    small.change("modules/m1.md", "outcomes: [Ask an open question.]", "outcomes: []")
    assert small.messages() == [
        "modules/m1.md:6: error: module `M1`: has no outcomes. Say what people can do after it."
    ]


def test_self_check_is_a_practice_item(small):
    small.change("modules/m1.md", "check m1-ask-90", "check m1-ask-01")
    assert small.messages() == [
        "modules/m1.md:17: error: module `M1`: self-check `m1-ask-01` is of the counting pool; "
        "expected a practice item. It would give away a quiz question: choose a practice item."
    ]


def second_module(small, *, order: int = 2, prerequisites: str = "[M1]") -> None:
    text = (small.path / "modules/m1.md").read_text()
    text = text.replace("id: M1", "id: M2").replace("order: 1", f"order: {order}\nprerequisites: {prerequisites}")
    small.write("modules/m2.md", text.replace("::: check m1-ask-90\n:::\n", ""))


def test_second_module_after_the_first_is_fine(small):
    second_module(small)
    assert small.messages() == []


def test_two_modules_do_not_share_a_place(small):
    second_module(small, order=1)
    assert small.messages() == [
        "modules/m2.md:4: error: module `M2`: `order` is 1, as in module `M1`. Give each module a place of its own."
    ]


def test_module_comes_after_its_prerequisites(small):
    second_module(small, order=0)
    assert small.messages() == [
        "modules/m2.md:5: error: module `M2`: comes before its prerequisite `M1`. Change the `order` of one of them."
    ]


def test_module_that_needs_itself_is_named(small):
    second_module(small, prerequisites="[M2]")
    assert small.messages() == [
        "modules/m2.md:5: error: module `M2`: its prerequisites come back to itself: `M2` and `M2`. Remove one of them."
    ]


def test_cycle_of_prerequisites_is_named_once(small):
    second_module(small)
    small.change("modules/m1.md", "order: 1", "order: 1\nprerequisites: [M2]")
    assert small.messages() == [
        "modules/m1.md:5: error: module `M1`: comes before its prerequisite `M2`. Change the `order` of one of them.",
        "modules/m1.md:5: error: module `M1`: its prerequisites come back to itself: `M1`, `M2` and `M1`. "
        "Remove one of them.",
    ]


def test_self_check_of_another_module_is_warned_about(small):
    second_module(small)
    small.append("modules/m2.md", "\n::: check m1-ask-90\n:::\n")
    assert small.messages() == [
        "modules/m2.md:19: warning: module `M2`: self-check `m1-ask-90` belongs to another module. "
        "Choose an item whose id starts with `m2-`."
    ]
