"""A BTCPay Server: invoices of one store, its pay page, webhooks. The clients on PyPI are for its older interface or know no webhooks,
so this is written from its documents (Greenfield API), and signs with `hmac`."""

import hashlib
import hmac
import json
import secrets
import time
import urllib.parse

from gateways.keys import fen, yuan
from gateways.simulator import Answer, Notice, Payment, Request, Simulator, Wrong, run


class BTCPay(Simulator):
    kind = "btcpay"
    signature = "btcpay-sig"
    forgeries = ["other key", "altered", "unsigned", "stranger", "denied"]
    stages = {"Processing": "pending", "ReceivedPayment": "pending", "PaidPartial": "pending"}

    def listening(self, base: str) -> None:
        self.base = base
        self.store = secrets.token_urlsafe(24)
        self.key = secrets.token_hex(20)
        self.signing = secrets.token_urlsafe(20)
        self.settings = {"base_url": base + "/", "store": self.store}
        self.secrets = {"api_key": self.key, "webhook_secrets": self.signing}

    def answer(self, request: Request) -> Answer:
        if request.path.startswith("/i/"):
            return Answer(f"<h1>{self.found(request.path[3:]).transaction}</h1>".encode(), type="text/html")
        if not hmac.compare_digest(request.headers.get("authorization", ""), f"token {self.key}"):
            raise Wrong("not our key")
        root = f"/api/v1/stores/{self.store}/invoices"
        match request.method, urllib.parse.unquote(request.path).removeprefix(root).split("/"):
            case "POST", [""]:
                return self.open(json.loads(request.body))
            case "GET", [""]:
                asked = request.pairs()
                found = [self.shown(one) for one in self.payments.values() if one.order == asked["orderId"]]
                return Answer(json.dumps([one for one in found if one["status"] == asked["status"]]).encode())
            case "GET", ["", invoice]:
                payment = self.found(invoice)
                if payment is None:
                    return Answer(b'{"code":"invoice-not-found","message":"The invoice was not found"}', 404)
                return Answer(json.dumps(self.shown(payment)).encode())
        raise Wrong("there is no such path")

    def found(self, invoice: str) -> Payment | None:
        return next((payment for payment in self.payments.values() if payment.transaction == invoice), None)

    def open(self, content: dict) -> Answer:
        checkout = content["checkout"]
        if content.keys() - {"amount", "currency", "metadata", "checkout", "receipt", "additionalSearchTerms"}:
            raise Wrong("no members of an invoice")
        if not isinstance(content["amount"], str) or checkout["expirationMinutes"] < 1 or not checkout["redirectURL"].startswith("http"):
            raise Wrong("no amount, no time, or nowhere to go back to")
        order = content["metadata"]["orderId"]
        payment = self.payments[order] = Payment(
            order, fen(content["amount"]), content["currency"], secrets.token_urlsafe(16), "", extra={"status": "New", "more": "None"})
        return Answer(json.dumps(self.shown(payment)).encode())

    def shown(self, payment: Payment) -> dict:
        amount, currency = payment.extra.get("claim", (payment.amount, payment.currency))
        return {"id": payment.transaction, "storeId": self.store, "amount": yuan(amount), "currency": currency, "type": "Standard",
                "checkoutLink": f"{self.base}/i/{payment.transaction}", "status": payment.extra["status"],
                "additionalStatus": payment.extra["more"], "createdTime": int(time.time()), "metadata": {"orderId": payment.order}}

    def claimed(self, payment: Payment, event: dict) -> None:
        payment.extra |= {"status": "Settled", "claim": (event["amount"], event["currency"])}

    def staged(self, payment: Payment, stage: str) -> None:
        states = {"Processing": ("Processing", "None"), "ReceivedPayment": ("New", "None"), "PaidPartial": ("Expired", "PaidPartial")}
        payment.extra["status"], payment.extra["more"] = states[stage]

    def notice(self, payment: Payment, event: dict, forged=False, stranger=False, denied=False, stage="") -> Notice:
        kind = "InvoiceExpired" if stage == "PaidPartial" else f"Invoice{stage or 'Settled'}"
        delivery = secrets.token_urlsafe(16)
        body = json.dumps({
            "manuallyMarked": False, "overPaid": False, "deliveryId": delivery, "webhookId": "W1",
            "originalDeliveryId": event.setdefault("delivery", delivery), "isRedelivery": event["delivery"] != delivery, "type": kind,
            "timestamp": int(time.time()), "storeId": secrets.token_urlsafe(24) if stranger else self.store,
            "invoiceId": payment.transaction, "metadata": {"orderId": payment.order},
        }, indent=2).encode()
        secret = secrets.token_urlsafe(20) if forged else self.signing
        sign = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return Notice(self.console_url, {"content-type": "application/json", "btcpay-sig": f"sha256={sign}"}, body)


if __name__ == "__main__":
    run(BTCPay)
