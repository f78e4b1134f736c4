"""*Setting up*: done steps are ticked, the next one is a short form, and nothing has to be done twice."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from people.models import Office
from people.rights import Record, Right
from web.components import Mark, card, gate_row, page_head, small_note, view_link
from web.context import Context
from web.memory import ask, memory_of
from web.texts import N_, _, ngettext
from web.view import View
from web.views.manager.hubs import choose_hub
from web.views.manager.people.adding import draw_adding
from web.views.manager.programme.going_live import may_approve
from web.views.manager.setting_up.hub_steps import draw_contacts, draw_hub, draw_name
from web.views.manager.setting_up.programme_steps import draw_approver, draw_cohort, draw_going_live, draw_programme
from web.views.manager.setting_up.progress import NEEDED_OFFICES, Progress, read_progress
from web.views.manager.slip import draw_slip
from web.wording import contact_words, office_words


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing to do: what stands in its line, and its form.

    `waits_for` says for whom or what it waits; then it has no form and the next step can be done meanwhile.
    `is_with_person` is set when it waits for a person, not for another step.
    """

    title: str
    is_done: bool
    draw: Callable[[Context, Progress], None]
    note: str = ""
    waits_for: str = ""
    is_with_person: bool = False


def render(context: Context) -> None:
    """Draw the slip that waits, else the steps."""
    if draw_slip(context):
        return
    page_head(_("Setting up"))
    hub_id = choose_hub(context, Right.WRITE, Record.PEOPLE)
    progress = read_progress(context, hub_id)
    steps = _list_steps(context, progress)
    current = next((step for step in steps if not step.is_done and not step.waits_for), None)
    _draw_done([step for step in steps if step.is_done])
    for step in steps:
        if not step.is_done:
            _draw_step(context, progress, step, is_current=step is current)
    if progress.is_done:
        _draw_end(context, progress)


def _draw_done(steps: list[_Step]) -> None:
    if not steps:
        return
    words = ngettext("{n} step done", "{n} steps done", len(steps)).format(n=len(steps))
    with st.expander(words, icon=":material/check_circle:", key="steps-done"):
        for step in steps:
            gate_row(step.title, "", mark="met", note=step.note)


def _draw_step(context: Context, progress: Progress, step: _Step, *, is_current: bool) -> None:
    if not is_current:
        mark: Mark = "person" if step.is_with_person else "open"
        gate_row(step.title, "", mark=mark, note=step.waits_for or step.note)
        return
    with card("current-step"):
        st.subheader(step.title, anchor=False)
        step.draw(context, progress)


# ---------------------------------------------------------------- the steps


def _list_steps(context: Context, progress: Progress) -> list[_Step]:
    return [
        _Step(_("Your own name"), progress.is_named, draw_name),
        _Step(_("Name your hub"), progress.hub_id is not None, draw_hub),
        _Step(_("Whom to call about a worry"), not progress.missing_contacts, draw_contacts, _contacts_note(progress)),
        _Step(_("Choose the programme"), progress.version is not None, draw_programme, _version_note(progress)),
        _approval_step(context, progress),
        _Step(_("Go live"), bool(progress.live), draw_going_live, waits_for=_live_waits(progress)),
        _Step(_("Open the first cohort"), bool(progress.cohorts), draw_cohort, waits_for=_cohort_waits(progress)),
        _Step(
            _("Invite people"),
            progress.hub_id is not None and not progress.missing_offices,
            _draw_people,
            waits_for="" if progress.hub_id else _("After the hub has a name."),
        ),
    ]


def _contacts_note(progress: Progress) -> str:
    missing = ", ".join(contact_words(kind) for kind in progress.missing_contacts)
    return _("Missing: {names}").format(names=missing) if missing else ""


def _version_note(progress: Progress) -> str:
    if progress.version is None:
        return ""
    return _("Version {version}").format(version=progress.version["version"])


def _approval_step(context: Context, progress: Progress) -> _Step:
    note = ""
    if progress.version is not None and progress.is_approved:
        note = _("by {name}").format(name=progress.version["approver_name"])
    waits = _approval_waits(context, progress)
    title = _("Have the safeguarding text approved")
    is_with_person = bool(waits) and progress.version is not None
    return _Step(title, progress.is_approved, draw_approver, note, waits, is_with_person)


def _approval_waits(context: Context, progress: Progress) -> str:
    if progress.version is None or progress.hub_id is None:
        return _("After the programme is chosen.")
    approvers = progress.holders(Office.SAFEGUARDING_LEAD) + progress.holders(Office.SAFEGUARDING_DEPUTY)
    if not approvers or may_approve(context):
        return ""
    names = ", ".join(person.name for person in approvers)
    return _("Waits for {names}: sign in, open Programme, read, approve.").format(names=names)


def _live_waits(progress: Progress) -> str:
    if progress.missing_contacts or progress.version is None:
        return _("After the steps above.")
    return "" if progress.is_approved else _("After the safeguarding text is approved.")


def _cohort_waits(progress: Progress) -> str:
    return "" if progress.live else _("After the programme is live.")


def _draw_people(context: Context, progress: Progress) -> None:
    if progress.hub_id is None:
        return
    small_note(_("One person may do several of these. Who confirms a sign-off is somebody else than who gives it."))
    for office in NEEDED_OFFICES:
        names = ", ".join(person.name for person in progress.holders(office))
        gate_row(office_words(office), "", mark="met" if names else "open", note=names)
    draw_adding(context, progress.hub_id, list(progress.people), wanted=progress.missing_offices[0])
    small_note(_("To give yourself or somebody here another task, open the person under People."))
    view_link(context, "people", _("People"), icon=":material/group:")


# ---------------------------------------------------------------- the end


def _draw_end(context: Context, progress: Progress) -> None:
    n = len(progress.holders(Office.TRAINEE))
    trainees = ngettext("{n} trainee", "{n} trainees", n).format(n=n)
    with card("set-up"):
        st.subheader(_("Your hub is working"), anchor=False)
        st.markdown(_("{trainees} can begin. What to do next:").format(trainees=trainees))
        st.markdown(
            "\n".join(
                f"{number}. {words}"
                for number, words in enumerate(
                    (
                        _("Hand every slip over. Each works once, for three days."),
                        _("See that every trainee has a trainer."),
                        _("Look at Readiness once a week: it says who waits for what."),
                    ),
                    start=1,
                )
            )
        )
        view_link(context, "people", _("People"), icon=":material/group:")
        view_link(context, "cohorts", _("Cohorts"), icon=":material/groups:")
        if "readiness" in context.pages:
            view_link(context, "readiness", _("Readiness"), icon=":material/checklist:")
    with st.expander(_("Open another hub"), icon=":material/add:", key="another-hub"):
        draw_hub(context, progress)


def _is_over(context: Context) -> bool:
    """Return whether somebody trains in a cohort already, so that the everyday pages come first."""
    key = ("is set up", context.actor.person_id)
    return memory_of(context.store).recall_standing(key, context.now(), lambda: _has_trainees(context))


def _has_trainees(context: Context) -> bool:
    hubs = {choice.hub_id for choice in context.choices if choice.hub_id is not None}
    cohorts = (ask(context, "cohorts_in_hub", hub=hub_id) for hub_id in sorted(hubs))
    return any(row["n_people"] > 0 for rows in cohorts for row in rows)


VIEW = View(
    frozenset({Office.ADMINISTRATOR}),
    N_("Setting up"),
    "setting-up",
    render,
    ":material/start:",
    rank=0,
    is_over=_is_over,
)
