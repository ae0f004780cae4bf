"""Paddle Billing: transactions, its checkout page, adjustments, events. Calls are held against the operations of paddle-python-sdk,
events are signed by it, read back as its entities and verified by it. Variants: the tax on top of the price, or in it."""

import hmac
import json
import secrets
import time
import types
import warnings

from paddle_billing.Entities.Adjustment import Adjustment
from paddle_billing.Entities.Event import Event
from paddle_billing.Entities.Transaction import Transaction
from paddle_billing.Notifications import PaddleSignature, Secret, Verifier
from paddle_billing.Resources.Adjustments.Operations import CreateAdjustment
from paddle_billing.Resources.Transactions.Operations import CreateTransaction

from gateways.shapes import check
from gateways.simulator import Answer, Notice, Payment, Request, Simulator, Wrong, run

warnings.simplefilter("ignore")
#: What the buyer's country wants, in percent.
TAX = 20


class Paddle(Simulator):
    kind = "paddle"
    signature = "Paddle-Signature"
    variants = ["external", "internal"]
    forgeries = ["other key", "altered", "unsigned", "stale"]
    stages = {"paid": "pending", "discounted": "review"}

    def listening(self, base: str) -> None:
        self.base = base
        self.key = "pdl_sdbx_apikey_" + secrets.token_hex(16)
        self.signing = "pdl_ntfset_" + secrets.token_urlsafe(24)
        self.settings = {"api": base, "checkout_url": f"{base}/checkout", "tax_included": self.variant == "internal"}
        self.secrets = {"api_key": self.key, "webhook_secrets": self.signing}

    def answer(self, request: Request) -> Answer:
        if request.path == "/checkout":
            return Answer(f"<h1>{self.found(request.pairs()['_ptxn']).transaction}</h1>".encode(), type="text/html")
        if not hmac.compare_digest(request.headers.get("authorization", ""), f"Bearer {self.key}"):
            raise Wrong("not our key")
        if request.headers.get("paddle-version") != "1":
            raise Wrong("no version is pinned")
        match request.method, request.path.split("/")[1:]:
            case "POST", ["transactions"]:
                return self.open(json.loads(request.body))
            case "GET", ["transactions", transaction]:
                return self.said(self.shown(self.found(transaction)))
            case "GET", ["adjustments"]:
                asked = request.pairs()
                made = self.found(asked["transaction_id"]).extra["adjustments"]
                return self.said([one for one in made if one["action"] == asked["action"]])
            case "POST", ["adjustments"]:
                return self.give_back(json.loads(request.body))
        raise Wrong("there is no such path")

    def said(self, data) -> Answer:
        return Answer(json.dumps({"data": data, "meta": {"request_id": secrets.token_hex(16)}}).encode())

    def found(self, transaction: str) -> Payment:
        return next(payment for payment in self.payments.values() if payment.transaction == transaction)

    def open(self, content: dict) -> Answer:
        check(content, CreateTransaction)
        (item,) = content["items"]
        price = item["price"]
        if price["tax_mode"] != self.variant or price["unit_price"]["currency_code"] != content["currency_code"]:
            raise Wrong("another tax mode or currency than the account's")
        if not content["checkout"]["url"].startswith(self.base) or item["quantity"] != 1:
            raise Wrong("not the approved page, or not one of it")
        order = content["custom_data"]["order_id"]
        payment = self.payments[order] = Payment(
            order, int(price["unit_price"]["amount"]), content["currency_code"], "txn_" + secrets.token_hex(13), "",
            extra={"items": content["items"], "custom": content["custom_data"], "adjustments": [],
                   "line": "txnitm_" + secrets.token_hex(13)})
        return self.said(self.shown(payment))

    def gross(self, price: int) -> int:
        return int(self.totals(price)["total"])

    def totals(self, amount: int, discount: int = 0) -> dict:
        """Of `amount` at our price: what it is without tax, the tax, and with it."""
        if self.variant == "external":
            subtotal, tax = amount + discount, amount * TAX // 100
        else:
            subtotal = amount * 100 // (100 + TAX)
            tax, subtotal = amount - subtotal, subtotal + discount
        return {name: str(value) for name, value in
                {"subtotal": subtotal, "discount": discount, "tax": tax, "total": subtotal - discount + tax}.items()}

    def shown(self, payment: Payment, status: str = "", amount: int | None = None, currency: str = "", discount: int = 0) -> dict:
        """The transaction as it stands, or as an event tells it."""
        now = self.now()
        currency = currency or payment.currency
        totals = self.totals(payment.amount if amount is None else amount, discount)
        price = payment.extra["items"][0]["price"] | {
            "id": "pri_1", "product_id": "pro_1", "type": "custom", "status": "active", "unit_price_overrides": [],
            "unit_price": {"amount": str(payment.amount), "currency_code": currency}, "created_at": now, "updated_at": now}
        product = price.pop("product") | {"id": "pro_1", "type": "custom", "status": "active", "created_at": now, "updated_at": now}
        shown = {
            "id": payment.transaction, "status": status or ("completed" if payment.paid else "ready"), "customer_id": "ctm_1",
            "address_id": "add_1", "custom_data": payment.extra["custom"] | {"order_id": payment.order}, "currency_code": currency,
            "origin": "api", "collection_mode": "automatic", "items": [{"price": price, "quantity": 1}], "payments": [],
            "details": {
                "tax_rates_used": [{"tax_rate": str(TAX / 100), "totals": totals}],
                "totals": totals | {"credit": "0", "credit_to_balance": "0", "balance": "0", "grand_total": totals["total"],
                                    "grand_total_tax": totals["tax"], "fee": None, "earnings": None, "currency_code": currency},
                "line_items": [{"id": payment.extra["line"], "price_id": "pri_1", "quantity": 1, "tax_rate": str(TAX / 100),
                                "unit_totals": totals, "totals": totals, "product": product}],
            },
            "checkout": {"url": f"{self.base}/checkout?_ptxn={payment.transaction}"}, "created_at": now, "updated_at": now,
        }
        Transaction.from_dict(shown)
        return shown

    @staticmethod
    def now() -> str:
        return time.strftime("%Y-%m-%dT%H:%M:%S.123456Z", time.gmtime())

    def adjustment(self, payment: Payment, action: str, amount: int, reason: str, status: str, kind: str = "partial") -> dict:
        now = self.now()
        totals = self.totals(amount)
        totals.pop("discount")
        made = {
            "id": "adj_" + secrets.token_hex(13), "action": action, "type": kind, "transaction_id": payment.transaction,
            "customer_id": "ctm_1", "reason": reason, "currency_code": payment.currency, "status": status,
            "items": [{"id": "adjitm_1", "item_id": payment.extra["line"], "type": kind, "amount": str(amount), "totals": totals}],
            "totals": totals | {"fee": "0", "retained_fee": "0", "earnings": "0", "currency_code": payment.currency},
            "tax_rates_used": [], "created_at": now, "updated_at": now,
        }
        Adjustment.from_dict(made)
        payment.extra["adjustments"].append(made)
        return made

    def give_back(self, content: dict) -> Answer:
        """A refund waits for Paddle's approval, of which an event tells."""
        check(content, CreateAdjustment)
        payment = self.found(content["transaction_id"])
        if content["type"] == "full":
            amount = payment.amount - payment.refunded
        else:
            (item,) = content["items"]
            if item["item_id"] != payment.extra["line"] or content["tax_mode"] != self.variant:
                raise Wrong("another line, or another tax mode")
            amount = int(item["amount"])
        event = self.refunded(payment, amount)
        made = self.adjustment(payment, content["action"], amount, content["reason"], "pending_approval", content["type"])
        self.caused.append((payment, event | {"adjustment": made}))
        return self.said(made)

    def content(self, payment: Payment, event: dict, stage: str = "") -> tuple[str, dict]:
        if stage == "paid":
            return "transaction.paid", self.shown(payment, "paid")
        if stage == "discounted":
            return "transaction.completed", self.shown(payment, "completed", payment.amount - 500, discount=500)
        if event["kind"] == "paid":
            return "transaction.completed", self.shown(payment, "completed", event["amount"], event["currency"])
        if "adjustment" not in event:
            action = {"refunded": "refund", "disputed": "chargeback", "closed": "chargeback_reverse"}[event["kind"]]
            event["adjustment"] = self.adjustment(payment, action, event["amount"], "asked for", "approved")
        event["adjustment"]["status"] = "approved"
        return f"adjustment.{'updated' if event['kind'] == 'refunded' else 'created'}", event["adjustment"]

    def close(self, order: str, won: bool, times: int = 1) -> dict:
        """Of a chargeback that stays nothing is told."""
        return super().close(order, won, times if won else 0)

    def notice(self, payment: Payment, event: dict, forged=False, stale=False, stage="") -> Notice:
        kind, data = self.content(payment, event, stage)
        content = {"event_id": f"evt_{event['id']}{stage}", "event_type": kind, "occurred_at": self.now(),
                   "notification_id": self.next("ntf_"), "data": data}
        Event.from_dict(content)
        body = json.dumps(content).encode()
        at = int(time.time()) - (60 if stale else 0)
        secret = "pdl_ntfset_" + secrets.token_urlsafe(24) if forged else self.signing
        sign = PaddleSignature.calculate_hmac(secret, f"{at}:".encode() + body).hexdigest()
        headers = {PaddleSignature().HEADER: f"ts={at};h1={sign}"}
        request = types.SimpleNamespace(body=body, headers=headers)
        if Verifier().verify(request, Secret(self.signing)) == (forged or stale):
            raise Wrong("the SDK does not see it so")
        return Notice(self.console_url, headers | {"content-type": "application/json"}, body)


if __name__ == "__main__":
    run(Paddle)
