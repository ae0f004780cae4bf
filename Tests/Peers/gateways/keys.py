"""Keys and certificates, made when a gateway starts, and amounts of two decimals."""

import base64
import datetime

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID


class Pair:
    """A key pair of 2048 bits, and the forms that consoles show."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        private = serialization.PrivateFormat.PKCS8
        public = serialization.PublicFormat.SubjectPublicKeyInfo
        plain = serialization.NoEncryption()
        self.private_pem = self.key.private_bytes(serialization.Encoding.PEM, private, plain).decode()
        self.public_pem = self.key.public_key().public_bytes(serialization.Encoding.PEM, public).decode()
        #: Base64 without armour.
        self.private = base64.b64encode(self.key.private_bytes(serialization.Encoding.DER, private, plain)).decode()
        self.public = base64.b64encode(self.key.public_key().public_bytes(serialization.Encoding.DER, public)).decode()


def yuan(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"


def fen(text: str) -> int:
    """Strict: two decimals at most, no sign."""
    whole, _, part = text.partition(".")
    if not whole.isdecimal() or not (part or "0").isdecimal() or len(part) > 2:
        raise ValueError(f"{text} is no amount of yuan")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def number(minor: int) -> int | float:
    """An amount as JSON has it in its shortest form: 68, 19.99."""
    return minor // 100 if minor % 100 == 0 else float(yuan(minor))


def certificate(name: str, pair: Pair, issuer: x509.Certificate | None, by: Pair | None, serial: int = 0) -> x509.Certificate:
    """A certificate for this machine's tests; its own issuer when none is given, and then an authority."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer.subject if issuer else subject)
        .public_key(pair.key.public_key()).serial_number(serial or x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True))
    return builder.sign((by or pair).key, SHA256())


def pem(found: x509.Certificate) -> str:
    return found.public_bytes(serialization.Encoding.PEM).decode()
