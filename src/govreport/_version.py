"""The version, where the build and the command find it without loading anything else."""

__version__ = "0.1.0"
