"""The JSON schema says the same as the models, as far as a schema can."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from simulator.loading import scenario_schema
from simulator.loading.composer import compose
from simulator.loading.faults import validate
from simulator.loading.override_paths import parse_path, replaced
from simulator.loading.scalars import unwritten

SCENARIOS = Path(__file__).parents[1] / "data" / "scenarios"
SHIPPED = [SCENARIOS / f"{name}.yaml" for name in ("A01", "A19-scenario2", "A33", "D05")]
LATER_DRAFTS = {"prefixItems", "unevaluatedProperties", "unevaluatedItems", "dependentRequired"}


@pytest.fixture(scope="module", name="validator")
def _validator() -> Draft7Validator:
    return Draft7Validator(scenario_schema())


def data_of(file: Path) -> Any:
    return compose(file.read_text(), file.name).data


def words(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return {word for item in schema for word in words(item)}
    if isinstance(schema, dict):
        return set(schema) | {word for value in schema.values() for word in words(value)}
    return set()


def lonely_references(schema: Any) -> bool:
    if isinstance(schema, list):
        return all(map(lonely_references, schema))
    if isinstance(schema, dict):
        return ("$ref" not in schema or len(schema) == 1) and all(
            map(lonely_references, schema.values())
        )
    return True


def test_it_is_a_schema_of_draft_07() -> None:
    schema = scenario_schema()
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["title"] == "Scenario"
    assert schema["$defs"]["Machine"]["description"].startswith("A machine template")
    assert not words(schema) & LATER_DRAFTS
    assert lonely_references(schema)


def test_a_key_is_described_by_the_docstring_under_its_field() -> None:
    keys = scenario_schema()["$defs"]["Trigger"]["properties"]
    assert keys["process"]["description"] == "A process of the same folder."
    assert keys["from"]["description"] == "It does not fire before."


@pytest.mark.parametrize("file", SHIPPED, ids=[file.stem for file in SHIPPED])
def test_a_scenario_passes_the_models_and_the_schema(
    file: Path, validator: Draft7Validator
) -> None:
    assert validate(data_of(file))[1] == []
    assert list(validator.iter_errors(unwritten(data_of(file)))) == []


@pytest.mark.parametrize(
    "override",
    [
        "version=2",
        "time=null",
        "time.start=tomorrow",
        "time.duration=15",
        "time.drain=1",
        "run.replications=two",
        "run.replications=0",
        "run.replications={precision: 0}",
        "run.replications={of: pending.mean}",
        "run.replications={precision: 5%, of: pending.max}",
        "run.replications={precision: 5%, at_most: 9}",
        "time.warm_up=atuo",
        "time.warm_up=5",
        "run.confidence=half",
        "machines.M1.hosts=-1",
        "machines.M1.slots={unatended: 2}",
        "machines.M1={host: 2}",
        "accounts.owner.type=usr",
        "folders.F.machines=M1",
        "folders.F.processes.P.duration={exponental: 8m}",
        "folders.F.processes.P.duration={uniform: [1m]}",
        "folders.F.processes.P.type=forground",
        "folders.F.triggers.T.event={poisson: 6 an hour}",
        "folders.F.triggers.T.event={users: 3}",
        "folders.F.triggers.T.api={every: 1h, by: owner}",
        "folders.F.triggers.T.created_by=null",
        "folders.F.triggers.T.priority=101",
        "folders.F.triggers.T.run_as=me",
        "dispatch.order=youngest",
        "targets=[{at_most: 1m}]",
        "targets=[{measure: pending.p96, at_most: 1m}]",
        "targets=[{measure: pending.p95}]",
        "targets=[{measure: pending.p95, at_most: 1m, at_least: 1s}]",
        "targets=[{measure: pending.over, at_most: 5%}]",
        "targets=[{measure: resumed.over, at_most: 5%}]",
        "targets=[{measure: licences.peak, runtime: attended, at_most: 5}]",
        "targets=[{measure: pending.p95, at_most: 1m, with_subfolders: true}]",
        "machines.M1={hosts: 1, names: [a]}",
        "machines.M1={names: [a, a]}",
        "machines.M1={hosts: 1, pool: {max: 1}}",
        "machines.M1={names: [a], pool: {max: 1}}",
        "machines.M1.pool={min: 1}",
        "machines.M1.pool=3",
        "machines.M1.duration_factor=0",
        "machines.M1.duration_factor=fast",
        "machines.M1.maintenance={cron: 0 0 22 ? * SUN, duration: 4h}",
        "machines.M1.maintenance=[{cron: 0 0 22 ? * SUN, duration: 0s}]",
        "machines.M1.failures={up: 1d}",
        "machines.M1.failures={up: 1d, down: 1h, running_jobs: finish}",
        "machines.M1.process_types=unattended",
        "licences={unatended: 1}",
        "licences=6",
        "folders.F.processes.P.suspends={probability: 40%}",
        "folders.F.processes.P.suspends={probability: 0.995, for: 1h}",
        "folders.F.processes.P.suspends={probability: 40%, for_: 1h}",
        "assumptions.resumed_place=first",
        "folders.F.machines=[M1, M1]",
        "folders.F.triggers.T.run_as={}",
        "folders.F.triggers.T.run_as={account: null}",
        "folders.F.triggers.T.run_as={account: owner, host: a}",
        "folders.F.triggers.T.event=null",
        "folders.F.triggers.T.stop_after=0s",
        "folders.F.triggers.T.event={poisson: 0 per hour}",
        "folders.F.triggers.T.event={profile: {}}",
        "folders.F.triggers.T.event={profile: {mon: {}}}",
        "folders.F.triggers.T.event={profile: {Mon: {'09:00-17:00': 1 per hour}}}",
        "folders.F.triggers.T.event={profile: {mon: {9-17: 1 per hour}}}",
        "folders.F.triggers.T.event={profile: {mon: {'09:00-17:00': 0 per hour}}}",
        "folders.F.processes.P.duration={exponential: 0.0m}",
        "folders.F.processes.P.duration=5m 1h",
        "folders.F.processes.P.duration=P",
        "folders.F.processes.P.duration=PT",
        "folders.F.processes.P.faults=101%",
        "folders.F.processes.P.faults=1.01",
        "run.confidence=0.4",
        "calendars={c: {}}",
        "calendars={c: {subdivision: BY, dates: [2026-01-06]}}",
        "calendars={c: {dates: [2026-01-06T08:00]}}",
        "folders.F.triggers.T.queue={name: Q}",
        "folders.F.triggers.T={process: P, created_by: owner, queue: {name: Q}, jobs: 2}",
        "folders.F.triggers.T={process: P, created_by: owner, queue: {}}",
        "folders.F.queues={Q: {retries: -1}}",
        (
            "folders.F.arrivals={A: {queue: Q, by: owner, items: {users: 1, think: 1h}, "
            "item_duration: 1m}}"
        ),
        "folders.F.processes.P.then={process: P}",
        "folders.F.processes.P.pending_limit=-1",
        "roles={R: {}}",
        "roles={R: {permissions: {}}}",
        "roles={R: {add: {}}}",
        "roles={R: {type: folder, add: {Jobs: [View]}}}",
        "roles={R: {copy_of: Robot, type: folder}}",
        "roles={R: {type: folder, permissions: {}, add: {Jobs: [View]}}}",
    ],
)
def test_a_spoilt_scenario_fails_both(override: str, validator: Draft7Validator) -> None:
    path, _, text = override.partition("=")
    value = compose(f"value: {text}", "--set").data["value"]
    data = replaced(data_of(SHIPPED[0]), parse_path(path), value).data
    assert validate(data)[1] != []
    assert not validator.is_valid(unwritten(data))


WITH_A_PROFILE = """\
folders:
  F:
    starts:
      S:
        process: P
        by: a
        stream: {profile: {'mon,thu-sat': {'00:00-23:59': 1 per hour}}, calendar: c}
"""


@pytest.mark.parametrize(
    "text",
    [
        "machines: {007: {hosts: 0, slots: {headless: 2}}}",
        "folders: {F: {folders: {G: }, machines: [1, true]}}",
        "run: {confidence: 0.9}",
        "accounts: {a: {type: user, groups: [12]}}",
        "machines: {a: {hosts: null, names: [b, c]}, d: {hosts: 2, names: null}}",
        "machines: {a: {hosts: null, pool: {max: 3, boot: {uniform: [2m, 5m]}, idle_stop: 0s}}}",
        (
            "machines: {a: {maintenance: [{cron: 0 0 22 ? * SUN, duration: 4h, zone: UTC}], "
            "failures: {up: {exponential: 30d}, down: 2h}, duration_factor: 1}}"
        ),
        "licences: {unattended: 6, serverless: 0}",
        "folders: {F: {processes: {P: {duration: 1m, suspends: {probability: 1%, for: 1h}}}}}",
        "roles: {R: {copy_of: Robot, add: {Jobs: [View]}}, S: {type: folder, permissions: {}}}",
        "calendars: {c: {country: DE, subdivision: BY}, d: {dates: [2026-01-06]}}",
        "folders: {F: {triggers: {T: {process: P, created_by: a, queue: {name: 7}, jobs: 1}}}}",
        (
            "folders: {F: {queues: {Q: }, processes: {P: {duration: 0s, queue: Q, then: {start: P, "
            "after: {exponential: 1m}, jobs: 2}, pending_limit: 0, pending_expiry: 5m}}}}"
        ),
        (
            "folders: {F: {arrivals: {A: {queue: Q, by: a, items: {trace: a.csv}, "
            "item_duration: 1m, deadline: 1h, priority: High, faults: 5%}}}}"
        ),
        "roles: {Robot: {add: {Jobs: [Edit]}, remove: {Queues: [View]}, copy_of: null}}",
        "targets: [{measure: pending.over, threshold: 10m, at_most: 5%, at_least: null}]",
        "targets: [{measure: pending.mean, folder: F, with_subfolders: true, at_most: 0.5s}]",
        "run: {confidence: 99.9%}",
        "run: {replications: {precision: 5%, of: null, at_most: 10}}",
        "run: {replications: {precision: 0.05, of: slots.utilisation}}",
        "folders: {F: {processes: {P: {duration: 1w 2d3h 4.5m, faults: 100%}}}}",
        "folders: {F: {personal: 7}}",
        "folders: {F: {triggers: {T: {process: P, created_by: a, api: {every: 1h, by: 12}}}}}",
        WITH_A_PROFILE,
        "folders: {F: {processes: {P: {duration: P1DT2H, stop_after: 250ms, start_up: 0s}}}}",
    ],
)
def test_what_the_models_take_in_several_ways_the_schema_takes_too(
    text: str, validator: Draft7Validator
) -> None:
    data = compose(f"version: 1\ntime: {{start: 2026-01-05, duration: 1d}}\n{text}", "s").data
    assert validate(data)[1] == []
    assert validator.is_valid(unwritten(data))
