"""The errors that the command line shows as they are."""


class PicensusError(Exception):
    """One sentence, free of credentials and values, that says what to do."""


class WrongUsageError(PicensusError):
    """What was asked for cannot be done, whatever the data are: a setting, a name of a file."""
