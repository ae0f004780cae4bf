"""A real SMTP server (aiosmtpd) that reports what reached it, one JSON object a line.

It ends when its standard input does. The first line is {"event": "listening", "port": N}. A mail is parsed by Python's own `email` package with its strict
policy; its defects are reported too. What the server answers depends on the recipient's name: `refused` is refused for good
at RCPT, `later` for now, `rejected` for good after the data, `deferred` for now after the data.

--tls FILE       speak TLS from the first byte, with the certificate and key in FILE
--starttls FILE  offer STARTTLS and demand it
--user U --password P  demand a login
--close-after N  close the connection after N mails, without a word
"""

import argparse
import asyncio
import email
import email.policy
import json
import os
import ssl
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


def leave_with_parent():
    sys.stdin.read()
    os._exit(0)


def report(**event):
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def described(part):
    return {
        "type": part.get_content_type(),
        "charset": part.get_content_charset(),
        "text": part.get_content(),
    }


class Handler:
    def __init__(self, close_after):
        self.close_after = close_after
        self.received = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "refused":
            return "550 5.1.1 no such mailbox"
        if name == "later":
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "rejected":
            return "554 5.6.0 not wanted"
        if name == "deferred":
            return "452 4.3.1 no space"
        raw = envelope.original_content
        message = email.message_from_bytes(raw, policy=email.policy.default)
        parts = list(message.iter_parts()) if message.is_multipart() else [message]
        report(
            event="mail",
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            peer=session.peer[1],
            hello=session.host_name,
            encrypted=server.transport.get_extra_info("ssl_object") is not None,
            headers=[[name, str(value)] for name, value in message.items()],
            from_name=message["From"].addresses[0].display_name,
            from_address=message["From"].addresses[0].addr_spec,
            parts=[described(part) for part in parts],
            defects=[repr(defect) for part in message.walk() for defect in part.defects]
            + [repr(defect) for value in message.values() for defect in value.defects],
            longest_line=max(len(line) for line in raw.split(b"\r\n")),
            ascii=all(byte < 128 for byte in raw),
            bare_newlines=raw.replace(b"\r\n", b"").count(b"\n"),
        )
        self.received += 1
        if self.close_after and self.received % self.close_after == 0:
            asyncio.get_running_loop().call_later(0.05, server.transport.abort)
        return "250 OK"


def authenticator(user, password):
    def check(server, session, envelope, mechanism, data):
        well = isinstance(data, LoginPassword) and data.login == user.encode() and data.password == password.encode()
        return AuthResult(success=well, handled=well)

    return check


async def main():
    threading.Thread(target=leave_with_parent, daemon=True).start()
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls")
    parser.add_argument("--starttls")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--close-after", type=int, default=0)
    arguments = parser.parse_args()

    def context(path):
        result = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        result.load_cert_chain(path)
        return result

    options = {}
    if arguments.starttls:
        options.update(tls_context=context(arguments.starttls), require_starttls=True)
    if arguments.user:
        options.update(
            authenticator=authenticator(arguments.user, arguments.password), auth_required=True, auth_require_tls=False
        )
    handler = Handler(arguments.close_after)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, hostname="mail.test", **options),
        "127.0.0.1",
        0,
        ssl=context(arguments.tls) if arguments.tls else None,
    )
    report(event="listening", port=server.sockets[0].getsockname()[1])
    await server.serve_forever()


asyncio.run(main())
