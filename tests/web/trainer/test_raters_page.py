"""*Quality*, the raters: the training lead reads names and what to arrange next, the manager agreement and no name."""

import pytest

from tests.web.walking import Walker, shown

NAMES = ("Tomasz Nowak", "Grace Addo")


def read(walker: Walker, login: str) -> str:
    return shown(walker.open("quality", login, look="raters")).replace("\\", "")


def test_the_lead_reads_names_and_what_to_arrange_next(walker: Walker) -> None:
    text = read(walker, "lead")
    assert all(name in text for name in NAMES)
    assert "Who should rate with whom next" in text
    assert "One by one" in text


def test_the_manager_reads_the_share_and_no_name(walker: Walker) -> None:
    text = read(walker, "manager")
    assert "Rated by two" in text
    assert not any(name in text for name in NAMES)
    assert "One by one" not in text
    assert "Who is lenient or strict is shown to the training lead alone." in text


@pytest.mark.parametrize("login", ["lead", "manager"])
def test_the_rule_by_which_a_form_costs_too_much_stands_in_plain_words(walker: Walker, login: str) -> None:
    text = read(walker, login)
    assert "A form is named from 20 forms on when the middle one takes 8 minutes or longer, and 50 in 100" in text


def test_a_trainer_reads_their_own_figures_under_calibrate_and_no_other_name(walker: Walker) -> None:
    text = shown(walker.open("calibrate", "trainer"))
    assert "How you see, over time" in text
    assert "Beside the others" in text
    assert "Grace" not in text
