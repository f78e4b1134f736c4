"""What people read about gates: labels of parts, and the one thing to do next."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from analytics.wording import describe_part, next_action, next_step, state_words, status_words
from assessments.verdicts import GateState, GateVerdict, PartVerdict, Status
from curriculum.gates import Gate, Severity
from curriculum.phrases import N_, Phrase, ngettext
from store.gates import KINDS
from store.rules import gate_parts
from tests.analytics.place import all_gates, programme_with
from tests.builders import make_gate_verdict, make_verdict

PROGRAMME = programme_with(*all_gates())
GATES: Mapping[str, Gate] = {gate.kind: gate for gate in all_gates()}

LABELS = {
    "prerequisite": ["Before you start: References"],
    "dose": ["Training sessions: 2 of 2", "Training session: Second"],
    "quiz": ["Quiz: Quiz"],
    "critical": ["Key questions of the quiz: Quiz"],
    "practice": ["Opening, in a real group, leading the whole session", "Opening, in a role-play"],
    "level": ["Ability D1.1, in a real group", "Ability D1.2, in a real group"],
    "harm": ["Nothing unhelpful lately", "Everything harmful talked through"],
    "observers": ["Watched by different people"],
    "settings": ["Seen in a real group", "Seen in supervision"],
    "peer_model": ["Experienced leaders watched"],
    "supervision": ["Supervision meetings in the last 60 days", "Last meeting at most 21 days ago"],
    "certificate": ["Certificate: Safeguarding"],
    "portfolio": ["Reflections written"],
    "assessor": ["Watched by people who have checked their eye"],
    "evaluations_given": ["Your own evaluations", "Evaluations by your partner"],
    "groups_delivered": ["Whole groups led"],
    "participant_summary": ["Feedback from groups"],
}

ACTIONS = {
    "prerequisite": ["Show your trainer: References."],
    "dose": ["Go to your training sessions, or make up what you missed.", "Go to the training session: Second."],
    "quiz": ["Pass the quiz: Quiz."],
    "critical": ["Get every key question right in the quiz: Quiz."],
    "practice": [
        "Ask a trainer to watch you in a real group: Opening.",
        "Ask a trainer to watch you in a role-play: Opening.",
    ],
    "level": [
        "Practise, then ask a trainer to watch you in a real group: Ability D1.1.",
        "Practise, then ask a trainer to watch you in a real group: Ability D1.2.",
    ],
    "harm": ["Talk with your trainer about what was seen.", "Talk with your trainer about what was seen."],
    "observers": ["Ask another trainer to watch you."],
    "settings": ["Ask a trainer to watch you in a real group.", "Ask a trainer to watch you in supervision."],
    "peer_model": ["Watch an experienced leader 2 more times."],
    "supervision": [
        "Plan your next meeting with your supervisor.",
        "Meet your supervisor: the last time is too long ago.",
    ],
    "certificate": ["Show your trainer a certificate in date: Safeguarding."],
    "portfolio": ["Write 2 more reflections."],
    "assessor": ["Ask a trainer who has checked their eye to watch you."],
    "evaluations_given": ["Fill in an evaluation of yourself.", "Ask your partner to evaluate you."],
    "groups_delivered": ["Lead 1 more whole group."],
    "participant_summary": ["Give your trainer the feedback of 2 more groups."],
}


def open_gate(kind: str, part_no: int = 1, **changes: Any) -> GateVerdict:
    """Return a gate of which nothing is there."""
    need = sum(part.need for part in gate_parts(GATES[kind]))
    base: dict[str, Any] = {"state": GateState.NOT_MET, "have": 0, "need": need, "next_part": part_no}
    return make_gate_verdict(kind, **base | changes)


def said(phrase: Phrase | None) -> str:
    assert phrase is not None
    return phrase.text()


@pytest.mark.parametrize("kind", KINDS)
def test_every_part_has_a_label(kind: str) -> None:
    n_parts = len(gate_parts(GATES[kind]))
    assert [describe_part(PROGRAMME, GATES[kind], n + 1).text() for n in range(n_parts)] == LABELS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_every_open_part_has_a_next_action(kind: str) -> None:
    parts = range(1, len(gate_parts(GATES[kind])) + 1)
    assert [said(next_action(PROGRAMME, GATES[kind], open_gate(kind, n))) for n in parts] == ACTIONS[kind]


@pytest.mark.parametrize("state", [GateState.MET, GateState.NOT_REQUIRED])
def test_an_open_way_asks_for_nothing(state: GateState) -> None:
    assert next_action(PROGRAMME, GATES["quiz"], make_gate_verdict("quiz", state=state)) is None


def test_one_thing_is_asked_for_in_the_singular() -> None:
    assert (
        said(next_action(PROGRAMME, GATES["portfolio"], open_gate("portfolio", have=1))) == "Write 1 more reflection."
    )


def test_an_opened_gate_knows_how_much_its_next_part_misses() -> None:
    parts = (
        PartVerdict(1, 1, 2, is_met=False, is_computable=True),
        PartVerdict(2, 0, 1, is_met=False, is_computable=True),
    )
    verdict = open_gate("dose", have=1, parts=parts)
    assert said(next_action(PROGRAMME, GATES["dose"], verdict)) == "Go to 1 more training session."


def test_missing_minutes_are_not_counted_as_sessions() -> None:
    parts = (PartVerdict(1, 2, 2, is_met=False, is_computable=True),)
    verdict = open_gate("dose", have=2, parts=parts)
    assert said(next_action(PROGRAMME, GATES["dose"], verdict)).startswith("Go to your training sessions, or make up")


def test_somebody_never_watched_is_sent_to_be_watched() -> None:
    verdict = open_gate("harm", have=1, state=GateState.NOT_COMPUTABLE)
    assert said(next_action(PROGRAMME, GATES["harm"], verdict)) == "Ask a trainer to watch you."


def test_a_level_1_alone_asks_for_practice() -> None:
    verdict = open_gate("harm", have=1)
    assert said(next_action(PROGRAMME, GATES["harm"], verdict)) == "Practise again, then ask a trainer to watch you."


def test_an_unknown_observer_is_asked_about() -> None:
    verdict = open_gate("assessor", state=GateState.NOT_COMPUTABLE)
    action = said(next_action(PROGRAMME, GATES["assessor"], verdict))
    assert action == "Ask the person who watched you when they last checked their eye."


# ---------------------------------------------------------------- the person's next step


def test_the_first_blocking_gate_comes_first() -> None:
    gates = (
        make_gate_verdict("prerequisite"),
        open_gate("portfolio", severity=Severity.WARN),
        open_gate("quiz"),
        open_gate("certificate"),
    )
    verdict = make_verdict(status=Status.PRACTISING, gates=gates)
    assert said(next_step(PROGRAMME, verdict)) == "Pass the quiz: Quiz."


def test_a_warning_comes_when_nothing_blocks_and_information_never() -> None:
    gates = (open_gate("quiz", severity=Severity.INFO), open_gate("portfolio", severity=Severity.WARN))
    verdict = make_verdict(status=Status.SIGNED_OFF, gates=gates)
    assert said(next_step(PROGRAMME, verdict)) == "Write 2 more reflections."
    assert next_step(PROGRAMME, make_verdict(status=Status.SIGNED_OFF, gates=gates[:1])) is None


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.ON_HOLD, "Talk with your safeguarding lead: practice is on hold."),
        (Status.PAUSED, "Tell your trainer when you want to start again."),
        (Status.READY_FOR_DECISION, "Ask your trainer to decide: all is there."),
        (Status.DUE_SOON, "Ask your trainer to renew your sign-off before 2 Apr 2026."),
        (Status.LAPSED, "Ask your trainer to decide again."),
        (Status.REVOKED, "Ask your trainer to decide again."),
    ],
)
def test_a_status_may_say_what_is_next(status: Status, words: str) -> None:
    verdict = make_verdict(status=status, gates=(make_gate_verdict("quiz"),), valid_until=date(2026, 4, 2))
    assert said(next_step(PROGRAMME, verdict)) == words


def test_who_left_has_nothing_to_do() -> None:
    assert next_step(PROGRAMME, make_verdict(status=Status.WITHDRAWN, gates=(open_gate("quiz"),))) is None


def test_each_state_and_status_has_words() -> None:
    assert all(state_words(state).text() for state in GateState)
    assert len({status_words(status).text() for status in Status}) == len(Status)


# ---------------------------------------------------------------- translation


class German:
    """A catalogue of few words."""

    def gettext(self, message: str) -> str:
        return {"{what} and {n}": "{n} UND {what}", "this": "DAS"}[message]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"one:{msgid1}" if n == 1 else f"many:{msgid2}"


def test_a_phrase_is_translated_where_it_is_shown_with_the_phrases_in_it() -> None:
    outer = N_("{what} and {n}", what=N_("this"), n=2)
    assert (outer.text(), outer.text(German())) == ("this and 2", "2 UND DAS")


def test_a_phrase_that_counts_is_translated_by_its_number() -> None:
    words = [ngettext("{n} day", "{n} days", n).text(German()) for n in (1, 3)]
    assert words == ["one:1 day", "many:3 days"]


def test_days_are_written_as_the_page_writes_them() -> None:
    phrase = N_("until {day}", day=date(2028, 2, 29))
    assert (phrase.text(), phrase.text(show=str)) == ("until 29 Feb 2028", "until 2028-02-29")
