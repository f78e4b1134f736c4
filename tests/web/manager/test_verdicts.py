"""A verdict drawn as a path: met gates folded, open ones with the next step, the sign-off never ticked."""

from datetime import date

from assessments.verdicts import GateState, Status, Verdict
from curriculum.gates import PeerModelGate, PortfolioGate, Severity
from curriculum.ids import GateId
from store.standing import standing_of
from tests.builders import PROGRAMME as ALONGSIDE
from tests.builders import make_gate_verdict, make_programme, make_verdict
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import Town
from web.context import Context
from web.verdicts import draw_path, draw_whole_flip
from web.view import EVERYONE, View

PROGRAMME = make_programme(
    gates=(
        PortfolioGate(id=GateId("reflections"), title="Reflections", why="To learn.", kind="portfolio", min=2),
        PeerModelGate(id=GateId("visits"), title="Visits", why="To see.", kind="peer_model", min=2),
        PortfolioGate(id=GateId("more"), title="More", why="Why not.", kind="portfolio", min=9, severity=Severity.WARN),
    )
)


def _draw(town: Town, verdict: Verdict, login: str = "lena"):
    def render(context: Context) -> None:
        draw_path(context, PROGRAMME, verdict)

    return draw(View(EVERYONE, "Path", "path", render), town.context(login))


def make_path(town: Town, **changes) -> Verdict:
    gates = (
        make_gate_verdict("reflections"),
        make_gate_verdict("visits", state=GateState.NOT_MET, have=1, need=2, next_part=1),
        make_gate_verdict("more", state=GateState.NOT_MET, have=2, need=9, next_part=1, severity=Severity.WARN),
    )
    base = {"status": Status.PRACTISING, "gates": gates}
    return make_verdict(town.ids["amina"], **(base | changes))


def test_met_gates_are_folded_and_open_ones_say_what_is_next(town: Town) -> None:
    page = _draw(town, make_path(town))
    text = shown(page)
    assert page.subheader[0].value == "1 of 2 gates met"
    assert [fold.label for fold in page.expander] == ["1 gate met"]
    assert "Watch an experienced leader 1 more time" in text
    assert ":violet-badge[now]" in text


def test_own_path_is_called_so(town: Town) -> None:
    page = _draw(town, make_path(town), "amina")
    assert page.subheader[0].value == "Your path: 1 of 2 gates met"


def test_advice_stands_apart_and_counts_nowhere(town: Town) -> None:
    text = shown(_draw(town, make_path(town)))
    assert text.index("These do not hold anybody back") < text.index("**More**")


def test_gate_that_is_not_needed_is_left_out(town: Town) -> None:
    gates = (
        make_gate_verdict("reflections"),
        make_gate_verdict("visits", state=GateState.NOT_REQUIRED, have=0, need=0),
    )
    page = _draw(town, make_path(town, gates=gates))
    assert page.subheader[0].value == "1 of 1 gates met"
    assert "Visits" not in shown(page)


def test_gate_that_cannot_be_computed_says_so(town: Town) -> None:
    gates = (make_gate_verdict("visits", state=GateState.NOT_COMPUTABLE, have=0, need=2, next_part=1),)
    assert "cannot be worked out" in shown(_draw(town, make_path(town, gates=gates)))


def test_sign_off_is_for_people_and_never_ticked(town: Town) -> None:
    verdict = make_path(town, status=Status.SIGNED_OFF, valid_until=date(2027, 11, 23))
    text = shown(_draw(town, verdict))
    assert ":gray[:material/group:] **Sign\\-off\\: two people**" in text
    assert "valid until 23 Nov 2027" in text


def test_why_is_read_only_once_it_is_opened(town: Town) -> None:
    page = _draw(town, make_path(town))
    assert "To see." not in shown(page)
    page.session_state[f"why-{town.ids['amina']}-alongside-visits"] = True
    page.run()
    assert not page.exception
    assert "To see." in shown(page)


def _open_whole(town: Town, login: str) -> str:
    verdict = standing_of(town.store, ALONGSIDE, town.ids["amina"])
    assert verdict is not None

    def render(context: Context) -> None:
        draw_whole_flip(context, verdict)

    page = draw(View(EVERYONE, "Whole", "whole", render), town.context(login))
    assert "What would open" not in shown(page)
    page.session_state[f"whole-{town.ids['amina']}-{ALONGSIDE}"] = True
    page.run()
    assert not page.exception
    return shown(page)


def test_all_that_is_missing_is_worked_out_once_it_is_opened_and_called_shortest_where_it_is(town: Town) -> None:
    text = _open_whole(town, "amina")
    assert "2 × reflection written" in text
    assert "No shorter list is enough." in text


def test_who_has_every_gate_open_is_told_of_nothing_missing(town: Town) -> None:
    verdict = make_verdict(town.ids["amina"], status=Status.READY_FOR_DECISION, gates=(make_gate_verdict("visits"),))

    def render(context: Context) -> None:
        draw_whole_flip(context, verdict)

    assert "All that is missing" not in shown(draw(View(EVERYONE, "Whole", "whole", render), town.context("lena")))
