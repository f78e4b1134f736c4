"""Facts about support in plain words: free times, meetings, wishes to be contacted, confidence, buddies."""

from analytics.own_record.codes import code_words
from analytics.own_record.words import Told, Words
from assessments.local_time import clock_words
from assessments.support import (
    Availability,
    BuddyPaired,
    CheckInChoice,
    ConfidenceRated,
    ContactAsked,
    FreeException,
    MeetingBooked,
    MeetingEnded,
    MeetingOffered,
)
from curriculum.phrases import N_, Phrase, ngettext

_DAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def tell_availability(fact: Availability, words: Words) -> Told:
    """Tell when the person said to be free in an ordinary week, and how they can meet."""
    del words
    details: list[Phrase] = [
        N_(
            "{day}: {start} to {end}",
            day=_DAYS[window.weekday],
            start=clock_words(window.start_minute),
            end=clock_words(window.end_minute),
        )
        for window in fact.windows
    ]
    details += [N_("How: {mode}", mode=code_words(mode)) for mode in sorted(fact.modes)]
    if fact.needs_creche:
        details.append(N_("You need somebody to mind your children."))
    if fact.needs_travel_help:
        details.append(N_("You need help with travel."))
    return Told(N_("You said when you are free, by the clock of {zone}.", zone=fact.zone), tuple(details))


def tell_exception(fact: FreeException, words: Words) -> Told:
    """Tell of one day on which it is otherwise."""
    del words
    stretch = {"day": fact.day_on, "start": clock_words(fact.start_minute), "end": clock_words(fact.end_minute)}
    if fact.is_free:
        return Told(N_("You are free besides on {day}, {start} to {end}.", **stretch))
    return Told(N_("You are not free on {day}, {start} to {end}.", **stretch))


def tell_offered(fact: MeetingOffered, words: Words) -> Told:
    """Tell which meeting was offered."""
    sentence = N_(
        "A meeting with {name} on {day} at {clock}, {minutes} minutes.",
        name=words.name(fact.supervisor_id),
        day=fact.meets_on,
        clock=clock_words(fact.start_minute),
        minutes=fact.minutes,
    )
    return Told(sentence, (N_("How: {mode}", mode=code_words(fact.mode)),))


def tell_booked(fact: MeetingBooked, words: Words) -> Told:
    """Tell that a meeting was agreed."""
    offered = words.find(MeetingOffered, fact.meeting_id)
    if offered is None:
        return Told(N_("A meeting was agreed."))
    return Told(N_("The meeting on {day} was agreed.", day=offered.meets_on))


def tell_ended(fact: MeetingEnded, words: Words) -> Told:
    """Tell what became of a meeting, and why."""
    offered = words.find(MeetingOffered, fact.meeting_id)
    outcome = code_words(fact.outcome)
    details: list[Phrase] = []
    if fact.party is not None:
        details.append(N_("Whose it was: {party}", party=code_words(fact.party)))
    if fact.reason is not None:
        details.append(N_("Reason: {reason}", reason=code_words(fact.reason)))
    if offered is None:
        return Told(N_("What became of a meeting: {outcome}.", outcome=outcome), tuple(details))
    sentence = N_("What became of the meeting on {day}: {outcome}.", day=offered.meets_on, outcome=outcome)
    return Told(sentence, tuple(details))


def tell_contact(fact: ContactAsked, words: Words) -> Told:
    """Tell what the person asked to be contacted about."""
    if fact.asked_id is None:
        return Told(N_("You asked to be contacted: {topic}.", topic=code_words(fact.topic)))
    return Told(
        N_("You asked {name} to contact you: {topic}.", name=words.name(fact.asked_id), topic=code_words(fact.topic))
    )


def tell_choice(fact: CheckInChoice, words: Words) -> Told:
    """Tell what the person chose about check-ins."""
    del words
    if fact.tells_supervisor:
        return Told(N_("You read what check-ins are for; two high loads in a row are told to your trainers."))
    return Told(N_("You read what check-ins are for; high loads are told to nobody."))


def tell_confidence(fact: ConfidenceRated, words: Words) -> Told:
    """Tell how sure the person felt, domain by domain."""
    programme = words.programme(fact.programme_id, fact.occurred_at)
    titles = {domain.id: domain.title for domain in programme.domains} if programme else {}
    details = tuple(
        N_("{about}: {n} of 5", about=titles.get(one.domain_id, one.domain_id), n=one.level) for one in fact.levels
    )
    n = len(details)
    sentence = ngettext(
        "You said how sure you feel about {n} thing, {moment}.",
        "You said how sure you feel about {n} things, {moment}.",
        n,
        moment=code_words(fact.moment),
    )
    return Told(sentence, details)


def tell_buddies(fact: BuddyPaired, words: Words) -> Told:
    """Tell that the person got a buddy; who that is stands in the other's record, too."""
    del fact, words
    return Told(N_("You were paired with a buddy of your cohort."))
