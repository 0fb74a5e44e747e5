"""What is done later, outside a request: `@job`, `@school_job`, `later`."""

from careers.jobs.kinds import job, later, school_job

__all__ = ["job", "later", "school_job"]
