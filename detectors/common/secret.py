"""Token, key or security question (令牌、密钥与密保).

Sources:
    The documentation of those who issue them: AWS (AKIA, ASIA), Alibaba Cloud (LTAI), Tencent Cloud
    (AKID), GitHub (ghp_, github_pat_), GitLab (glpat-), Slack (xox), Stripe (sk_live_), OpenAI
    (sk-), Google (AIza), SendGrid (SG.), npm, PyPI, Hugging Face. RFC 7519 (JSON Web Token), RFC
    7468 (PEM).

Caught:
    Tokens that begin as these do, anywhere, proven, next to Han text without a space; signed
    JSON Web Tokens; private keys in PEM and as bare base64 of one. Of the form only, as whole
    values: 16 characters or more with letters and digits, codes of 4 to 8 digits. These are proven
    in a text behind a word that names them (`token=...`, `JSESSIONID=...`, `密钥：...`) and in
    headers of HTTP (`Authorization: Bearer ...`, `Basic ...`, `Cookie: ...`); behind a word also 20
    letters of one case, and words in quotes that have a digit and a letter each.

Not caught:
    Keys that the issuer gives no mark (the secret half of an AWS key), without a header. Security
    questions and their answers: these are prose. Public keys and certificates. Templates
    (${TOKEN}).

Mistaken for it:
    Hardly anything: none of 1,000,000 random codes of 32 letters and digits is proven. Most of
    them have the form, as hashes and ids have.
"""

from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.base import Matches, Proof
from detectors.credentials import TOKENS, Places
from detectors.keyed import matching
from detectors.marked import MarkedDetector
from detectors.texts import Flags, Ints, Texts

_W = "[0-9A-Za-z_-]"
_TOKENS = (
    r"(?:AKIA|ASIA)[0-9A-Z]{16}",
    r"LTAI[0-9A-Za-z]{12,}",
    r"AKID[0-9A-Za-z]{32}",
    r"AKLT[0-9A-Za-z]{30,}|ALTAK-?[0-9A-Za-z]{21}",
    r"gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{60,}",
    rf"gl(?:pat|rt|dt|ptt|cbt|oas)-{_W}{{20,}}",
    r"xox[abeoprs]-[0-9A-Za-z-]{10,}|xapp-\d-[0-9A-Za-z-]{20,}",
    r"[sr]k_(?:live|test)_[0-9A-Za-z]{16,}|whsec_[0-9A-Za-z]{24,}",
    rf"sk-(?:proj-|svcacct-|admin-|ant-|or-v1-)?[0-9A-Za-z]{_W}{{18,}}",
    rf"AIza{_W}{{35}}|ya29\.{_W}{{30,}}|GOCSPX-{_W}{{28}}",
    rf"SG\.{_W}{{22}}\.{_W}{{43}}",
    rf"npm_[0-9A-Za-z]{{36}}|pypi-AgE{_W}{{50,}}|hf_[A-Za-z]{{34}}|dop_v1_[0-9a-f]{{64}}",
    rf"eyJ{_W}{{8,}}\.eyJ{_W}{{8,}}\.{_W}{{16,}}",
)
_MARKS = (
    r"AKIA|ASIA|LTAI|AKID|AKLT|ALTAK|gh[pousr]_|github_pat_|gl[a-z]+-|xox[abeoprs]-|xapp-|"
    r"[sr]k_(?:live|test)_|whsec_|sk-|AIza|ya29\.|GOCSPX-|SG\.|npm_|pypi-AgE|hf_|dop_v1_|eyJ"
)
_PEM = r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----"
_PKCS8 = r"MII[0-9A-Za-z+/]{2,5}IBADANBgkqhkiG9w0BAQEFAASC[0-9A-Za-z+/=\s]{64,}"
# Where a word names it: letters of one case, or words in quotes with digits and letters in each.
_PART = r"(?:[A-Za-z]+\d[A-Za-z\d]*|\d+[A-Za-z][A-Za-z\d]*)"
_NAMED = rf"[a-z]{{20,}}|[A-Z]{{20,}}|{_PART}(?: {_PART}){{1,3}}"
_PLAIN = r"[0-9A-Za-z_.~+/=|:-]{16,}"


class Secret(MarkedDetector):
    """Finds tokens and keys."""

    kind: ClassVar[str] = "secret"
    chance: ClassVar[float] = 1e-6
    shape_chance: ClassVar[float] = 0.99
    text_chance: ClassVar[float] = 1e-5
    expected: ClassVar[float] = 0.99
    alone: ClassVar[bool] = True
    otherwise: ClassVar[float] = 0.4  # questions, answers
    longest: ClassVar[int] = 4096
    beginnings: ClassVar[str] = _MARKS
    shape: ClassVar[str] = "|".join(_TOKENS)
    joints: ClassVar[bytes] = b"_-."
    places: ClassVar[Places] = TOKENS
    patterns: ClassVar[tuple[tuple[Proof, str], ...]] = (
        (Proof.CHECKED, _PKCS8),
        (Proof.SHAPE, rf"{_PLAIN}|\d{{4,8}}"),
    )

    def named(self, values: Texts) -> Flags:
        """Tokens, and shorter or plainer ones, which a word before them has to name."""
        return (self.judge(values) > 0) | matching(values, _NAMED)

    def judge(self, texts: Texts) -> Ints:
        """Shape of what can be a token or a code by its characters."""
        proofs = super().judge(texts)
        at = np.flatnonzero(proofs == Proof.SHAPE)
        values = texts.array.take(pa.array(at))
        odd = pc.match_substring_regex(
            values, r"^[^\d]*$|^\d{9,}$|://|^[A-Za-z_][A-Za-z0-9_.-]*=[^=]"
        )
        proofs[at[np.asarray(odd, dtype=np.bool_)]] = 0
        return proofs

    def find(self, texts: Texts) -> Matches:
        """Tokens, and private keys in PEM from their first line on."""
        found = super().find(texts)
        rows = np.flatnonzero(np.asarray(pc.match_substring_regex(texts.array, _PEM)))
        if not len(rows):
            return found
        at = pc.find_substring_regex(texts.array.take(pa.array(rows)), _PEM)
        starts = texts.offsets[rows] + np.asarray(at, dtype=np.int64)
        ends = texts.cores.ends[rows]
        first = np.full(len(texts), len(texts.data), np.int64)
        first[rows] = starts
        found = found.take(found.ends <= first[found.rows])
        proven = np.concatenate((found.proofs == Proof.CHECKED, np.ones(len(rows), np.bool_)))
        starts, ends = np.concatenate((found.starts, starts)), np.concatenate((found.ends, ends))
        return Matches.at(texts, starts, ends, proven)
