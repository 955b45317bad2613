"""The examples that help shows, and a folder in which each of them works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import NamedTuple

import typer
from typer.main import get_command

from simulator.cli.app import app
from simulator.cli.described import Command, described

ESTATE = """\
version: 1
name: estate
time: {start: 2026-01-05, duration: 4d}
run: {replications: 10, seed: 1}
machines:
  shared-vm: {hosts: 1, slots: 1}
  hr-vm: {hosts: 1, slots: 1, accounts: [hr-bot]}
accounts:
  hr-bot: {type: robot}
  fin-bot: {type: robot}
  anna: {type: user, groups: [HR clerks]}
  olga: {type: user}
roles:
  Operator: {copy_of: Automation User, add: {Jobs: [Edit]}}
  Job Starter: {type: folder, permissions: {Jobs: [View, Create], Processes: [View]}}
folders:
  HR:
    assign: {hr-bot: [Operator], HR clerks: [Job Starter], olga: [Folder Administrator]}
    machines: [shared-vm, hr-vm]
    processes:
      onboard: {duration: {exponential: 20m}}
      post: {duration: 0s, queue: invoices}
    queues: {invoices: {}}
    arrivals: {mail: {queue: invoices, by: hr-bot, items: {every: 3h}, item_duration: 2m}}
    triggers:
      daily: {process: onboard, time: {cron: "0 0 14 ? * *"}, jobs: 12, created_by: olga}
      mail: {process: post, queue: {name: invoices}, created_by: olga}
    starts:
      walk-ins: {process: onboard, by: anna, stream: {every: 2h}}
  Finance:
    assign: {fin-bot: [Automation User], olga: [Folder Administrator]}
    machines: [shared-vm]
    processes: {close: {duration: 5m}}
    triggers: {hourly: {process: close, time: {cron: "0 0 * ? * *"}, created_by: olga}}
costs: {machines.shared-vm.hosts: 900, machines.hr-vm.slots: 200}
targets:
  - {folder: Finance, measure: pending.mean, at_most: 20m}
variants:
  third-host: {machines.shared-vm.hosts: 3}
  more-robots: {accounts.hr-bot.count: 2}
"""
"""At two in the afternoon twelve of HR's jobs come at once: some are Pending at five past."""

RUNS = {
    "estate": Path("reports/estate/0123456789ab-s1"),
    "today": Path("reports/today/0123456789ab-s1"),
    "tomorrow": Path("reports/tomorrow/456789abcdef-s1"),
}
"""The runs that examples name, by their scenario."""


class Example(NamedTuple):
    """A line of a command's help, as a shell would take it: its words, and where output goes."""

    command: str
    line: str

    @property
    def words(self) -> list[str]:
        """The words after the program's name, without what leads output into a file."""
        return shlex.split(self.line.partition(" > ")[0])[1:]


def commands() -> tuple[Command, ...]:
    """Every command that may be seen."""
    return described(context())


def context() -> typer.Context:
    """A context of the app itself, as it has when it is called."""
    group = get_command(app)
    return typer.Context(group, info_name="simulator", **group.context_settings)


def examples() -> list[Example]:
    """Every example of every command's help; a line that goes on is one."""
    return [
        Example(command.name, re.sub(r"\s*\\\n\s*", " ", line))
        for command in commands()
        for line in re.findall(r"^  (simulator (?:.*\\\n)*.*)$", command.help, re.MULTILINE)
    ]
