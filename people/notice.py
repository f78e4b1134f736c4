"""The privacy notice: what is kept, who sees it, how long, and what each person may ask. Plain words, no HTML."""

from dataclasses import dataclass
from typing import Final

VERSION: Final = "3"

RESEARCH_VERSION: Final = "1"
"""Of the words about research. Who agreed to other words is asked again, and counts as agreeing meanwhile."""


@dataclass(frozen=True, slots=True)
class NoticeSection:
    """A heading and its short paragraphs."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A version of the notice. A change of meaning takes a new version, which everybody is shown again."""

    version: str
    title: str
    opening: str
    sections: tuple[NoticeSection, ...]


NOTICE: Final = Notice(
    version=VERSION,
    title="What we keep about you",
    opening="Please read this once. It says what this system keeps, who can see it, and what you can ask.",
    sections=(
        NoticeSection(
            "What is kept",
            (
                "Your name, your sign-in name, and your password in a scrambled form that nobody can read.",
                "The modules you have read, your quiz answers, and the training sessions you came to.",
                "What trainers saw when they watched you practise, the talks with your supervisor, "
                "and the decisions about you.",
                "When each thing was recorded, and by whom. Who opened your record is kept too, and you can see it.",
            ),
        ),
        NoticeSection(
            "What is never kept here",
            (
                "Nothing about any parent, child or family. Please never write about them here.",
                "This is no place to report a worry about a child. The panel on every page says whom to call.",
            ),
        ),
        NoticeSection(
            "Who can see it",
            (
                "You see your own record.",
                "Your trainers see your training record, because they help you to get ready.",
                "The training lead of your hub sees the records of the hub's trainees.",
                "The programme manager sees which steps you have met, your attendance and the decisions about you, "
                "not your answers.",
                "The co-ordinator sees dates and attendance.",
                "If practice is put on hold, the safeguarding lead and the deputy see what it is about.",
                "A check-in on how you are is seen by you and your own trainer only.",
                "Somebody from outside may be shown your record to confirm one decision, until a set day.",
                "Funders see sums for whole groups, never a single person.",
                "Administrators look after accounts. They do not see results.",
            ),
        ),
        NoticeSection(
            "How long",
            (
                "Check-ins on how you are are kept for a short time, and you can delete yours at any time.",
                "Comments are kept for a shorter time than the record of what you completed.",
                "Your hub decides the exact times for each kind of record, and will tell you when you ask.",
            ),
        ),
        NoticeSection(
            "What you can ask",
            (
                "Take a copy of everything that is kept about you: under My account, at any time.",
                "Ask for a mistake to be put right. The old entry stays, marked as corrected.",
                "Say that you do not agree with a rating or a decision.",
                "Appeal, for some weeks: somebody who was not involved looks at it again and decides.",
                "Ask for your name and your comments to be deleted.",
                "Choose whether your record may go into research: on the page Privacy. Without your yes nothing goes.",
                "Ask your trainer or the programme manager of your hub. They will help you.",
            ),
        ),
    ),
)

RESEARCH: Final = NoticeSection(
    "Research",
    (
        "Researchers want to learn what helps people to get ready. You can let them use your record. You need not.",
        "Shared: your quiz answers, what trainers saw, supervision, sessions you came to, decisions, and the weeks.",
        "Not shared: your name, dates, anything that you or others wrote, how you said you are, who your trainers are.",
        "A code stands for you. Only who has the key on this hub's server can follow it back to you.",
        "The programme manager makes the file and gives it to researchers. In a small group somebody might still guess "
        "who you are. If too few people of a group agree, nothing of that group is shared.",
        "You can change your mind here at any time. Then you are in no file that is made after that. Files that were "
        "given out before cannot be called back.",
        "Yes or no makes no difference to your training.",
    ),
)
"""What a trainee is told before they choose."""
