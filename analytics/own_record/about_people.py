"""Facts about accounts, offices and cohorts in plain words. The reader is the person they are about."""

from analytics.own_record.codes import code_words, reason_words
from analytics.own_record.kinds import KINDS
from analytics.own_record.words import Told, Words
from analytics.wording import title_of
from curriculum.ids import ProgrammeId
from curriculum.phrases import N_, Phrase
from people.facts import (
    Amendment,
    Assignment,
    CohortOpened,
    Enrolment,
    Grant,
    HubOpened,
    MoveConsent,
    NoticeSeen,
    PasswordSet,
    Pause,
    PersonAdded,
    PersonErased,
    RecordOpened,
    ResearchChoice,
    TokenIssued,
    WorkHandedOver,
)
from people.models import Office
from people.rights import Record


def tell_added(fact: PersonAdded, words: Words) -> Told:
    """Tell that the person was added."""
    del fact, words
    return Told(N_("You were added."))


def tell_token(fact: TokenIssued, words: Words) -> Told:
    """Tell of a slip; its code is kept nowhere."""
    at = fact.expires_at.astimezone(words.store.org.zone)
    until = N_("It worked until {day}.", day=at.date())
    return Told(N_("A slip was made {purpose}.", purpose=code_words(fact.purpose)), (until,))


def tell_password(fact: PasswordSet, words: Words) -> Told:
    """Tell that a password was chosen."""
    del fact, words
    return Told(N_("You chose a password. It is kept in a scrambled form that nobody can read, and is left out here."))


def tell_notice(fact: NoticeSeen, words: Words) -> Told:
    """Tell which privacy notice was shown."""
    del words
    return Told(N_("You were shown the privacy notice, version {version}.", version=fact.version))


def tell_grant(fact: Grant, words: Words) -> Told:
    """Tell of an office. Whose record a countersigner was shown is the other person's."""
    office = code_words(fact.office)
    details: list[Phrase] = []
    if fact.hub_id is not None:
        details.append(N_("Hub: {hub}", hub=_hub_title(words, fact.hub_id)))
    if fact.office == Office.COUNTERSIGNER:
        details.append(N_("For one person's record, who is not named here."))
    if fact.until_on is not None:
        details.append(N_("Until {day}", day=fact.until_on))
    return Told(N_("You were given the task: {office}.", office=office), tuple(details))


def _hub_title(words: Words, hub_id: str) -> str:
    return next((hub.title for hub in words.store.list_facts(HubOpened, hub_id=hub_id)), hub_id)


def tell_erased(fact: PersonErased, words: Words) -> Told:
    """Tell that the person was erased."""
    del fact, words
    return Told(N_("Your name, your words, your check-ins and your sessions were deleted."))


def tell_enrolment(fact: Enrolment, words: Words) -> Told:
    """Tell which programme was joined, in which cohort, for which role."""
    programme = words.programme(fact.programme_id, fact.occurred_at, fact.version_no)
    cohort = next(iter(words.store.list_facts(CohortOpened, cohort_id=fact.cohort_id)), None)
    title, version = fact.programme_id, str(fact.version_no)
    role = str(fact.role_id)
    if programme is not None:
        title, version = ProgrammeId(programme.head.title), programme.head.version
        role = next((one.title for one in programme.head.roles if one.id == fact.role_id), role)
    return Told(
        N_("You joined the programme {title}.", title=title),
        (
            N_("Cohort: {cohort}", cohort=cohort.title if cohort else fact.cohort_id),
            N_("Role: {role}", role=role),
            N_("Rules and texts of version {version}", version=version),
        ),
    )


def tell_assignment(fact: Assignment, words: Words) -> Told:
    """Tell who became a trainer of the person."""
    return Told(N_("Your trainer became: {name}.", name=words.name(fact.trainer_id)))


def tell_pause(fact: Pause, words: Words) -> Told:
    """Tell that the time in a programme was paused, went on, or ended."""
    programme = words.programme(fact.programme_id, fact.occurred_at)
    title = programme.head.title if programme else fact.programme_id
    reason = reason_words(fact.reason)
    return Told(
        N_("Your time in {title}: {change}.", title=title, change=code_words(fact.change)),
        (N_("Reason: {reason}", reason=reason),) if reason else (),
    )


def tell_handed_over(fact: WorkHandedOver, words: Words) -> Told:
    """Tell who looks after what a trainer who stopped had left behind."""
    name, what = words.name(fact.from_id), code_words(fact.kind)
    if fact.to_id is None:
        return Told(N_("{name} stopped. For whoever trains you: {what}.", name=name, what=what))
    return Told(N_("{name} stopped. {other} took over: {what}.", name=name, other=words.name(fact.to_id), what=what))


def tell_move(fact: MoveConsent, words: Words) -> Told:
    """Tell that the person agreed to move to another hub."""
    programme = words.programme(fact.programme_id, fact.occurred_at)
    title = programme.head.title if programme else fact.programme_id
    return Told(
        N_(
            "You agreed to move with your record of {title} from {old} to {new}.",
            title=title,
            old=_hub_title(words, fact.from_hub_id),
            new=_hub_title(words, fact.hub_id),
        )
    )


def tell_research(fact: ResearchChoice, words: Words) -> Told:
    """Tell what the person chose about research."""
    del words
    if fact.agrees:
        return Told(N_("You agreed that your record goes into research without your name."))
    return Told(N_("You no longer agree that your record goes into research."))


def tell_opened(fact: RecordOpened, words: Words) -> Told:
    """Tell what of the record somebody opened."""
    del words
    what = code_words(Record(fact.what)) if fact.what in list(Record) else N_("{what}", what=fact.what)
    return Told(N_("Opened: {what}.", what=what))


def tell_amendment(fact: Amendment, words: Words) -> Told:
    """Tell what became of an earlier entry."""
    target = words.facts.get(fact.target_id)
    what = KINDS[type(target)].title if target is not None else N_("an entry")
    reason = reason_words(fact.reason)
    details = [N_("Reason: {reason}", reason=reason)] if reason else []
    if target is not None:
        details.append(N_("The entry is of {day}.", day=words.store.day_of(target.occurred_at)))
    return Told(N_("{what}: {change}.", what=what, change=code_words(fact.change)), tuple(details))


def certificate_title(words: Words, certificate_id: str) -> str:
    """Return the title of a certificate in any programme that the person is in."""
    for enrolment in words.store.list_facts(Enrolment, words.person_id):
        programme = words.programme(enrolment.programme_id, enrolment.occurred_at, enrolment.version_no)
        if programme is not None:
            found = title_of(programme, "certificate", certificate_id)
            if found != certificate_id:
                return found
    return certificate_id
