"""An answer that any words fit may say what people are told who gave none of the others, and earns nothing."""

from pathlib import Path

import pytest

from curriculum.checks.item_kinds import check_kind
from curriculum.items import ItemKind
from curriculum.places import Place
from tests.builders import make_item


@pytest.mark.parametrize(("credit", "n_problems"), [(0, 0), (50, 1)])
def test_answer_that_fits_every_response_may_earn_nothing(credit, n_problems):
    item = make_item(kind=ItemKind.SHORT_TEXT, answers=[{"text": "listen"}, {"text": "*", "credit": credit}])
    found = [problem.message for problem in check_kind(item, Place(Path("m1.yaml"), "item", {}))]
    assert found == ["answer 2 fits every response"] * n_problems
