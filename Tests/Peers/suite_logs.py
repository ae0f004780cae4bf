"""Writes down, for `log_scan.py`, what a peer sent or was sent and no log may hold. Does nothing outside `make test`."""

import json
import os
import urllib.parse

FOLDER = os.environ.get("KEYFRONT_TEST_LOGS", "")
PUBLIC = {"host", "user-agent", "accept", "connection", "content-type", "content-length", "accept-encoding", "stripe-version",
          "wechatpay-serial", "wechatpay-signature-type", "paypal-auth-algo", "paypal-cert-url",
          # They are, or hold, the order's id or the time, which logs are there to say.
          "paypal-request-id", "paypal-transmission-time", "idempotency-key", "webhook-id", "webhook-timestamp"}


def forbid(headers: dict, query: str = "", body: bytes = b"") -> None:
    """The values of headers and parameters that are long enough to be secrets, and the body as a whole."""
    if not FOLDER:
        return
    found = [("header " + name, value) for name, value in headers.items() if name.lower() not in PUBLIC and len(value) >= 16]
    found += [("parameter " + name, value) for name, value in urllib.parse.parse_qsl(query) if "sign" in name and len(value) >= 16]
    found += [("query", query)] if query else []
    found += [("body", body.decode("utf-8", "replace"))] if body else []
    with open(f"{FOLDER}/{os.getpid()}.secrets", "a", encoding="utf-8") as file:
        file.writelines(json.dumps(pair) + "\n" for pair in found)
