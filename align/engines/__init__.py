"""Who does the blocks of a job: this process, others on this machine, or a Ray cluster."""

from align.registry import Registry

__all__ = ["WORKERS"]

WORKERS = Registry("engine", {"local": "align.engines.local:LocalWorkers", "ray": "align.engines.on_ray:RayWorkers"})
