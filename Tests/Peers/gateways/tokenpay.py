"""A TokenPay server: orders, its pay page, queries, callbacks. There is no client of it on PyPI, so this is written from its documents
(Wiki/docs.md), and signs by their rule, as `hashlib` computes it."""

import hashlib
import hmac
import json
import secrets
import time
import uuid

from gateways.keys import fen, number, yuan
from gateways.simulator import Answer, Notice, Payment, Request, Simulator, Wrong, run


class TokenPay(Simulator):
    kind = "tokenpay"
    signature = "Signature"
    forgeries = ["other key", "altered", "unsigned", "denied"]

    def listening(self, base: str) -> None:
        self.base = base
        self.token = secrets.token_hex(24)
        self.settings = {"base_url": base, "coin": "USDT_TRC20"}
        self.secrets = {"token": self.token}

    @staticmethod
    def sign(content: dict, token: str) -> str:
        """Every field but the signature and the empty ones, sorted by name, the token behind them."""
        lines = [f"{name}={value}" for name, value in sorted(content.items()) if name != "Signature" and value not in (None, "")]
        return hashlib.md5(("&".join(lines) + token).encode()).hexdigest()

    def check(self, content: dict) -> None:
        if not hmac.compare_digest(self.sign(content, self.token), content.get("Signature", "")):
            raise Wrong("签名验证失败！")

    def answer(self, request: Request) -> Answer:
        if request.path == "/Pay":
            return Answer(f"<h1>{self.found(request.pairs()['Id']).order}</h1>".encode(), type="text/html")
        if (request.method, request.path) == ("POST", "/CreateOrder"):
            return self.open(json.loads(request.body))
        if (request.method, request.path) == ("GET", "/Query"):
            asked = request.pairs()
            self.check(asked)
            payment = self.found(asked["Id"])
            if payment is None:
                return Answer('{"success":false,"message":"订单不存在！"}'.encode())
            shown = self.shown(payment)
            # All fields of its table, in another case; amounts are numbers here, the state a word.
            shown |= {"Status": "Paid" if payment.paid else "Pending", "ActualAmount": number(fen(shown["ActualAmount"]))}
            data = {name[0].lower() + name[1:]: value for name, value in shown.items()}
            return Answer(json.dumps({"success": True, "message": "订单信息获取成功！", "data": data}).encode())
        raise Wrong("there is no such path")

    def found(self, identifier: str) -> Payment | None:
        return next((one for one in self.payments.values() if one.extra["id"] == identifier), None)

    def open(self, content: dict) -> Answer:
        known = {"OutOrderId", "OrderUserKey", "ActualAmount", "Currency", "NotifyUrl", "RedirectUrl", "PassThroughInfo", "Signature"}
        if content.keys() - known or content["Currency"] != "USDT_TRC20" or isinstance(content["ActualAmount"], str):
            raise Wrong("not what the documents name")
        self.check(content)
        order = content["OutOrderId"]
        payment = self.payments.setdefault(order, Payment(
            order, fen(str(content["ActualAmount"])), "CNY", secrets.token_hex(32), content["NotifyUrl"],
            extra={"id": str(uuid.uuid4()), "note": content.get("PassThroughInfo"), "user": content["OrderUserKey"]}))
        return Answer(json.dumps({
            "success": True, "message": "创建订单成功！", "data": f"{self.base}/Pay?Id={payment.extra['id']}",
            "info": {"Id": payment.extra["id"], "ActualAmount": str(content["ActualAmount"]), "OutOrderId": order}}).encode())

    def shown(self, payment: Payment) -> dict:
        amount, currency = payment.extra.get("claim", (payment.amount, payment.currency))
        return {"ActualAmount": yuan(amount).removesuffix(".00"), "Amount": "9.4521", "BaseCurrency": currency, "BlockChainName": "TRON",
                "BlockTransactionId": payment.transaction, "Currency": "USDT_TRC20", "CurrencyName": "USDT",
                "FromAddress": "TYYjzt6AWhe9hAg9DrhiYXEWKDksyohgQa", "Id": payment.extra["id"], "OrderUserKey": payment.extra["user"],
                "OutOrderId": payment.order, "PassThroughInfo": payment.extra["note"], "PayTime": time.strftime("%Y-%m-%d %H:%M:%S"),
                "Status": 1, "ToAddress": "TLUF41C386CMU1Wc8pTSCE4QaiZ2xkhTCb"}

    def claimed(self, payment: Payment, event: dict) -> None:
        payment.extra["claim"] = (event["amount"], event["currency"])

    def notice(self, payment: Payment, event: dict, forged=False, denied=False) -> Notice:
        content = self.shown(payment)
        content["Signature"] = self.sign(content, secrets.token_hex(24) if forged else self.token)
        return Notice(payment.url, {"content-type": "application/json"}, json.dumps(content, ensure_ascii=False).encode())


if __name__ == "__main__":
    run(TokenPay)
