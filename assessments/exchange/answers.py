"""From weighted answers, as GIFT and Moodle have them, to the fields of an item of ours, kind by kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Final

from assessments.exchange.entries import CannotCarryError, Fields
from curriculum.items import FULL, ItemKind

ANY_NUMBER: Final = Decimal(10) ** 15
"""The tolerance of an answer that any number fits: what a rationale for all other numbers hangs on."""

_MOST_PLACES: Final = 15
_PLACES: Final = Decimal("0.0000001")


@dataclass(frozen=True, slots=True)
class Weighted:
    """An answer, what it earns in per cent, and what people are told who gave it.

    `tolerance` is that of a number; None for words.
    """

    text: str
    weight: Decimal
    feedback: str = ""
    tolerance: Decimal | None = None


def decimal_of(text: str, what: str) -> Decimal:
    """Return the number that a text is.

    Raises:
        CannotCarryError: It is none.
    """
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or (number and not -_MOST_PLACES <= number.adjusted() <= _MOST_PLACES) or len(text) > 40:
        raise CannotCarryError(f"{what} is `{text.strip()[:40]}`", "a number")
    return number or Decimal(0)


def weight_of(text: str) -> Decimal:
    """Return a weight in per cent, -100 to 100, to seven decimals."""
    weight = decimal_of(text, "a weight")
    if not -FULL <= weight <= FULL:
        raise CannotCarryError(f"a weight is {weight:f} per cent", "-100 to 100", "State it in per cent of the points.")
    return plain(weight.quantize(_PLACES, ROUND_HALF_EVEN))


def plain(number: Decimal) -> Decimal:
    """Return a number without zeros at its end and without an exponent."""
    number = number.normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _none_right() -> CannotCarryError:
    return CannotCarryError("no answer is right", "one that earns 100 per cent", "Mark the right answer in the file.")


# ---------------------------------------------------------------- options


def single_fields(answers: Sequence[Weighted]) -> Fields:
    """Return a choice of one. Only the right option earns everything; others may earn a part."""
    n_right = sum(answer.weight == FULL for answer in answers)
    if n_right > 1:
        raise CannotCarryError(f"{n_right} options that each earn everything", "one", "Let people choose several.")
    if n_right == 0:
        raise _none_right()
    options: list[Fields] = []
    for answer in answers:
        option = _option(answer)
        if answer.weight == FULL:
            option["correct"] = True
        elif answer.weight:
            option["credit"] = answer.weight
        options.append(option)
    fields: Fields = {"kind": ItemKind.SINGLE, "options": options}
    if any(answer.weight < 0 for answer in answers):
        fields["below_zero"] = True
    return fields


def multiple_fields(answers: Sequence[Weighted]) -> Fields:
    """Return a choice of several, each with its part of the points."""
    right = [answer.weight for answer in answers if answer.weight > 0]
    if not right:
        raise _none_right()
    parts = _parts_of(right)
    options = [
        {**_option(answer), **({"correct": True} if answer.weight > 0 else {}), "credit": parts.get(answer.weight)}
        for answer in answers
    ]
    for answer, option in zip(answers, options, strict=True):
        if answer.weight <= 0:
            option["credit"] = answer.weight
    return {"kind": ItemKind.MULTIPLE, "partial": True, "options": options}


def _parts_of(right: Sequence[Decimal]) -> dict[Decimal, Decimal]:
    """Return what each stated weight of a right option is worth: 33 per cent three times is a third each."""
    total, n = sum(right), len(right)
    if abs(total - FULL) <= Decimal("0.01"):
        return {weight: weight for weight in right}
    if len(set(right)) == 1 and abs(total - FULL) <= n:
        return {right[0]: usual_part(n)}
    found = f"the right options earn {total:f} per cent in all"
    raise CannotCarryError(found, "100", "Change the weights in the file.")


def usual_part(n_right: int) -> Decimal:
    """Return the part of the points, in per cent, of one of `n` right options, as Moodle writes it."""
    return plain((FULL / n_right).quantize(Decimal("0.00001")))


def all_right_fields(answers: Sequence[Weighted]) -> Fields:
    """Return a choice of several that earns its points only as a whole."""
    if not any(answer.weight > 0 for answer in answers):
        raise _none_right()
    options = [{**_option(answer), **({"correct": True} if answer.weight > 0 else {})} for answer in answers]
    return {"kind": ItemKind.MULTIPLE, "options": options}


def _option(answer: Weighted) -> Fields:
    if not answer.text:
        raise CannotCarryError("an option is blank", "text", "Write it in the file, or leave it out.")
    return {"text": answer.text, "rationale": answer.feedback}


def true_false_fields(*, is_true: bool, if_true: str, if_false: str) -> Fields:
    """Return a sentence that is true or false, with what people are told who chose either."""
    first: Fields = {"text": "True", "rationale": if_true}
    second: Fields = {"text": "False", "rationale": if_false}
    (first if is_true else second)["correct"] = True
    return {"kind": ItemKind.TRUE_FALSE, "options": [first, second]}


def ordering_fields(steps: Sequence[Weighted]) -> Fields:
    """Return steps that stand in the right order."""
    return {"kind": ItemKind.ORDERING, "options": [_option(step) for step in steps]}


# ---------------------------------------------------------------- pairs, words, numbers


def matching_fields(pairs: Sequence[tuple[str, str]]) -> Fields:
    """Return prompts with their answers; an answer without a prompt belongs to none."""
    asked = [{"prompt": prompt, "answer": answer} for prompt, answer in pairs if prompt]
    if len(asked) < 2 or not all(answer for _, answer in pairs):
        raise CannotCarryError(f"{len(asked)} whole pairs", "at least 2, each with an answer", "Add a pair.")
    answers = {pair["answer"] for pair in asked}
    extra = [answer for prompt, answer in pairs if not prompt and answer not in answers]
    return {"kind": ItemKind.MATCHING, "pairs": asked, "extra": list(dict.fromkeys(extra)), "partial": True}


def words_fields(answers: Sequence[Weighted], *, case_matters: bool = False) -> Fields:
    """Return words to be typed."""
    fields: Fields = {"kind": ItemKind.SHORT_TEXT, "answers": words(answers)}
    if case_matters:
        fields["case_matters"] = True
    return fields | _below_zero(answers)


def words(answers: Sequence[Weighted]) -> list[Fields]:
    """Return the answers of a text, as items say them."""
    _check_key(answers)
    for answer in answers:
        if "\\*" in answer.text:
            raise CannotCarryError("an answer has a real `*`", "words", "A `*` stands for any words here.")
        if not answer.text:
            raise CannotCarryError("an answer is blank", "words", "Write it in the file, or leave it out.")
    return [{"text": answer.text, "credit": answer.weight, "rationale": answer.feedback} for answer in answers]


def numbers_fields(answers: Sequence[Weighted]) -> Fields:
    """Return a number to be typed."""
    return {"kind": ItemKind.NUMERIC, "answers": numbers(answers)} | _below_zero(answers)


def numbers(answers: Sequence[Weighted]) -> list[Fields]:
    """Return the answers of a number, as items say them."""
    _check_key(answers)
    key = next(answer for answer in answers if answer.weight == FULL)
    return [_number(answer, key) for answer in answers]


def _number(answer: Weighted, key: Weighted) -> Fields:
    is_any = answer.text == "*"
    if is_any and answer.weight > 0:
        raise CannotCarryError("any number earns points", "a number", "Ask for a number, or for words.")
    value = decimal_of(key.text if is_any else answer.text, "an answer")
    tolerance = ANY_NUMBER if is_any else answer.tolerance or Decimal(0)
    if tolerance < 0:
        raise CannotCarryError(f"a tolerance is {tolerance:f}", "0 or more")
    fields: Fields = {"value": plain(value), "tolerance": plain(tolerance), "credit": answer.weight}
    return fields | {"rationale": answer.feedback}


def _check_key(answers: Sequence[Weighted]) -> None:
    if not any(answer.weight == FULL and answer.text != "*" for answer in answers):
        raise _none_right()


def _below_zero(answers: Sequence[Weighted]) -> Fields:
    return {"below_zero": True} if any(answer.weight < 0 for answer in answers) else {}
