"""Alipay: pay pages (computer, phone), query, refund, notices. Signed and checked by python-alipay-sdk, as its mirror image: what
that SDK calls the application's key is Alipay's here."""

import datetime
import json
import secrets
import urllib.parse

from alipay import AliPay

from gateways.keys import Pair, fen, yuan
from gateways.simulator import Answer, Notice, Payment, Request, Simulator, Wrong, run

BEIJING = datetime.timezone(datetime.timedelta(hours=8))


def beijing() -> str:
    return datetime.datetime.now(BEIJING).strftime("%Y-%m-%d %H:%M:%S")


class Alipay(Simulator):
    kind = "alipay"
    variants = ["computer", "phone"]
    forgeries = ["other key", "altered", "unsigned", "stranger", "downgrade"]

    def listening(self, base: str) -> None:
        application, own = Pair(), Pair()
        self.app_id = "2021" + "".join(secrets.choice("0123456789") for _ in range(12))
        self.seller = "2088" + "".join(secrets.choice("0123456789") for _ in range(12))
        self.sdk = self.mirror(own, application)
        self.stranger = self.mirror(Pair(), application)
        self.settings = {"app_id": self.app_id, "seller_id": self.seller, "page": self.variant, "api": base + "/gateway.do"}
        self.secrets = {"app_private_key": application.private, "alipay_public_key": own.public}

    def mirror(self, own: Pair, application: Pair) -> AliPay:
        return AliPay(self.app_id, app_private_key_string=own.private_pem, alipay_public_key_string=application.public_pem)

    def answer(self, request: Request) -> Answer:
        if request.path != "/gateway.do":
            raise Wrong("there is no such path")
        parameters = request.pairs() | (request.form() if request.body else {})
        self.check(dict(parameters))
        content = json.loads(parameters["biz_content"])
        method = parameters["method"]
        page = {"computer": ("alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY"), "phone": ("alipay.trade.wap.pay", "QUICK_WAP_WAY")}
        if (method, content.get("product_code")) == page[self.variant]:
            return self.open(parameters, content)
        calls = {"alipay.trade.query": self.query, "alipay.trade.refund": self.give_back,
                 "alipay.trade.fastpay.refund.query": self.refund_query}
        return self.signed(method, calls[method](content))

    def check(self, parameters: dict) -> None:
        """Everything but `sign` is signed, `sign_type` too, and nothing is empty."""
        sign = parameters.pop("sign")
        message = "&".join(f"{name}={value}" for name, value in sorted(parameters.items()))
        if not all(parameters.values()) or not self.sdk._verify(message, sign):
            raise Wrong("isv.invalid-signature")
        if (parameters["app_id"], parameters["sign_type"], parameters["version"]) != (self.app_id, "RSA2", "1.0"):
            raise Wrong("isv.invalid-app-id")
        sent = datetime.datetime.strptime(parameters["timestamp"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=BEIJING)
        if abs((datetime.datetime.now(BEIJING) - sent).total_seconds()) > 600:
            raise Wrong("isv.invalid-timestamp")

    def open(self, parameters: dict, content: dict) -> Answer:
        order = content["out_trade_no"]
        if not order.replace("_", "").isalnum() or len(order) > 64 or set(content["subject"]) & set("/=&"):
            raise Wrong("isv.invalid-parameter")
        datetime.datetime.strptime(content["time_expire"], "%Y-%m-%d %H:%M:%S")
        if order not in self.payments:
            trade = datetime.datetime.now(BEIJING).strftime("%Y%m%d") + "22001" + "".join(secrets.choice("0123456789") for _ in range(15))
            self.payments[order] = Payment(
                order, fen(content["total_amount"]), "CNY", trade, parameters["notify_url"],
                extra={"passback_params": content.get("passback_params"), "subject": content["subject"], "refunds": {}})
        return Answer(f"<h1>{content['subject']}</h1>".encode(), type="text/html; charset=utf-8")

    def signed(self, method: str, content: dict) -> Answer:
        name, text = method.replace(".", "_") + "_response", json.dumps(content, ensure_ascii=False)
        return Answer(f'{{"{name}":{text},"sign":"{self.sdk._sign(text)}"}}'.encode())

    def found(self, content: dict) -> Payment | None:
        return next((payment for payment in self.payments.values()
                     if content.get("trade_no") == payment.transaction or content.get("out_trade_no") == payment.order), None)

    def query(self, content: dict) -> dict:
        payment = self.found(content)
        if payment is None:
            return {"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.TRADE_NOT_EXIST", "sub_msg": "交易不存在"}
        answer = {"code": "10000", "msg": "Success", "out_trade_no": payment.order, "trade_no": payment.transaction,
                  "total_amount": yuan(payment.amount), "trade_status": self.status(payment), "buyer_logon_id": "159****5620"}
        return answer | ({"send_pay_date": beijing()} if payment.paid else {})

    @staticmethod
    def status(payment: Payment) -> str:
        if not payment.paid:
            return "WAIT_BUYER_PAY"
        return "TRADE_CLOSED" if payment.refunded == payment.amount else "TRADE_SUCCESS"

    def give_back(self, content: dict) -> dict:
        payment = self.found(content)
        number, amount = content["out_request_no"], fen(content["refund_amount"])
        fresh = number not in payment.extra["refunds"]
        if fresh:
            payment.extra["refunds"][number] = amount
            self.caused.append((payment, self.refunded(payment, amount, number)))
        elif payment.extra["refunds"][number] != amount:
            return {"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.DISCORDANT_REPEAT_REQUEST"}
        return {"code": "10000", "msg": "Success", "out_trade_no": payment.order, "trade_no": payment.transaction,
                "fund_change": "Y" if fresh else "N", "refund_fee": yuan(payment.refunded)}

    def refund_query(self, content: dict) -> dict:
        payment, number = self.found(content), content["out_request_no"]
        answer = {"code": "10000", "msg": "Success", "out_trade_no": payment.order, "trade_no": payment.transaction}
        if number not in payment.extra["refunds"]:
            return answer
        return answer | {"out_request_no": number, "refund_amount": yuan(payment.extra["refunds"][number]), "refund_status": "REFUND_SUCCESS"}

    def notice(self, payment: Payment, event: dict, forged=False, stranger=False, downgrade=False) -> Notice:
        form = {
            "app_id": "2021000000000001" if stranger else self.app_id, "auth_app_id": self.app_id, "buyer_id": "2088102116773037",
            "charset": "utf-8", "gmt_create": beijing(), "gmt_payment": beijing(), "notify_id": secrets.token_hex(17),
            "notify_time": beijing(), "notify_type": "trade_status_sync", "out_trade_no": payment.order,
            "passback_params": payment.extra["passback_params"], "seller_id": self.seller, "subject": payment.extra["subject"],
            "total_amount": yuan(event["amount"] if event["kind"] == "paid" else payment.amount), "trade_no": payment.transaction,
            "trade_status": "TRADE_SUCCESS", "version": "1.0", "body": "",
        }
        if event["kind"] == "refunded":
            closed = event["sofar"] == payment.amount
            form |= {"refund_fee": yuan(event["sofar"]), "gmt_refund": beijing() + ".123",
                     "trade_status": "TRADE_CLOSED" if closed else "TRADE_SUCCESS"}
            form["out_biz_no"] = event["request"] or event["refund"]
        form = {name: value for name, value in form.items() if value is not None}
        sdk = self.stranger if forged else self.sdk
        sdk._sign_type = "RSA" if downgrade else "RSA2"
        form |= {"sign": sdk._sign("&".join(f"{name}={value}" for name, value in sorted(form.items()))), "sign_type": sdk._sign_type}
        sdk._sign_type = "RSA2"
        return self.encoded(payment.url, form)

    @staticmethod
    def encoded(url: str, form: dict) -> Notice:
        body = urllib.parse.urlencode(form).encode()
        return Notice(url, {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}, body)

    def altered(self, notice: Notice, payment: Payment) -> Notice:
        form = dict(urllib.parse.parse_qsl(notice.body.decode(), keep_blank_values=True))
        return self.encoded(notice.url, form | {"trade_no": payment.transaction[::-1]})

    def unsigned(self, notice: Notice) -> Notice:
        form = dict(urllib.parse.parse_qsl(notice.body.decode(), keep_blank_values=True))
        return self.encoded(notice.url, {name: value for name, value in form.items() if name != "sign"})


if __name__ == "__main__":
    run(Alipay)
