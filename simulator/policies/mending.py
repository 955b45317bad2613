"""The smallest change that lets one check of admission pass.

The fewest people gain by it, then the fewest permissions: the caller gets a role by his own name in
that very folder, and none that lets him do more than start jobs and look. Where a tenant has no
role so small, it gets a new one with `Jobs.Create` alone; in the classic model also with what a
mixed role of the tenant gave him there, as a folder role takes the place of that.
"""

from __future__ import annotations

from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.model.scenario import Scenario
from simulator.policies.admission import Question, Request, checks
from simulator.policies.changes import Mend, site_of
from simulator.policies.mending_accounts import mend_account
from simulator.policies.mending_machines import mend_machine, mend_mapping
from simulator.policies.mending_rights import mend_rights


def mend(
    question: Question,
    request: Request,
    scenario: Scenario,
    access: Access,
    principal: str | None = None,
) -> Mend | None:
    """Return the smallest change that lets a check pass.

    What the caller lacks is given to `principal`, a group of his or a counted account, if named.

    None where it passes or cannot be asked, and where nothing can mend it: an application runs no
    job as itself or when named, and a personal workspace is open to its owner alone.

    Raises:
        KeyError: the request names a caller, a folder or a machine that does not exist.
    """
    found = checks(request, scenario, access)
    if dict(found.outcomes()).get(question) is None:
        return None
    site = site_of(request.folder, scenario)
    accounts = () if isinstance(found.accounts, Refusal) else found.accounts
    machines = () if isinstance(found.machines, Refusal) else found.machines
    if question is Question.MACHINE:
        return mend_machine(request, site, accounts, scenario, access)
    if question is Question.MAPPING:
        return mend_mapping(site, accounts, machines, scenario, access)
    if site.folder.personal is not None:
        return None
    if question is Question.ACCOUNT:
        return mend_account(request, site, machines, scenario, access)
    return mend_rights(request, site, access, principal)


def instead(request: Request, access: Access) -> str:
    """Return what to do about a refusal that no change mends.

    That is one in a personal workspace, or of an application that is to run a job.
    """
    owner = access.owner(request.folder)
    if owner is not None:
        return f"let {owner} run it there in the background (run_as: myself), or move the process"
    return "applications run no jobs: name another account, or run it as dynamic"


def instead_of_adding(folder: str, access: Access) -> str:
    """Return what to do about a refused item that no change mends: one in a personal workspace."""
    return f"let {access.owner(folder)} add it there, or move the queue"
