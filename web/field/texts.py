"""All words of the field page in the language spoken now, by the name under which its script asks for them."""

from assessments.facts import GlobalRating, Stage
from web.texts import _
from web.wording import entrustment_words, overall_words, stage_words


def list_texts() -> dict[str, str]:
    """Return the words of the page."""
    return {**_around(), **_list(), **_frame(), **_form(), **_review(), **_shared()}


def _around() -> dict[str, str]:
    return {
        "title": _("Observe without signal"),
        "opening": _("Opening."),
        "connected": _("Connected."),
        "no_connection": _("No connection. Forms stay on this device."),
        "waiting": _("Forms on this device: {n}."),
        "sign_in": _("Sign in"),
        "try_again": _("Try again"),
        "locked": _("The page is locked. Sign in to open it; that needs a connection once."),
        "locked_waiting": _("Forms that wait on this device: {n}. Who filled them in has to sign in to send them."),
        "install": _(
            "Put this page on your first screen before you sign in, then open it from there and sign in inside it. "
            "In a private window everything is lost when you close it."
        ),
        "insecure": _(
            "This address is not secure (it does not begin with https), so this page needs signal: it cannot open "
            "without a connection. Ask who runs the app for the secure address."
        ),
        "refused": _(
            "This browser keeps nothing for this page: it is a private window, or keeping is off. "
            "A form would be lost, so none can be begun here. "
            "Open this page in an ordinary window, or use Observe where you have signal."
        ),
        "full": _(
            "This device has no room for anything new, or refuses to keep it. Make room on it. What waits is kept, "
            "and is still sent."
        ),
        "wiped": _("Forms deleted from this device because they were older than 14 days and never sent: {n}."),
        "revoked": _(
            "This device was signed out from elsewhere. What was on it was deleted. Ask your programme manager if you "
            "do not know why."
        ),
    }


def _list() -> dict[str, str]:
    return {
        "signed_out": _("You are signed out. Forms that wait on this device: {n}. They are sent after you sign in."),
        "stopped": _(
            "The app did not take the forms from this page. Try again. If it goes on, tell whoever runs the app; "
            "nothing is lost."
        ),
        "others_waiting": _("Forms of another person that wait on this device: {n}. They must sign in to send them."),
        "clock_behind": _("This device's clock is {n} minutes behind. Please check date and time on the device."),
        "clock_ahead": _("This device's clock is {n} minutes ahead. Please check date and time on the device."),
        "old": _(
            "A form has waited here for {n} days. Go where there is signal and open this page. After 14 days it is "
            "deleted."
        ),
        "finished": _("Finished forms"),
        "state_device": _("On this device"),
        "state_sending": _("Sending"),
        "state_saved": _("Saved"),
        "state_attention": _("Please read"),
        "send_now": _("Send now"),
        "copy": _("Copy as text"),
        "copied": _("Copied."),
        "delete": _("Remove it from this device"),
        "have_read": _("I have read this"),
        "begun": _("Forms begun"),
        "go_on": _("Go on with this form"),
        "gone": _("The checklist of this form is not on this device any more. Connect once to load it."),
        "not_loaded": _("Nothing is loaded yet. Connect once, and wait until the page says that it is ready."),
        "no_trainees": _("You have no trainees yet. Ask the programme manager to give you some."),
        "trainees": _("Whom do you watch?"),
        "asked_for": _("Asked for: {what}"),
        "observe": _("Observe"),
        "observe_whom": _("Observe {name}"),
        "loaded": _("Loaded {when}."),
        "ready": _("Ready to use without a connection."),
        "to_app": _("Back to the app"),
        "lock": _("Lock and sign out"),
        "person": _("Person {n}"),
    }


def _frame() -> dict[str, str]:
    return {
        "new_form": _("A new form"),
        "no_forms": _("This programme has no form for trainers."),
        "which_checklist": _("With which checklist?"),
        "where": _("Where?"),
        "which_story": _("Which story is played?"),
        "script": _("The actor's script"),
        "stop_word": _("Stop word: {word}"),
        "how_much": _("How much do they lead?"),
        "code": _("Code of the session"),
        "code_may_be_empty": _("Code, if a second trainer rates it too (may be empty)"),
        "code_hint": _("A group's code and the date, such as “RIV-A 14 Nov”. The same for all who watch it. No names."),
        "code_missing": _("Give the code of the live session. Use the same code as others who watch it."),
        "code_signs": _("Use letters, digits, spaces and . _ / - : # only: a code, never a name."),
        "co_leader": _("A second leader is in the room"),
        "what_for": _("What is it for?"),
        "not_counting": _("A live session counts only with a second leader present: nobody leads a group alone."),
        "start": _("Start"),
        **{f"stage_{stage}": stage_words(stage) for stage in Stage},
    }


def _form() -> dict[str, str]:
    return {
        "on_device": _("Every answer is kept on this device at once. A line that is not answered gets no level."),
        "answered": _("answered"),
        "your_answer": _("Your answer"),
        "further": _("Further"),
        "unhelpful": _("Unhelpful"),
        "no_chance": _("no chance"),
        "not_seen": _("not seen"),
        "all_basics": _("All basics"),
        "rest_not_seen": _("The rest was not seen"),
        "rest_no_chance": _("There was no chance to see the rest"),
        "none_unhelpful": _("Watched: nothing unhelpful"),
        "no_further": _("Nothing further seen"),
        "n_unhelpful": _("{n} unhelpful"),
        "look_over": _("Look over and finish"),
        "only_here": _("This is only on this device: nobody has been told. Ring today."),
        "no_contacts": _("No contact is stored here. Follow your organisation's procedure now, by phone."),
    }


def _review() -> dict[str, str]:
    return {
        "did_you_see": _("Did you see this?"),
        "ticked_critical": _("You ticked, on a critical line:"),
        "on_hold": _(
            "If you saw it, practice goes on hold as soon as this form has been sent. The safeguarding lead or the "
            "deputy decides when it goes on. If it was a slip, go back and change it."
        ),
        "no_report": _(
            "This form is no report. If a child may not be safe, follow your organisation's procedure now, by phone. "
            "Has it been followed?"
        ),
        "slip": _("It was a slip: go back"),
        "saw_it": _("Yes, I saw it"),
        "review": _("Look over and finish"),
        "open_lines": _("These have no level if you finish now:"),
        "must_answer": _("Every line of this form counts. Still to answer:"),
        "nothing_ticked": _("Nothing is ticked yet. Tick what you saw, or go back to the list."),
        "overall": _("Overall"),
        "how_much_help": _("How much help next time?"),
        "no_words": _(
            "A form without signal has no notes: nothing in words stays on the device. Say it to the person."
        ),
        "please_answer": _("Please answer: {what}"),
        "back_to_form": _("Back to the form"),
        "finish": _("Finish"),
        "ring_today": _("Ring today"),
        "to_list": _("To the list"),
        **{f"overall_{rating}": overall_words(rating) for rating in GlobalRating},
        **{f"help_{level}": entrustment_words(level) for level in range(1, 6)},
    }


def _shared() -> dict[str, str]:
    return {
        "back": _("Back"),
        "counts": _("It counts"),
        "practice_only": _("Practice only"),
        "critical": _("critical"),
        "lines_done": _("{n} of {total} lines"),
        "not_kept": _(
            "Not kept: this device has no room, or refuses it. Leave this page open, make room, and tap again."
        ),
    }
