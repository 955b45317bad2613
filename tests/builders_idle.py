"""Small estates in which one rule alone keeps waiting jobs from what stands free, one for each."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from simulator.plan.openings import Rule

NIGHTMARE = "=vm()\u202e <b>$x_1$"
"""A name that a file may have: a formula, a mark that turns the direction of text, a tag, maths."""


@dataclass(frozen=True)
class Barred:
    """An estate of HR's jobs, 5 an hour of 10 minutes each, and what bars them from more.

    `rule`, `change` and `overrides` are of the opening that stands free for longest; `robot` tells
    that it is an account. `what` is what stands free.
    """

    rule: Rule
    what: str
    change: str
    overrides: tuple[str, ...]
    machines: dict[str, Any]
    served: Any = ("own",)
    foreground: bool = False
    accounts: dict[str, Any] = field(default_factory=dict)
    assign: tuple[str, ...] = ("hr-bot",)
    robot: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    def text(self, **more: Any) -> str:
        """The estate as a file: JSON is YAML."""
        process: dict[str, Any] = {"duration": {"exponential": "10m"}}
        if self.foreground:
            process["type"] = "foreground"
        return json.dumps(
            {
                "version": 1,
                "time": {"start": "2026-03-02T00:00", "duration": "5d"},
                "run": {"replications": 3, "seed": 5},
                "machines": self.machines,
                "accounts": {
                    "hr-bot": {"type": "robot"},
                    "olga": {"type": "user"},
                    **self.accounts,
                },
                "folders": {
                    "HR": {
                        "assign": {
                            **{name: ["Automation User"] for name in self.assign},
                            "olga": ["Folder Administrator"],
                        },
                        "machines": self.served,
                        "processes": {"P": process},
                        "triggers": {
                            "T": {
                                "process": "P",
                                "event": {"poisson": "5 per hour"},
                                "created_by": "olga",
                            }
                        },
                    }
                },
                **self.more,
                **more,
            }
        )


ROBOT = {"type": "robot"}
BARRED: dict[str, Barred] = {
    "a machine that is not in the folder": Barred(
        Rule.FOLDER,
        "spare",
        "add spare to HR",
        ("folders.HR.machines.spare={}",),
        {"own": {"slots": 1}, "spare": {"slots": 1}},
    ),
    "a machine whose mapping lets others run": Barred(
        Rule.MAPPING,
        "spare",
        "let hr-bot run on spare",
        ("machines.spare.accounts=[other-bot, hr-bot]",),
        {"own": {"slots": 1}, "spare": {"slots": 1, "accounts": ["other-bot"]}},
        served=("own", "spare"),
        accounts={"other-bot": ROBOT},
    ),
    "a machine whose mapping in the folder does": Barred(
        Rule.MAPPING,
        "spare",
        "let hr-bot run on spare from HR",
        ("folders.HR.machines.spare.accounts=[other-bot, hr-bot]",),
        {"own": {"slots": 1}, "spare": {"slots": 1}},
        served={"own": {}, "spare": {"accounts": ["other-bot"]}},
        accounts={"other-bot": ROBOT},
    ),
    "a machine that takes no such jobs": Barred(
        Rule.PROCESS_TYPES,
        "spare",
        "let spare take background jobs too",
        ("machines.spare.process_types=any",),
        {"own": {"slots": 1}, "spare": {"slots": 1, "process_types": "foreground"}},
        served=("own", "spare"),
    ),
    "slots without a licence": Barred(
        Rule.LICENCE,
        "spare",
        "raise the unattended licences from 1 to 2",
        ("licences.unattended=2",),
        {"own": {"slots": 1}, "spare": {"slots": 1}},
        served=("own", "spare"),
        more={"licences": {"unattended": 1}},
    ),
    "a slot without a session": Barred(
        Rule.SESSION,
        "own",
        "raise windows_sessions of own from 1 to 2",
        ("machines.own.windows_sessions=2",),
        {"own": {"slots": 2, "windows_sessions": 1}},
        foreground=True,
        accounts={"hr-bot": {"type": "robot", "count": 2}},
    ),
    "an account with one job at a time": Barred(
        Rule.LIMIT,
        "hr-bot",
        "lift one_job_at_a_time of hr-bot",
        ("accounts.hr-bot.one_job_at_a_time=false",),
        {"own": {"slots": 1, "hosts": 2}},
        foreground=True,
        accounts={"hr-bot": {"type": "robot", "one_job_at_a_time": True}},
    ),
    "a robot that is not in the folder": Barred(
        Rule.FOLDER,
        "other-bot",
        "assign other-bot to HR as Automation User",
        ("folders.HR.assign.other-bot=[Automation User]",),
        {"own": {"slots": 2}},
        foreground=True,
        accounts={"other-bot": ROBOT},
        robot=True,
    ),
    "a robot that is there by a group": Barred(
        Rule.ROLE,
        "gina",
        "assign gina to HR as Automation User",
        ("folders.HR.assign.gina=[Automation User]",),
        {"own": {"slots": 2}},
        foreground=True,
        accounts={"gina": {"type": "user", "unattended": True, "groups": ["staff"]}},
        assign=("hr-bot", "staff"),
        robot=True,
    ),
    "a robot that a mapping keeps off": Barred(
        Rule.MAPPING,
        "other-bot",
        "let other-bot run on own",
        ("machines.own.accounts=[hr-bot, other-bot]",),
        {"own": {"slots": 2, "accounts": ["hr-bot"]}},
        foreground=True,
        accounts={"other-bot": ROBOT},
        assign=("hr-bot", "other-bot"),
        robot=True,
    ),
}
