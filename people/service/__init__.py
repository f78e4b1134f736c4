"""What can be done about people, one function a use case; each checks rights and says no in a sentence."""

from people.service.accounts import (
    Invitee,
    change_password,
    create_first_administrator,
    get_invitee,
    has_administrator,
    issue_token,
    set_password,
)
from people.service.clock import change_clock
from people.service.cohorts import assign_trainer, end_assignment, enrol, open_cohort, set_last_day
from people.service.countersigners import (
    Invited,
    end_countersigner,
    invite_countersigner,
    list_countersigners,
    list_known_countersigners,
)
from people.service.erasing import ErasurePlan, erase_person, erasure_of, plan_erasure, repeat_erasure
from people.service.hubs import list_contacts, open_hub, set_contact
from people.service.moving import accept_move, consent_to_move, take_back_consent
from people.service.offices import end_grant, give_grant, list_open_work
from people.service.persons import (
    add_person,
    has_seen_notice,
    record_operator_act,
    rename_person,
    see_notice,
    suggest_login,
)
from people.service.research import choose_research, find_research_choice
from people.service.sessions import (
    SignedIn,
    find_actor,
    held_grants,
    sign_in,
    sign_out,
    sign_out_everywhere,
    start_session,
)

__all__ = [
    "ErasurePlan",
    "Invited",
    "Invitee",
    "SignedIn",
    "accept_move",
    "add_person",
    "assign_trainer",
    "change_clock",
    "change_password",
    "choose_research",
    "consent_to_move",
    "create_first_administrator",
    "end_assignment",
    "end_countersigner",
    "end_grant",
    "enrol",
    "erase_person",
    "erasure_of",
    "find_actor",
    "find_research_choice",
    "get_invitee",
    "give_grant",
    "has_administrator",
    "has_seen_notice",
    "held_grants",
    "invite_countersigner",
    "issue_token",
    "list_contacts",
    "list_countersigners",
    "list_known_countersigners",
    "list_open_work",
    "open_cohort",
    "open_hub",
    "plan_erasure",
    "record_operator_act",
    "rename_person",
    "repeat_erasure",
    "see_notice",
    "set_contact",
    "set_last_day",
    "set_password",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "start_session",
    "suggest_login",
    "take_back_consent",
]
