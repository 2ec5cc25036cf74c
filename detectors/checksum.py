"""Check digits over whole columns: digit matrices in, one answer a row out.

A digit matrix has one number a row and one digit a column, values 0 to 9, any integer type.

>>> mod_11_2(np.array([[1, 1, 0, 1, 0, 5, 1, 9, 4, 9, 1, 2, 3, 1, 0, 0, 2]]))
array([10])
>>> luhn(np.array([[0, 0, 0, 7, 9, 9, 2, 7, 3, 9, 8, 7, 1, 3]]))
array([ True])
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from detectors.texts import Flags, Ints

Digits = npt.NDArray[np.integer[Any]]


def mod_11_2(body: Digits) -> Ints:
    """The ISO 7064 MOD 11-2 check value of each row, 0 to 10; 10 is written `X`.

    Weights are the powers of 2 modulo 11, from the right: 2, 4, 8, 5, 10, 9, 7, 3, ...

    >>> mod_11_2(np.array([[4, 4, 0, 5, 2, 4, 1, 8, 8, 0, 0, 1, 0, 1, 0, 0, 1]]))
    array([4])
    """
    weights = [pow(2, place, 11) for place in range(body.shape[1], 0, -1)]
    return (12 - _weighted(body, weights)) % 11


def luhn(digits: Digits) -> Flags:
    """True where the Luhn sum of a row is a multiple of ten.

    Numbers of several lengths fit into one matrix: put them to the right and fill with zeros.

    >>> luhn(np.array([[4, 9, 0, 1, 5, 4, 2, 0, 3, 2, 3, 7, 5, 1, 8], [1] * 15]))
    array([ True, False])
    """
    doubled = np.array([0, 2, 4, 6, 8, 1, 3, 5, 7, 9], np.uint8)
    sums = digits[:, -1::-2].sum(axis=1, dtype=np.int64)
    sums += doubled[digits[:, -2::-2]].sum(axis=1, dtype=np.int64)
    return np.asarray(sums % 10 == 0, dtype=np.bool_)


def mod_31(body: Digits) -> Ints:
    """The GB 32100 check value, 0 to 30, of rows of 17 characters numbered 0 to 30.

    Weights are the powers of 3 modulo 31: 1, 3, 9, 27, 19, ...
    """
    sums = _weighted(body, [pow(3, place, 31) for place in range(body.shape[1])])
    return np.asarray(-sums % 31, dtype=np.int64)


def mod_11(body: Digits) -> Ints:
    """The GB 11714 check value, 0 to 10, of rows of eight digits and letters (10 to 35).

    >>> mod_11(np.array([[22, 0, 0, 0, 1, 0, 0, 34], [6, 0, 0, 0, 3, 7, 3, 4]]))
    array([4, 1])
    """
    return np.asarray(-_weighted(body, [3, 7, 9, 10, 5, 8, 4, 2]) % 11, dtype=np.int64)


def vehicle(places: Digits) -> Ints:
    """The GB 16735 check value, 0 to 10, of rows of 17 place values; the ninth counts nothing."""
    return _weighted(places, [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]) % 11


def falling(places: Digits) -> Ints:
    """The sum of each row's places, weighted n, n - 1, ..., 1.

    A multiple of 11 where the card of Hong Kong is right: A123456(3), its first place empty.

    >>> falling(np.array([[36, 10, 1, 2, 3, 4, 5, 6, 3], [36, 10, 1, 2, 3, 4, 5, 6, 4]])) % 11
    array([0, 1])
    """
    return _weighted(places, range(places.shape[1], 0, -1))


def _weighted(places: Digits, weights: Sequence[int]) -> Ints:
    """The weighted sum of each row; far below 2**24, so that single precision is exact."""
    return (places.astype(np.float32) @ np.array(weights, np.float32)).astype(np.int64)


def number(digits: Digits) -> Ints:
    """The decimal value of each row, of 18 digits at most.

    >>> number(np.array([[0, 4, 2]]))
    array([42])
    """
    powers = 10 ** np.arange(digits.shape[1] - 1, -1, -1, dtype=np.int64)
    return np.asarray(digits.astype(np.int64) @ powers, dtype=np.int64)
