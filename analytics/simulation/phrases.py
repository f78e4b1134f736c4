"""Invented notes of trainees and raters on their own practice. No note speaks of a family."""

from typing import Final

REFLECTIONS: Final = (
    "I talk fast when I am nervous. Next time I will breathe first.",
    "I liked that nobody had to share. I want to say that out loud.",
    "I gave advice too soon. I will ask one more question first.",
    "Silence felt long to me. It did not feel long to the others.",
    "I leaned on my partner today. Next time we plan who does what.",
)

STRENGTHS: Final = (
    "Warm and clear from the start.",
    "Gave people time to answer.",
    "Kept the group together well.",
    "Said the limit of confidentiality in plain words.",
    "Handed over to the partner in time.",
)

NEXT_STEPS: Final = (
    "Leave one more pause.",
    "Hand over out loud.",
    "Say the plan once more at the end.",
    "Ask before offering an idea.",
    "Look at the clock half-way.",
)

VISITS: Final = (
    "I will borrow how she let the silence be.",
    "I will borrow how they shared the lead without a word.",
    "I will borrow the way she thanked people by name.",
)

DOUBTS: Final = (
    "I think I did name the limit, at the very start.",
    "I would like to talk about this one.",
)
