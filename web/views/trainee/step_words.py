"""What people read about a next step: what it is, how long it takes, and why now."""

from dataclasses import dataclass
from datetime import datetime

from assessments.errors import FormVersionGoneError
from assessments.service.attempts import load_sheet
from curriculum.blueprints import Blueprint, Purpose
from curriculum.models import Module
from web.components import count_of, local_day, local_time
from web.context import Context, ProgrammeChoice
from web.sentences import say
from web.texts import _, ngettext
from web.views.trainee.choosing import NextStep, Offer, StepKind
from web.views.trainee.reading import Place


@dataclass(frozen=True, slots=True)
class StepWords:
    """The words of a step: title, minutes and reason, button (empty when there is nothing to open), a short form."""

    title: str
    detail: str
    button: str
    short: str


def words_for(context: Context, choice: ProgrammeChoice, step: NextStep) -> StepWords:
    """Return what to write about a step."""
    if step.kind is StepKind.READ and step.place is not None:
        return _reading(step, step.place)
    if step.quiz is not None:
        return _quiz(context, choice, step, step.quiz)
    return _offer(step.offer) if step.offer is not None else _gate(step)


def minutes_words(minutes: int) -> str:
    """Return "About 8 minutes."."""
    return ngettext("About {n} minute.", "About {n} minutes.", minutes).format(n=minutes)


def opens_at_words(context: Context, module: Module, opens_at: datetime) -> str:
    """Return when the quiz of a module opens again."""
    return _("The quiz “{title}” opens again on {day} at {time}.").format(
        title=module.title, day=local_day(context, opens_at), time=local_time(context, opens_at)
    )


def _reading(step: NextStep, place: Place) -> StepWords:
    title = place.module.title
    details = [minutes_words(step.minutes)]
    if place.is_started:
        page = count_of(place.next_step + 1, place.n_steps)
        details.append(_("You stopped at page {page}.").format(page=page))
    if step.gate is not None:
        details.append(_("It is the reading before its quiz."))
    details.append(_("You can stop after any page."))
    return StepWords(
        title=_("Read “{title}”").format(title=title),
        detail=" ".join(details),
        button=_("Carry on reading") if place.is_started else _("Start reading"),
        short=_("read “{title}” ({minutes} min)").format(title=title, minutes=step.minutes),
    )


def _offer(offer: Offer) -> StepWords:
    how = _("One tap. If you cannot come, say so: another time is found.")
    return StepWords(
        title=_("Can you meet {name}?").format(name=offer.name),
        detail=f"{offer.words}. {how}",
        button=_("Answer"),
        short=_("answer an offer to meet (1 min)"),
    )


# ---------------------------------------------------------------- quizzes


def _quiz(context: Context, choice: ProgrammeChoice, step: NextStep, quiz: Blueprint) -> StepWords:
    module = choice.programme.module_by_id[quiz.module]
    match step.kind:
        case StepKind.GO_ON_QUIZ:
            title, detail, button = _("Go on with the quiz “{title}”"), _begun(context, step), _("Go on with the quiz")
        case StepKind.TAKE_QUIZ:
            title, detail, button = _("Take the quiz “{title}”"), _fresh(step, quiz), _("Start the quiz")
        case StepKind.WAIT_QUIZ:
            title, detail = _("Get ready for the quiz “{title}”"), _waiting(context, step, module)
            button = _("Try practice questions")
        case StepKind.ASK_UNLOCK:
            title, button = _("Talk with your trainer about the quiz “{title}”"), _("Read the module again")
            detail = _("All attempts are used. Your trainer can give you another one when you have talked about it.")
        case _:
            title, button = _("Practise “{title}”"), _("Try practice questions")
            detail = " ".join([minutes_words(step.minutes), _("It never counts.")])
    about = choice.programme.quiz_title(quiz) if quiz.is_practice else module.title
    short = _("practice questions on “{title}” ({minutes} min)").format(title=about, minutes=step.minutes)
    return StepWords(title.format(title=choice.programme.quiz_title(quiz)), detail, button, short)


def _begun(context: Context, step: NextStep) -> str:
    if step.window is None or step.window.open is None:
        return minutes_words(step.minutes)
    try:
        sheet = load_sheet(context.store, context.actor, step.window.open.fact_id)
    except FormVersionGoneError:
        # The page of the quiz says what it is and what to do.
        return minutes_words(step.minutes)
    answered = count_of(len(sheet.items) - sheet.n_unanswered, len(sheet.items))
    done = _("You have answered {count}. Every answer is saved.").format(count=answered)
    return f"{minutes_words(max(1, sheet.n_unanswered))} {done}"


def _fresh(step: NextStep, quiz: Blueprint) -> str:
    questions = ngettext("{n} question, one at a time.", "{n} questions, one at a time.", quiz.draw).format(n=quiz.draw)
    details = [minutes_words(step.minutes), questions]
    if not quiz.is_gate:
        details.append(_around_words(quiz))
    elif step.window is not None and step.window.used:
        number = count_of(step.window.used + 1, step.window.allowed)
        details.append(_("This will be attempt {number}.").format(number=number))
    elif step.place is not None and step.place.is_read:
        details.append(_("You have read what it asks."))
    details.append(_("You can stop and come back."))
    return " ".join(details)


def _around_words(quiz: Blueprint) -> str:
    """Return what a quiz is for in which nothing is passed."""
    if quiz.purpose is Purpose.PRE:
        return _("It shows what you know before you read. Nobody passes or fails, and it closes nothing.")
    return _("It shows what you have gained. Nobody passes or fails, and it closes nothing.")


def _waiting(context: Context, step: NextStep, module: Module) -> str:
    opens = opens_at_words(context, module, step.window.opens_at) if step.window and step.window.opens_at else ""
    return " ".join([opens, _("Until then, practice questions help. They never count."), minutes_words(step.minutes)])


# ---------------------------------------------------------------- other gates


def _gate(step: NextStep) -> StepWords:
    why = step.gate.why if step.gate else ""
    match step.kind:
        case StepKind.ASK_WATCH:
            button, short = _("Ask to be watched"), _("ask to be watched ({minutes} min)")
            how = _("Asking takes a minute. Your trainer then finds a time with you.")
        case StepKind.WATCH_LEADER:
            button, short = _("Note a leader you watched"), _("note a leader you watched ({minutes} min)")
            how = _("Noting it down takes a few minutes.")
        case StepKind.EVALUATE:
            button, short = _("Evaluate yourself"), _("evaluate yourself ({minutes} min)")
            how = minutes_words(step.minutes)
        case StepKind.ASK_PARTNER:
            button, short = _("Ask a partner"), _("ask a partner for their view ({minutes} min)")
            how = _("Asking takes a minute.")
        case StepKind.REFLECT:
            button, short = _("Write a reflection"), _("write a reflection ({minutes} min)")
            how = minutes_words(step.minutes)
        case StepKind.MEET:
            button, short = _("Find a time"), _("find a time to meet ({minutes} min)")
            how = _("Choose one of your trainers' free times, or ask to be contacted.")
        case _:
            button, short = "", _("talk with your trainer ({minutes} min)")
            is_harm = step.gate is not None and step.gate.kind == "harm"
            how = "" if is_harm else _("Your trainer notes it in your record.")
    return StepWords(say(step.action).rstrip("."), f"{how} {why}".strip(), button, short.format(minutes=step.minutes))
