"""The census: joins detectors and connectors, and keeps the inventory."""

from importlib.metadata import version

__version__ = version("picensus")
