"""An epusdt or a BEpusdt server: trades, its pay page, states, callbacks. The bepusdt package checks what we sign and signs what is sent,
for both: they sign alike. Answers differ: epusdt wraps a state into `data`, and does not name the payment on the chain."""

import json
import secrets
import time

from bepusdt import Order, OrderStatus
from bepusdt.signature import generate_signature, verify_signature

from gateways.keys import fen, number
from gateways.simulator import Answer, Notice, Payment, Request, Simulator, Wrong, run


class Epusdt(Simulator):
    kind = "epusdt"
    signature = "signature"
    variants = ["epusdt", "bepusdt"]
    forgeries = ["other key", "altered", "unsigned", "denied"]

    def listening(self, base: str) -> None:
        self.base = base
        self.token = secrets.token_hex(24)
        self.settings = {"base_url": base}
        self.secrets = {"token": self.token}
        self.known = {"order_id", "amount", "notify_url", "redirect_url", "signature"}
        if self.variant == "bepusdt":
            self.settings |= {"fiat": "CNY", "trade_type": "usdt.trc20"}
            self.known |= {"fiat", "trade_type"}
            # It calls for these as well, signed all the same.
            self.stages = {"WAITING": "pending", "CONFIRMING": "pending"}

    def answer(self, request: Request) -> Answer:
        if request.path.startswith("/pay/checkout-counter/"):
            return Answer(f"<h1>{self.found(request.path.split('/')[3]).order}</h1>".encode(), type="text/html")
        if (request.method, request.path) == ("POST", "/api/v1/order/create-transaction"):
            return self.open(json.loads(request.body))
        if request.method == "GET" and request.path.startswith("/pay/check-status/"):
            return Answer(json.dumps(self.state(self.found(request.path.split("/")[3]))).encode())
        raise Wrong("there is no such path")

    def found(self, trade: str) -> Payment | None:
        return next((one for one in self.payments.values() if one.extra["trade"] == trade), None)

    def state(self, payment: Payment | None) -> dict:
        if payment is None:
            return {"status_code": 10008, "message": "order not exists", "data": None}
        status = OrderStatus.SUCCESS if payment.paid else OrderStatus.WAITING
        state = {"trade_id": payment.extra["trade"], "status": int(status)}
        if self.variant == "epusdt":
            return {"status_code": 200, "message": "success", "data": state}
        return state | {"trade_hash": payment.transaction if payment.paid else "", "return_url": payment.extra["back"]}

    def open(self, content: dict) -> Answer:
        if content.keys() != self.known or isinstance(content["amount"], str) or content["amount"] <= 0.01:
            raise Wrong("not what the documents name, or nothing to pay")
        if not verify_signature({name: value for name, value in content.items() if name != "signature"}, self.token, content["signature"]):
            raise Wrong("签名认证错误")
        order = content["order_id"]
        payment = self.payments.setdefault(order, Payment(
            order, fen(str(content["amount"])), "CNY", secrets.token_hex(32), content["notify_url"],
            extra={"trade": time.strftime("%Y%m%d") + str(10**15 + secrets.randbelow(10**15)), "back": content["redirect_url"]}))
        data = {"trade_id": payment.extra["trade"], "order_id": order, "amount": content["amount"], "actual_amount": 9.4521,
                "token": "TNEns8t9jbWENbStkQdVQtHMGpbsYsQjZK", "expiration_time": int(time.time()) + 600,
                "payment_url": f"{self.base}/pay/checkout-counter/{payment.extra['trade']}"}
        Order.from_dict(data)
        return Answer(json.dumps({"status_code": 200, "message": "success", "data": data, "request_id": secrets.token_hex(8)}).encode())

    def notice(self, payment: Payment, event: dict, forged=False, denied=False, stage="") -> Notice:
        content = {"trade_id": payment.extra["trade"], "order_id": payment.order, "amount": number(event["amount"]),
                   "actual_amount": 9.4521, "token": "TNEns8t9jbWENbStkQdVQtHMGpbsYsQjZK", "block_transaction_id": "" if stage else payment.transaction,
                   "status": int(OrderStatus[stage or "SUCCESS"])}
        content["signature"] = generate_signature(content, secrets.token_hex(24) if forged else self.token)
        return Notice(payment.url, {"content-type": "application/json"}, json.dumps(content).encode())


if __name__ == "__main__":
    run(Epusdt)
