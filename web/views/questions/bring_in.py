"""*Bring in questions*: a file from elsewhere, what can be taken of it and what not, and that as a file to keep."""

from typing import Final

import streamlit as st

from assessments.exchange.entries import MAX_FILE_BYTES
from assessments.exchange.importing import Imported, Settings
from assessments.exchange.uploads import Draft, count_open, pack_draft, read_upload
from curriculum.models import Programme
from people.models import Office
from web.components import empty_state, page_head, plain, small_note, try_action
from web.context import Context
from web.tables import draw_csv
from web.texts import N_, _, ngettext
from web.view import View

_SHOWN: Final = 20
_KEPT: Final = "brought-in"


def render(context: Context) -> None:
    """Draw the page."""
    page_head(
        _("Bring in questions"),
        note=_(
            "From Moodle, from a text in GIFT, or from QTI 3. Nothing is changed here: you get a file to put in place."
        ),
    )
    choice = context.choice
    if choice is None or not choice.programme.modules:
        empty_state(_("There is no module yet"), _("Questions belong to a module: write one first."))
        return
    modules = {module.id: f"{module.id} {module.title}" for module in choice.programme.modules}
    module_id = st.selectbox(_("For which module?"), list(modules), format_func=modules.__getitem__, key="into-module")
    file = st.file_uploader(
        _("Your file"), type=["gift", "txt", "xml", "zip"], max_upload_size=MAX_FILE_BYTES // 1_000_000, key="questions"
    )
    small_note(_("GIFT (.gift, .txt), Moodle XML (.xml), a QTI 3 package (.zip) or item (.xml)."))
    if file is None:
        st.session_state.pop(_KEPT, None)
        return
    asked = (file.file_id, module_id, choice.programme_id, choice.version_no)
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] != asked:
        read = _read(context, choice.programme, file.name, file.getvalue(), Settings(prefix=module_id.lower()))
        if read is None:
            return
        kept = st.session_state[_KEPT] = (asked, read)
    found, draft = kept[1]
    _draw_report(found, draft)


def _read(
    context: Context, programme: Programme, name: str, data: bytes, settings: Settings
) -> tuple[Imported, Draft | None] | None:
    """Read a file, say how far it is, and make the file to keep; None, after saying why, when the reader may not."""
    told = st.empty()
    told.progress(0.0, _("Reading …"))

    def tell(_name: str, n: int) -> None:
        told.progress(min(0.9, n / 10_000), _("{n} questions read …").format(n=f"{n:,}"))

    found = try_action(lambda: read_upload(context.actor, programme, name, data, settings=settings, progress=tell))
    if found is None:
        told.empty()
        return None
    told.progress(0.95, _("The file to keep is being made …"))
    draft = pack_draft(found, name)
    told.empty()
    return found, draft


# ---------------------------------------------------------------- what came of it


def _draw_report(found: Imported, draft: Draft | None) -> None:
    n, n_refused = len(found.items), len(found.refused)
    read = ngettext("{n} question read", "{n} questions read", found.n_read).format(n=f"{found.n_read:,}")
    taken = _("{n} can be taken").format(n=f"{n:,}")
    refused = _("{n} refused").format(n=f"{n_refused:,}")
    st.markdown(f"**{read} · {taken} · {refused}**")
    _draw_draft(found, draft)
    _draw_refused(found)
    notes = list(found.notes)
    if notes:
        with st.expander(_("Taken, but works otherwise here"), icon=":material/info:", key="notes"):
            st.markdown("\n".join(f"- {plain(note)}" for note in notes[:_SHOWN]))
            if len(notes) > _SHOWN:
                small_note(_("And {n} more.").format(n=len(notes) - _SHOWN))


def _draw_draft(found: Imported, draft: Draft | None) -> None:
    if draft is None:
        st.markdown(f":gray[{_('Nothing can be taken from this file. Mend it, then choose it again.')}]")
        return
    st.download_button(
        _("Get {name}").format(name=draft.name),
        draft.content,
        draft.name,
        "application/zip" if draft.is_zip else "application/yaml",
        icon=":material/download:",
        type="primary",
        width="stretch",
        on_click="ignore",
        key="draft",
    )
    if draft.is_zip:
        st.markdown(_("Unpack it in the programme's folder: questions go into `items`, pictures into `media`."))
    else:
        st.markdown(_("Put it into `items` in the programme's folder."))
    n_open = count_open(found)
    if n_open:
        words = ngettext(
            "{n} question still needs its section and competency: replace `to-be-set` in the file.",
            "{n} questions still need their section and competency: replace `to-be-set` in the file.",
            n_open,
        )
        st.markdown(f":orange[:material/edit:] {words.format(n=n_open)}")
    small_note(_("Then check the folder on the page Programme, and publish a new version."))


def _draw_refused(found: Imported) -> None:
    if not found.refused:
        return
    lines = [f"- {plain(f'{one.where}: {one.reason}')}" for one in found.refused[:_SHOWN]]
    rest = len(found.refused) - _SHOWN
    if rest > 0:
        lines.append(f"- {_('And {n} more.').format(n=rest)}")
    st.error("\n".join([_("Refused, and why:"), "", *lines]), icon=":material/block:")
    rows = [{_("Where"): one.where, _("Why"): one.reason} for one in found.refused]
    draw_csv(rows, "refused")


VIEW = View(
    frozenset({Office.TRAINING_LEAD, Office.MANAGER}),
    N_("Bring in questions"),
    "bring-in-questions",
    render,
    ":material/upload_file:",
    rank=35,
)
