"""The same on a Ray cluster: one core task a file, paths and outcomes alone go over the wire."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inforce.archiving.one_file import Outcome
from inforce.archiving.places import Input
from inforce.archiving.run import Job, work
from inforce.errors import UsageError

#: Tasks given to the cluster ahead of what came back.
_AHEAD = 1_000


def on_ray(inputs: Sequence[Input], job: Job) -> Iterator[Outcome]:
    """Run each file as a task, on the cluster that `RAY_ADDRESS` names, else on this machine."""
    try:
        import ray  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise UsageError("--engine ray: ray is missing; pip install 'inforce[ray]'") from None
    if not ray.is_initialized():
        ray.init(log_to_driver=False, configure_logging=False, include_dashboard=False)
    task = ray.remote(max_retries=2)(work)
    queue = sorted(inputs, key=lambda given: -given.size)
    waiting = [task.remote(given, job) for given in queue[:_AHEAD]]
    ahead = iter(queue[_AHEAD:])
    while waiting:
        finished, waiting = ray.wait(waiting)
        waiting += [task.remote(given, job) for given, _ in zip(ahead, finished, strict=False)]
        yield from ray.get(finished)
