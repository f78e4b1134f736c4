"""What each kind of fact is called, where it stands in a person's record, and why it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import assessments.facts as practice
from assessments import support
from curriculum.phrases import N_, Phrase
from people import facts
from people.facts import Fact


class Section(StrEnum):
    """A part of a person's record, in the order in which they are shown."""

    ACCOUNT = "account"
    TRAINING = "training"
    QUIZZES = "quizzes"
    PRACTICE = "practice"
    HOLDS = "holds"
    SUPPORT = "support"
    DECISIONS = "decisions"
    APPEALS = "appeals"
    CHANGES = "changes"
    LOOKS = "looks"


TITLES: Final[Mapping[Section, Phrase]] = {
    Section.ACCOUNT: N_("Your account"),
    Section.TRAINING: N_("Your training"),
    Section.QUIZZES: N_("Your quizzes"),
    Section.PRACTICE: N_("Your practice"),
    Section.HOLDS: N_("Holds"),
    Section.SUPPORT: N_("Supervision and certificates"),
    Section.DECISIONS: N_("Decisions"),
    Section.APPEALS: N_("Appeals"),
    Section.CHANGES: N_("Corrections and endings"),
    Section.LOOKS: N_("Who opened your record"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact: where it stands, its title, and why it is kept. `section` None: it is about no person."""

    section: Section | None
    title: Phrase
    purpose: str


KINDS: Final[Mapping[type[Fact], Kind]] = {
    # people
    facts.PersonAdded: Kind(Section.ACCOUNT, N_("You were added"), "so that there is a record to begin with"),
    facts.TokenIssued: Kind(
        Section.ACCOUNT, N_("Slips with a code"), "to let somebody in for the first time, or again"
    ),
    facts.PasswordSet: Kind(
        Section.ACCOUNT, N_("Passwords chosen"), "to check who signs in; the password is scrambled"
    ),
    facts.NoticeSeen: Kind(Section.ACCOUNT, N_("Privacy notices shown"), "to show that people were told"),
    facts.Grant: Kind(Section.ACCOUNT, N_("Tasks given"), "who may see and do what, since when"),
    facts.PersonErased: Kind(Section.ACCOUNT, N_("Erasures"), "that a person was erased; nothing of what"),
    facts.Enrolment: Kind(Section.TRAINING, N_("Programmes joined"), "which rules hold for whom"),
    facts.Assignment: Kind(Section.TRAINING, N_("Trainers given"), "who may see and record what about a trainee"),
    facts.Pause: Kind(
        Section.TRAINING, N_("Pauses and endings"), "when a trainee's time runs; coded, no reasons in words"
    ),
    facts.MoveConsent: Kind(Section.TRAINING, N_("Moves agreed to"), "that nobody is moved without their consent"),
    facts.ResearchChoice: Kind(
        Section.ACCOUNT, N_("Choices about research"), "that nobody's record goes into research unless they agree"
    ),
    facts.WorkHandedOver: Kind(Section.TRAINING, N_("Work handed over"), "who looks after what a trainer left behind"),
    facts.Amendment: Kind(Section.CHANGES, N_("Corrections and endings"), "so that nothing is changed without a trace"),
    facts.RecordOpened: Kind(Section.LOOKS, N_("Who opened your record"), "so that people see who looked"),
    facts.HubOpened: Kind(None, N_("Hubs"), "which local organisations there are"),
    facts.HubContact: Kind(None, N_("Safeguarding contacts"), "whom to call; shown to everybody in the hub"),
    facts.CohortOpened: Kind(None, N_("Cohorts"), "who starts together, and when it ends"),
    facts.CohortDated: Kind(None, N_("Last days of cohorts"), "the day on which a cohort is planned to end"),
    facts.CohortClosed: Kind(None, N_("Closed cohorts"), "that nobody joins any more, and a hash of where all stood"),
    facts.OperatorAct: Kind(None, N_("Commands on the server"), "what was done on the server, by which system user"),
    facts.ReportIssued: Kind(None, N_("Reports issued"), "what funders were told, for good; sums, small ones hidden"),
    facts.Destruction: Kind(
        None, N_("Destruction log"), "that something was destroyed after its time; nothing of what"
    ),
    # training and practice
    practice.ModuleProgress: Kind(Section.TRAINING, N_("Modules read"), "where to go on reading; what has been read"),
    practice.Attendance: Kind(Section.TRAINING, N_("Training sessions"), "whether the training was taken part in"),
    practice.Milestone: Kind(Section.TRAINING, N_("Steps done"), "what the programme asks for besides quizzes"),
    practice.LogAnswer: Kind(Section.TRAINING, N_("Notes on leaders watched"), "what was learned by watching"),
    practice.AttemptStarted: Kind(Section.QUIZZES, N_("Quizzes begun"), "which questions were asked, in which order"),
    practice.Response: Kind(
        Section.QUIZZES, N_("Your answers"), "so that no answer is lost, and a mark can be explained"
    ),
    practice.Attempt: Kind(Section.QUIZZES, N_("Quizzes handed in"), "the mark, and what it was made from"),
    practice.Unlock: Kind(Section.QUIZZES, N_("Quizzes opened again"), "who gave more attempts, and why"),
    practice.Accommodation: Kind(Section.QUIZZES, N_("Time in quizzes"), "who has more time; never why"),
    practice.Sitting: Kind(Section.QUIZZES, N_("Quizzes watched"), "that an attempt was watched, and by whom"),
    practice.TextMark: Kind(Section.QUIZZES, N_("Marks of texts"), "what a marker said of a text, line by line"),
    practice.SecondMarkAsked: Kind(Section.QUIZZES, N_("Second marks"), "that somebody asked for a second marker"),
    practice.RefresherAnswer: Kind(Section.QUIZZES, N_("Refreshers"), "when what was learned is asked again"),
    practice.KeyCorrection: Kind(None, N_("Keys corrected"), "why attempts have a new score"),
    practice.CutRound: Kind(None, N_("Rounds for a pass mark"), "that judges were asked, about which questions"),
    practice.CutJudgement: Kind(
        Section.QUIZZES, N_("Pass marks judged"), "where a pass mark comes from; judges are blind to each other"
    ),
    practice.ObservationRequest: Kind(Section.PRACTICE, N_("Asked to be watched"), "so that trainers see who waits"),
    practice.ObservationOpened: Kind(Section.PRACTICE, N_("Forms begun"), "what was watched, where and by whom"),
    practice.Tick: Kind(Section.PRACTICE, N_("What was ticked"), "what was seen, line by line"),
    practice.Observation: Kind(Section.PRACTICE, N_("Observations"), "what a rater saw; levels follow from it"),
    practice.DeviceRecord: Kind(
        Section.PRACTICE, N_("Forms filled in without signal"), "what arrived from a trainer's device, and when"
    ),
    practice.DeviceRecordSettled: Kind(
        Section.PRACTICE, N_("Held forms settled"), "who decided whether a form that came too late counts"
    ),
    practice.SheetTakenOver: Kind(
        Section.PRACTICE, N_("Forms from paper"), "who took over a form that was filled in on paper or a tablet"
    ),
    practice.Acknowledgement: Kind(Section.PRACTICE, N_("What you said to it"), "whether the trainee agrees"),
    practice.Calibration: Kind(Section.PRACTICE, N_("Calibrations"), "whether a rater sees what others see"),
    practice.VignetteRated: Kind(
        Section.PRACTICE, N_("Scenes rated"), "how a rater saw an invented scene, beside what the panel sees"
    ),
    practice.InterestDeclared: Kind(
        Section.DECISIONS, N_("Interests declared"), "who knows a trainee otherwise, and so neither rates nor signs"
    ),
    practice.ParticipantSummary: Kind(Section.PRACTICE, N_("Feedback of groups"), "a mean and a number, nothing else"),
    practice.Hold: Kind(Section.HOLDS, N_("Holds"), "that practice stopped, until somebody lets it go on"),
    practice.Debrief: Kind(Section.HOLDS, N_("Debriefs"), "that it was talked through"),
    practice.Supervision: Kind(Section.SUPPORT, N_("Supervision"), "whether support was given in time"),
    practice.Certificate: Kind(Section.SUPPORT, N_("Certificates seen"), "kind and dates of an outside certificate"),
    support.Availability: Kind(Section.SUPPORT, N_("Free times"), "so that meetings are offered at times that suit"),
    support.FreeException: Kind(Section.SUPPORT, N_("Days that differ"), "so that nobody is offered a day off"),
    support.MeetingOffered: Kind(Section.SUPPORT, N_("Meetings offered"), "who meets whom when"),
    support.MeetingBooked: Kind(Section.SUPPORT, N_("Meetings agreed"), "that both have said yes"),
    support.MeetingEnded: Kind(Section.SUPPORT, N_("What became of meetings"), "whether support took place; coded"),
    support.ContactAsked: Kind(Section.SUPPORT, N_("Wishes to be contacted"), "so that somebody answers, and how soon"),
    support.CheckInChoice: Kind(Section.SUPPORT, N_("Choices about check-ins"), "that it was explained; who is told"),
    support.ConfidenceRated: Kind(Section.SUPPORT, N_("How sure you feel"), "to compare before and after; not counted"),
    support.BuddyPaired: Kind(Section.SUPPORT, N_("Buddies"), "who looks out for whom"),
    support.SessionPlanned: Kind(
        None, N_("Calendars of sessions"), "when sessions are, and who leads them; codes only"
    ),
    support.PreparationNoted: Kind(None, N_("Preparation of sessions"), "what is ready for a session; coded"),
    practice.CohortOutcome: Kind(Section.DECISIONS, N_("Ends of cohorts"), "where a person stood at the end"),
    practice.SignOff: Kind(Section.DECISIONS, N_("Decisions"), "who decided what, on which evidence"),
    practice.Countersign: Kind(Section.DECISIONS, N_("Countersignatures"), "that a second person confirmed it"),
    practice.DecisionAsked: Kind(
        Section.DECISIONS, N_("Decisions you asked for"), "that you asked, and on what evidence"
    ),
    practice.SecondLook: Kind(Section.DECISIONS, N_("Second looks"), "what somebody else decided, blind to the first"),
    practice.DisputeSettled: Kind(
        Section.DECISIONS, N_("What came of disputes"), "which of two decisions counts; coded"
    ),
    practice.Appeal: Kind(Section.APPEALS, N_("Your appeals"), "so that somebody who was not involved looks again"),
    practice.AppealDecided: Kind(Section.APPEALS, N_("Decisions on appeals"), "what came of it, and who decided"),
    practice.ProgrammePublished: Kind(None, N_("Programmes published"), "which text held when"),
    practice.SafeguardingApproved: Kind(
        None, N_("Safeguarding text approved"), "which qualified person vouches for it"
    ),
    practice.ProgrammeActivated: Kind(None, N_("Programmes in use"), "which version a hub works with"),
}
"""Every kind of fact; a test compares this with the classes there are."""
