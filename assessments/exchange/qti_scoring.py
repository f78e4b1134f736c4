"""How a QTI item is scored: what its responses are compared with, and by which of the rules that are understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from assessments.exchange.answers import Weighted, decimal_of, plain
from assessments.exchange.entries import CannotCarryError
from assessments.exchange.xml_tree import Node
from curriculum.items import FULL

_TEMPLATES: Final = {
    "match_correct": "match",
    "cc2_match": "match",
    "cc2_match_basic": "match",
    "map_response": "map",
    "cc2_map_response": "map",
}
_BY_MAXSCORE: Final = frozenset({"cc2_match", "cc2_match_basic"})
_OWN_RULE: Final = "response processing that follows none of the known rules"
_RULES: Final = "match_correct, map_response, or a sum of these"
_ROUNDING: Final = Decimal("0.0001")
_SCORES: Final = frozenset({"SCORE", "MAXSCORE"})


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is right for one response, and what else earns something."""

    id: str
    is_single: bool
    base_type: str
    correct: tuple[str, ...]
    mapping: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])
    otherwise: Decimal = Decimal(0)
    lower: Decimal | None = None
    upper: Decimal | None = None
    is_case_kept: bool = True

    @property
    def most(self) -> Decimal:
        """Return the most that a mapping gives."""
        values = list(self.mapping.values())
        best = max(values, default=Decimal(0)) if self.is_single else sum((v for v in values if v > 0), Decimal(0))
        best = min(best, self.upper) if self.upper is not None else best
        return Decimal(1) if abs(best - 1) < _ROUNDING else best


@dataclass(slots=True)
class Scoring:
    """The rule for each response, what it is worth, and whether only all of them together earn something.

    `most` is the `MAXSCORE` that the item declares, None without one. An item that says no rules is scored as it
    declares what is right.
    """

    rules: dict[str, str] = field(default_factory=dict[str, str])
    worth: dict[str, Decimal] = field(default_factory=dict[str, Decimal])
    numbers: dict[str, list[Weighted]] = field(default_factory=dict[str, list[Weighted]])
    is_whole: bool = False
    most: Decimal | None = None
    has_rules: bool = True

    def claim(self, response: str, rule: str) -> None:
        """Score a response by a rule, once."""
        if self.rules.get(response, rule) != rule or (rule != "numbers" and response in self.rules):
            raise own_rule()
        self.rules[response] = rule


def own_rule() -> CannotCarryError:
    """Return why an item is refused that is scored in a way of its own."""
    return CannotCarryError(_OWN_RULE, _RULES, "Use one of these rules.")


def read_declarations(root: Node) -> dict[str, Declaration]:
    """Return the responses that an item declares, by id."""
    return {node.get("identifier"): _declaration(node) for node in root.all("qti-response-declaration")}


def _declaration(node: Node) -> Declaration:
    correct, mapping = node.first("qti-correct-response"), node.first("qti-mapping")
    entries = mapping.all("qti-map-entry") if mapping is not None else []
    return Declaration(
        id=node.get("identifier"),
        is_single=node.get("cardinality", "single") == "single",
        base_type=node.get("base-type"),
        correct=tuple(value.text.strip() for value in (correct.all("qti-value") if correct is not None else ())),
        mapping={_key(entry.get("map-key")): _number(entry, "mapped-value") for entry in entries},
        otherwise=_number(mapping, "default-value") if mapping is not None else Decimal(0),
        lower=_bound(mapping, "lower-bound"),
        upper=_bound(mapping, "upper-bound"),
        is_case_kept=_is_case_kept(entries) if node.get("base-type") == "string" else True,
    )


def _is_case_kept(entries: Sequence[Node]) -> bool:
    found = {entry.get("case-sensitive", "true") in ("true", "1") for entry in entries}
    if len(found) > 1:
        raise CannotCarryError("case matters for some of its answers only", "for all, or for none", "Make them alike.")
    return found != {False}


def _key(raw: str) -> str:
    return " ".join(raw.split())


def _number(node: Node, name: str) -> Decimal:
    return decimal_of(node.get(name, "0"), f"`{name}`")


def _bound(node: Node | None, name: str) -> Decimal | None:
    return _number(node, name) if node is not None and node.get(name) else None


# ---------------------------------------------------------------- rules


def read_scoring(root: Node, declared: Mapping[str, Declaration]) -> Scoring:
    """Return how an item is scored.

    Raises:
        CannotCarryError: It has a rule of its own.
    """
    processing = root.first("qti-response-processing")
    if processing is None or not (processing.nodes or processing.get("template")):
        return Scoring({each.id: "map" if each.mapping else "match" for each in declared.values()}, has_rules=False)
    scoring = Scoring(most=_most_declared(root))
    if template := processing.get("template"):
        name = template.rstrip("/").rsplit("/", 1)[-1].removesuffix(".xml").lower()
        if name not in _TEMPLATES:
            raise CannotCarryError(f"the rule `{name}`", _RULES, "Use one of these rules.")
        scoring.rules = dict.fromkeys(declared, _TEMPLATES[name])
        if name in _BY_MAXSCORE and scoring.most is not None:
            scoring.worth = dict.fromkeys(declared, scoring.most)
    for node in processing.nodes:
        _read_rule(node, scoring)
    return scoring


def _most_declared(root: Node) -> Decimal | None:
    for node in root.all("qti-outcome-declaration"):
        default = node.first("qti-default-value")
        value = default.first("qti-value") if default is not None else None
        if node.get("identifier") == "MAXSCORE" and value is not None:
            return decimal_of(value.text, "`MAXSCORE`")
    return None


def _read_rule(node: Node, scoring: Scoring) -> None:
    if not _scores(node):
        return
    if node.tag == "qti-set-outcome-value":
        _read_sum(node, scoring)
    elif node.tag == "qti-response-condition":
        _read_condition(node, scoring)
    else:
        raise own_rule()


def _scores(node: Node) -> bool:
    """Return whether anything in a rule sets the score: what only chooses feedback is passed over."""
    return any(each.tag == "qti-set-outcome-value" and each.get("identifier") in _SCORES for each in node.walk())


def _read_sum(node: Node, scoring: Scoring) -> None:
    terms = _terms(node, scoring)
    if not terms or any(each.tag != "qti-map-response" for each in terms):
        raise own_rule()
    for each in terms:
        scoring.claim(each.get("identifier"), "map")


def _terms(outcome: Node, scoring: Scoring, joins: tuple[str, ...] = ("qti-sum",)) -> list[Node]:
    """Return what a score is set to, without the score that was there; what would be overwritten has to be in it."""
    if outcome.get("identifier") != "SCORE" or len(outcome.nodes) != 1:
        raise own_rule()
    joined = outcome.nodes[0]
    if joined.tag not in joins:
        if scoring.rules:
            raise own_rule()
        return [joined]
    terms = [each for each in joined.nodes if not (each.tag == "qti-variable" and each.get("identifier") == "SCORE")]
    if scoring.rules and len(terms) == len(joined.nodes):
        raise own_rule()
    return terms


def _read_condition(node: Node, scoring: Scoring) -> None:
    branches = [each for each in node.nodes if not _is_for_no_answer(each)]
    if any(_scores(each) for branch in branches for each in branch.all("qti-response-condition")):
        raise own_rule()
    if len(branches) == 1 and (branches[0].tag == "qti-response-else" or _is_for_any_answer(branches[0])):
        for each in branches[0].all("qti-set-outcome-value"):
            _read_rule(each, scoring)
        return
    tested = [each for each in branches if each.tag != "qti-response-else"]
    if len(tested) < len(branches) and _gives(branches[-1]):
        raise own_rule()
    tests = [branch.nodes[0] for branch in tested if branch.nodes]
    worth = [_value_set(branch, scoring) for branch in tested]
    if tests and all(test.tag == "qti-equal" for test in tests):
        for value, test in zip(worth, tests, strict=True):
            _read_equal(value, test, scoring)
    elif len(tests) == 1 and tests[0].tag == "qti-match":
        response = _matched(tests[0])
        scoring.claim(response, "match")
        scoring.worth[response] = worth[0]
    elif len(tests) == 1 and tests[0].tag == "qti-and":
        for each in tests[0].nodes:
            scoring.claim(_matched(each), "match")
        scoring.is_whole = True
    else:
        raise own_rule()


def _is_for_no_answer(branch: Node) -> bool:
    """Return whether a branch is for those who gave no answer, and gives nothing."""
    return bool(branch.nodes) and branch.nodes[0].tag == "qti-is-null" and not _gives(branch)


def _is_for_any_answer(branch: Node) -> bool:
    test = branch.nodes[0] if branch.nodes else branch
    return test.tag == "qti-not" and [each.tag for each in test.nodes] == ["qti-is-null"]


def _gives(branch: Node) -> bool:
    """Return whether a branch gives anything but nothing."""
    scored = [each for each in branch.find("qti-set-outcome-value") if each.get("identifier") == "SCORE"]
    return any(not _is_nothing(each) for each in scored)


def _is_nothing(outcome: Node) -> bool:
    values = outcome.nodes
    return len(values) == 1 and values[0].tag == "qti-base-value" and decimal_of(values[0].text, "a score") == 0


def _matched(test: Node) -> str:
    """Return the response that a test compares with what is right for it."""
    variable, correct = test.first("qti-variable"), test.first("qti-correct")
    if test.tag != "qti-match" or variable is None or correct is None:
        raise own_rule()
    if variable.get("identifier") != correct.get("identifier"):
        raise own_rule()
    return variable.get("identifier")


def _value_set(branch: Node, scoring: Scoring) -> Decimal:
    """Return how much a branch gives: a number, or the most that the item declares."""
    given = [each for each in branch.all("qti-set-outcome-value") if each.get("identifier") in _SCORES]
    if len(given) != 1:
        raise own_rule()
    terms = _terms(given[0], scoring, ("qti-sum", "qti-max"))
    if len(terms) == 1 and terms[0].tag == "qti-base-value":
        return decimal_of(terms[0].text, "a score")
    if len(terms) == 1 and terms[0].tag == "qti-variable" and terms[0].get("identifier") == "MAXSCORE":
        return scoring.most if scoring.most is not None else Decimal(1)
    raise own_rule()


def _read_equal(worth: Decimal, test: Node, scoring: Scoring) -> None:
    variable, value = test.first("qti-variable"), test.first("qti-base-value")
    correct = test.first("qti-correct")
    mode = test.get("tolerance-mode", "exact")
    if variable is None or (value is None and correct is None) or mode not in ("exact", "absolute"):
        raise own_rule()
    widths = [decimal_of(each, "a tolerance") for each in test.get("tolerance", "0").split()] or [Decimal(0)]
    if len(set(widths)) > 1:
        raise CannotCarryError("a tolerance that differs below and above", "one for both", "State a new middle.")
    response = variable.get("identifier")
    text = value.text.strip() if value is not None else ""
    scoring.claim(response, "numbers")
    tolerance = widths[0] if mode == "absolute" else Decimal(0)
    scoring.numbers.setdefault(response, []).append(Weighted(text, worth, tolerance=tolerance))


# ---------------------------------------------------------------- weights


def weights(declared: Declaration, rule: str, ids: Mapping[str, object]) -> dict[str, Decimal]:
    """Return what each of some answers earns, in per cent of the most that can be had."""
    if rule == "map":
        most = declared.most
        if most <= 0:
            raise CannotCarryError("no answer earns points", "one at least", "Mark the right answer in the file.")
        return {each: _per_cent(declared.mapping.get(each, declared.otherwise), most) for each in ids}
    share = FULL / len(declared.correct) if declared.correct else Decimal(0)
    return {each: plain(share.quantize(Decimal("0.00001"))) if each in declared.correct else Decimal(0) for each in ids}


def _per_cent(value: Decimal, most: Decimal) -> Decimal:
    share = plain((value / most * FULL).quantize(Decimal("0.0000001")))
    if share < -FULL:
        raise CannotCarryError(f"an answer costs {-share:f} per cent of the points", "100 at most", "Change it.")
    return share


def worth_of(scoring: Scoring, declared: Mapping[str, Declaration]) -> Decimal:
    """Return how many points an item gives, as its rules say."""
    if scoring.is_whole:
        return Decimal(1)
    total = Decimal(0)
    for id_, rule in scoring.rules.items():
        if rule == "numbers":
            total += max(each.weight for each in scoring.numbers[id_])
        elif rule == "map" and id_ in declared:
            total += declared[id_].most
        else:
            total += scoring.worth.get(id_, Decimal(1))
    return total


def points_of(scoring: Scoring, declared: Mapping[str, Declaration]) -> int:
    """Return the whole points, 1 to 10, that an item gives; 1 where it gives something else."""
    total = worth_of(scoring, declared)
    return int(total) if len(scoring.rules) == 1 and total == int(total) and 1 <= total <= 10 else 1
