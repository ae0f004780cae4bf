"""NOWPayments: invoices, its pay page, payments, instant payment notifications. Invoices are held against the types of nowpayments-py,
notices are signed and verified by it."""

import hmac
import json
import secrets

from nowpayments.ipn import create_ipn_signature, verify_ipn_signature
from nowpayments.types import PAYMENT_STATUSES, CreateInvoiceParams

from gateways.keys import fen, number, yuan
from gateways.shapes import check
from gateways.simulator import Answer, Notice, Payment, Request, Simulator, Wrong, run


class NOWPayments(Simulator):
    kind = "nowpayments"
    signature = "x-nowpayments-sig"
    forgeries = ["other key", "altered", "unsigned", "denied"]
    stages = {"waiting": "pending", "confirming": "pending", "confirmed": "pending", "sending": "pending", "partially_paid": "pending"}

    def listening(self, base: str) -> None:
        self.base = base
        self.key = "-".join(secrets.token_hex(4).upper()[:7] for _ in range(4))
        self.signing = secrets.token_urlsafe(24)
        self.settings = {"api": base}
        self.secrets = {"api_key": self.key, "webhook_secrets": self.signing}

    def answer(self, request: Request) -> Answer:
        if request.path == "/payment/":
            payment = next(one for one in self.payments.values() if one.extra["invoice"] == request.pairs()["iid"])
            return Answer(f"<h1>{payment.extra['invoice']}</h1>".encode(), type="text/html")
        if not hmac.compare_digest(request.headers.get("x-api-key", ""), self.key):
            raise Wrong("not our key")
        if (request.method, request.path) == ("POST", "/v1/invoice"):
            return self.open(json.loads(request.body))
        if request.method == "GET" and request.path.startswith("/v1/payment/"):
            payment = next((one for one in self.payments.values() if one.transaction == request.path.split("/")[3]), None)
            if payment is None:
                return Answer(b'{"statusCode":404,"code":"PAYMENT_NOT_FOUND"}', 404)
            return Answer(json.dumps(self.shown(payment)).encode())
        raise Wrong("there is no such path")

    def open(self, content: dict) -> Answer:
        check(content, CreateInvoiceParams)
        order, invoice = content["order_id"], str(4_500_000_000 + secrets.randbelow(99_999_999))
        self.payments[order] = Payment(
            order, fen(str(content["price_amount"])), content["price_currency"].upper(), str(5_000_000_000 + secrets.randbelow(99_999_999)),
            content["ipn_callback_url"], extra={"invoice": invoice, "status": "waiting"})
        return Answer(json.dumps({
            "id": invoice, "order_id": order, "price_amount": yuan(fen(str(content["price_amount"]))), "pay_currency": None,
            "price_currency": content["price_currency"].upper(), "invoice_url": f"{self.base}/payment/?iid={invoice}"}).encode())

    def shown(self, payment: Payment, status: str = "") -> dict:
        amount, currency = payment.extra.get("claim", (payment.amount, payment.currency))
        status = status or payment.extra["status"]
        if status not in PAYMENT_STATUSES:
            raise Wrong(f"{status} is no status")
        came = {"finished": 165.652609, "refunded": 165.652609, "partially_paid": 100.5}.get(status, 0)
        return {"payment_id": int(payment.transaction), "parent_payment_id": None, "invoice_id": int(payment.extra["invoice"]),
                "payment_status": status, "pay_address": "TNDFkiSmBQorNFacb3735q8MnT29sn8BLn", "price_amount": number(amount),
                "price_currency": currency.lower(), "pay_amount": 165.652609, "actually_paid": came, "actually_paid_at_fiat": 0,
                "pay_currency": "trx", "order_id": payment.order, "order_description": "年度/会员", "purchase_id": "5837122679",
                "outcome_amount": 178.9005, "outcome_currency": "trx", "payment_extra_ids": None,
                "fee": {"withdrawalFee": 0, "currency": "btc", "serviceFee": 0, "depositFee": 0.5}}

    def claimed(self, payment: Payment, event: dict) -> None:
        if event["kind"] == "paid" and payment.extra["status"] != "refunded":
            payment.extra |= {"status": "finished", "claim": (event["amount"], event["currency"])}
        if event["kind"] == "refunded":
            payment.extra["status"] = "refunded"

    def staged(self, payment: Payment, stage: str) -> None:
        payment.extra["status"] = stage

    def notice(self, payment: Payment, event: dict, forged=False, denied=False, stage="") -> Notice:
        content = self.shown(payment, stage or {"paid": "finished", "refunded": "refunded"}[event["kind"]])
        body = json.dumps(content, ensure_ascii=False)
        sign = create_ipn_signature(content, secrets.token_urlsafe(24) if forged else self.signing)
        if verify_ipn_signature(body, sign, self.signing) == forged:
            raise Wrong("the SDK does not see it so")
        return Notice(payment.url, {"content-type": "application/json", "x-nowpayments-sig": sign}, body.encode())


if __name__ == "__main__":
    run(NOWPayments)
