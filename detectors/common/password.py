"""Password (密码): stored as a hash made for passwords, or in clear.

Sources:
    crypt(5) and the modular crypt format (bcrypt, SHA-crypt, yescrypt), RFC 9106 (Argon2), the
    forms of Django (pbkdf2_sha256$), of Spring Security ({bcrypt}$2a$) and of LDAP ({SSHA}).

Caught:
    Hashes made for passwords, anywhere, proven. As whole values 4 to 72 printable characters
    without a space, of the form only, those that most people choose among them. In a text
    behind a word that names it (`password=...`, `密码：...`), in a URL (`redis://:...@`,
    `?password=...`) or behind an option (`mysql -p...`), which proves it: there one in quotes
    may have spaces, if it has a digit and no more than three words.

Not caught:
    MD5 and SHA in hex without a header. Templates and what stands for nothing (${PWD}, null,
    ******). Passwords with a space, but for those in quotes
    behind a word; in Han characters.

Mistaken for it:
    Every word without a space has the form, so that only hashes made for passwords say anything
    without a header.
"""

from typing import ClassVar

import numpy as np
import pyarrow.compute as pc

from detectors.base import Proof
from detectors.credentials import PASSWORDS, Places
from detectors.keyed import listed, matching
from detectors.marked import MarkedDetector
from detectors.texts import Flags, Ints, Texts
from detectors.whole import trimmed

_B64 = "[./A-Za-z0-9+=_-]"
_HASHES = (
    r"(?:\{(?:bcrypt|BCRYPT)\})?\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}",
    r"\$argon2(?:i|d|id)\$(?:v=\d+\$)?m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+",
    rf"pbkdf2_sha(?:1|256|512)\$\d+\$[^\s$]+\${_B64}{{20,}}|"
    rf"\$pbkdf2(?:-sha\d+)?\$\d+\${_B64}+\${_B64}{{20,}}",
    r"\$(?:1|5|6|y|7|gy|apr1|sha1|md5)\$[^\s:]{20,}|\$[PH]\$[./A-Za-z0-9]{31}",
    r"scrypt\$[^\s]{20,}",
    rf"\{{(?:SSHA|SHA|SMD5|MD5|SSHA256|SSHA512|CRYPT|pbkdf2|scrypt|argon2|sha256|"
    rf"noop)(?:@[^}}]*)?\}}{_B64}{{20,}}",
)
_MARKS = (
    r"\$2[abxy]?\$|\$argon2|pbkdf2|\$(?:1|5|6|y|7|gy|apr1|sha1|md5|P|H)\$|scrypt\$"
    r"|\{[A-Za-z0-9@_]{3,16}\}"
)
_COLONS = r"(?:scrypt|pbkdf2:sha\d+):\d+(?::\d+)*\$[^\s$]+\$[0-9a-f]{40,}"
_PLAIN = r"[!-~]{4,}"
# In quotes: two words or three, a digit in one of them. A longer text is a message.
_HEAD, _ANY, _ONE = "[!@#&*~^_+=0-9A-Za-z-]", "[!-~]+", r"[!-~]*\d[!-~]*"
_WORDS = (
    rf"{_HEAD}(?:{_ONE}(?: {_ANY}){{1,2}}|[!-~]*(?: {_ANY})? {_ONE}(?: {_ANY})?)"
    rf"|\d(?: {_ANY}){{1,2}}"
)
_LONGEST = 72  # bytes of which bcrypt takes notice
_NONE = (
    r"^(?i:\*+|x+|#+|null|none|nil|undefined|n/?a|true|false|empty|string|required|optional|"
    r"hidden|masked|redacted|secret|error|wrong|incorrect|invalid|expired|reset|success|failed|"
    r"changed|\$\{.*|\{\{?.*\}|<.*>|%[a-z(].*|\[.*\]|\$[a-z_][a-z_.0-9]*(?:\(.*)?|[a-z.]+\(.*|"
    r"https?://.*|os\.environ.*|process\.env.*"
    r"|[a-z][a-z:+.-]*:(?://|thin:).*|[\w.-]*(?:password|passwd|pwd)\w*[\"']?[=:].*)$"
)


class Password(MarkedDetector):
    """Finds passwords and their hashes."""

    kind: ClassVar[str] = "password"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.99
    text_chance: ClassVar[float] = 1e-5
    expected: ClassVar[float] = 0.99
    alone: ClassVar[bool] = True
    otherwise: ClassVar[float] = 0.1
    longest: ClassVar[int] = 256
    beginnings: ClassVar[str] = _MARKS
    shape: ClassVar[str] = "|".join(_HASHES)
    joints: ClassVar[bytes] = b"$./+=_-,{}@"
    places: ClassVar[Places] = PASSWORDS
    codes: ClassVar[frozenset[str]] = listed(
        "123456 12345678 123456789 1234567890 password password1 admin123 111111 000000 888888 "
        "666666 123123 654321 abc123 a123456 123456a qwerty qwerty123 1q2w3e4r 1qaz2wsx iloveyou "
        "5201314 admin@123 p@ssw0rd pass123 88888888 11111111 00000000 112233 121212 123321 "
        "admin888 root123 woaini1314 Aa123456 Abc123456 Aa@123456 woaini520 147258369 test123 "
        "123qwe !@#$%^ Admin123"
    )
    patterns: ClassVar[tuple[tuple[Proof, str], ...]] = (
        (Proof.CHECKED, _COLONS),
        (Proof.SHAPE, _PLAIN),
    )

    def named(self, values: Texts) -> Flags:
        """Passwords, and several words with a digit: those in quotes alone hold a space."""
        return (self.judge(values) > 0) | matching(values, _WORDS)

    def judge(self, texts: Texts) -> Ints:
        """Proof of what can be a password, and stands for nothing else."""
        proofs = super().judge(texts)
        proofs[(proofs == Proof.SHAPE) & (texts.cores.lengths > _LONGEST)] = 0
        at = np.flatnonzero(proofs == Proof.SHAPE)
        values = trimmed(texts, at)
        none = np.asarray(pc.match_substring_regex(values, _NONE), dtype=np.bool_)
        proofs[at[none]] = 0
        return proofs
