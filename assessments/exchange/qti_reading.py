"""Reading items of QTI 3.0: choice, order, match, text entry, inline choice and extended text."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Final, cast

from assessments.exchange.answers import (
    Weighted,
    all_right_fields,
    matching_fields,
    multiple_fields,
    numbers,
    numbers_fields,
    ordering_fields,
    plain,
    single_fields,
    true_false_fields,
    words,
    words_fields,
)
from assessments.exchange.entries import CannotCarryError, Carried, Entry, Fields, UnreadableFileError, shorten
from assessments.exchange.gift_reading import GAP
from assessments.exchange.markup import Text, read_html
from assessments.exchange.moodle_reading import CLOZE_STEM, OWN
from assessments.exchange.pictures import take_picture
from assessments.exchange.qti_scoring import (
    Declaration,
    Scoring,
    points_of,
    read_declarations,
    read_scoring,
    weights,
    worth_of,
)
from assessments.exchange.xml_tree import VOID, Node
from curriculum.items import FULL, GapKind, ItemKind

NAMESPACE: Final = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
GENERAL: Final = "GENERAL"
"""The outcome that nothing sets: feedback that hangs on it is shown to everybody."""

Fetch = Callable[[str], bytes | None]

_INLINE: Final = frozenset({"qti-text-entry-interaction", "qti-inline-choice-interaction"})
_KNOWN: Final = _INLINE | {
    "qti-choice-interaction",
    "qti-order-interaction",
    "qti-match-interaction",
    "qti-extended-text-interaction",
}
_TOO_MUCH: Final = {
    "qti-template-declaration": "a question with parts drawn anew (template)",
    "qti-template-processing": "a question with parts drawn anew (template)",
    "qti-assessment-stimulus-ref": "a text shared with other questions (stimulus)",
    "qti-printed-variable": "a text made of variables",
    "include": "a text that stands in another file (XInclude)",
    "qti-template-block": "a question with parts drawn anew (template)",
    "qti-template-inline": "a question with parts drawn anew (template)",
}
_TEMPLATED: Final = "template-identifier"
"""What makes a choice come and go with the parts that are drawn."""

_LEFT_OUT: Final = {
    "qti-companion-materials-info": "the materials beside it (companion materials) are left out",
    "qti-catalog-info": "what its catalogue says for those who need support is left out",
}
_CHOICES: Final = frozenset({"qti-simple-choice", "qti-inline-choice"})
_LABELS: Final = {"correct": "When right", "incorrect": "When wrong"}
"""Usual ids of feedback, in words."""

_MARK: Final = "\ue030{}\ue031"
_LONGEST: Final = 1000
_SHORTEST: Final = 50
_GUIDANCE_LEVELS: Final = ("Not met", "Met")


def no_file(name: str) -> bytes | None:
    """Return nothing: an item that stands alone has no files beside it."""
    del name


def read_qti_item(root: Node, fetch: Fetch = no_file) -> Entry:
    """Return the one question of an item file.

    Args:
        root: The file's root.
        fetch: Returns the bytes of a file by its address in the item, None when it is not there.

    Raises:
        UnreadableFileError: It is another kind of XML.
    """
    if root.tag == "assessmentItem":
        raise UnreadableFileError("it is QTI 2 or older (`<assessmentItem>`)", "QTI 3.0", "Export it as QTI 3.0.", 1)
    if root.tag != "qti-assessment-item":
        raise UnreadableFileError(
            f"it is XML that begins with `<{root.tag}>`", "`<qti-assessment-item>`", "Choose QTI 3.0."
        )
    name = root.get("title") or root.get("identifier") or "without a title"
    try:
        return Entry(root.line, name, _Reader(root, fetch).read())
    except CannotCarryError as refusal:
        return Entry(root.line, name, refusal)


class _Reader:
    """Takes one item apart."""

    def __init__(self, root: Node, fetch: Fetch) -> None:
        self.root = root
        self.fetch = fetch
        body = root.first("qti-item-body")
        if body is None:
            raise CannotCarryError("no `<qti-item-body>`", "one", "Export it again.")
        self.body = body
        self.interactions = [each for each in body.walk() if each.tag.endswith("-interaction")]
        self.declared = read_declarations(root)
        self.labels: dict[str, str] = {}
        self.told = self._feedback_by_id()

    def read(self) -> Carried:
        """Return what the item says."""
        self._refuse_what_is_unknown()
        scoring = Scoring() if self._is_text else read_scoring(self.root, self.declared)
        text = read_html(self._html(self.body))
        media, picture = take_picture(text, self.fetch)
        fields: Fields = {"title": self.root.get("title")} | media
        fields |= {"points": points_of(scoring, self.declared)} if not self._is_text else {}
        fields |= self._answers(scoring)
        fields |= self._words(text, fields)
        fields["feedback"] = self._feedback(fields)
        notes = (*text.notes, *self._notes(scoring, fields))
        return Carried(fields, picture, self._own(), self.root.get("identifier"), notes)

    def _notes(self, scoring: Scoring, fields: Fields) -> Iterator[str]:
        """Yield what is scored or shown otherwise here; a file of our own says all that rides along."""
        for tag, note in _LEFT_OUT.items():
            if self.root.find(tag):
                yield note
        if self._own():
            return
        if not self._is_text:
            if any("scorer" in each.get("view") for each in self.body.find("qti-rubric-block")):
                yield "what it says to scorers is left out: a rule scores it"
            if not scoring.has_rules:
                yield "it has no rules for its score; what it declares as right is taken for one"
            worth = worth_of(scoring, self.declared)
            if worth != fields["points"]:
                yield f"it is worth {plain(worth):f} points there, {fields['points']} here"

    @property
    def _is_text(self) -> bool:
        return [each.tag for each in self.interactions] == ["qti-extended-text-interaction"]

    def _refuse_what_is_unknown(self) -> None:
        for node in self.root.walk():
            if node.get(_TEMPLATED):
                raise CannotCarryError(_TOO_MUCH["qti-template-block"], "a question that stands alone", "Write it out.")
            if node.tag in _TOO_MUCH:
                raise CannotCarryError(_TOO_MUCH[node.tag], "a question that stands alone", "Write it out.", node.line)
        if self.root.get("adaptive") in ("true", "1"):
            raise CannotCarryError("a question that goes on by what was answered (adaptive)", "one step", "Split it.")
        if not self.interactions:
            raise CannotCarryError("a text without a question", "an interaction", "Put the text into the module.")
        for each in self.interactions:
            if each.tag not in _KNOWN:
                name = each.tag.removeprefix("qti-").removesuffix("-interaction")
                hint = "See docs/exchange.md for the types."
                article = "an" if name[:1] in "aeiou" else "a"
                raise CannotCarryError(f"{article} {name} interaction", "a type that Practicum has", hint, each.line)
            _require_own_ids(each)
        if len(self.interactions) > 1 and not all(each.tag in _INLINE for each in self.interactions):
            raise CannotCarryError(f"{len(self.interactions)} questions in one", "one", "Split it.")

    def _own(self) -> Mapping[str, object]:
        try:
            found: object = json.loads(self.root.instructions.get(OWN, "{}"))
        except (json.JSONDecodeError, RecursionError):
            return {}
        return cast("dict[str, object]", found) if isinstance(found, dict) else {}

    # ------------------------------------------------------------ words

    def _html(self, node: Node) -> str:
        """Return what stands in a node as HTML; each inline interaction leaves a mark."""
        return "".join(
            escape(each, quote=False) if isinstance(each, str) else self._element(each) for each in node.children
        )

    def _element(self, node: Node) -> str:
        if node.tag in _INLINE:
            return _MARK.format(next(i for i, each in enumerate(self.interactions) if each is node))
        if node.tag.endswith("-interaction"):
            prompt = node.first("qti-prompt")
            return f"<div>{self._html(prompt)}</div>" if prompt is not None else ""
        if node.tag == "qti-rubric-block":
            return "" if "candidate" not in node.get("view") else f"<div>{self._html(node)}</div>"
        if node.tag in ("qti-feedback-block", "qti-feedback-inline", "qti-stylesheet"):
            return ""
        if node.tag.startswith("qti-"):
            return f"<div>{self._html(node)}</div>"
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
        if node.tag in VOID:
            return f"<{node.tag}{attributes}/>"
        return f"<{node.tag}{attributes}>{self._html(node)}</{node.tag}>"

    def _words(self, text: Text, fields: Fields) -> Fields:
        """Return the question; a gap in the midst of it stays one."""
        said = text.words
        if fields["kind"] is ItemKind.CLOZE:
            return self._cloze_words(said, cast("list[Fields]", fields["gaps"]))
        mark = _MARK.format(0)
        before, found, after = said.partition(mark)
        if found:
            said = f"{before.rstrip()} {GAP} {after.lstrip()}" if after.strip() else before
        if not said.strip():
            said = self.root.get("title")
        if not said.strip():
            raise CannotCarryError("a question without text", "text", "Write it in the file.")
        return {"stem": said.strip()}

    def _cloze_words(self, said: str, gaps: Sequence[Fields]) -> Fields:
        if "[[" in said:
            raise CannotCarryError("its text has `[[`", "a text without it", "Items mark their gaps so.")
        first, _, rest = said.partition("\n\n")
        stem, body = (first, rest) if rest and "\ue030" not in first else (CLOZE_STEM, said)
        for i, gap in enumerate(gaps):
            body = body.replace(_MARK.format(i), f"[[{gap['id']}]]")
        return {"stem": stem, "text": body}

    def _feedback_by_id(self) -> dict[str, str]:
        """Return what people are told afterwards, by the id it hangs on."""
        told: dict[str, str] = {}
        for node in (*self.root.all("qti-modal-feedback"), *self._feedback_in_body(self.body)):
            words_told = read_html(node.inner).only_words
            if words_told:
                key = node.get("identifier") if node.get("show-hide", "show") == "show" else GENERAL
                told[key] = "\n\n".join(filter(None, (told.get(key, ""), words_told)))
                self.labels[key] = node.get("title").strip(" :") or _LABELS.get(key.lower(), key)
        return told

    def _feedback_in_body(self, node: Node) -> Iterator[Node]:
        """Yield the feedback that stands in the text; what stands in a choice belongs to it."""
        for each in node.nodes:
            if each.tag in ("qti-feedback-block", "qti-feedback-inline"):
                yield each
            elif each.tag not in _CHOICES:
                yield from self._feedback_in_body(each)

    def _feedback(self, fields: Fields) -> str:
        """Return what everybody is told; what hangs on a result says so."""
        used = set(self._choice_ids()) if fields["kind"] is not ItemKind.CLOZE else set[str]()
        general = self.told.get(GENERAL, "")
        rest = [f"{self.labels[key]}: {said}" for key, said in self.told.items() if key != GENERAL and key not in used]
        return "\n\n".join(filter(None, (general, *rest)))

    def _choice_ids(self) -> list[str]:
        return [each.get("identifier") for each in self.body.find("qti-simple-choice", "qti-inline-choice")]

    # ------------------------------------------------------------ answers

    def _answers(self, scoring: Scoring) -> Fields:
        first = self.interactions[0]
        is_one_gap = first.tag in _INLINE and self._own().get("kind") == ItemKind.CLOZE
        if len(self.interactions) > 1 or first.tag == "qti-inline-choice-interaction" or is_one_gap:
            gaps = [self._gap(each, scoring, i) for i, each in enumerate(self.interactions)]
            fields: Fields = {"kind": ItemKind.CLOZE, "gaps": gaps}
            return fields | ({} if scoring.is_whole else {"partial": True})
        match first.tag:
            case "qti-choice-interaction":
                return self._choice(first, scoring)
            case "qti-order-interaction":
                return self._order(first, scoring)
            case "qti-match-interaction":
                return self._match(first, scoring)
            case "qti-text-entry-interaction":
                return self._entry(first, scoring)
            case _:
                return self._text(first)

    def _declaration(self, node: Node) -> Declaration:
        found = self.declared.get(node.get("response-identifier"))
        if found is None:
            raise CannotCarryError("an answer that is not declared", "`<qti-response-declaration>`", "Export it again.")
        return found

    def _rule(self, declared: Declaration, scoring: Scoring) -> str:
        rule = scoring.rules.get(declared.id, "")
        if not rule:
            raise CannotCarryError(f"`{declared.id}` is never scored", "a rule for it", "Add response processing.")
        if rule == "match" and not declared.correct:
            raise CannotCarryError("no answer is right", "`<qti-correct-response>`", "Mark the right answer.")
        return rule

    def _weighted(self, node: Node, scoring: Scoring, tag: str) -> list[Weighted]:
        declared = self._declaration(node)
        choices = {each.get("identifier"): each for each in node.find(tag)}
        _require_among(declared, choices)
        earned = weights(declared, self._rule(declared, scoring), choices)
        if declared.lower == 0 and declared.is_single:
            earned = {each: max(weight, Decimal(0)) for each, weight in earned.items()}
        return [Weighted(self._said(each), earned[id_], self._told(each)) for id_, each in choices.items()]

    def _said(self, choice: Node) -> str:
        return read_html(self._html(choice)).only_words

    def _told(self, choice: Node) -> str:
        inside = [read_html(each.inner).only_words for each in choice.find("qti-feedback-inline")]
        return "\n\n".join(filter(None, (*inside, self.told.get(choice.get("identifier"), ""))))

    def _choice(self, node: Node, scoring: Scoring) -> Fields:
        declared = self._declaration(node)
        answers = self._weighted(node, scoring, "qti-simple-choice")
        if declared.is_single:
            by_text = {answer.text.lower(): answer for answer in answers}
            if by_text.keys() == {"true", "false"} and {answer.weight for answer in answers} == {Decimal(0), FULL}:
                true, false = by_text["true"], by_text["false"]
                is_true = true.weight == FULL
                return true_false_fields(is_true=is_true, if_true=true.feedback, if_false=false.feedback)
            return single_fields(answers)
        if scoring.rules[declared.id] == "match":
            return all_right_fields(answers)
        self._refuse_free_choice(node, answers)
        fields = multiple_fields(answers)
        if (declared.lower is None or declared.lower < 0) and any(answer.weight < 0 for answer in answers):
            fields["below_zero"] = True
        return fields

    def _refuse_free_choice(self, node: Node, answers: Sequence[Weighted]) -> None:
        """Refuse an item in which only a limit keeps people from choosing everything: items here have none."""
        raw = node.get("max-choices", "1")
        limit = int(raw) if raw.isdecimal() and len(raw) < 6 else 0
        if 0 < limit < len(answers) and not any(answer.weight < 0 for answer in answers):
            found = f"at most {limit} options may be chosen, and a wrong one costs nothing"
            raise CannotCarryError(found, "a cost for each wrong option", "Give wrong options less than nothing.")

    def _order(self, node: Node, scoring: Scoring) -> Fields:
        declared = self._declaration(node)
        choices = {each.get("identifier"): each for each in node.find("qti-simple-choice")}
        if self._rule(declared, scoring) != "match" or set(declared.correct) != choices.keys():
            raise CannotCarryError(
                "not all its steps have a place", "one order of all steps", "Correct it in the file."
            )
        steps = [choices[each] for each in declared.correct]
        return ordering_fields([Weighted(self._said(each), Decimal(0), self._told(each)) for each in steps])

    def _match(self, node: Node, scoring: Scoring) -> Fields:
        declared = self._declaration(node)
        rule = self._rule(declared, scoring)
        sets = node.all("qti-simple-match-set")
        if len(sets) != 2:
            raise CannotCarryError(f"{len(sets)} lists to match", "2", "Export it again.")
        given = [each for each, value in declared.mapping.items() if value] if rule == "map" else declared.correct
        if rule == "map" and (declared.otherwise or len({declared.mapping[each] for each in given}) > 1):
            raise CannotCarryError("its pairs are worth different points", "the same for each", "Make them alike.")
        pairs = [tuple(each.split()) for each in given]
        left, right = ({each.get("identifier"): each for each in side.nodes} for side in sets)
        asked, offered, pairs = _turned(left, right, pairs)
        rows = [(self._said(asked[a]), self._said(offered[b])) for a, b in sorted(pairs, key=_place_in(asked))]
        spare = [("", self._said(each)) for id_, each in offered.items() if id_ not in {b for _, b in pairs}]
        return matching_fields([*rows, *spare]) | ({} if rule == "map" else {"partial": False})

    def _entry(self, node: Node, scoring: Scoring) -> Fields:
        declared = self._declaration(node)
        if declared.base_type in ("integer", "float"):
            return numbers_fields(self._number_answers(declared, scoring))
        return words_fields(self._word_answers(declared, scoring), case_matters=self._keeps_case(declared, scoring))

    def _word_answers(self, declared: Declaration, scoring: Scoring) -> list[Weighted]:
        rule = self._rule(declared, scoring)
        texts = dict.fromkeys(declared.mapping if rule == "map" else declared.correct)
        if any("*" in text for text in texts):
            raise CannotCarryError("an answer has a real `*`", "words", "A `*` stands for any words here.")
        return [*self._weighted_words(declared, rule, texts), *self._any_other(declared, rule)]

    @staticmethod
    def _weighted_words(declared: Declaration, rule: str, texts: Mapping[str, object]) -> list[Weighted]:
        earned = weights(declared, rule, texts)
        floor = Decimal(0) if declared.lower is not None and declared.lower >= 0 else -FULL
        return [Weighted(text, max(weight, floor)) for text, weight in earned.items()]

    def _any_other(self, declared: Declaration, rule: str) -> list[Weighted]:
        """Return what every other answer earns, where that is not nothing."""
        if rule != "map" or not declared.otherwise:
            return []
        return (
            self._weighted_words(declared, rule, {"*": None})
            if declared.otherwise > 0 or declared.lower is None
            else []
        )

    def _keeps_case(self, declared: Declaration, scoring: Scoring) -> bool:
        return declared.is_case_kept if scoring.rules.get(declared.id) == "map" else True

    def _number_answers(self, declared: Declaration, scoring: Scoring) -> list[Weighted]:
        rule = self._rule(declared, scoring)
        if rule != "numbers":
            texts = dict.fromkeys(declared.mapping if rule == "map" else declared.correct)
            return [*self._weighted_words(declared, rule, texts), *self._any_other(declared, rule)]
        found = scoring.numbers[declared.id]
        most = max((each.weight for each in found), default=Decimal(0))
        if most <= 0:
            raise CannotCarryError("no answer earns points", "one at least", "Mark the right answer in the file.")
        key = declared.correct[0] if declared.correct else ""
        return [Weighted(each.text or key, each.weight / most * FULL, each.feedback, each.tolerance) for each in found]

    def _text(self, node: Node) -> Fields:
        blocks = [each for each in self.body.find("qti-rubric-block") if "scorer" in each.get("view")]
        guidance = "\n\n".join(filter(None, (read_html(each.inner).only_words for each in blocks)))
        rubric = [{"id": "guidance", "text": guidance, "levels": list(_GUIDANCE_LEVELS)}] if guidance else []
        raw = node.get("expected-length")
        length = int(raw) if raw.isdecimal() and len(raw) < 6 else _LONGEST
        fields: Fields = {"kind": ItemKind.EXTENDED_TEXT, "rubric": rubric}
        return fields | {"max_chars": length if _SHORTEST <= length <= _LONGEST else _LONGEST}

    def _gap(self, node: Node, scoring: Scoring, number: int) -> Fields:
        declared = self._declaration(node)
        base: Fields = {"id": f"gap-{number + 1}", "weight": self._gap_weight(declared, scoring)}
        if node.tag == "qti-inline-choice-interaction":
            answers = self._weighted(node, scoring, "qti-inline-choice")
            return base | {"kind": GapKind.CHOICE, "options": single_fields(answers)["options"]}
        if declared.base_type in ("integer", "float"):
            return base | {"kind": GapKind.NUMERIC, "answers": numbers(self._number_answers(declared, scoring))}
        case: Fields = {"case_matters": True} if self._keeps_case(declared, scoring) else {}
        return base | {"kind": GapKind.SHORT_TEXT, "answers": words(self._word_answers(declared, scoring))} | case

    def _gap_weight(self, declared: Declaration, scoring: Scoring) -> int:
        if scoring.is_whole:
            return 1
        match scoring.rules.get(declared.id):
            case "map":
                worth = declared.most
            case "numbers":
                worth = max(each.weight for each in scoring.numbers[declared.id])
            case _:
                worth = scoring.worth.get(declared.id, Decimal(1))
        if worth != worth.to_integral_value() or not 1 <= worth <= 10:
            raise CannotCarryError(f"a gap is worth {worth:f} points", "1 to 10 whole points", "Change it in the file.")
        return int(worth)


def _require_own_ids(interaction: Node) -> None:
    """Refuse two options of one id: nobody can say which of them is right."""
    ids = [each.get("identifier") for each in interaction.find(*_CHOICES, "qti-simple-associable-choice")]
    twice = next((each for each in ids if ids.count(each) > 1), None)
    if twice is not None:
        found = f"two options have the id `{shorten(twice, 40)}`"
        raise CannotCarryError(found, "an id of its own for each", "Correct it in the file.", interaction.line)


def _require_among(declared: Declaration, choices: Mapping[str, Node]) -> None:
    """Refuse a right answer, or one that earns points, that nobody can choose."""
    for each in (*declared.correct, *(key for key, value in declared.mapping.items() if value)):
        if each not in choices:
            found = f"the answer `{shorten(each, 40)}` is not among the options"
            raise CannotCarryError(found, f"one of {', '.join(list(choices)[:6])}", "Correct it in the file.")


def _turned(
    left: Mapping[str, Node], right: Mapping[str, Node], pairs: Sequence[tuple[str, ...]]
) -> tuple[Mapping[str, Node], Mapping[str, Node], list[tuple[str, str]]]:
    """Return prompts, answers and pairs: prompts are the list each of whose entries has exactly one partner."""
    whole = [(pair[0], pair[1]) for pair in pairs if len(pair) == 2 and pair[0] in left and pair[1] in right]
    if len(whole) == len(pairs):
        if sorted(a for a, _ in whole) == sorted(left):
            return left, right, whole
        if sorted(b for _, b in whole) == sorted(right):
            return right, left, [(b, a) for a, b in whole]
    raise CannotCarryError("entries with several partners or none", "one answer for each prompt", "Split the question.")


def _place_in(asked: Mapping[str, Node]) -> Callable[[tuple[str, str]], int]:
    places = {each: i for i, each in enumerate(asked)}
    return lambda pair: places[pair[0]]
