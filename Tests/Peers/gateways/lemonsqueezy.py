"""Lemon Squeezy: checkouts of one variant, orders, whole refunds, webhooks. It has no SDK of its own for Python (the one on PyPI is a
stranger's and knows no webhooks), so this is written from its documents, and signs with `hmac`. Variants: the store's prices without
the tax, or with it."""

import hashlib
import hmac
import json
import secrets
import time

from gateways.simulator import Answer, Notice, Payment, Request, Simulator, Wrong, run

#: What the buyer's country wants, in percent.
TAX = 20


class LemonSqueezy(Simulator):
    kind = "lemonsqueezy"
    signature = "x-signature"
    variants = ["exclusive", "inclusive"]
    forgeries = ["other key", "altered", "unsigned", "stranger", "mode"]
    stages = {"pending": "pending", "discounted": "review"}

    def listening(self, base: str) -> None:
        self.base = base
        self.key = secrets.token_hex(32)
        self.signing = secrets.token_hex(20)
        self.store, self.product = str(1000 + secrets.randbelow(9000)), str(10_000 + secrets.randbelow(90_000))
        self.settings = {"api": base, "store": self.store, "variant": self.product, "store_url": base, "currency": "CNY"}
        self.secrets = {"api_key": self.key, "webhook_secrets": self.signing}

    def answer(self, request: Request) -> Answer:
        if request.path.startswith("/checkout/custom/"):
            payment = next(one for one in self.payments.values() if one.extra["checkout"] == request.path.split("/")[3])
            return Answer(f"<h1>{payment.extra['title']}</h1>".encode(), type="text/html")
        if not hmac.compare_digest(request.headers.get("authorization", ""), f"Bearer {self.key}"):
            raise Wrong("not our key")
        kind = "application/vnd.api+json"
        if request.headers.get("accept") != kind or (request.body and request.headers.get("content-type") != kind):
            raise Wrong("not JSON:API")
        match request.method, request.path.split("/")[1:]:
            case "POST", ["v1", "checkouts"]:
                return self.open(json.loads(request.body)["data"])
            case "GET", ["v1", "orders", order]:
                return self.said(self.shown(self.found(order)))
            case "POST", ["v1", "orders", order, "refund"]:
                payment = self.found(order)
                data = json.loads(request.body)["data"]
                if (data["type"], data["id"]) != ("orders", order):
                    raise Wrong("another order in the body")
                amount = data.get("attributes", {}).get("amount", payment.amount - payment.refunded)
                self.caused.append((payment, self.refunded(payment, amount)))
                return self.said(self.shown(payment))
        raise Wrong("there is no such path")

    def said(self, data: dict) -> Answer:
        return Answer(json.dumps({"jsonapi": {"version": "1.0"}, "data": data}).encode(), type="application/vnd.api+json")

    def found(self, order: str) -> Payment:
        return next(payment for payment in self.payments.values() if payment.transaction == order)

    def open(self, data: dict) -> Answer:
        attributes, relations = data["attributes"], data["relationships"]
        known = {"custom_price", "product_options", "checkout_options", "checkout_data", "expires_at", "preview", "test_mode"}
        if data["type"] != "checkouts" or attributes.keys() - known:
            raise Wrong(f"no attributes of a checkout: {attributes.keys() - known}")
        for name, kind, identifier in [("store", "stores", self.store), ("variant", "variants", self.product)]:
            if relations[name]["data"] != {"type": kind, "id": identifier}:
                raise Wrong(f"another {name}")
        if attributes["product_options"]["enabled_variants"] != [int(self.product)] or attributes["test_mode"]:
            raise Wrong("buyers could choose another variant, or pay in test mode")
        if attributes["checkout_options"]["discount"] or not attributes["product_options"]["redirect_url"].startswith("http"):
            raise Wrong("a discount could change the price")
        if time.strptime(attributes["expires_at"], "%Y-%m-%dT%H:%M:%SZ") <= time.gmtime():
            raise Wrong("it ran out before it began")
        custom = attributes["checkout_data"]["custom"]
        payment = self.payments[custom["order_id"]] = Payment(
            custom["order_id"], attributes["custom_price"], "CNY", str(2_700_000 + len(self.payments)), "",
            extra={"custom": custom, "checkout": secrets.token_hex(8), "title": attributes["product_options"]["name"]})
        url = f"{self.base}/checkout/custom/{payment.extra['checkout']}?expires=1&signature={secrets.token_hex(32)}"
        return self.said({"type": "checkouts", "id": secrets.token_hex(16), "attributes": {"store_id": int(self.store), "url": url}})

    def gross(self, price: int) -> int:
        return price if self.variant == "inclusive" else price + -(-price * TAX // 100)

    def shown(self, payment: Payment, amount: int | None = None, currency: str = "", discount: int = 0, status: str = "") -> dict:
        """The order as it stands, or as an event tells it."""
        amount = payment.amount if amount is None else amount
        total = self.gross(amount)
        net = amount if self.variant == "exclusive" else amount * 100 // (100 + TAX)
        back = self.gross(payment.refunded)
        state = "refunded" if payment.refunded == payment.amount else "partial_refund" if payment.refunded else "paid"
        now = time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime())
        return {"type": "orders", "id": payment.transaction, "attributes": {
            "store_id": int(self.store), "customer_id": 1, "identifier": secrets.token_hex(8), "order_number": 1, "user_name": "李雷",
            "user_email": "buyer@example.com", "currency": currency or payment.currency, "currency_rate": "1.0", "subtotal": net + discount,
            "discount_total": discount, "tax": total - net, "total": total, "tax_name": "VAT", "tax_rate": str(TAX),
            "tax_inclusive": self.variant == "inclusive", "refunded": state == "refunded", "refunded_amount": back,
            "refunded_at": now if back else None, "status": status or state, "created_at": now, "updated_at": now, "test_mode": False}}

    def notice(self, payment: Payment, event: dict, forged=False, stranger=False, mode=False, stage="") -> Notice:
        if event["kind"] == "refunded":
            name, order = "order_refunded", self.shown(payment)
        elif stage:
            discount = 500 if stage == "discounted" else 0
            name, order = "order_created", self.shown(payment, payment.amount - discount, discount=discount,
                                                      status="pending" if stage == "pending" else "paid")
        else:
            # Told of the payment as it was, whatever went back since.
            name, order = "order_created", self.shown(payment, event["amount"], event["currency"], status="paid")
        if stranger:
            order["attributes"]["store_id"] += 1
        body = json.dumps({"meta": {"test_mode": mode, "event_name": name, "webhook_id": secrets.token_hex(8),
                                    "custom_data": payment.extra["custom"] | {"order_id": payment.order}}, "data": order}).encode()
        secret = secrets.token_hex(20) if forged else self.signing
        sign = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return Notice(self.console_url, {"content-type": "application/json", "x-event-name": name, "x-signature": sign}, body)


if __name__ == "__main__":
    run(LemonSqueezy)
