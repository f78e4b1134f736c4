"""Who may rate whom: asked when a form is begun, and again whenever it is gone on with."""

from assessments.facts import Relation
from assessments.ports import Ledger
from assessments.service.access import get_enrolment, is_fellow, require, require_other, require_own
from curriculum.ids import ProgrammeId
from people.errors import NotAllowedError
from people.models import Actor, PersonId
from people.rights import Record, Right


def require_rater(
    ledger: Ledger, actor: Actor, person_id: PersonId, programme_id: ProgrammeId, relation: Relation
) -> None:
    """Return when the actor may rate the person now in this relation.

    Raises:
        OwnRecordError: Somebody rates themselves as trainer or partner.
        NotAllowedError: The actor is no trainer of the person, not the person, or no fellow of the hub.
        NotEnrolledError: The person to be rated by a partner is not in the programme.
    """
    match relation:
        case Relation.TRAINER:
            require_other(actor, person_id, "rate their own practice as a trainer")
            require(ledger, actor, Right.WRITE, Record.OBSERVATION, person_id)
        case Relation.SELF:
            require_own(actor, Right.SEE, Record.OBSERVATION, person_id)
        case Relation.PARTNER:
            require_other(actor, person_id, "be their own partner")
            if not is_fellow(ledger, actor.person_id, get_enrolment(ledger, person_id, programme_id)):
                raise NotAllowedError(f"rate person {person_id} as a partner from outside the hub's programme")
