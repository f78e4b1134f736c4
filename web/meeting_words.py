"""The words that people read about meetings, free times, sessions ahead, and being contacted."""

from datetime import date, datetime, time

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_day_names

from analytics.early_warning import Rule
from analytics.planner import WhyNot
from assessments.local_time import DayPart, clock_words
from assessments.meetings import MeetingState
from assessments.support import (
    ContactTopic,
    FreeWindow,
    MeetingOutcome,
    MeetingReason,
    Moment,
    Party,
    PreparationState,
)
from curriculum.models import Preparation
from people.models import Office
from web.components import reading_locale
from web.context import Context
from web.texts import _

# ---------------------------------------------------------------- days and times


def weekday_day(day: date) -> str:
    """Return a date such as "Tue 24 Nov"."""
    return format_date(day, "EEE d MMM", locale=reading_locale())


def when_words(context: Context, day: date, start_minute: int, zone: str) -> str:
    """Return when something is by the clock on the wall; the zone is named when it is not the programme's."""
    words = f"{weekday_day(day)}, {clock_words(start_minute)}"
    return words if zone == context.zone.key else f"{words} ({zone})"


def weekday_words(weekday: int) -> str:
    """Return the name of a day of the week, 0 (Monday) to 6."""
    return str(get_day_names("wide", "stand-alone", locale=reading_locale())[weekday]).capitalize()


def window_words(window: FreeWindow) -> str:
    """Return a stretch of a day such as "18:00 to 20:00"."""
    return stretch_words(window.start_minute, window.end_minute)


def stretch_words(start_minute: int, end_minute: int) -> str:
    """Return "18:00 to 20:00"."""
    return _("{start} to {end}").format(start=clock_words(start_minute), end=clock_words(end_minute))


def minute_of(clock: time) -> int:
    """Return the minute of the day."""
    return clock.hour * 60 + clock.minute


def part_words(part: DayPart) -> str:
    """Return the words for a part of the day; empty for one that is neither."""
    return {DayPart.SCHOOL_HOURS: _("school hours"), DayPart.EVENING: _("evening"), DayPart.OTHER: ""}[part]


def ago_words(context: Context, at: datetime) -> str:
    """Return how long ago something was, in hours within two days and in days after that."""
    hours = int((context.now() - at).total_seconds() // 3600)
    if hours < 1:
        return _("less than an hour ago")
    return _("{n} h ago").format(n=hours) if hours < 48 else _("{n} days ago").format(n=hours // 24)


# ---------------------------------------------------------------- meetings


def state_words(state: MeetingState) -> str:
    """Return the words for where a meeting stands."""
    return {
        MeetingState.OFFERED: _("offered"),
        MeetingState.BOOKED: _("agreed"),
        MeetingState.HELD: _("held"),
        MeetingState.NOT_HELD: _("did not happen"),
        MeetingState.CANCELLED: _("called off"),
        MeetingState.DECLINED: _("said no"),
    }[state]


def outcome_words(outcome: str) -> str:
    """Return the words for what became of a meeting."""
    return state_words(MeetingState(MeetingOutcome(outcome)))


def party_words(party: str) -> str:
    """Return the words for whose it was that a meeting did not come about."""
    return {
        Party.TRAINEE: _("the trainee"),
        Party.SUPERVISOR: _("the supervisor"),
        Party.HUB: _("the hub"),
    }[Party(party)]


def reason_words(reason: str) -> str:
    """Return the words for why a meeting does not come about."""
    return {
        MeetingReason.NO_TIME: _("No time then"),
        MeetingReason.WORK: _("Work"),
        MeetingReason.CRECHE: _("Nobody to mind the children"),
        MeetingReason.TRAVEL: _("The way there"),
        MeetingReason.ROOM: _("No room"),
        MeetingReason.CONNECTION: _("Phone or internet"),
        MeetingReason.INTERPRETER: _("No interpreter"),
        MeetingReason.FORGOTTEN: _("It was forgotten"),
        MeetingReason.DID_NOT_COME: _("Did not come"),
        MeetingReason.MOVED: _("Another time was agreed"),
        MeetingReason.OTHER: _("Another reason"),
    }[MeetingReason(reason)]


def why_not_words(why: WhyNot) -> str:
    """Return why somebody has no place in a proposal, and what would help."""
    return {
        WhyNot.NO_SUPERVISOR: _("Nobody supervises them. Give them a trainer."),
        WhyNot.NO_FREE_TIME: _("Their trainers have no free time in these weeks."),
        WhyNot.NO_COMMON_MODE: _("They and their trainers cannot meet in the same way, such as by phone."),
        WhyNot.NO_COMMON_LANGUAGE: _("No trainer of theirs is free in a language that they asked for."),
        WhyNot.NO_COMMON_TIME: _("They are free at other times than their trainers."),
        WhyNot.MEETS_LATER: _("They have a meeting, but after the day by which they are owed one."),
        WhyNot.ALL_TAKEN: _("All times that would fit are given to others. More time is needed."),
    }[why]


def rule_words(rule: Rule, n_missing: int, n_ahead: int) -> str:
    """Return by which rule a gate cannot be reached any more."""
    words = {
        Rule.SESSIONS: _("Training sessions missing: {missing}. Can still come: {ahead}."),
        Rule.LIVE_SESSIONS: _("Live sessions missing: {missing}. In the calendar: {ahead}."),
        Rule.MEETINGS: _("Meetings missing: {missing}. Can still come: {ahead}."),
        Rule.QUIZ_LOCKED: _("All attempts at the quiz are used."),
        Rule.QUIZ_WAIT: _("The quiz opens again after the last day only."),
        Rule.LAST_DAY: _("The last day is over."),
    }[rule]
    return words.format(missing=n_missing, ahead=n_ahead)


# ---------------------------------------------------------------- contact, sessions, people


def topic_words(topic: str) -> str:
    """Return the words for what somebody wants to be contacted about."""
    return {
        ContactTopic.MEETING_TIME: _("A time to meet"),
        ContactTopic.PRACTICE: _("My practice"),
        ContactTopic.LEARNING: _("What I learn"),
        ContactTopic.ARRANGEMENTS: _("Travel, creche or another arrangement"),
        ContactTopic.HOW_I_AM: _("How I am"),
        ContactTopic.OTHER: _("Something else"),
    }[ContactTopic(topic)]


def thing_words(thing: Preparation) -> str:
    """Return the words for a thing that a session needs."""
    return {
        Preparation.VENUE: _("Room"),
        Preparation.CRECHE: _("Creche"),
        Preparation.INTERPRETER: _("Interpreter"),
        Preparation.TRAVEL: _("Travel"),
        Preparation.MATERIALS: _("Materials"),
    }[thing]


def preparation_words(state: PreparationState) -> str:
    """Return the words for how far a thing is."""
    return {
        PreparationState.READY: _("Ready"),
        PreparationState.NOT_READY: _("Not yet"),
        PreparationState.NOT_NEEDED: _("Not needed"),
    }[state]


def moment_words(moment: Moment) -> str:
    """Return the words for before or after the training."""
    return {Moment.BEFORE: _("Before the training"), Moment.AFTER: _("After the training")}[moment]


def load_words(level: int) -> str:
    """Return the words for a load, 1 to 5."""
    return {
        1: _("1 · light"),
        2: _("2 · all right"),
        3: _("3 · busy"),
        4: _("4 · heavy"),
        5: _("5 · too much"),
    }[level]


def sure_words(level: int) -> str:
    """Return the words for how sure somebody feels, 1 to 5."""
    return {
        1: _("1 · not sure"),
        2: _("2 · a little sure"),
        3: _("3 · half sure"),
        4: _("4 · sure"),
        5: _("5 · very sure"),
    }[level]


def supporter_words(office: str) -> str:
    """Return the words for by which office somebody stands by a trainee."""
    return {Office.TRAINER: _("your trainer"), Office.COORDINATOR: _("looks after dates and arrangements")}[
        Office(office)
    ]


def language_name(code: str) -> str:
    """Return the name of a language in the reader's language, else its code."""
    try:
        return (Locale.parse(code.replace("-", "_")).get_display_name(reading_locale()) or code).capitalize()
    except (UnknownLocaleError, ValueError):
        return code
