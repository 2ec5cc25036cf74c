"""The little statistics that verdicts need."""

import math


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson (1927); none in n means at most 3/n.

    >>> wilson(10, 10)
    (0.72246, 1.0)
    >>> wilson(0, 1000)
    (0.0, 0.003)
    """
    if hits == 0:
        return 0.0, round(min(1.0, 3 / n), 6)
    share, slack = hits / n, z * z / n
    middle = share + slack / 2
    spread = z * math.sqrt(share * (1 - share) / n + slack / (4 * n))
    low, high = (middle - spread) / (1 + slack), (middle + spread) / (1 + slack)
    return round(max(0.0, low), 6), 1.0 if hits == n else round(min(1.0, high), 6)
