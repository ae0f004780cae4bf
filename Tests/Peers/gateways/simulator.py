"""What the simulated gateways share: a server on a port of its own, a control channel, a mood, and the sending of notices.

A gateway runs as `python3 -m gateways.<kind> [variant]` in this folder's parent. It prints one line of JSON when it listens,
{"account", "secrets", "forgeries", "stages"}: the account as it stands in `shop.yaml`, the environment variables that it names, whose
values were made a moment ago, and the names that `forge` and `tell` take.
Then it reads commands, {"do": name, ...}, one a line from standard input, answers each with one line, and ends with its input:

connect   "url" is where notices go, for gateways that are told so in their console
mood      "well", "slow" (a second and a half), "silent" (never), "down" (503), "garbage" (200 with something else), "cut" (half an answer)
pay       the buyer pays "order"; "amount" in minor units and "currency" where it is another one; "instead" names another order in the
          notice; "times" sends it repeatedly, or (0) not yet
repeat    sends the last notice as the gateway repeats it, "times"
forge     sends what somebody else could send for "order", in each way of "forgeries"; "way" names one
tell      sends an authentic notice of "order" that is no payment yet, or not of all: "stage" names one of "stages"
refund    gives "amount" of "order" back, the whole without it; dispute, close: the buyer's bank (with "won")
purchase  the buyer pays on the page of a payment link ("session"), writing "email" there; "metadata" is the link's own (Stripe)
page      holds what the shop's page hands to WeChat against the SDK ("parameters")
complain  a buyer complains about "order", and nobody tells the shop (WeChat)
flush     sends the notices that calls of ours have caused
payment   what it calls the payment of "order", and what it asks of the buyer ("bill")
calls     what was called, and whether the SDK found it in order: [{"call", "problem"}]
"""

import collections
import dataclasses
import http.client
import json
import os
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from suite_logs import forbid


class Wrong(Exception):
    """A call of ours that the gateway, or its SDK, would not take."""


@dataclasses.dataclass
class Request:
    """A call of ours or of the buyer's browser."""

    method: str
    path: str
    query: str
    headers: dict
    body: bytes

    def pairs(self, text: str | None = None) -> dict:
        """Query or form as a dictionary; a repeated name is wrong."""
        pairs = urllib.parse.parse_qsl(self.query if text is None else text, keep_blank_values=True, strict_parsing=True)
        if len(dict(pairs)) != len(pairs):
            raise Wrong("a parameter comes twice")
        return dict(pairs)

    def form(self) -> dict:
        return self.pairs(self.body.decode("utf-8"))


@dataclasses.dataclass
class Answer:
    body: bytes
    status: int = 200
    type: str = "application/json"
    headers: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Notice:
    """What goes to the shop: `method url`, headers, body."""

    url: str
    headers: dict
    body: bytes = b""
    method: str = "POST"

    def without(self, *names: str) -> "Notice":
        return dataclasses.replace(self, headers={name: value for name, value in self.headers.items() if name.lower() not in {one.lower() for one in names}})


@dataclasses.dataclass
class Payment:
    """An order of ours, as the gateway knows it."""

    order: str
    amount: int
    currency: str
    transaction: str
    url: str
    refunded: int = 0
    paid: bool = False
    extra: dict = dataclasses.field(default_factory=dict)


class Simulator:
    """One gateway. A subclass answers calls in `answer`, and makes a notice in `notice`."""

    #: As `shop.yaml` calls it.
    kind = ""
    variants = [""]
    settings: dict = {}
    secrets: dict = {}
    #: The ways of `forge` that this gateway knows, all of them to be refused.
    forgeries = ["other key", "altered", "unsigned"]
    #: What has the signature: a header of its notices, or a member of their JSON.
    signature = ""
    #: Authentic notices that are no payment of the whole: a name for each, and the state that the order must be in after it.
    stages: dict = {}

    def __init__(self, variant: str):
        self.variant = variant
        self.mood = "well"
        self.payments: dict[str, Payment] = {}
        self.calls: list[dict] = []
        self.caused = collections.deque()
        self.last = None
        self.console_url = ""
        self.count = 0

    # For subclasses

    def listening(self, base: str) -> None:
        """The server listens at `base`: settings that name it are made here."""

    def answer(self, request: Request) -> Answer:
        raise NotImplementedError

    def notice(self, payment: Payment, event: dict, **forgery) -> Notice:
        """A signed notice of `event` ("kind": paid, refunded, disputed, closed). `forgery`: `forged`, `stale` or `stranger` is True, or the
        name of another of `forgeries`; `stage` is one of `stages`."""
        raise NotImplementedError

    def altered(self, notice: Notice, payment: Payment) -> Notice:
        """The notice after somebody changed it on the way, without the key."""
        notice.body = notice.body.replace(payment.transaction.encode(), payment.transaction[::-1].encode())
        return notice

    def unsigned(self, notice: Notice) -> Notice:
        if self.signature in notice.headers:
            return notice.without(self.signature)
        content = json.loads(notice.body)
        del content[self.signature]
        notice.body = json.dumps(content).encode()
        return notice

    def charged(self, payment: Payment) -> None:
        """The buyer has paid: what queries answer from now on."""

    def claimed(self, payment: Payment, event: dict) -> None:
        """`event` is so: what is answered about it to those who ask before they believe it."""

    def staged(self, payment: Payment, stage: str) -> None:
        """The payment is in a stage: what queries answer from now on."""

    def gross(self, price: int) -> int:
        """What the buyer pays for a price of ours."""
        return price

    def next(self, prefix: str = "") -> str:
        self.count += 1
        return f"{prefix}{self.count:08d}"

    # Commands

    def connect(self, url: str) -> dict:
        self.console_url = url
        return {}

    def set_mood(self, value: str) -> dict:
        self.mood = value
        return {}

    def pay(self, order: str, amount: int | None = None, currency: str | None = None, times: int = 1, instead: str | None = None) -> dict:
        payment = self.payments[order]
        payment.paid = True
        payment.order = instead or payment.order
        self.charged(payment)
        event = {"kind": "paid", "id": self.next(), "amount": payment.amount if amount is None else amount,
                 "currency": currency or payment.currency}
        return self.send(payment, event, times)

    def refund(self, order: str, amount: int | None = None, times: int = 1) -> dict:
        payment = self.payments[order]
        return self.send(payment, self.refunded(payment, payment.amount - payment.refunded if amount is None else amount), times)

    def refunded(self, payment: Payment, amount: int, reference: str = "") -> dict:
        """Books a refund and gives its event."""
        if not payment.paid or amount <= 0 or payment.refunded + amount > payment.amount:
            raise Wrong("there is not that much to give back")
        payment.refunded += amount
        return {"kind": "refunded", "id": self.next(), "amount": amount, "sofar": payment.refunded, "currency": payment.currency,
                "refund": reference or self.next("re_"), "request": reference}

    def dispute(self, order: str, times: int = 1) -> dict:
        payment = self.payments[order]
        payment.extra["dispute"] = self.next("dp_")
        return self.send(payment, {"kind": "disputed", "id": self.next(), "amount": payment.amount, "currency": payment.currency}, times)

    def close(self, order: str, won: bool, times: int = 1) -> dict:
        payment = self.payments[order]
        event = {"kind": "closed", "id": self.next(), "amount": payment.amount, "currency": payment.currency, "won": won}
        return self.send(payment, event, times)

    def repeat(self, times: int = 1) -> dict:
        return self.send(*self.last, times)

    def forge(self, order: str, way: str) -> dict:
        payment = self.payments[order]
        event = {"kind": "paid", "id": self.next(), "amount": payment.amount, "currency": payment.currency}
        if way == "altered":
            notice = self.altered(self.notice(payment, event), payment)
        elif way == "unsigned":
            notice = self.unsigned(self.notice(payment, event))
        else:
            notice = self.notice(payment, event, **{"forged" if way == "other key" else way: True})
        return {"replies": [deliver(notice)]}

    def tell(self, order: str, stage: str) -> dict:
        payment = self.payments[order]
        self.staged(payment, stage)
        event = {"kind": "paid", "id": self.next(), "amount": payment.amount, "currency": payment.currency}
        return {"replies": [deliver(self.notice(payment, event, stage=stage))]}

    def payment(self, order: str) -> dict:
        payment = self.payments[order]
        return {"transaction": payment.transaction, "bill": self.gross(payment.amount)}

    def flush(self) -> dict:
        replies = []
        while self.caused:
            replies += self.send(*self.caused.popleft(), 1)["replies"]
        return {"replies": replies}

    def send(self, payment: Payment, event: dict, times: int) -> dict:
        """Sends an event, signed anew each time, as the gateway repeats it."""
        self.last = (payment, event)
        self.claimed(payment, event)
        return {"replies": [deliver(self.notice(payment, event)) for _ in range(times)]}

    def command(self, command: dict) -> dict:
        name = command.pop("do")
        if name == "calls":
            return {"calls": self.calls}
        known = ("connect", "pay", "refund", "dispute", "close", "repeat", "forge", "tell", "payment", "flush", "purchase", "page", "complain")
        action = self.set_mood if name == "mood" else getattr(self, name) if name in known else None
        if action is None:
            raise Wrong(f"there is no command {name}")
        return action(**command)

    # Serving

    def serve(self, request: Request) -> Answer:
        """Judges a call and notes what was wrong with it; what is wrong is answered with 400 unless `refusal` says otherwise."""
        name = f"{request.method} {request.path}"
        forbid(request.headers, request.query, request.body)
        try:
            answer = self.answer(request)
            self.calls.append({"call": name, "problem": ""})
            return answer
        except Exception as problem:
            self.calls.append({"call": name, "problem": f"{type(problem).__name__}: {problem}"})
            return Answer(b'{"error":"refused"}', 400)


def deliver(notice: Notice) -> dict:
    """Sends a notice and gives the reply: status and body; status 0 where none came."""
    target = urllib.parse.urlsplit(notice.url)
    forbid(notice.headers, target.query, notice.body)
    connection = http.client.HTTPConnection(target.hostname, target.port, timeout=20)
    try:
        connection.request(notice.method, target.path + (f"?{target.query}" if target.query else ""), notice.body, notice.headers)
        answer = connection.getresponse()
        return {"status": answer.status, "body": answer.read().decode("utf-8", "replace")}
    except (OSError, http.client.HTTPException):
        return {"status": 0, "body": ""}
    finally:
        connection.close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    simulator: Simulator

    def log_message(self, *arguments):
        pass

    def respond(self):
        parts = urllib.parse.urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        mood = self.simulator.mood
        if mood == "slow":
            time.sleep(1.5)
        if mood == "silent":
            time.sleep(600)
        if mood == "down":
            answer = Answer(b"<h1>503 Service Unavailable</h1>", 503, "text/html")
        elif mood == "garbage":
            answer = Answer(b'<!doctype html><title>Welcome</title>\xff\x00{"id":', 200, "text/html")
        else:
            answer = self.simulator.serve(Request(self.command, parts.path, parts.query, headers, body))
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body) + (1000 if mood == "cut" else 0)))
        self.send_header("Connection", "close")
        self.close_connection = True
        self.end_headers()
        self.wfile.write(answer.body[: len(answer.body) // 2] if mood == "cut" else answer.body)

    do_GET = do_POST = respond


class Server(ThreadingHTTPServer):
    daemon_threads = True


def run(kind: type[Simulator]) -> None:
    simulator = kind(sys.argv[1] if len(sys.argv) > 1 else kind.variants[0])
    server = Server(("127.0.0.1", 0), type("GatewayHandler", (Handler,), {"simulator": simulator}))
    port = server.server_address[1]
    simulator.listening(f"http://127.0.0.1:{port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def say(answer: dict) -> None:
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()

    names = {name: f"GATE_{name.upper()}" for name in simulator.secrets}
    say({
        "account": json.dumps({"kind": kind.kind} | simulator.settings | names),
        "secrets": {names[name]: value for name, value in simulator.secrets.items()}, "forgeries": simulator.forgeries,
        "stages": simulator.stages,
    })
    for line in sys.stdin:
        try:
            say(simulator.command(json.loads(line)))
        except Exception as problem:
            say({"problem": f"{type(problem).__name__}: {problem}"})
    os._exit(0)
