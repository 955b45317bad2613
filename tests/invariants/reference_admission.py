"""Who may run where, said once more from the words of a file, to hold a plan's routes against.

Plain mappings and lists as the file has them; nothing is worked out beforehand or kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from invariants.random_estates import File, Upwards, folders_of, host_names

Outcome: TypeAlias = str | list[tuple[list[str], list[str]]]
"""The code of a refusal, or hosts and accounts machine by machine, all in the order of search."""

STATUS = {"1100": 400, "0": 403}
"""The codes that do not come with 409."""


@dataclass(frozen=True)
class Submission:
    """A trigger, start or `then` as one account sets it off; `folders` are its own, then others.

    A `then` has the name of the process whose end it follows.
    """

    file: File
    path: str
    folders: Upwards
    kind: str
    name: str
    caller: str

    @property
    def item(self) -> File:
        if self.kind == "thens":
            then: File = self.folders[0]["processes"][self.name]["then"]
            return {**then, "process": then["start"]}
        item: File = self.folders[0][self.kind][self.name]
        return item

    @property
    def turn(self) -> int:
        """When its turn comes within one instant: by the clock, by queues, by streams, `then`."""
        if self.kind == "thens":
            return 3
        return 0 if "time" in self.item else 1 if "queue" in self.item else 2

    @property
    def process(self) -> File:
        process: File = self.folders[0]["processes"][self.item["process"]]
        return process

    @property
    def foreground(self) -> bool:
        return bool(self.process["type"] == "foreground")

    @property
    def runtime(self) -> str:
        return str(self.item.get("runtime", self.process["runtime"]))

    @property
    def priority(self) -> int:
        priority: int = {**self.process, **self.item}["priority"]
        return priority

    @property
    def target(self) -> File:
        """The account, machine and host that `run_as` names, if it names any."""
        run_as = self.item["run_as"]
        return run_as if isinstance(run_as, dict) else {}


def submissions(file: File) -> Iterator[Submission]:
    """Yield all that submits with each of its callers, by turn, then in the order of the file."""
    found = [one for path, folders in folders_of(file) for one in _of_folder(file, path, folders)]
    yield from sorted(found, key=lambda one: one.turn)


def _of_folder(file: File, path: str, folders: Upwards) -> Iterator[Submission]:
    pressing = list(_pressing(file, path, folders))
    yield from pressing
    alone = [one.caller for one in pressing if one.item["run_as"] == "myself"]
    running = dict.fromkeys([*executors(folders, file), *alone])
    for name, process in folders[0]["processes"].items():
        for caller in running if "then" in process else ():
            yield Submission(file, path, folders, "thens", name, caller)


def _pressing(file: File, path: str, folders: Upwards) -> Iterator[Submission]:
    for name, trigger in folders[0]["triggers"].items():
        calls = trigger.get("api")
        makers = [trigger["created_by"]]
        for caller in makers if calls is None else accounts_called(calls["by"], file):
            yield Submission(file, path, folders, "triggers", name, caller)
    for name, start in folders[0]["starts"].items():
        for caller in accounts_called(start["by"], file):
            yield Submission(file, path, folders, "starts", name, caller)


def accounts_called(name: str, file: File) -> list[str]:
    """The accounts that a name stands for: itself, a counted one's members, or a group's."""
    account = file["accounts"].get(name)
    if account is not None and "count" in account:
        return [f"{name}-{number}" for number in range(1, account["count"] + 1)]
    in_group = [one for one, entry in file["accounts"].items() if name in entry.get("groups", [])]
    return in_group or [name]


def entry_of(account: str, file: File) -> File:
    """What the file says of an account, or of the counted one that it is a member of."""
    accounts = file["accounts"]
    entry: File = accounts[account] if account in accounts else accounts[account.rpartition("-")[0]]
    return entry


def outcome(submission: Submission) -> Outcome:
    """Return where the submission may run, or the first thing that refuses it."""
    refusal = refuses_caller(submission)
    if refusal:
        return refusal
    accounts = executors(submission.folders, submission.file)
    if submission.item["run_as"] == "myself":
        if not _may_run_as_itself(submission, accounts):
            return "1230"
        accounts = [submission.caller]
    elif "account" in submission.target:
        wanted = accounts_called(submission.target["account"], submission.file)
        accounts = [account for account in accounts if account in wanted]
        if not accounts:
            return "InvalidStartJobRobotIds"
    if not accounts:
        return "1671"
    machines = _machines(submission)
    if not machines:
        return "2818"
    places = [(name, _let_in(name, entry, accounts, submission)) for name, entry in machines]
    found = [(_hosts(name, submission), allowed) for name, allowed in places if allowed]
    return found or "AccountMachineMapping"


# --- who calls ----------------------------------------------------------------------------------


def refuses_caller(submission: Submission) -> str:
    """Starts, calls and `then` ask for access and a right; other triggers only whom they run as."""
    calls = submission.kind in {"starts", "thens"} or "api" in submission.item
    if not calls and submission.item["run_as"] != "myself":
        return ""
    roles = _roles(submission)
    if not roles:
        return "1100"
    return "0" if calls and not any(_starts_jobs(role, submission) for role in roles) else ""


def item_additions(file: File) -> Iterator[tuple[str, str, str]]:
    """Yield every arrival with each of its callers, and the code that refuses them, if any."""
    for path, folders in folders_of(file):
        for name, arrival in folders[0]["arrivals"].items():
            for caller in accounts_called(arrival["by"], file):
                roles = _held_roles(caller, folders, file)
                code = "0" if set(roles) <= {"Viewer"} else ""
                yield f"{path}:{name}", caller, code if roles else "1100"


def _roles(submission: Submission) -> list[str]:
    return _held_roles(submission.caller, submission.folders, submission.file)


def _held_roles(caller: str, folders: Upwards, file: File) -> list[str]:
    """The caller's roles in the folder and above; else, in the classic model, at the tenant.

    In a personal workspace only the owner has one.
    """
    if "personal" in folders[0]:
        return ["Owner"] if caller == folders[0]["personal"] else []

    def held(assign: File) -> list[str]:
        mine = [name for name in assign if _is_called(caller, name, file)]
        return [role for name in mine for role in assign[name]]

    in_folders = [role for folder in folders for role in held(folder["assign"])]
    classic = file["assumptions"]["folder_model"] == "classic"
    return in_folders or (held(file["tenant"]["assign"]) if classic else [])


def _is_called(account: str, name: str, file: File) -> bool:
    return account in accounts_called(name, file)


def _starts_jobs(role: str, submission: Submission) -> bool:
    if role in {"Automation User", "Copy", "Robot"}:
        return bool(submission.file["assumptions"]["automation_user_starts_jobs"])
    return role in {"Folder Administrator", "Administrator", "Given back", "Owner"}


# --- who executes -------------------------------------------------------------------------------


def executors(folders: Upwards, file: File) -> list[str]:
    """Accounts with a robot, assigned here or above by their own name, the nearest first.

    None in a personal workspace.
    """
    groups = {group for entry in file["accounts"].values() for group in entry.get("groups", [])}
    found: list[str] = []
    for folder in () if "personal" in folders[0] else folders:
        for name in folder["assign"]:
            if name not in groups:
                found += [one for one in accounts_called(name, file) if _has_robot(one, file)]
    return sorted(set(found), key=found.index)


def _has_robot(account: str, file: File) -> bool:
    entry = entry_of(account, file)
    return entry["type"] == "robot" or bool(entry.get("unattended", False))


def _may_run_as_itself(submission: Submission, executors: list[str]) -> bool:
    """Foreground work needs one's own robot; background work none, but applications only call."""
    if submission.foreground:
        return submission.caller in executors
    return bool(entry_of(submission.caller, submission.file)["type"] != "application")


# --- where --------------------------------------------------------------------------------------


def _machines(submission: Submission) -> list[tuple[str, File]]:
    """Those with the runtime type: the folder's own, then those handed down, the nearest first."""
    own, *above = (folder["machines"] for folder in submission.folders)
    found: File = dict(own)
    for machines in above:
        for name, entry in machines.items():
            if entry["propagate"]:
                found.setdefault(name, entry)
    wanted = submission.target.get("machine")
    return [
        (name, entry)
        for name, entry in found.items()
        if wanted in {None, name} and _has_runtime(name, submission)
    ]


def _has_runtime(machine: str, submission: Submission) -> bool:
    slots = submission.file["machines"][machine]["slots"]
    return submission.runtime in (slots if isinstance(slots, dict) else {"unattended": slots})


def _let_in(machine: str, entry: File, accounts: list[str], submission: Submission) -> list[str]:
    """The accounts that both mappings of a machine allow: the tenant's and the folder's."""
    file = submission.file
    for mapping in (file["machines"][machine].get("accounts"), entry.get("accounts")):
        if mapping is not None:
            allowed = [one for name in mapping for one in accounts_called(name, file)]
            accounts = [account for account in accounts if account in allowed]
    return accounts


def _hosts(machine: str, submission: Submission) -> list[str]:
    """The machine's hosts, or the one that is asked for, by its own name or the full one."""
    wanted = submission.target.get("host")
    own_names = host_names(submission.file["machines"][machine])
    full_names = [f"{machine}/{own_name}" for own_name in own_names]
    if wanted is None:
        return full_names
    return [name for name in full_names if name in {wanted, f"{machine}/{wanted}"}]
