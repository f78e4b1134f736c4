"""The words that people read for the closed sets of the code."""

from typing import assert_never

from analytics import wording
from assessments.facts import Done, GlobalRating, Mode, Outcome, Presence, Relation, Stage, YesNo
from assessments.sign_off import SignOffState
from assessments.verdicts import Status
from curriculum.models import Scale, ScaleKind, Setting
from people.facts import ClockChange, ClockReason, ContactKind, WorkKind
from people.models import Office
from web.texts import _, current_language, translations


def setting_words(setting: str) -> str:
    """Return the words for where a person was watched."""
    return {
        Setting.ROLEPLAY: _("role‑play"),
        Setting.LIVE: _("in a real group"),
        Setting.SUPERVISION: _("in supervision"),
    }[Setting(setting)]


def stage_words(stage: str) -> str:
    """Return the words for how much of the session the person led."""
    return {
        Stage.OBSERVE: _("watched only"),
        Stage.CO_LEAD: _("helped to lead"),
        Stage.LEAD_PART: _("led a part"),
        Stage.LEAD_WHOLE: _("led the whole session"),
    }[Stage(stage)]


def relation_words(relation: str) -> str:
    """Return the words for who rates."""
    return {
        Relation.TRAINER: _("trainer"),
        Relation.SELF: _("your own rating"),
        Relation.PARTNER: _("your partner"),
    }[Relation(relation)]


def view_words(relation: str) -> str:
    """Return the words for whose view of a person's practice it is, to others than the person."""
    return {
        Relation.TRAINER: _("a trainer's view"),
        Relation.SELF: _("their own view"),
        Relation.PARTNER: _("their partner's view"),
    }[Relation(relation)]


def overall_words(rating: str) -> str:
    """Return the words for the one overall judgement."""
    return {
        GlobalRating.NOT_YET: _("Not yet"),
        GlobalRating.BORDERLINE: _("Nearly"),
        GlobalRating.PASS: _("Good enough"),
        GlobalRating.STRONG: _("Strong"),
    }[GlobalRating(rating)]


def entrustment_words(level: int) -> str:
    """Return the words for an entrustment level, 1 to 5."""
    return {
        1: _("1 · watches only"),
        2: _("2 · does it with somebody beside them"),
        3: _("3 · does it, help is near"),
        4: _("4 · does it on their own"),
        5: _("5 · can guide others"),
    }[level]


def own_entrustment_words(level: int) -> str:
    """Return the words for an entrustment level, 1 to 5, to who says it of themselves."""
    return {
        1: _("1 · I would rather watch"),
        2: _("2 · I do it with somebody beside me"),
        3: _("3 · I do it, help is near"),
        4: _("4 · I do it on my own"),
        5: _("5 · I can guide others"),
    }[level]


def level_words(scale: Scale, level: int | None) -> str:
    """Return the words for a rating level of a scale: the programme's own where it has some."""
    if level is None:
        return _("No level: not all was answered, or there was no chance to see it")
    if scale.levels:
        return _("Level {n}: {name}").format(n=level, name=scale.levels[level - 1])
    return {
        1: _("Level 1: something unhelpful was seen"),
        2: _("Level 2: not all basics were seen"),
        3: _("Level 3: all basics were seen"),
        4: _("Level 4: all basics and more"),
    }[level]


def answer_words(answer: str) -> str:
    """Return the words for the answer to a whole line: how much was done, or yes or no."""
    words: dict[str, str] = {Done.DONE: _("Done"), Done.PARTLY: _("Partly"), Done.NOT_DONE: _("Not done")}
    words |= {YesNo.YES: _("Yes"), YesNo.NO: _("No"), YesNo.NOT_APPLICABLE: _("N/A")}
    return words[answer]


def line_words(scale: Scale, level: int | None, answer: str) -> str:
    """Return the words for what came of a line: its level, or its answer (empty when there is none)."""
    match scale.kind:
        case ScaleKind.BEHAVIOURS:
            return level_words(scale, level)
        case ScaleKind.DONE | ScaleKind.YES_NO:
            return answer_words(answer) if answer else _("not answered")
        case ScaleKind.LOG:
            return ""
        case _:
            assert_never(scale.kind)


def share_words(scale: Scale, pct: int) -> str:
    """Return the words for the per cent of a form; empty on a scale with levels."""
    match scale.kind:
        case ScaleKind.DONE:
            return _("Done: {pct} in 100").format(pct=pct)
        case ScaleKind.YES_NO:
            return _("Yes: {pct} in 100").format(pct=pct)
        case ScaleKind.BEHAVIOURS | ScaleKind.LOG:
            return ""
        case _:
            assert_never(scale.kind)


def presence_words(presence: str) -> str:
    """Return the words for attendance."""
    return {
        Presence.PRESENT: _("Present"),
        Presence.ABSENT: _("Absent"),
        Presence.MADE_UP: _("Made up later"),
    }[Presence(presence)]


def mode_words(mode: str) -> str:
    """Return the words for how supervision was held."""
    return {
        Mode.IN_PERSON: _("In person"),
        Mode.PHONE: _("By phone"),
        Mode.VIDEO: _("By video"),
        Mode.GROUP: _("In a group"),
    }[Mode(mode)]


def status_words(status: str) -> str:
    """Return the words for where a person stands."""
    return wording.status_words(Status(status)).text(translations(current_language()))


def sign_off_words(state: SignOffState) -> str:
    """Return the words for the state of a sign-off."""
    return {
        SignOffState.AWAITING_COUNTERSIGN: _("Waits for the second person"),
        SignOffState.IN_FORCE: _("Signed off"),
        SignOffState.DUE_SOON: _("Signed off, runs out soon"),
        SignOffState.DECLINED: _("Decided: not yet"),
        SignOffState.EXPIRED: _("Sign‑off that has run out"),
        SignOffState.REVOKED: _("Sign‑off that was revoked"),
        SignOffState.RENEWED: _("Earlier sign‑off, renewed since"),
        SignOffState.SUPERSEDED: _("Earlier sign‑off, replaced by a newer one"),
        SignOffState.SET_ASIDE: _("Set aside after a second look"),
    }[state]


def office_words(office: str) -> str:
    """Return the words for an office in the hub."""
    return {
        Office.TRAINEE: _("Trainee"),
        Office.TRAINER: _("Trainer"),
        Office.TRAINING_LEAD: _("Training lead"),
        Office.SAFEGUARDING_LEAD: _("Safeguarding lead"),
        Office.SAFEGUARDING_DEPUTY: _("Safeguarding deputy"),
        Office.COORDINATOR: _("Co-ordinator"),
        Office.MANAGER: _("Programme manager"),
        Office.FUNDER: _("Funder or researcher"),
        Office.COUNTERSIGNER: _("External countersigner"),
        Office.ADMINISTRATOR: _("Administrator"),
    }[Office(office)]


def office_task_words(office: str) -> str:
    """Return what somebody in an office does, in one sentence."""
    return {
        Office.TRAINEE: _("Learns, is watched, and sees their own record only."),
        Office.TRAINER: _("Trains and watches the trainees given to them, and can sign them off."),
        Office.TRAINING_LEAD: _("Looks after trainers and standards, and confirms sign-offs."),
        Office.SAFEGUARDING_LEAD: _("Lifts holds, and approves the safeguarding text."),
        Office.SAFEGUARDING_DEPUTY: _("Stands in for the safeguarding lead."),
        Office.COORDINATOR: _("Looks after cohorts, dates and attendance. Sees no results."),
        Office.MANAGER: _("Looks after people and cohorts, and sees who is ready. Sees no answers and no notes."),
        Office.FUNDER: _("Sees sums only, never single people."),
        Office.COUNTERSIGNER: _("Somebody from outside who confirms one person's sign-off, until a day."),
        Office.ADMINISTRATOR: _("Looks after all hubs and accounts. Sees no results."),
    }[Office(office)]


def clock_words(change: str) -> str:
    """Return the words for whether a trainee's time in the programme runs."""
    return {
        ClockChange.RESUMED: _("In training"),
        ClockChange.PAUSED: _("Paused"),
        ClockChange.WITHDRAWN: _("Left"),
    }[ClockChange(change)]


def clock_reason_words(reason: str) -> str:
    """Return the words for why a trainee's time stops or starts again."""
    return {
        ClockReason.OWN_WISH: _("Their own wish"),
        ClockReason.NO_TIME: _("No time at present"),
        ClockReason.MOVED_AWAY: _("Moved away"),
        ClockReason.HUB: _("The hub decided"),
        ClockReason.BACK: _("They are back"),
        ClockReason.COHORT_CLOSED: _("The cohort closed"),
        ClockReason.OTHER: _("Another reason"),
    }[ClockReason(reason)]


def outcome_words(outcome: str) -> str:
    """Return the words for how a person leaves a cohort that closes."""
    return {
        Outcome.SIGNED_OFF: _("Signed off"),
        Outcome.CONTINUES_ELSEWHERE: _("Goes on elsewhere"),
        Outcome.STOPPED: _("Stopped"),
        Outcome.NOT_YET: _("Not yet"),
    }[Outcome(outcome)]


def kept_words(category: str) -> str:
    """Return the words for a category of records; a category of a programme's own stands as it is written there."""
    known = {
        "wellbeing": _("Check-ins on how people are"),
        "comments": _("Comments"),
        "signoff": _("Sign-offs and what they rest on"),
    }
    return known.get(category, category.replace("_", " "))


def work_kind_words(kind: str) -> str:
    """Return the words for what a trainer leaves behind."""
    return {
        WorkKind.TRAINEE: _("Trainer"),
        WorkKind.REQUEST: _("Has asked to be watched"),
        WorkKind.FORM: _("A form was begun"),
        WorkKind.HOLD: _("Practice is on hold"),
        WorkKind.DEBRIEF: _("A talk is owed"),
        WorkKind.COUNTERSIGN: _("A countersignature is wanted"),
    }[WorkKind(kind)]


def contact_words(kind: str) -> str:
    """Return the words for whom the safeguarding panel names."""
    return {
        ContactKind.SAFEGUARDING_LEAD: _("Safeguarding lead"),
        ContactKind.SAFEGUARDING_DEPUTY: _("Deputy"),
        ContactKind.EMERGENCY: _("Emergency services"),
    }[ContactKind(kind)]


def outside_words() -> str:
    """Return why somebody from outside may be needed, and what they can see."""
    return _(
        "Who signs and who confirms are two people, so that no one person decides alone. In a small hub the second one "
        "has often trained the person too. Then somebody from outside confirms: they see this one record, its evidence "
        "and the sign-off, until the day you choose, and nothing else. Every look is recorded."
    )
