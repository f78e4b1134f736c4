# ruff: noqa: E501  an item, and each message of the list, stands on one line
"""Faults of the newer kinds of items, their media and the ways of quizzes: each planted, the whole list compared."""

import pytest

GROUNDS = "cut_source: Us, evidence: None., chosen_by: Us, reviewed: not yet"
"""What a gate says about itself."""

ITEMS = {
    "few pairs": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: matching, pairs: [{prompt: one, answer: red}], extra: [blue, green]}\n",
        ["items/m1.yaml:40: error: item `m1-new-01`: has 1 pairs; expected at least 2. Add another."],
    ),
    "few answers": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: matching, pairs: [{prompt: one, answer: red}, {prompt: two, answer: red}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: has 1 answers to choose from; expected at least 3. Add a pair, or an answer under `extra`."
        ],
    ),
    "extra twice": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: matching, pairs: [{prompt: one, answer: red}, {prompt: two, answer: blue}], extra: [red, green]}\n",
        ["items/m1.yaml:40: error: item `m1-new-01`: `red` is under `extra` and in a pair. Leave one of them out."],
    ),
    "long answer": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: matching, pairs: [{prompt: one, answer: red}, {prompt: two, answer: blue}], extra: [xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]}\n",
        [
            "items/m1.yaml:40: warning: item `m1-new-01`: the answer `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` has 45 characters; expected at most 40. Say it shorter: a phone cuts it."
        ],
    ),
    "no number key": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: numeric, answers: [{value: 1, credit: 50}]}\n",
        ["items/m1.yaml:40: error: item `m1-new-01`: has no key: no answer earns everything. Give one `credit: 100`."],
    ),
    "first factor": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: numeric, answers: [{value: 1}], units: [{names: [h], factor: 60}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: the first unit has the factor 60; expected 1, since the answers are given in it. Put the unit of the answers first."
        ],
    ),
    "unit needed": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: numeric, answers: [{value: 1}], unit_needed: true}\n",
        ["items/m1.yaml:40: error: item `m1-new-01`: needs a unit and names none. List the units under `units`."],
    ),
    "fits all": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: short_text, answers: [{text: '*'}]}\n",
        ["items/m1.yaml:40: error: item `m1-new-01`: answer 1 fits every response. Write words beside the `*`."],
    ),
    "number twice": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: numeric, answers: [{value: 1}, {value: 1}]}\n",
        ["items/m1.yaml:40: error: item `m1-new-01`: the answer 1 stands twice. Leave one of them out."],
    ),
    "no gaps": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: cloze, text: A cup., gaps: []}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: has no gaps. List them under `gaps`, and write each as `[[name]]` in the text."
        ],
    ),
    "gap unlisted": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: cloze, text: 'A [[x]] and [[y]].', gaps: [{id: x, kind: short_text, answers: [{text: cup}]}]}\n",
        ["items/m1.yaml:40: error: item `m1-new-01`: the text has the gap `[[y]]`, which is not listed."],
    ),
    "gap twice listed": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: cloze, text: 'A [[x]].', gaps: [{id: x, kind: short_text, answers: [{text: cup}]}, {id: x, kind: short_text, answers: [{text: mug}]}]}\n",
        ["items/m1.yaml:40: error: item `m1-new-01`: the gap `x` is listed twice. Give each a name of its own."],
    ),
    "gap twice in text": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: cloze, text: 'A [[x]] [[x]].', gaps: [{id: x, kind: short_text, answers: [{text: cup}]}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: the gap `x` stands 2 times in the text; expected once. Write it as `[[x]]`."
        ],
    ),
    "gap no key": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: cloze, text: 'A [[x]].', gaps: [{id: x, kind: choice, options: [{text: a}, {text: b}]}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: the gap `x` has 2 options, 0 of them right; expected two or more, one right."
        ],
    ),
    "no turns": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: branching, turns: []}\n",
        ["items/m1.yaml:40: error: item `m1-new-01`: has no turns. Write what happens first, and what one may say."],
    ),
    "one move": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: branching, turns: [{id: a, text: She waits., moves: [{text: Ask., then: She talks., credit: 100}]}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: has no way that earns less than everything. Add a plausible unhelpful one.",
            "items/m1.yaml:40: error: item `m1-new-01`: turn `a` has 1 things to say; expected at least 2. Add a plausible one.",
        ],
    ),
    "no best": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: branching, turns: [{id: a, text: She waits., moves: [{text: Ask., then: She talks., credit: 50}, {text: Go., then: She goes., credit: 0}]}]}\n",
        ["items/m1.yaml:40: error: item `m1-new-01`: has no way that earns everything. Give one ending `credit: 100`."],
    ),
    "goes on and credit": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: branching, turns: [{id: a, text: She waits., moves: [{text: Ask., then: She talks., next: b, credit: 50}, {text: Go., then: She goes., credit: 0}]}, {id: b, text: She waits., moves: [{text: Ask., then: She talks., credit: 100}, {text: Go., then: She goes., credit: 0}]}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: move 1 of turn `a` goes on and states a credit. Only endings have a credit."
        ],
    ),
    "goes nowhere": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: branching, turns: [{id: a, text: She waits., moves: [{text: Ask., then: She talks., next: zz}, {text: Go., then: She goes., credit: 100}, {text: Run., then: She goes., credit: 0}]}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: move 1 of turn `a` goes on at `zz`, which does not exist. The turns are `a`."
        ],
    ),
    "neither": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: branching, turns: [{id: a, text: She waits., moves: [{text: Ask., then: She talks.}, {text: Go., then: She goes., credit: 100}, {text: Run., then: She goes., credit: 0}]}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: move 1 of turn `a` neither goes on nor ends. Name the `next` turn, or the `credit` of this ending."
        ],
    ),
    "turn twice": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: branching, turns: [{id: a, text: She waits., moves: [{text: Ask., then: She talks., credit: 100}, {text: Go., then: She goes., credit: 0}]}, {id: a, text: She waits., moves: [{text: Ask., then: She talks., credit: 100}, {text: Go., then: She goes., credit: 0}]}]}\n",
        ["items/m1.yaml:40: error: item `m1-new-01`: the turn `a` is written 2 times. Give each an id of its own."],
    ),
    "turn unreached": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: branching, turns: [{id: a, text: She waits., moves: [{text: Ask., then: She talks., credit: 100}, {text: Go., then: She goes., credit: 0}]}, {id: b, text: She waits., moves: [{text: Ask., then: She talks., credit: 100}, {text: Go., then: She goes., credit: 0}]}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: turn `b` is reached 0 times; expected once. Write a turn of its own for each way."
        ],
    ),
    "no rubric": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: extended_text, rubric: [], model: A cup.}\n",
        ["items/m1.yaml:40: error: item `m1-new-01`: has no rubric. Say what is looked for, with its levels in words."],
    ),
    "criterion twice": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: extended_text, model: A cup., rubric: [{id: w, text: Warm?, levels: ['no', 'yes']}, {id: w, text: Clear?, levels: ['no', 'yes']}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: the criterion `w` is written 2 times. Give each an id of its own."
        ],
    ),
    "no model": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: extended_text, rubric: [{id: w, text: Warm?, levels: ['no', 'yes']}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: is for practice, which nobody marks, and shows no good answer. Write one under `model`."
        ],
    ),
    "unknown kind": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: riddle}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: unknown kind of item `riddle`. The kinds are `single`, `multiple`, `true_false`, `ordering`, `matching`, `numeric`, `short_text`, `cloze`, `branching` and `extended_text`."
        ],
    ),
    "right with credit": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: single, options: [{text: a, correct: true, credit: 50, rationale: It is so.}, {text: b, rationale: It is so.}, {text: c, rationale: It is so.}]}\n",
        ["items/m1.yaml:40: error: item `m1-new-01`: option 1 is right and states its credit. It earns everything."],
    ),
    "wrong with all": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: single, options: [{text: a, correct: true, rationale: It is so.}, {text: b, credit: 100, rationale: It is so.}, {text: c, rationale: It is so.}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: option 2 is wrong and earns 100 per cent; expected less than 100. Mark it with `correct: true`, or lower its credit."
        ],
    ),
    "takes away": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: single, options: [{text: a, correct: true, rationale: It is so.}, {text: b, credit: -50, rationale: It is so.}, {text: c, rationale: It is so.}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: option 2 takes points away, but no response earns less than nothing. Write `below_zero: true`, or leave the credit out."
        ],
    ),
    "penalty": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: single, options: [{text: a, correct: true, rationale: It is so.}, {text: b, rationale: It is so.}, {text: c, rationale: It is so.}], penalty: 50, below_zero: false}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: `penalty` is 50, but no response earns less than nothing. Write `below_zero: true`, or leave the penalty out."
        ],
    ),
    "credit in ordering": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: ordering, options: [{text: a, rationale: So., credit: 50}, {text: b, rationale: So.}, {text: c, rationale: So.}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: states the credit of an option; this kind has none. Leave it out."
        ],
    ),
    "credit not partial": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: multiple, options: [{text: a, correct: true, rationale: So.}, {text: d, correct: true, rationale: So.}, {text: b, credit: -50, rationale: So.}]}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: states the credit of options, but not `partial`. Write `partial: true`."
        ],
    ),
    "credits in all": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: multiple, options: [{text: a, correct: true, credit: 30, rationale: So.}, {text: d, correct: true, credit: 30, rationale: So.}, {text: b, rationale: So.}], partial: true}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: the right options earn 60 per cent in all; expected 100. State the credit of each, or of none."
        ],
    ),
    "shows missing": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: single, options: [{text: a, correct: true, rationale: It is so.}, {text: b, rationale: It is so.}, {text: c, rationale: It is so.}], media: {kind: image, file: cup.png, alt: A blue cup on a table}}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: shows `cup.png`, which cannot be read. Put it into the folder `media`."
        ],
    ),
    "wrong ending": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: single, options: [{text: a, correct: true, rationale: It is so.}, {text: b, rationale: It is so.}, {text: c, rationale: It is so.}], media: {kind: image, file: cup.svg, alt: A blue cup on a table}}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: `media.file` is `cup.svg`; expected a file that ends in .png or .jpg or .webp."
        ],
    ),
    "alt": (
        "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: single, options: [{text: a, correct: true, rationale: It is so.}, {text: b, rationale: It is so.}, {text: c, rationale: It is so.}], media: {kind: image, file: cup.png, alt: cup.png}}\n",
        [
            "items/m1.yaml:40: error: item `m1-new-01`: shows `cup.png`, which cannot be read. Put it into the folder `media`.",
            "items/m1.yaml:40: error: item `m1-new-01`: the words for the picture are `cup.png`. Say what it shows, for those who cannot see it.",
        ],
    ),
}

QUIZZES = {
    "any cell": (
        [("append", "blueprints/quiz-m1.yaml", "cells: [{draw: 1}]\n")],
        [
            "blueprints/quiz-m1.yaml:8: error: blueprint `quiz-m1`: cell 1 takes any item. Name a section, a competency or a theme; the rest is drawn anyway."
        ],
    ),
    "cells too many": (
        [("append", "blueprints/quiz-m1.yaml", "cells: [{draw: 3, section: M1.1}]\n")],
        [
            "blueprints/quiz-m1.yaml:8: error: blueprint `quiz-m1`: its cells draw 3 items of a form of 1. Draw more in all, or fewer in the cells."
        ],
    ),
    "cell short": (
        [
            ("append", "blueprints/quiz-m1.yaml", "cells: [{draw: 9, section: M1.1}]\n"),
            ("change", "blueprints/quiz-m1.yaml", "draw: 1\npass", "draw: 9\npass"),
        ],
        [
            "blueprints/quiz-m1.yaml:4: error: blueprint `quiz-m1`: draws 9 items of a pool of 3. Write more items, or draw fewer.",
            "blueprints/quiz-m1.yaml:8: error: blueprint `quiz-m1`: cell 1 draws 9 items, and finds 3 that no other cell needs. Write more items, or draw fewer.",
        ],
    ),
    "forms": (
        [("append", "blueprints/quiz-m1.yaml", "forms: 6\n")],
        [
            "blueprints/quiz-m1.yaml:8: warning: blueprint `quiz-m1`: 6 forms of 1 share items: the pool holds 3. Write more items, or have fewer forms."
        ],
    ),
    "time": (
        [
            ("append", "blueprints/quiz-m1.yaml", "minutes: 1\n"),
            ("change", "blueprints/quiz-m1.yaml", "draw: 1\npass", "draw: 3\npass"),
        ],
        [
            "blueprints/quiz-m1.yaml:4: error: blueprint `quiz-m1`: the pool holds 3 items; expected 8, 2.5 times the 3 drawn. Write more items, or draw fewer.",
            "blueprints/quiz-m1.yaml:8: warning: blueprint `quiz-m1`: gives 20 seconds a question; expected at least 45. People read in a second language: give more minutes.",
        ],
    ),
    "purpose": (
        [("append", "blueprints/quiz-m1.yaml", "purpose: pre\n")],
        [
            "blueprints/quiz-m1.yaml:5: error: blueprint `quiz-m1`: `pass_pct` is 80; expected 0, since nothing is passed in a quiz before teaching. Write `pass_pct: 0`.",
            "blueprints/quiz-m1.yaml:8: warning: blueprint `quiz-m1`: has no quiz of purpose `post` on the same modules, so that no gain can be shown. Write its partner.",
        ],
    ),
    "practice": (
        [("append", "blueprints/quiz-m1.yaml", "purpose: practice\nminutes: 20\n")],
        [
            "blueprints/quiz-m1.yaml:4: error: blueprint `quiz-m1`: the practice pool holds 1 items; expected 3, 2.5 times the 1 drawn. Write more practice items, or draw fewer.",
            "blueprints/quiz-m1.yaml:5: error: blueprint `quiz-m1`: `pass_pct` is 80; expected 0, since nothing is passed in practice. Write `pass_pct: 0`.",
            "blueprints/quiz-m1.yaml:9: error: blueprint `quiz-m1`: `minutes` has no use in a quiz with the purpose `practice`, which never counts. Leave it out.",
            "modules/m1.md:2: warning: module `M1`: has 3 counting items, but no blueprint draws them. Write a blueprint for the module.",
        ],
    ),
    "chain": (
        [
            (
                "append",
                "items/m1.yaml",
                "- {id: m1-new-01, stem: 'What do you do with a cup?', section: M1.1, competency: D1.1, pool: practice, kind: branching, turns: [{id: t0, text: She waits., moves: [{text: Ask., then: She talks., next: t1}, {text: Go., then: She goes., credit: 0}]}, {id: t1, text: She waits., moves: [{text: Ask., then: She talks., next: t2}, {text: Go., then: She goes., credit: 0}]}, {id: t2, text: She waits., moves: [{text: Ask., then: She talks., next: t3}, {text: Go., then: She goes., credit: 0}]}, {id: t3, text: She waits., moves: [{text: Ask., then: She talks., next: t4}, {text: Go., then: She goes., credit: 0}]}, {id: t4, text: She waits., moves: [{text: Ask., then: She talks., next: t5}, {text: Go., then: She goes., credit: 0}]}, {id: t5, text: She waits., moves: [{text: Ask., then: She talks., next: t6}, {text: Go., then: She goes., credit: 0}]}, {id: t6, text: She waits., moves: [{text: Ask., then: She talks., next: t7}, {text: Go., then: She goes., credit: 0}]}, {id: t7, text: She waits., moves: [{text: Ask., then: She talks., next: t8}, {text: Go., then: She goes., credit: 0}]}, {id: t8, text: She waits., moves: [{text: Ask., then: She talks., next: t9}, {text: Go., then: She goes., credit: 0}]}, {id: t9, text: She waits., moves: [{text: Ask., then: She talks., next: t10}, {text: Go., then: She goes., credit: 0}]}, {id: t10, text: She waits., moves: [{text: Ask., then: She talks., next: t11}, {text: Go., then: She goes., credit: 0}]}, {id: t11, text: She waits., moves: [{text: Ask., then: She talks., next: t12}, {text: Go., then: She goes., credit: 0}]}, {id: t12, text: She waits., moves: [{text: Ask., then: She talks., next: t13}, {text: Go., then: She goes., credit: 0}]}, {id: t13, text: She waits., moves: [{text: Ask., then: She talks., next: t14}, {text: Go., then: She goes., credit: 0}]}, {id: t14, text: She waits., moves: [{text: Ask., then: She talks., next: t15}, {text: Go., then: She goes., credit: 0}]}, {id: t15, text: She waits., moves: [{text: Ask., then: She talks., next: t16}, {text: Go., then: She goes., credit: 0}]}, {id: t16, text: She waits., moves: [{text: Ask., then: She talks., next: t17}, {text: Go., then: She goes., credit: 0}]}, {id: t17, text: She waits., moves: [{text: Ask., then: She talks., next: t18}, {text: Go., then: She goes., credit: 0}]}, {id: t18, text: She waits., moves: [{text: Ask., then: She talks., next: t19}, {text: Go., then: She goes., credit: 0}]}, {id: t19, text: She waits., moves: [{text: Ask., then: She talks., next: t20}, {text: Go., then: She goes., credit: 0}]}, {id: t20, text: She waits., moves: [{text: Ask., then: She talks., next: t21}, {text: Go., then: She goes., credit: 0}]}, {id: t21, text: She waits., moves: [{text: Ask., then: She talks., next: t22}, {text: Go., then: She goes., credit: 0}]}, {id: t22, text: She waits., moves: [{text: Ask., then: She talks., next: t23}, {text: Go., then: She goes., credit: 0}]}, {id: t23, text: She waits., moves: [{text: Ask., then: She talks., next: t24}, {text: Go., then: She goes., credit: 0}]}, {id: t24, text: She waits., moves: [{text: Ask., then: She talks., next: t25}, {text: Go., then: She goes., credit: 0}]}, {id: t25, text: She waits., moves: [{text: Ask., then: She talks., next: t26}, {text: Go., then: She goes., credit: 0}]}, {id: t26, text: She waits., moves: [{text: Ask., then: She talks., next: t27}, {text: Go., then: She goes., credit: 0}]}, {id: t27, text: She waits., moves: [{text: Ask., then: She talks., next: t28}, {text: Go., then: She goes., credit: 0}]}, {id: t28, text: She waits., moves: [{text: Ask., then: She talks., next: t29}, {text: Go., then: She goes., credit: 0}]}, {id: t29, text: She waits., moves: [{text: Ask., then: She talks., next: t30}, {text: Go., then: She goes., credit: 0}]}, {id: t30, text: She waits., moves: [{text: Ask., then: She talks., next: t31}, {text: Go., then: She goes., credit: 0}]}, {id: t31, text: She waits., moves: [{text: Ask., then: She talks., next: t32}, {text: Go., then: She goes., credit: 0}]}, {id: t32, text: She waits., moves: [{text: Ask., then: She talks., next: t33}, {text: Go., then: She goes., credit: 0}]}, {id: t33, text: She waits., moves: [{text: Ask., then: She talks., next: t34}, {text: Go., then: She goes., credit: 0}]}, {id: t34, text: She waits., moves: [{text: Ask., then: She talks., next: t35}, {text: Go., then: She goes., credit: 0}]}, {id: t35, text: She waits., moves: [{text: Ask., then: She talks., next: t36}, {text: Go., then: She goes., credit: 0}]}, {id: t36, text: She waits., moves: [{text: Ask., then: She talks., next: t37}, {text: Go., then: She goes., credit: 0}]}, {id: t37, text: She waits., moves: [{text: Ask., then: She talks., next: t38}, {text: Go., then: She goes., credit: 0}]}, {id: t38, text: She waits., moves: [{text: Ask., then: She talks., next: t39}, {text: Go., then: She goes., credit: 0}]}, {id: t39, text: She waits., moves: [{text: Ask., then: She talks., next: t40}, {text: Go., then: She goes., credit: 0}]}, {id: t40, text: She waits., moves: [{text: Ask., then: She talks., credit: 100}, {text: Go., then: She goes., credit: 0}]}]}\n",
            )
        ],
        ["items/m1.yaml:40: error: item `m1-new-01`: goes on for more than 8 turns. Shorten it, or end the circle."],
    ),
    "grammar": (
        [
            (
                "append",
                "items/m1.yaml",
                "- {id: m1-new-01, stem: 'On the table you see an', section: M1.1, competency: D1.1, pool: practice, kind: single, options: [{text: apple, correct: true, rationale: So.}, {text: cup, rationale: So.}, {text: egg, rationale: So.}]}\n",
            )
        ],
        [
            "items/m1.yaml:40: warning: item `m1-new-01`: ends in `an`, which not every option can follow. Put the article into the options."
        ],
    ),
}

PNG = b"\x89PNG\r\n\x1a\n"
MEDIA = {
    "unshown": (PNG, ["media/cup.png:1: warning: is shown by no item. Use it, or delete it."]),
    "false png": (
        b"no picture",
        [
            "media/cup.png:1: error: is no file of type image/png, whatever its name says. Save it anew in that format, or give it its true ending."
        ],
    ),
    "long png": (
        PNG + b"x" * 1_000_000,
        [
            "media/cup.png:1: error: is 1,000,008 bytes long; expected at most 1,000,000 for .png. Save it smaller: phones have to fetch it."
        ],
    ),
}


GATE = f"  - {{id: quiz, kind: quiz, title: Quiz, why: Why., {GROUNDS}, parts: [{{blueprint: quiz-m1}}]}}\n"


@pytest.mark.parametrize("name", ITEMS)
def test_a_fault_of_an_item_is_named(small, name):
    item, expected = ITEMS[name]
    small.append("items/m1.yaml", item)
    assert small.messages() == expected


@pytest.mark.parametrize("name", QUIZZES)
def test_a_fault_of_a_quiz_is_named(small, name):
    steps, expected = QUIZZES[name]
    for how, *what in steps:
        getattr(small, how)(*what)
    assert small.messages() == expected


@pytest.mark.parametrize("name", MEDIA)
def test_a_fault_of_a_file_is_named(small, name):
    content, expected = MEDIA[name]
    (small.path / "media").mkdir()
    (small.path / "media" / "cup.png").write_bytes(content)
    assert small.messages() == expected


def test_all_files_together_have_a_limit(small, monkeypatch):
    monkeypatch.setattr("curriculum.media.MAX_TOTAL", 5)
    (small.path / "media").mkdir()
    (small.path / "media" / "cup.png").write_bytes(PNG)
    assert small.messages() == [
        "media:1: error: holds 8 bytes; expected at most 5 in all. Make the films smaller, or leave some out.",
        "media/cup.png:1: warning: is shown by no item. Use it, or delete it.",
    ]


def test_a_gate_cannot_ask_to_pass_what_cannot_be_passed(small):
    small.append("blueprints/quiz-m1.yaml", "purpose: pre\n")
    small.append("readiness.yaml", GATE)
    assert small.messages() == [
        "blueprints/quiz-m1.yaml:5: error: blueprint `quiz-m1`: `pass_pct` is 80; expected 0, since nothing is passed in a quiz before teaching. Write `pass_pct: 0`.",
        "blueprints/quiz-m1.yaml:8: warning: blueprint `quiz-m1`: has no quiz of purpose `post` on the same modules, so that no gain can be shown. Write its partner.",
        "readiness.yaml:12: error: gate `quiz`: blueprint `quiz-m1` has the purpose `pre`; expected `gate`. Name a quiz that can be passed.",
    ]
