"""Encryption at rest and keyed indexes: the only room that touches the data keys.

AES-256-GCM with the place of the value (table, column, row) as associated data, so that a ciphertext moved to another
row does not open. Each sealed value names its key; new values use the newest key. Derived keys (journal, blind index,
query codes) come from a data key by HKDF, so that one ring is all an office has to keep.
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES, TAG_BYTES = 12, 16
LONGEST_HEAD = 64
"""Bytes of a sealed value among which the name of its key is found."""
QUERY_CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
QUERY_CODE_LENGTH = 10
ONE_TIME_CODE_LENGTH = 6
LINK_TOKEN_LENGTH, LINK_CODE_LENGTH = 26, 8
"""Twenty-six letters of thirty-one are 128 bits: an address that cannot be guessed."""


class CannotUnseal(Exception):
    """The value was changed, moved to another place, or sealed with a key that is not on the ring."""


class KeyRing:
    """The data keys, newest first."""

    def __init__(self, keys: tuple[tuple[str, bytes], ...]):
        self._keys = dict(keys)
        self.newest = keys[0][0]
        self.oldest = keys[-1][0]
        self._derived: dict[tuple[str, str], bytes] = {}

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt ``plain`` for ``place`` (for example ``applicant.contact.<uid>``): key id, nonce and ciphertext in one."""
        nonce = os.urandom(NONCE_BYTES)
        body = AESGCM(self._keys[self.newest]).encrypt(nonce, plain, place.encode())
        return self.newest.encode() + b":" + nonce + body

    def unseal(self, sealed: bytes, place: str) -> bytes:
        """The plain value. Raises CannotUnseal."""
        name, _, rest = sealed.partition(b":")
        key = self._keys.get(name.decode("ascii", "replace"))
        if key is None:
            raise CannotUnseal(f"no data key {name!r} on the ring")
        try:
            return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], place.encode())
        except InvalidTag as error:
            raise CannotUnseal(f"the sealed value at {place} does not open") from error

    def blind_index(self, value: str, purpose: str) -> str:
        """Keyed digest of a normalised value, for exact search without decryption. Stable over key rotation."""
        return hmac.new(self.derived(self.oldest, f"blind:{purpose}"), value.encode(), hashlib.sha256).hexdigest()

    def query_code(self, uid: str, generation: int) -> str:
        """The applicant's query code (查询码) of a case: derived, so that it is stored nowhere and can be re-issued.

        ``generation`` grows when the counter issues a new code; the old one then opens nothing.
        """
        digest = hmac.new(self.derived(self.oldest, "query"), f"{uid}:{generation}".encode(), hashlib.sha256).digest()
        return _letters(digest, QUERY_CODE_LENGTH)

    def answer_link(self, uid: str) -> tuple[str, str]:
        """Token and code of the one-time link of a question: derived, so that they are stored nowhere.

        The token stands in the address; the code is printed in the letter alone.
        """
        return self._link("answer", uid)

    def advice_link(self, uid: str) -> tuple[str, str]:
        """Token and code of the one-time link of a legal adviser, derived as those of a question."""
        return self._link("advice", uid)

    def referral_link(self, uid: str) -> tuple[str, str]:
        """Token and code of the one-time link of a unit without accounts, derived as those of a question."""
        return self._link("referral", uid)

    def deliberation_link(self, uid: str) -> tuple[str, str]:
        """Token and code of the one-time link of a member of a joint consultation, derived as those of a question."""
        return self._link("deliberation", uid)

    def subscription_link(self, uid: str) -> str:
        """Token of the link by which a subscription is confirmed and ended: derived, so that it is stored nowhere."""
        return self._link("subscription", uid)[0]

    def enquiry_draft(self, uid: str) -> str:
        """Token of the draft by which an enquiry becomes a request: the same draft however often it is begun."""
        return self._link("enquiry draft", uid)[0]

    def _link(self, purpose: str, uid: str) -> tuple[str, str]:
        key = self.derived(self.oldest, purpose)
        token = _letters(hmac.new(key, f"token:{uid}".encode(), hashlib.sha256).digest(), LINK_TOKEN_LENGTH)
        return token.lower(), _letters(hmac.new(key, f"code:{uid}".encode(), hashlib.sha256).digest(), LINK_CODE_LENGTH)

    def one_time_code(self, uid: str) -> str:
        """The six figures sent to an address to prove that it is read: derived, so that they are stored nowhere."""
        digest = hmac.new(self.derived(self.oldest, "one-time code"), uid.encode(), hashlib.sha256).digest()
        return f"{int.from_bytes(digest, 'big') % 10**ONE_TIME_CODE_LENGTH:0{ONE_TIME_CODE_LENGTH}}"

    def journal_mac(self, key_id: str, message: bytes) -> str:
        """HMAC-SHA256 of a journal link, as hexadecimal. Raises CannotUnseal when the key is not on the ring."""
        return hmac.new(self.derived(key_id, "journal"), message, hashlib.sha256).hexdigest()

    def fingerprints(self) -> dict[str, str]:
        """Key id → a short digest by which the same key is known again; it tells nothing about the key."""
        return {name: self.derived(name, "fingerprint").hex()[:16] for name in self._keys}

    def derived(self, key_id: str, purpose: str) -> bytes:
        """A 32-byte key for one purpose, derived from the named data key."""
        cached = self._derived.get((key_id, purpose))
        if cached is None:
            if key_id not in self._keys:
                raise CannotUnseal(f"no data key {key_id!r} on the ring")
            kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"gkapply:{purpose}".encode())
            cached = self._derived[(key_id, purpose)] = kdf.derive(self._keys[key_id])
        return cached


def plain_size(head: bytes, size: int) -> int:
    """Bytes of the plain value of a sealed one that is ``size`` bytes long and begins with ``head``."""
    return size - len(head.partition(b":")[0]) - 1 - NONCE_BYTES - TAG_BYTES


def _letters(digest: bytes, length: int) -> str:
    """The digest as letters and figures that cannot be taken for each other."""
    number, letters = int.from_bytes(digest, "big"), []
    for _ in range(length):
        number, index = divmod(number, len(QUERY_CODE_ALPHABET))
        letters.append(QUERY_CODE_ALPHABET[index])
    return "".join(letters)
