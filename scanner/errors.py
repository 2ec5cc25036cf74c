"""The one error that the command line shows as it is."""


class PicensusError(Exception):
    """One sentence, free of credentials and values, that says what to do."""
