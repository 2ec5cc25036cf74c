"""The suite that connectors of this package and of others subclass."""

from connectors.contract import ConnectorContract, ids, one_sentence, read, readable

__all__ = ["ConnectorContract", "ids", "one_sentence", "read", "readable"]
