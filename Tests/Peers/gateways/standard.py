"""A partner who speaks Standard Webhooks, signed and checked by that scheme's own library."""

import base64
import datetime
import json
import secrets

from standardwebhooks import Webhook

from gateways.simulator import Answer, Notice, Payment, Request, Simulator, Wrong, run


class Partner(Simulator):
    kind = "standard"
    forgeries = ["other key", "altered", "unsigned", "stale"]

    def listening(self, base: str) -> None:
        self.secret = self.made()
        self.settings = {"checkout_url": base + "/pay/{order}?amount={amount}&currency={currency}"}
        self.secrets = {"webhook_secrets": self.secret}

    @staticmethod
    def made() -> str:
        return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()

    def answer(self, request: Request) -> Answer:
        order = request.path.removeprefix("/pay/")
        wish = request.pairs()
        if not order.replace("_", "").isalnum() or set(wish) != {"amount", "currency"}:
            raise Wrong("not the address that was agreed on")
        amount = int(wish["amount"].replace(".", ""))
        self.payments.setdefault(order, Payment(order, amount, wish["currency"], "txn_" + secrets.token_hex(10), ""))
        return Answer(f"<h1>{order}</h1>".encode(), type="text/html")

    def notice(self, payment: Payment, event: dict, forged=False, stale=False) -> Notice:
        now = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=360 if stale else 0)
        kind = {"paid": "paid", "refunded": "refunded", "disputed": "disputed", "closed": "dispute_closed"}[event["kind"]]
        data = {"order_id": payment.order, "amount_minor": event["amount"], "currency": event["currency"],
                "transaction_id": payment.transaction}
        if "refund" in event:
            data["refund_id"] = event["refund"]
        if "dispute" in payment.extra:
            data["dispute_id"] = payment.extra["dispute"]
        if "won" in event:
            data["outcome"] = "won" if event["won"] else "lost"
        body = json.dumps({"type": f"payment.{kind}", "timestamp": now.isoformat(), "data": data})
        identifier = f"msg_{event['id']}"
        webhook = Webhook(self.made() if forged else self.secret)
        headers = {"content-type": "application/json", "webhook-id": identifier, "webhook-timestamp": str(int(now.timestamp())),
                   "webhook-signature": webhook.sign(identifier, now, body)}
        if not stale:
            webhook.verify(body, headers)
        return Notice(self.console_url, headers, body.encode())

    def altered(self, notice: Notice, payment: Payment) -> Notice:
        notice.body = notice.body.replace(payment.transaction.encode(), payment.transaction[::-1].encode())
        return notice

    def unsigned(self, notice: Notice) -> Notice:
        return notice.without("webhook-signature")


if __name__ == "__main__":
    run(Partner)
