"""Items go out and come back as they were, or are refused by name before they go."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.exchange.drafts import write_item
from assessments.exchange.exporting import Exporter
from assessments.exchange.importing import Importer, Settings
from assessments.exchange.sources import ExchangeFormat
from curriculum.items import ITEM_MODELS, ItemKind
from curriculum.yaml_lines import read_yaml
from tests.assessments.exchange.making import items, plain

pytestmark = pytest.mark.slow

SHARED = {
    ExchangeFormat.GIFT: set(ItemKind) - {ItemKind.ORDERING, ItemKind.CLOZE, ItemKind.BRANCHING},
    ExchangeFormat.MOODLE: set(ItemKind) - {ItemKind.BRANCHING},
    ExchangeFormat.QTI: set(ItemKind) - {ItemKind.BRANCHING},
}
ENDINGS = {ExchangeFormat.GIFT: "x.gift", ExchangeFormat.MOODLE: "x.xml", ExchangeFormat.QTI: "x.zip"}
CASES = [pytest.param(form, kind, id=f"{form}-{kind}") for form in ExchangeFormat for kind in sorted(SHARED[form])]
calm = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def back(form, exporter, kept):
    importer = Importer(Settings())
    importer.read(Path(ENDINGS[form]), exporter.file(kept))
    return importer.result


@pytest.mark.parametrize(("form", "kind"), CASES)
def test_item_of_plain_words_comes_back_as_it_went(form, kind):
    @calm
    @given(items(kind, plain, plain))
    def check(item):
        exporter = Exporter(form, {})
        result = exporter.take([item])
        assert result.refused == []
        came = back(form, exporter, result.kept)
        assert (came.items, came.refused) == ([item], [])

    check()


@pytest.mark.parametrize(("form", "kind"), CASES)
def test_item_of_any_signs_comes_back_as_it_went_or_is_refused_before(form, kind):
    @calm
    @given(items(kind))
    def check(item):
        exporter = Exporter(form, {})
        result = exporter.take([item])
        assert len(result.kept) + len(result.refused) == 1
        if result.kept:
            came = back(form, exporter, result.kept)
            assert (came.items, came.refused) == ([item], [])

    check()


@pytest.mark.parametrize("kind", sorted(SHARED[ExchangeFormat.MOODLE]))
def test_draft_of_an_item_reads_as_the_item(kind):
    @calm
    @given(items(kind) | items(kind, st.text(min_size=1).map(str.strip).filter(bool)))
    def check(item):
        sheet, problems = read_yaml(Path("x.yaml"), write_item(item))
        assert problems == []
        assert sheet is not None
        assert ITEM_MODELS[kind].model_validate(sheet.data[0]) == item

    check()
