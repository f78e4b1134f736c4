"""`python -m analytics items` and `raters`: the public format, what is shown at which n, and how errors end."""

import json
from pathlib import Path
from typing import Any

import pytest

from analytics.__main__ import main
from tests.analytics.statistics.published import COHEN, FLEISS, KRIPPENDORFF, LSAT6, LSAT6_EXPECTED, SHROUT_FLEISS
from tests.analytics.statistics.tables import lsat, write_marks

Capture = pytest.CaptureFixture[str]


def _write_ratings(path: Path, rows: Any) -> Path:
    lines = [
        f"{i + 1},judge {j + 1},{value}"
        for i, row in enumerate(rows)
        for j, value in enumerate(row)
        if value is not None
    ]
    path.write_text("\n".join(["subject,rater,rating", *lines]) + "\n", "utf-8")
    return path


def _json(capsys: Capture, *given: str | Path) -> dict[str, Any]:
    assert main([*map(str, given), "--format", "json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    return answer


def _text(capsys: Capture, *given: str | Path) -> str:
    assert main([*map(str, given)]) == 0
    return capsys.readouterr().out


# ---------------------------------------------------------------- items


def test_the_json_of_items_is_the_public_format(tmp_path: Path, capsys: Capture) -> None:
    answer = _json(capsys, "items", write_marks(tmp_path / "lsat.csv", lsat(LSAT6), [1.0] * 5, "BA"))
    form, items = answer["form"], answer["items"]
    assert sorted(answer) == ["form", "items"]
    assert {"n", "mean", "median", "sd", "skewness", "kurtosis", "alpha", "sem"} <= form.keys()
    assert (form["n"], form["alpha"]) == (1000, pytest.approx(LSAT6_EXPECTED["alpha"]))
    assert [item["item"] for item in items] == ["q1", "q2", "q3", "q4", "q5"]
    assert [item["discrimination_index"] for item in items] == pytest.approx(
        [100 * r for r in LSAT6_EXPECTED["item_rest_r"]]
    )
    assert items[0]["facility_interval"] == pytest.approx([0.9059, 0.9389], abs=1e-4)
    assert items[0]["options"][0] == {
        "response": "A",
        "is_key": True,
        "n": 924,
        "share": 0.924,
        "share_interval": pytest.approx([0.9059, 0.9389], abs=1e-4),
        "share_by_third": {
            "low": pytest.approx(0.8875, abs=1e-4),
            "middle": pytest.approx(0.9319, abs=1e-4),
            "high": pytest.approx(0.9521, abs=1e-4),
        },
        "mean_rest": pytest.approx(2.9264, abs=1e-4),
        "gap_to_key": None,
        "gap_to_key_interval": None,
    }


def test_skewness_and_kurtosis_are_k_statistics(tmp_path: Path, capsys: Capture) -> None:
    marks = [[total] for total in (2, 4, 4, 5, 9)]
    form = _json(capsys, "items", write_marks(tmp_path / "m.csv", marks, [10.0]))["form"]
    n, mean = 5, 4.8
    m2, m3, m4 = (sum((total - mean) ** power for total in (2, 4, 4, 5, 9)) / n for power in (2, 3, 4))
    k2, k3 = n * m2 / 4, n**2 * m3 / 12
    k4 = n**2 * (6 * m4 - 3 * 4 * m2**2) / 24
    assert (form["mean"], form["median"], form["sd"]) == (4.8, 4.0, pytest.approx(k2**0.5))
    assert form["skewness"] == pytest.approx(k3 / k2**1.5)
    assert form["kurtosis"] == pytest.approx(k4 / k2**2)


def test_at_six_people_the_text_shows_counts_and_judges_no_item(tmp_path: Path, capsys: Capture) -> None:
    marks = [[int(mark) for mark in row] for row in ("11111", "11110", "11100", "11000", "10000", "11010")]
    path = write_marks(tmp_path / "six.csv", marks, [1.0] * 5, "BA")
    text = _text(capsys, "items", path)
    assert text.startswith("6 people, 5 items. Fewer than 30 people")
    assert "q5    6     17 (3 to 56)" in text
    assert "discrimination" not in text
    assert "Alpha" not in text
    assert "* A  1   17 (3 to 56) %" in text
    answer = _json(capsys, "items", path)
    assert [item["bearing"] for item in answer["items"]] == ["counts"] * 5
    assert answer["items"][1]["discrimination_index"] == pytest.approx(48.89, abs=0.005)
    assert answer["items"][0]["not_computable"]["discrimination_index"] == "everybody has the same mark"


def test_at_a_thousand_people_the_text_shows_alpha_with_its_interval_first(tmp_path: Path, capsys: Capture) -> None:
    text = _text(capsys, "items", write_marks(tmp_path / "lsat.csv", lsat(LSAT6), [1.0] * 5))
    assert "Alpha: between 0.22 and 0.36, estimated 0.29" in text
    assert "q1: It hardly goes together with the other questions." in text


@pytest.mark.parametrize(("marks", "n"), [([[1, 0, 1]], 1), ([[1], [0], [1]], 3), ([[1]], 1)])
def test_one_person_or_one_item_is_answered(tmp_path: Path, capsys: Capture, marks: Any, n: int) -> None:
    path = write_marks(tmp_path / "m.csv", marks, [1.0] * len(marks[0]))
    answer = _json(capsys, "items", path)
    assert (answer["form"]["n"], answer["form"]["alpha"]) == (n, None)
    assert "alpha" in answer["form"]["not_computable"]
    assert _text(capsys, "items", path)


def test_forms_that_differ_have_no_alpha_but_a_reason_and_a_covariance(tmp_path: Path, capsys: Capture) -> None:
    marks = [[p % 2, (p // 2) % 2, p % 3 == 0 if p % 5 else None] for p in range(120)]
    path = write_marks(tmp_path / "m.csv", [[None if m is None else int(m) for m in row] for row in marks], [1.0] * 3)
    form = _json(capsys, "items", path)["form"]
    assert (form["alpha"], form["n_incomplete"]) == (None, 24)
    assert form["not_computable"]["sem"] == "not everybody had the same questions (24 of 120 lack some)"
    assert isinstance(form["mean_inter_item_covariance"], float)
    assert "not computable, because not everybody had the same questions" in _text(capsys, "items", path)


def test_a_thousand_free_answers_are_shortened(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "m.csv"
    rows = [f"{i},q,0,1,answer {i % 70}" for i in range(140)]
    path.write_text("\n".join(["person,item,mark,max_mark,response", *rows]) + "\n", "utf-8")
    (item,) = _json(capsys, "items", path)["items"]
    assert (len(item["options"]), item["n_other_responses"]) == (50, 20)
    assert "… and 62 other answers" in _text(capsys, "items", path)


# ---------------------------------------------------------------- raters


def test_the_json_of_raters_has_every_coefficient_with_its_interval(tmp_path: Path, capsys: Capture) -> None:
    path = _write_ratings(tmp_path / "r.csv", KRIPPENDORFF)
    answer = _json(capsys, "raters", path)
    found = answer["coefficients"]
    assert (answer["n_subjects"], answer["n_raters"], answer["n_ratings"], answer["n_doubly_rated"]) == (12, 4, 41, 11)
    assert answer["bearing"] == "provisional"
    assert found["krippendorff_alpha_nominal"]["value"] == pytest.approx(0.7434210526316)
    assert found["krippendorff_alpha_ratio"]["value"] == pytest.approx(0.7974027747116)
    assert found["gwet_ac1"]["value"] == pytest.approx(0.775444068127)
    assert found["gwet_ac1"]["interval"] == pytest.approx([0.4608133481308, 1.0])
    assert found["cohen_kappa"]["because"] == "it takes exactly two raters; there are 4"
    assert all(one["interval"] for one in found.values() if one["value"] is not None)


def test_two_raters_have_cohens_kappas(tmp_path: Path, capsys: Capture) -> None:
    rows = [(i + 1, j + 1) for i, row in enumerate(COHEN) for j, n in enumerate(row) for _ in range(n)]
    answer = _json(capsys, "raters", _write_ratings(tmp_path / "r.csv", rows))
    assert answer["counts"] == [list(row) for row in COHEN]
    assert answer["coefficients"]["cohen_kappa"]["value"] == pytest.approx(0.4915254237288)
    assert answer["coefficients"]["cohen_kappa_quadratic"]["se"] == pytest.approx(0.06645368159108)


def test_thirty_diagnoses_have_the_published_kappa(tmp_path: Path, capsys: Capture) -> None:
    rows = [[level + 1 for level, n in enumerate(row) for _ in range(n)] for row in FLEISS]
    answer = _json(capsys, "raters", _write_ratings(tmp_path / "r.csv", rows))
    assert answer["bearing"] == "firm"
    assert answer["coefficients"]["fleiss_kappa"]["value"] == pytest.approx(0.4302445200601)
    assert [round(one["fleiss_kappa"]["value"], 3) for one in answer["categories"]] == [
        0.245,
        0.245,
        0.52,
        0.471,
        0.566,
    ]


def test_below_ten_doubly_rated_there_is_the_table_of_counts_and_no_coefficient(
    tmp_path: Path, capsys: Capture
) -> None:
    path = _write_ratings(tmp_path / "r.csv", SHROUT_FLEISS)
    answer = _json(capsys, "raters", path)
    assert {one["value"] for one in answer["coefficients"].values()} == {None}
    assert answer["coefficients"]["icc_2_1"]["because"] == "10 subjects rated by two are needed; there are 6"
    assert (answer["enough"], answer["pairs"], answer["categories"]) == (None, [], [])
    text = _text(capsys, "raters", path)
    assert "that bears the table of counts, and no coefficient" in text
    assert "ICC" not in text


def test_published_examples_can_be_checked_at_any_n(tmp_path: Path, capsys: Capture) -> None:
    path = _write_ratings(tmp_path / "r.csv", SHROUT_FLEISS)
    found = _json(capsys, "raters", path, "--any-n")["coefficients"]
    assert [round(found[name]["value"], 2) for name in ("icc_1_1", "icc_2_1", "icc_3_1")] == [0.17, 0.29, 0.71]


def test_a_whole_scale_makes_perfect_agreement_computable(tmp_path: Path, capsys: Capture) -> None:
    path = _write_ratings(tmp_path / "r.csv", [(3, 3)] * 12)
    assert _json(capsys, "raters", path)["coefficients"]["gwet_ac1"]["value"] is None
    assert _json(capsys, "raters", path, "--levels", "1,2,3,4")["coefficients"]["gwet_ac1"]["value"] == 1.0


def test_ratings_in_words_have_agreement_and_no_severity(tmp_path: Path, capsys: Capture) -> None:
    rows = [("pass", "pass"), ("fail", "pass"), ("fail", "fail")] * 5
    answer = _json(capsys, "raters", _write_ratings(tmp_path / "r.csv", rows))
    assert answer["raters"] == []
    assert answer["coefficients"]["icc_1_1"]["because"] == "the levels are no numbers"
    assert answer["coefficients"]["exact_agreement"]["value"] == pytest.approx(2 / 3)


def test_one_rater_alone_is_answered(tmp_path: Path, capsys: Capture) -> None:
    path = _write_ratings(tmp_path / "r.csv", [(1,), (2,), (3,)])
    assert _json(capsys, "raters", path)["n_doubly_rated"] == 0
    assert _text(capsys, "raters", path)


def test_the_lenient_and_the_drifting_rater_are_named(tmp_path: Path, capsys: Capture) -> None:
    lines = ["subject,rater,rating,on"]
    for i in range(120):
        level = 2 + (i % 3) / 2
        day = f"2026-{1 + i // 30:02d}-{1 + i % 28:02d}"
        scores = {"Ann": level, "Ben": level + 1, "Cleo": level + (i // 30) * 0.4, "Dan": level + (-1) ** i * 0.1}
        for rater in [list(scores)[i % 4], list(scores)[(i + 1) % 4]]:
            lines.append(f"s{i},{rater},{scores[rater]:.2f},{day}")
    path = tmp_path / "r.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    raters = {one["rater"]: one for one in _json(capsys, "raters", path)["raters"]}
    assert {name for name, one in raters.items() if one["is_drifting"]} == {"Cleo"}
    assert raters["Ben"]["leaning"] == "lenient"
    assert raters["Ann"]["leaning"] is None
    (line,) = [line for line in _text(capsys, "raters", path).splitlines() if line.startswith("  Ben (n 60): ")]
    assert line.endswith("lenient")


def test_raters_in_separate_groups_are_told_apart(tmp_path: Path, capsys: Capture) -> None:
    rows = [(2, 3, None, None), (None, None, 1, 4)] * 8
    text = _text(capsys, "raters", _write_ratings(tmp_path / "r.csv", rows))
    assert "The raters form 2 groups that share no subject: between them severity is not comparable." in text


# ---------------------------------------------------------------- how it ends


def test_a_file_that_cannot_be_used_ends_with_1_and_its_lines(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "m.csv"
    path.write_text("person,item,mark,max_mark\n1,q,2,1\n", "utf-8")
    assert main(["items", str(path)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"{path}:2: error: `mark` is 2, above the `max_mark` of 1.\nNothing was computed.\n"


def test_a_rating_off_the_scale_ends_with_1(tmp_path: Path, capsys: Capture) -> None:
    path = _write_ratings(tmp_path / "r.csv", [(1, 5)])
    assert main(["raters", str(path), "--levels", "1,2,3,4"]) == 1
    assert "Ratings that are no level of the scale: 5. Expected 1, 2, 3, 4." in capsys.readouterr().err


@pytest.mark.parametrize("command", ["items", "raters"])
def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path, capsys: Capture, command: str) -> None:
    assert main([command, str(tmp_path / "none.csv")]) == 2
    assert "Give the path of an existing file" in capsys.readouterr().err


@pytest.mark.parametrize(
    "given",
    [
        ["items"],
        ["raters", "x.csv", "--levels", "1"],
        ["raters", "x.csv", "--target", "2"],
        ["items", "x", "--store", "y"],
    ],
)
def test_wrong_use_ends_with_2(capsys: Capture, given: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(given)
    assert end.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["items", "raters"])
def test_help_shows_an_example_and_the_columns(capsys: Capture, command: str) -> None:
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    text = capsys.readouterr().out
    assert end.value.code == 0
    assert f"python -m analytics {command}" in text
    assert ("person,item,mark,max_mark" if command == "items" else "subject,rater,rating") in text


def test_columns_that_are_not_used_are_named(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "m.csv"
    path.write_text("person,item,mark,max_mark,hub\n1,q,1,1,x\n", "utf-8")
    assert main(["items", str(path)]) == 0
    assert capsys.readouterr().err == "Not used: `hub`.\n"
