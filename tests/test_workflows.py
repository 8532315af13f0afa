"""What a code host reads: workflows and issue forms, by its own schemas and by our rules."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")


def read(path: Path) -> dict[str, object]:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.mark.parametrize(("schema", "files"), [("github-workflows", WORKFLOWS), ("github-issue-forms", FORMS),
                                               ("github-issue-config", [GITHUB / "ISSUE_TEMPLATE/config.yml"])],
                         ids=("workflows", "forms", "configuration"))  # fmt: skip
def test_the_schemas_of_the_host_are_kept(schema: str, files: list[Path]) -> None:
    assert files
    line = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *files]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_read_only_has_an_end_and_leaves_no_credentials(path: Path) -> None:
    flow = read(path)
    assert flow["permissions"] == {"contents": "read"}
    for name, job in flow["jobs"].items():  # type: ignore[attr-defined]
        if "uses" in job:
            assert job["uses"].startswith("./"), name
            continue
        assert "timeout-minutes" in job, name
        assert job.get("permissions", {}) in ({}, {"contents": "write"} if path.stem == "release" and name == "draft" else {}), name
        assert not any("latest" in system for system in [job["runs-on"], *job.get("strategy", {}).get("matrix", {}).get("system", [])]), name
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
            assert "${{ github.event" not in step.get("run", ""), "what a stranger writes must not become a command"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_an_action_of_somebody_else_is_named_by_its_commit_with_the_version_beside_it(path: Path) -> None:
    used = [line.split("uses:")[1].strip() for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert [each for each in used if not re.fullmatch(r"\./\S+|[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)] == []


def test_a_change_of_anything_that_is_frozen_is_built() -> None:
    named = read(GITHUB / "workflows/build.yml")["on"]["pull_request"]["paths"]  # type: ignore[index]
    assert {"app/**", "ui/**", "resources/**", "packaging/**", "dev.py", "requirements-build.txt"} <= set(named)
    assert [each for each in named if not list(ROOT.glob(each.removesuffix("/**")))] == []


def test_tests_run_on_three_systems_with_the_oldest_and_the_newest_python() -> None:
    matrix = read(GITHUB / "workflows/ci.yml")["jobs"]["test"]["strategy"]["matrix"]  # type: ignore[index]
    assert {re.sub(r"-.*", "", system) for system in matrix["system"]} == {"ubuntu", "windows", "macos"}
    assert matrix["python"][0] == "3.11"
    assert len(matrix["python"]) == 2


def test_every_built_program_tests_itself_before_it_is_kept() -> None:
    assert 'run([str(program()), "self-test"])' in (ROOT / "packaging/build.py").read_text(encoding="utf-8")
    jobs = read(GITHUB / "workflows/build.yml")["jobs"]
    for job in jobs.values():  # type: ignore[attr-defined]
        steps = [step.get("run", "") + step.get("uses", "") for step in job["steps"]]
        built = next(n for n, step in enumerate(steps) if re.search(r"dev\.py build", step))
        kept = next(n for n, step in enumerate(steps) if "upload-artifact" in step)
        assert built < kept


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_warns_in_both_languages_against_secrets_and_whole_messages_and_asks_for_a_promise(path: Path) -> None:
    body = read(path)["body"]
    first, last = body[0], body[-1]  # type: ignore[index]
    assert "Never paste" in first["attributes"]["value"]
    assert "لا تلصق هنا" in first["attributes"]["value"]
    assert last["type"] == "checkboxes"
    assert all(option["required"] for option in last["attributes"]["options"])
    identifiers = [part["id"] for part in body if "id" in part]  # type: ignore[attr-defined]
    assert len(identifiers) == len(set(identifiers))
