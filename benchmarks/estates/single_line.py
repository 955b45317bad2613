"""M/M/3 at a load of 80 %: one process, one machine of three slots, minutes."""

from __future__ import annotations

from typing import Final

SERVERS: Final = 3
MEAN_S: Final = 60.0
PER_HOUR: Final = 144.0
"""2.4 a minute; Erlang's C formula gives a mean wait of 1.0787 minutes."""

MEAN_WAIT_S: Final = 64.72


def mm3(jobs: int) -> str:
    """Return the scenario in which about so many jobs are submitted."""
    return f"""version: 1
name: mm3
time: {{start: 2026-01-05, duration: {round(jobs / PER_HOUR * 60)}m}}
run: {{replications: 1}}
machines: {{M: {{hosts: 1, slots: {SERVERS}}}}}
accounts: {{robot: {{type: robot}}, owner: {{type: user}}}}
folders:
  F:
    assign: {{robot: [Automation User], owner: [Folder Administrator]}}
    machines: [M]
    processes: {{P: {{duration: {{exponential: {MEAN_S:g}s}}}}}}
    triggers: {{T: {{process: P, event: {{poisson: {PER_HOUR:g} per hour}}, created_by: owner}}}}
"""
