"""An EPay (易支付) site: version 1 signs with MD5 by epay-sdk; version 2 signs the same text, as epay-sdk builds it, with RSA.
Each either sends the buyer to its cashier, or is called by the shop and answers with an address (version 1) or a code to scan."""

import base64
import ipaddress
import json
import secrets
import time
import urllib.parse
import warnings

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from epay_sdk import EPayClient, EPayConfig

from gateways.keys import Pair, fen, yuan
from gateways.simulator import Answer, Notice, Payment, Request, Simulator, Wrong, run

warnings.simplefilter("ignore")


class EPay(Simulator):
    kind = "epay"
    variants = ["v1", "v2", "v1 server", "v2 server"]
    forgeries = ["other key", "altered", "unsigned", "stranger"]

    def listening(self, base: str) -> None:
        self.base = base
        self.variant, _, called = self.variant.partition(" ")
        self.pid = str(1000 + secrets.randbelow(9000))
        self.key = secrets.token_hex(16)
        self.merchant, self.platform = Pair(), Pair()
        self.settings = {"base_url": base + "/", "pid": self.pid, "version": self.variant}
        if called:
            self.settings |= {"server_side": True, "type": "alipay"}
        self.called = bool(called)
        if self.variant == "v1":
            self.secrets = {"key": self.key}
        else:
            self.secrets = {"merchant_private_key": self.merchant.private, "platform_public_key": self.platform.public}
            self.forgeries = self.forgeries + ["stale", "downgrade"]

    def sdk(self, key: str) -> EPayClient:
        return EPayClient(EPayConfig(self.pid, key, self.base))

    def text(self, parameters: dict) -> bytes:
        """What is signed, without a key at its end."""
        return self.sdk("k")._build_sign_string(parameters)[:-1].encode()

    def signed(self, parameters: dict, forged=False, downgrade=False) -> dict:
        if self.variant == "v1" or downgrade:
            key = secrets.token_hex(16) if forged else self.key
            return parameters | {"sign": self.sdk(key).sign(parameters), "sign_type": "MD5"}
        pair = Pair() if forged else self.platform
        sign = pair.key.sign(self.text(parameters), PKCS1v15(), SHA256())
        return parameters | {"sign": base64.b64encode(sign).decode(), "sign_type": "RSA"}

    def check(self, parameters: dict) -> None:
        if parameters["pid"] != self.pid or parameters["sign_type"] != {"v1": "MD5", "v2": "RSA"}[self.variant]:
            raise Wrong("wrong merchant or kind of signature")
        if self.variant == "v1":
            if not self.sdk(self.key).verify_sign(parameters):
                raise Wrong("wrong signature")
            return
        if abs(time.time() - int(parameters["timestamp"])) > 300:
            raise Wrong("not of these five minutes")
        try:
            self.merchant.key.public_key().verify(base64.b64decode(parameters["sign"]), self.text(parameters), PKCS1v15(), SHA256())
        except InvalidSignature:
            raise Wrong("wrong signature") from None

    def answer(self, request: Request) -> Answer:
        if (self.variant, request.path) == ("v1", "/api.php"):
            return self.ask(request.pairs())
        if request.path.startswith("/pay/alipay/"):
            return Answer(f"<h1>{self.found({'trade_no': request.path.split('/')[3]}).order}</h1>".encode(), type="text/html")
        parameters = request.form() if request.body else request.pairs()
        self.check(parameters)
        match self.variant, request.path:
            case ("v1", "/submit.php") | ("v2", "/api/pay/submit"):
                return Answer(f"<h1>{self.open(parameters).order}</h1>".encode(), type="text/html")
            case ("v1", "/mapi.php") | ("v2", "/api/pay/create"):
                return self.create(parameters)
            case ("v2", "/api/pay/query"):
                payment = self.found(parameters)
                if payment is None:
                    return Answer(json.dumps({"code": -1, "msg": "订单不存在"}).encode())
                return self.said({"code": 0, "msg": "succ"} | self.trade(payment))
            case ("v2", "/api/pay/refund"):
                return self.give_back(parameters)
        raise Wrong("there is no such path")

    def create(self, parameters: dict) -> Answer:
        """The shop asks on the buyer's behalf, whose address it must know."""
        ipaddress.ip_address(parameters["clientip"])
        payment = self.open(parameters)
        if self.variant == "v1":
            return Answer(json.dumps({"code": 1, "trade_no": payment.transaction,
                                      "payurl": f"{self.base}/pay/alipay/{payment.transaction}/"}).encode())
        if parameters["method"] != "web":
            raise Wrong("another way to pay")
        return self.said({"code": 0, "trade_no": payment.transaction, "pay_type": "qrcode",
                          "pay_info": f"https://qr.example/{payment.transaction}"})

    def open(self, parameters: dict) -> Payment:
        if self.called != ("clientip" in parameters) or (self.called and parameters["type"] != "alipay"):
            raise Wrong("asked in the other way")
        if "?" in parameters["notify_url"] or any(mark in parameters["name"] + parameters.get("param", "") for mark in "&=<>\"'"):
            raise Wrong("the site would escape this and break its own signature")
        order = parameters["out_trade_no"]
        amount = fen(parameters["money"])
        if order in self.payments and self.payments[order].amount != amount:
            raise Wrong("the number was used for another amount")
        number = time.strftime("%Y%m%d%H%M%S") + str(10000 + secrets.randbelow(89999))
        return self.payments.setdefault(order, Payment(
            order, amount, "CNY", number, parameters["notify_url"],
            extra={"name": parameters["name"], "param": parameters.get("param"), "refunds": {}}))

    def found(self, parameters: dict) -> Payment | None:
        return next((payment for payment in self.payments.values()
                     if parameters.get("trade_no") == payment.transaction or parameters.get("out_trade_no") == payment.order), None)

    def trade(self, payment: Payment) -> dict:
        status = 2 if payment.refunded == payment.amount else 1 if payment.paid else 0
        return {"pid": int(self.pid), "trade_no": payment.transaction, "out_trade_no": payment.order, "type": "alipay",
                "name": payment.extra["name"], "money": yuan(payment.amount), "param": payment.extra["param"], "status": status,
                "refundmoney": yuan(payment.refunded)}

    def ask(self, parameters: dict) -> Answer:
        if (parameters["act"], parameters["pid"], parameters["key"]) != ("order", self.pid, self.key):
            return Answer(b'{"code":-3,"msg":"KEY"}')
        payment = self.payments.get(parameters["out_trade_no"])
        answer = {"code": 1, "msg": "succ"} | self.trade(payment) if payment else {"code": -1, "msg": "订单号不存在"}
        return Answer(json.dumps(answer).encode())

    def give_back(self, parameters: dict) -> Answer:
        payment = self.found(parameters)
        number, amount = parameters["out_refund_no"], fen(parameters["money"])
        if len(number) > 5 and number not in payment.extra["refunds"]:
            payment.extra["refunds"][number] = self.refunded(payment, amount)["refund"]
        return self.said({"code": 0, "msg": "succ", "refund_no": payment.extra["refunds"][number], "out_refund_no": number,
                          "trade_no": payment.transaction, "money": yuan(amount)})

    def said(self, answer: dict) -> Answer:
        answer = {name: value for name, value in answer.items() if value is not None} | {"timestamp": str(int(time.time()))}
        return Answer(json.dumps(self.signed(answer)).encode())

    def notice(self, payment: Payment, event: dict, forged=False, stale=False, stranger=False, downgrade=False) -> Notice:
        if event["kind"] != "paid":
            raise Wrong("a site of this kind tells of payments alone")
        # PHP turns the amount into a number and back: 68.00 becomes 68.
        money = yuan(event["amount"]).rstrip("0").rstrip(".")
        parameters = {"pid": "999" if stranger else self.pid, "trade_no": payment.transaction, "out_trade_no": payment.order,
                      "type": "alipay", "name": "product", "money": money, "trade_status": "TRADE_SUCCESS"}
        if payment.extra["param"]:
            parameters["param"] = payment.extra["param"]
        if self.variant == "v2":
            parameters |= {"api_trade_no": secrets.token_hex(8), "timestamp": str(int(time.time()) - (360 if stale else 0))}
        return self.encoded(payment.url, self.signed(parameters, forged, downgrade))

    @staticmethod
    def encoded(url: str, parameters: dict) -> Notice:
        return Notice(f"{url}?{urllib.parse.urlencode(parameters)}", {}, method="GET")

    @staticmethod
    def taken_apart(notice: Notice) -> tuple[str, dict]:
        url, _, query = notice.url.partition("?")
        return url, dict(urllib.parse.parse_qsl(query))

    def altered(self, notice: Notice, payment: Payment) -> Notice:
        url, parameters = self.taken_apart(notice)
        return self.encoded(url, parameters | {"trade_no": payment.transaction[::-1]})

    def unsigned(self, notice: Notice) -> Notice:
        url, parameters = self.taken_apart(notice)
        return self.encoded(url, {name: value for name, value in parameters.items() if name != "sign"})


if __name__ == "__main__":
    run(EPay)
