"""A slip with a one-time code: shown once, to print, to read out, or to send on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from people import service
from people.codes import OneTimeCode
from people.facts import TokenPurpose
from people.models import PersonId
from people.slips import Slip, make_slip
from web.components import bottom_bar, card, local_day, local_time, page_head, plain, small_note
from web.context import Context
from web.texts import _

_KEY: Final = "slip"


@dataclass(frozen=True, slots=True)
class _Kept:
    """Slips and who made them: another person who signs in here in the same tab must not see them."""

    slips: tuple[Slip, ...]
    maker_id: PersonId


def issue_slip(context: Context, person_id: PersonId, purpose: TokenPurpose) -> None:
    """Make a fresh code for a person and keep its slip to be shown; an older code of theirs ends."""
    issue_slips(context, [person_id], purpose)


def issue_slips(context: Context, person_ids: Iterable[PersonId], purpose: TokenPurpose) -> None:
    """Make a fresh code for each person and keep their slips to be shown together; older codes of theirs end."""
    slips = tuple(_issue(context, person_id, purpose) for person_id in person_ids)
    st.session_state[_KEY] = _Kept(slips, context.actor.person_id)


def keep_slip(context: Context, person_id: PersonId, purpose: TokenPurpose, code: OneTimeCode) -> None:
    """Keep the slip of a code to be shown."""
    st.session_state[_KEY] = _Kept((_slip_of(context, person_id, purpose, code),), context.actor.person_id)


def _issue(context: Context, person_id: PersonId, purpose: TokenPurpose) -> Slip:
    code = service.issue_token(context.store, context.actor, person_id, purpose, context.now())
    return _slip_of(context, person_id, purpose, code)


def _slip_of(context: Context, person_id: PersonId, purpose: TokenPurpose, code: OneTimeCode) -> Slip:
    account = context.store.account_of(person_id)
    return _slip(context, purpose, person_id, account.login if account is not None else "", code)


def _slip(context: Context, purpose: TokenPurpose, person_id: PersonId, login: str, code: OneTimeCode) -> Slip:
    return make_slip(purpose, context.store.name_of(person_id), login, code, _base_address())


def _base_address() -> str:
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def draw_slip(context: Context) -> bool:
    """Draw the slips that wait to be handed over, in the place of the page; return whether there were any."""
    kept = st.session_state.get(_KEY)
    if not isinstance(kept, _Kept) or kept.maker_id != context.actor.person_id:
        return False
    page_head(_("Hand this over"), note=_("It is shown once. Print it, or send the address yourself."))
    for number, slip in enumerate(kept.slips):
        _draw_lines(slip, _works_until(context, slip.expires_at), number)
    _draw_print_button()
    with bottom_bar("slip"):
        if st.button(_("Done"), type="primary", key="slip-done", width="stretch"):
            del st.session_state[_KEY]
            st.rerun()
    return True


def _works_until(context: Context, at: datetime) -> str:
    return _("{day} at {time}").format(day=local_day(context, at), time=local_time(context, at))


def _draw_lines(slip: Slip, works_until: str, number: int) -> None:
    with card(f"slip-{number}"):
        st.subheader(plain(_(slip.title)), anchor=False)
        st.markdown(f"**{_('For')}**: {plain(slip.name)}")
        st.markdown("\n".join(f"{number}. {_(step)}" for number, step in enumerate(slip.steps, start=1)))
        for warning in slip.warnings:
            small_note(_(warning))
        # The steps speak of what stands below them.
        st.code(slip.address, language=None, wrap_lines=True)
        st.markdown(f"**{_('Code')}**: **{plain(slip.code)}**")
        st.markdown(f"**{_('Sign-in name')}**: {plain(slip.login)}")
        st.markdown(f"**{_('Works until')}**: {plain(works_until)}")


def _draw_print_button() -> None:
    """Draw a button that opens the browser's print dialog; what stands in a `nav…` container is not printed."""
    with st.container(key="nav-print"):
        st.html(
            "<button id='print-slip' style='min-height: 2.75rem; padding: 0 1rem; font: inherit; color: inherit; "
            "background: none; border: 1px solid currentColor; border-radius: .625rem; cursor: pointer'>"
            f"{_('Print')}</button>"
            "<script>document.getElementById('print-slip').addEventListener('click', () => window.print())</script>",
            unsafe_allow_javascript=True,
        )
