"""Codes as tables spell them, which is as the vendor's API does: in one word."""

from __future__ import annotations

import pytest

from simulator.records.codes import (
    FiringOutcome,
    Interruption,
    ItemException,
    ItemStatus,
    JobState,
    PendingReason,
    SlotState,
    SourceKind,
)

ROWS = [
    (JobState.SUCCESSFUL, "Successful"),
    (PendingReason.NONE, ""),
    (PendingReason.TEMPLATE_NO_HOSTS_AVAILABLE, "TemplateNoHostsAvailable"),
    (PendingReason.TEMPLATE_NO_LICENSE, "TemplateNoLicense"),
    (PendingReason.TEMPLATE_MAINTENANCE_MODE, "TemplateMaintenanceMode"),
    (
        PendingReason.DYNAMIC_JOB_FOREGROUND_AUTOMATION_TYPE_INVALID,
        "DynamicJobForegroundAutomationTypeInvalid",
    ),
    (SlotState.USABLE, ""),
    (SlotState.UNLICENSED, "unlicensed"),
    (Interruption.SUSPENDED, "Suspended"),
    (SourceKind.HTTP_TRIGGER, "HttpTrigger"),
    (SourceKind.JOB, "Job"),
    (ItemStatus.IN_PROGRESS, "InProgress"),
    (ItemException.NONE, ""),
    (ItemException.BUSINESS, "BusinessException"),
    (FiringOutcome.EXCLUDED_DAY, "excluded day"),
]


@pytest.mark.parametrize(("code", "label"), ROWS, ids=str)
def test_labels(code: JobState, label: str) -> None:
    assert code.label == label


@pytest.mark.parametrize(
    "kind",
    [
        JobState,
        PendingReason,
        SlotState,
        Interruption,
        SourceKind,
        FiringOutcome,
        ItemStatus,
        ItemException,
    ],
)
def test_codes_count_from_0_so_that_they_index_their_labels(kind: type[JobState]) -> None:
    assert [code.value for code in kind] == list(range(len(kind)))
