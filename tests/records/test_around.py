"""The spans around a moment: all of a job that was there, none of one that was not."""

from __future__ import annotations

from builders_records import NAN, Break, Job, ran, records

from simulator.records.around import around

RUN = records(
    ran(0.0, 0.0, 600.0),  # over when it begins
    ran(0.0, 100.0, 700.0),  # lasts into it
    ran(0.0, 50.0, 2000.0),  # Suspended all the time: its spans lie before and after
    ran(0.0, 1000.0, 1500.0),  # begins as it ends
    Job(0.0, NAN, NAN, pending_s=3600.0),  # never runs
    breaks=[Break(0, 100.0, 200.0, 300.0), Break(2, 500.0, 1000.0, 1800.0)],
)


def test_jobs_that_were_there_keep_all_their_spans() -> None:
    near = around(RUN, 600.0, 1000.0)
    assert sorted(near.occupancy.job.tolist()) == [1, 2, 2]
    assert near.interruptions.job.tolist() == [2]
    assert near.jobs is RUN.jobs


def test_a_job_within_its_latency_is_there() -> None:
    run = records(Job(0.0, 900.0, 950.0, host=0, account=0, held_from_s=800.0))
    assert around(run, 0.0, 850.0).occupancy.job.tolist() == [0]
    assert around(run, 0.0, 800.0).occupancy.job.tolist() == []
