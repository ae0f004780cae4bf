"""PayPal: access tokens, Orders v2, captures, refunds, events. Signed text and signature are those of paypalrestsdk; the certificate
comes from an authority of this gateway's own, which a test account names in `trust_anchors`."""

import base64
import datetime
import json
import secrets
import string
import uuid

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from paypalrestsdk import WebhookEvent

from gateways.keys import Pair, certificate, fen, pem, yuan
from gateways.simulator import Answer, Notice, Payment, Request, Simulator, Wrong, run


def identifier() -> str:
    return "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(17))


def now(ago: int = 0) -> str:
    return (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


class PayPal(Simulator):
    kind = "paypal"
    forgeries = ["other key", "altered", "unsigned", "stale", "stranger", "unknown", "elsewhere"]

    def listening(self, base: str) -> None:
        self.base = base
        self.client, self.secret, self.webhook = secrets.token_urlsafe(40), secrets.token_urlsafe(40), identifier()
        self.pair, self.authority = Pair(), Pair()
        root = certificate("Test Root", self.authority, None, None)
        leaf = certificate("messageverificationcerts.paypal.com", self.pair, root, self.authority)
        self.chain = pem(leaf) + pem(root)
        self.strangers = self.foreign_chain()
        self.settings = {"client_id": self.client, "webhook_id": self.webhook, "test_mode": True, "api": base}
        self.secrets = {"client_secret": self.secret, "trust_anchors": pem(root)}
        self.tokens: set[str] = set()
        self.orders: dict[str, Payment] = {}
        self.answers: dict[str, tuple[str, Answer]] = {}

    def foreign_chain(self) -> tuple[Pair, str]:
        """The same name from an authority that nobody trusts."""
        pair, authority = Pair(), Pair()
        root = certificate("Test Root", authority, None, None)
        return pair, pem(certificate("messageverificationcerts.paypal.com", pair, root, authority)) + pem(root)

    def answer(self, request: Request) -> Answer:
        if request.path.startswith("/v1/notifications/certs/"):
            return Answer((self.strangers[1] if request.path.endswith("OTHER") else self.chain).encode(), type="text/plain")
        if request.path == "/checkoutnow":
            return Answer(f"<h1>{self.orders[request.pairs()['token']].order}</h1>".encode(), type="text/html")
        if request.path == "/v1/oauth2/token":
            return self.token(request)
        scheme, _, token = request.headers["authorization"].partition(" ")
        if scheme != "Bearer" or token not in self.tokens:
            return Answer(b'{"error":"invalid_token"}', 401)
        if request.method == "GET":
            return self.shown(self.found(request.path))
        number = request.headers["paypal-request-id"]
        call = request.path + request.body.decode()
        if number not in self.answers:
            self.answers[number] = (call, self.post(request))
        if self.answers[number][0] != call:
            raise Wrong("a request id came again with another request")
        return self.answers[number][1]

    def token(self, request: Request) -> Answer:
        pair = base64.b64encode(f"{self.client}:{self.secret}".encode()).decode()
        if request.headers["authorization"] != f"Basic {pair}" or request.form() != {"grant_type": "client_credentials"}:
            return Answer(b'{"error":"invalid_client"}', 401)
        token = "A21AA" + secrets.token_urlsafe(40)
        self.tokens.add(token)
        return self.shown({"access_token": token, "token_type": "Bearer", "expires_in": 32_400, "scope": "https://uri.paypal.com/services/"})

    def post(self, request: Request) -> Answer:
        content = json.loads(request.body)
        *_, folder, name = request.path.split("/")
        if request.path == "/v2/checkout/orders":
            return self.open(content)
        if name == "capture":
            return self.capture(self.orders[folder])
        if name == "refund":
            payment = next(payment for payment in self.payments.values() if payment.transaction == folder)
            event = self.refunded(payment, fen(content["amount"]["value"]))
            self.caused.append((payment, event))
            return self.shown({"id": event["refund"], "status": "COMPLETED"}, 201)
        raise Wrong("there is no such path")

    def open(self, content: dict) -> Answer:
        (unit,) = content["purchase_units"]
        page = content["payment_source"]["paypal"]["experience_context"]
        if content["intent"] != "CAPTURE" or len(unit["custom_id"]) > 127 or not page["return_url"]:
            raise Wrong("INVALID_REQUEST")
        if unit["invoice_id"] in self.payments:
            raise Wrong("DUPLICATE_INVOICE_ID")
        payment = Payment(unit["custom_id"], fen(unit["amount"]["value"]), unit["amount"]["currency_code"], identifier(), "",
                          extra={"id": identifier(), "status": "PAYER_ACTION_REQUIRED", "refunds": {}})
        self.payments[payment.order] = self.orders[payment.extra["id"]] = payment
        address = f"{self.base}/checkoutnow?token={payment.extra['id']}"
        return self.shown({"id": payment.extra["id"], "status": payment.extra["status"], "links": [
            {"href": f"{self.base}/v2/checkout/orders/{payment.extra['id']}", "rel": "self", "method": "GET"},
            {"href": address, "rel": "payer-action", "method": "GET"}]})

    def capture(self, payment: Payment) -> Answer:
        if payment.paid:
            return self.shown({"name": "UNPROCESSABLE_ENTITY", "details": [{"issue": "ORDER_ALREADY_CAPTURED"}]}, 422)
        if payment.extra["status"] != "APPROVED":
            return self.shown({"name": "UNPROCESSABLE_ENTITY", "details": [{"issue": "ORDER_NOT_APPROVED"}]}, 422)
        payment.paid = True
        payment.extra["status"] = "COMPLETED"
        return self.shown(self.order(payment), 201)

    def order(self, payment: Payment) -> dict:
        unit = {"reference_id": "default", "custom_id": payment.order, "invoice_id": payment.order, "amount": self.money(payment, payment.amount)}
        if payment.paid:
            unit["payments"] = {"captures": [self.captured(payment, payment.amount)]}
        return {"id": payment.extra["id"], "status": payment.extra["status"], "intent": "CAPTURE", "purchase_units": [unit]}

    def money(self, payment: Payment, amount: int, currency: str = "") -> dict:
        return {"currency_code": currency or payment.currency, "value": yuan(amount)}

    def captured(self, payment: Payment, amount: int, currency: str = "") -> dict:
        status = "COMPLETED" if not payment.refunded else "REFUNDED" if payment.refunded == payment.amount else "PARTIALLY_REFUNDED"
        return {"id": payment.transaction, "status": status, "amount": self.money(payment, amount, currency), "final_capture": True,
                "custom_id": payment.order, "invoice_id": payment.order, "create_time": now(),
                "supplementary_data": {"related_ids": {"order_id": payment.extra["id"]}}}

    def refund_of(self, payment: Payment, event: dict) -> dict:
        return {"id": event["refund"], "status": "COMPLETED", "amount": self.money(payment, event["amount"]), "custom_id": payment.order,
                "invoice_id": payment.order, "create_time": now(),
                "seller_payable_breakdown": {"total_refunded_amount": self.money(payment, event["sofar"])},
                "links": [{"href": f"{self.base}/v2/payments/captures/{payment.transaction}", "rel": "up", "method": "GET"}]}

    def found(self, path: str) -> dict:
        name = path.rsplit("/", 1)[1]
        for payment in self.payments.values():
            if path == f"/v2/checkout/orders/{payment.extra['id']}":
                return self.order(payment)
            if path == f"/v2/payments/captures/{payment.transaction}" and payment.paid:
                # What was charged, which is not what was asked for when the test says so.
                return self.captured(payment, *payment.extra.get("charged", (payment.amount, payment.currency)))
            if path == f"/v2/payments/refunds/{name}" and name in payment.extra["refunds"]:
                return self.refund_of(payment, payment.extra["refunds"][name])
        return {"name": "RESOURCE_NOT_FOUND", "details": [{"issue": "INVALID_RESOURCE_ID"}]}

    def shown(self, thing: dict, status: int = 200) -> Answer:
        return Answer(json.dumps(thing).encode(), 404 if thing.get("name") == "RESOURCE_NOT_FOUND" else status)

    def approve(self, order: str) -> dict:
        """The buyer agreed on PayPal's page; the money is taken when the shop says so."""
        payment = self.payments[order]
        if not payment.paid:
            payment.extra["status"] = "APPROVED"
        return self.send(payment, {"kind": "approved", "id": self.next()}, 1)

    def pay(self, order: str, amount: int | None = None, currency: str | None = None, times: int = 1, instead: str | None = None) -> dict:
        payment = self.payments[order]
        if not self.console_url:
            # Nobody is told: the shop has to ask.
            payment.extra["status"] = "APPROVED"
            return {"replies": []}
        replies = self.approve(order)["replies"]
        if not payment.paid:
            raise Wrong(f"the shop did not capture: {replies}")
        payment.extra["charged"] = (payment.amount if amount is None else amount, currency or payment.currency)
        return super().pay(order, amount, currency, times, instead)

    def notice(self, payment: Payment, event: dict, forged=False, stale=False, stranger=False, unknown=False, elsewhere=False) -> Notice:
        match event["kind"]:
            case "paid":
                kind, resource = "PAYMENT.CAPTURE.COMPLETED", self.captured(payment, event["amount"], event["currency"])
                # As it was when it happened.
                resource["status"] = "COMPLETED"
                if unknown:
                    resource["id"] = identifier()
            case "refunded":
                payment.extra["refunds"][event["refund"]] = event
                kind, resource = "PAYMENT.CAPTURE.REFUNDED", self.refund_of(payment, event)
            case "approved":
                kind, resource = "CHECKOUT.ORDER.APPROVED", self.order(payment)
            case other:
                kind, resource = f"CUSTOMER.DISPUTE.{'RESOLVED' if other == 'closed' else 'CREATED'}", self.dispute_of(payment, event)
        body = json.dumps({"id": f"WH-{event['id']}", "event_version": "1.0", "create_time": now(), "resource_type": kind.split(".")[1].lower(),
                           "event_type": kind, "summary": "", "resource": resource})
        return self.signed(body, forged, stale, stranger, elsewhere)

    def dispute_of(self, payment: Payment, event: dict) -> dict:
        dispute = {"dispute_id": "PP-D-" + payment.extra["dispute"].removeprefix("dp_"), "reason": "UNAUTHORISED", "status": "OPEN",
                   "dispute_amount": self.money(payment, event["amount"]), "disputed_transactions": [
                       {"seller_transaction_id": payment.transaction, "custom": payment.order, "invoice_number": payment.order}]}
        if event["kind"] == "closed":
            outcome = "RESOLVED_SELLER_FAVOUR" if event["won"] else "RESOLVED_BUYER_FAVOUR"
            dispute |= {"status": "RESOLVED", "dispute_outcome": {"outcome_code": outcome}}
        return dispute

    def signed(self, body: str, forged=False, stale=False, stranger=False, elsewhere=False) -> Notice:
        transmission, sent = str(uuid.uuid4()), now(8 * 86_400 if stale else 0)
        text = WebhookEvent._get_expected_sig(transmission, sent, "WEBHOOK_ID" if stranger else self.webhook, body)
        pair = self.strangers[0] if forged or elsewhere else self.pair
        signature = base64.b64encode(pair.key.sign(text.encode(), PKCS1v15(), SHA256())).decode()
        # `forged`: a certificate that PayPal's own host hands out, but not PayPal's; `elsewhere`: another host's.
        host = "https://paypal.example" if elsewhere else self.base
        name = "OTHER" if forged else "CERT-360caa42-fca2a594-90621ecd"
        headers = {"content-type": "application/json", "paypal-transmission-id": transmission, "paypal-transmission-time": sent,
                   "paypal-transmission-sig": signature, "paypal-auth-algo": "SHA256withRSA",
                   "paypal-cert-url": f"{host}/v1/notifications/certs/{name}"}
        return Notice(self.console_url, headers, body.encode())

    def altered(self, notice: Notice, payment: Payment) -> Notice:
        notice.body = notice.body.replace(payment.transaction.encode(), payment.transaction[::-1].encode())
        return notice

    def unsigned(self, notice: Notice) -> Notice:
        return notice.without("paypal-transmission-sig")


if __name__ == "__main__":
    run(PayPal)
