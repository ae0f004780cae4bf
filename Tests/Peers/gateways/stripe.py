"""Stripe Checkout: sessions, payment links, hosted pay page, refunds, events. Parameters are held against the SDK's own types, events signed by it."""

import hmac
import json
import re
import secrets
import time
import typing

import stripe
from stripe.params import RefundCreateParams
from stripe.params.checkout import SessionCreateParams

from gateways.simulator import Answer, Notice, Payment, Request, Simulator, Wrong, run


class Stripe(Simulator):
    kind = "stripe"
    forgeries = ["other key", "altered", "unsigned", "stale", "stranger"]

    def listening(self, base: str) -> None:
        self.base = base
        self.key = "sk_test_" + secrets.token_hex(24)
        self.signing = "whsec_" + secrets.token_urlsafe(24)
        self.settings = {"api": base, "payment_links": {"lantern": f"{base}/buy/lantern"}}
        self.secrets = {"secret_key": self.key, "webhook_secrets": self.signing}
        self.sessions: dict[str, dict] = {}
        self.answers: dict[str, tuple[bytes, Answer]] = {}

    def answer(self, request: Request) -> Answer:
        if request.method == "GET" and request.path.startswith("/pay/"):
            return Answer(f"<h1>{self.sessions[request.path[5:]]['id']}</h1>".encode(), type="text/html")
        if request.method == "GET" and request.path.startswith("/buy/"):
            return self.visited(request)
        if not hmac.compare_digest(request.headers.get("authorization", ""), f"Bearer {self.key}"):
            raise Wrong("not our secret key")
        if not request.headers.get("stripe-version", "")[:4].isdigit():
            raise Wrong("no version is pinned")
        if request.method == "GET":
            return self.shown(self.sessions[request.path.removeprefix("/v1/checkout/sessions/")])
        # A key that comes again gets the same answer; with other parameters it is an error.
        key = request.headers["idempotency-key"]
        if key not in self.answers:
            self.answers[key] = (request.body, self.create(request))
        body, answer = self.answers[key]
        if body != request.body:
            raise Wrong("an idempotency key came again with other parameters")
        return answer

    def create(self, request: Request) -> Answer:
        parameters = nested(request.form())
        if request.path == "/v1/checkout/sessions":
            check(parameters, SessionCreateParams)
            return self.open(parameters)
        if request.path == "/v1/refunds":
            check(parameters, RefundCreateParams)
            return self.give_back(parameters)
        raise Wrong("there is no such path")

    def visited(self, request: Request) -> Answer:
        """A buyer opens a payment link. A reference that Stripe would not take is dropped without a word."""
        pairs = request.pairs() if request.query else {}
        if pairs.keys() - {"client_reference_id", "prefilled_email"}:
            raise Wrong("a parameter that a payment link does not know")
        reference = pairs.get("client_reference_id", "")
        identifier = "cs_test_" + secrets.token_hex(16)
        self.sessions[identifier] = {
            "id": identifier, "object": "checkout.session", "mode": "payment", "amount_total": 10_000, "currency": "cny",
            "client_reference_id": reference if re.fullmatch(r"[A-Za-z0-9_-]{1,200}", reference) else None, "metadata": {},
            "payment_link": "plink_" + request.path.removeprefix("/buy/"), "payment_intent": None, "payment_status": "unpaid",
            "status": "open", "livemode": False, "created": int(time.time()), "customer_details": None,
        }
        return Answer(identifier.encode(), type="text/plain")

    def purchase(self, session: str, email: str, amount: int | None = None, currency: str | None = None, metadata: dict | None = None,
                 times: int = 1) -> dict:
        found = self.sessions[session]
        found.update({"customer_details": {"email": email, "name": None}, "metadata": metadata or {}})
        found["amount_total"] = found["amount_total"] if amount is None else amount
        found["currency"] = currency or found["currency"]
        payment = self.payments.setdefault(session, Payment(
            session, found["amount_total"], found["currency"].upper(), "pi_" + secrets.token_hex(12), "",
            extra={"session": found, "metadata": {}, "charge": "ch_" + secrets.token_hex(12)}))
        return self.pay(session, times=times)

    def open(self, parameters: dict) -> Answer:
        (item,) = parameters["line_items"].values()
        price = item["price_data"]
        order = parameters["client_reference_id"]
        if not 1800 <= int(parameters["expires_at"]) - time.time() <= 86_400:
            raise Wrong("a session runs for 30 minutes to 24 hours")
        if parameters["payment_intent_data"]["metadata"]["order_id"] != order:
            raise Wrong("refunds would not name the order")
        identifier = "cs_test_" + secrets.token_hex(16)
        session = {
            "id": identifier, "object": "checkout.session", "url": f"{self.base}/pay/{identifier}", "mode": parameters["mode"],
            "amount_total": int(price["unit_amount"]) * int(item["quantity"]), "currency": price["currency"],
            "client_reference_id": order, "metadata": parameters["metadata"], "payment_intent": None, "payment_status": "unpaid",
            "status": "open", "livemode": False,
        }
        self.sessions[identifier] = session
        self.payments[order] = Payment(
            order, session["amount_total"], price["currency"].upper(), "pi_" + secrets.token_hex(12), "",
            extra={"session": session, "metadata": parameters["payment_intent_data"]["metadata"], "charge": "ch_" + secrets.token_hex(12)})
        return self.shown(session)

    def give_back(self, parameters: dict) -> Answer:
        payment = next(found for found in self.payments.values() if found.transaction == parameters["payment_intent"])
        event = self.refunded(payment, int(parameters["amount"]))
        self.caused.append((payment, event))
        return self.shown({"id": event["refund"], "object": "refund", "amount": event["amount"], "status": "succeeded",
                           "currency": payment.currency.lower(), "payment_intent": payment.transaction})

    def shown(self, thing: dict) -> Answer:
        """The object as the SDK would read it back."""
        return Answer(str(stripe.StripeObject.construct_from(thing, self.key)).encode())

    def notice(self, payment: Payment, event: dict, forged=False, stale=False, stranger=False) -> Notice:
        kind, thing = self.content(payment, event)
        body = json.dumps({
            "id": f"evt_{event['id']}", "object": "event", "api_version": stripe.api_version, "created": int(time.time()),
            "type": kind, "livemode": stranger, "pending_webhooks": 1, "data": {"object": thing | {"livemode": stranger}},
        }, indent=2)
        secret = "whsec_" + secrets.token_urlsafe(24) if forged else self.signing
        at = int(time.time()) - (360 if stale else 0)
        header = stripe.WebhookSignature.generate_signature_header(body, secret, at)
        if not (forged or stale):
            stripe.Webhook.construct_event(body, header, secret)
        return Notice(self.console_url, {"content-type": "application/json; charset=utf-8", "stripe-signature": header}, body.encode())

    def charged(self, payment: Payment) -> None:
        payment.extra["session"].update(self.completed(payment))

    @staticmethod
    def completed(payment: Payment) -> dict:
        paid = {"payment_status": "paid", "status": "complete", "payment_intent": payment.transaction}
        return paid if payment.extra["session"].get("payment_link") else paid | {"client_reference_id": payment.order}

    def content(self, payment: Payment, event: dict) -> tuple[str, dict]:
        currency = event["currency"].lower()
        match event["kind"]:
            case "paid":
                return "checkout.session.completed", payment.extra["session"] | self.completed(payment) | {
                    "amount_total": event["amount"], "currency": currency}
            case "refunded":
                return "charge.refunded", {
                    "id": payment.extra["charge"], "object": "charge", "amount": payment.amount, "amount_refunded": event["sofar"],
                    "refunded": event["sofar"] == payment.amount, "currency": currency, "payment_intent": payment.transaction,
                    "metadata": payment.extra["metadata"],
                }
        closed = event["kind"] == "closed"
        status = ("won" if event["won"] else "lost") if closed else "needs_response"
        return f"charge.dispute.{'closed' if closed else 'created'}", {
            "id": payment.extra["dispute"], "object": "dispute", "amount": payment.amount, "charge": payment.extra["charge"],
            "currency": currency, "payment_intent": payment.transaction, "reason": "fraudulent", "status": status, "metadata": {},
        }

    def altered(self, notice: Notice, payment: Payment) -> Notice:
        notice.body = notice.body.replace(payment.transaction.encode(), payment.transaction[::-1].encode())
        return notice

    def unsigned(self, notice: Notice) -> Notice:
        return notice.without("stripe-signature")


def nested(form: dict) -> dict:
    """`a[b][0]=c` as {"a": {"b": {"0": "c"}}}."""
    tree: dict = {}
    for name, value in form.items():
        first, *rest = name.replace("]", "").split("[")
        place = tree
        for part, after in zip([first, *rest], rest):
            place = place.setdefault(part, {})
        place[[first, *rest][-1]] = value
    return tree


def check(parameters: dict, kind: type, path: str = "") -> None:
    """Raises when a parameter is none of those in the SDK's own type of the call."""
    known = typing.get_type_hints(kind, localns={"StripeContext": object, "Mapping": typing.Mapping})
    for name, value in parameters.items():
        if name not in known:
            raise Wrong(f"{path}{name} is no parameter of Stripe's")
        if isinstance(value, dict):
            inner = [found for found in types_in(known[name]) if hasattr(found, "__required_keys__")]
            items = value.values() if name == "line_items" else [value]
            for item in items if inner else []:
                check(item, inner[0], f"{path}{name}.")


def types_in(hint) -> list:
    return [hint] + [found for part in typing.get_args(hint) for found in types_in(part)]


if __name__ == "__main__":
    run(Stripe)
