/// Notices and signatures made by Python's `hmac` and `hashlib` by the gateways' own rules, with the secrets of `GatewaySecrets`.
///
/// The same script asked the peers' packages, and they agreed: paddle-python-sdk 1.16.1 (`PaddleSignature.verify`), nowpayments-py 1.0.5
/// (`verify_ipn_signature`, `create_ipn_signature`), bepusdt 0.3.15 (`generate_signature`); and it reproduced the samples in the documents of
/// TokenPay (Wiki/docs.md) and epusdt (wiki/API.md). epusdt 0.4.0 on PyPI speaks another protocol (HMAC) and was left out.
enum KnownGateways {
    static let paddleBody = #"""
        {"event_id":"evt_01kfknown00000000000000000","event_type":"transaction.completed","occurred_at":"2027-01-15T07\#
        :59:58.123456Z","notification_id":"ntf_01kfknown","data":{"id":"txn_01kfknown","status":"completed","customer_\#
        id":"ctm_1","custom_data":{"order_id":"KF_TEST_01","affiliate":"0123abcd0123abcd"},"currency_code":"USD","orig\#
        in":"api","details":{"totals":{"subtotal":"1999","discount":"0","tax":"400","total":"2399","grand_total":"2399\#
        ","currency_code":"USD"},"line_items":[{"id":"txnitm_01kfknown","quantity":1}]},"note":"年度会员"}}
        """#
    static let paddleHeader = "ts=1800000000;h1=a702f8ae7971733a86689c87c37707428d36515b7eab908dfdd59dbcdf32013b"
    static let lemonBody = #"""
        {"meta":{"test_mode":false,"event_name":"order_created","webhook_id":"w1","custom_data":{"order_id":"KF_TEST_0\#
        1","affiliate":"0123abcd0123abcd"}},"data":{"type":"orders","id":"2700001","attributes":{"store_id":4711,"iden\#
        tifier":"1a2b","order_number":7,"user_name":"李雷","currency":"USD","subtotal":1999,"discount_total":0,"tax":400\#
        ,"total":2399,"tax_inclusive":false,"refunded_amount":0,"status":"paid","refunded":false,"created_at":"2027-01\#
        -15T07:59:58.000000Z","test_mode":false}}}
        """#
    static let lemonHeader = "44c18363f848aa86dd34c24950fd3e699ec7b6b58a58b78bdbc9631801c6f18d"
    static let btcpayBody = #"""
        {
          "deliveryId": "D2",
          "webhookId": "W1",
          "originalDeliveryId": "D1",
          "isRedelivery": true,
          "type": "InvoiceSettled",
          "timestamp": 1799999998,
          "storeId": "StoreKeyfront1",
          "invoiceId": "InvKnown1",
          "metadata": {
            "orderId": "KF_TEST_01"
          },
          "manuallyMarked": false,
          "overPaid": false
        }
        """#
    static let btcpayHeader = "sha256=e6a710d2f54c7234a612819338ff1388adef26ce350b0db3cdff0e08557cf4ed"
    static let nowBody = #"""
        {"payment_id":5077125051,"payment_status":"finished","parent_payment_id":null,"invoice_id":4522625843,"pay_add\#
        ress":"TNDFkiSmBQorNFacb3735q8MnT29sn8BLn","price_amount":19.99,"price_currency":"usd","pay_amount":165.652609\#
        ,"actually_paid":165.652609,"actually_paid_at_fiat":0,"pay_currency":"trx","order_id":"KF_TEST_01","order_desc\#
        ription":"年度/会员","purchase_id":"5837122679","outcome_amount":178.9005,"outcome_currency":"trx","payment_extra_\#
        ids":null,"fee":{"withdrawalFee":0,"currency":"btc","serviceFee":0,"depositFee":1.0e-7}}
        """#
    static let nowHeader = #"""
        45dd6c3afb278703e466b68abf099818f351e513413d73cb74136e0351367e53e378641d3c9d58c823bd86398dd2e0181bd792b5fa04ba\#
        0ac5aa62e147057de2
        """#
    static let nowHeaderASCII = #"""
        482318229191632d282a338becf0c8d3eae0a7243203c777f883138fb4e49ce50c0ef96cf89842b06be26990bc33996551244e33af7ed6\#
        9684609ea83b70dfff
        """#
    static let nowPackageBody = #"""
        {"payment_id":5077125051,"payment_status":"finished","parent_payment_id":null,"invoice_id":4522625843,"pay_add\#
        ress":"TNDFkiSmBQorNFacb3735q8MnT29sn8BLn","price_amount":19.99,"price_currency":"usd","pay_amount":165.652609\#
        ,"actually_paid":165.652609,"actually_paid_at_fiat":0,"pay_currency":"trx","order_id":"KF_TEST_01","order_desc\#
        ription":"年度/会员","purchase_id":"5837122679","outcome_amount":178.9005,"outcome_currency":"trx","payment_extra_\#
        ids":null,"fee":{"withdrawalFee":0,"currency":"btc","serviceFee":0,"depositFee":0.5}}
        """#
    static let nowPackageHeader = #"""
        26249df0fefe63eeb504db76ebde6fd6eb7270941ba752d54eae6a88b3571437dad8db3f40838ab86289113d5c9f314192ce336dee7224\#
        390fade6f94ede043d
        """#
    static let tokenBody = #"""
        {"ActualAmount":"68","Amount":"9.4521","BaseCurrency":"CNY","BlockChainName":"TRON","BlockTransactionId":"3758\#
        59c36dc5f5d227b10912b5ec70d36dd34446028064956cb60cdbb74432f5","Currency":"USDT_TRC20","CurrencyName":"USDT","F\#
        romAddress":"TYYjzt6AWhe9hAg9DrhiYXEWKDksyohgQa","Id":"63234df7-55bf-93fc-0010-67be493c0c27","IsDynamicAmount"\#
        :0,"OrderUserKey":"KF_TEST_01","OutOrderId":"KF_TEST_01","PassThroughInfo":"0123abcd0123abcd","PayTime":"2027-\#
        01-15 15:59:10","Status":1,"ToAddress":"TLUF41C386CMU1Wc8pTSCE4QaiZ2xkhTCb","Note":"","Signature":"760a6f0e2ab\#
        b7122edcf31ff52d03ccb"}
        """#
    static let epusdtBody = #"""
        {"trade_id":"202203251648208648961728","order_id":"KF_TEST_01","amount":68,"actual_amount":9.4521,"token":"TNE\#
        ns8t9jbWENbStkQdVQtHMGpbsYsQjZK","block_transaction_id":"123333333321232132131","status":2,"signature":"3a5846\#
        3287c031e1218edc6633282f5a"}
        """#
    static let bepusdtBody = #"""
        {"trade_id":"BE1648208648961728","order_id":"KF_TEST_01","amount":19.9,"actual_amount":"2.77","token":"TNEns8t\#
        9jbWENbStkQdVQtHMGpbsYsQjZK","block_transaction_id":"","status":1,"signature":"c2bfccb9884e09c6cbd5ac313c3d61e\#
        7"}
        """#
    static let tokenSent = "b246f5cd3478d12a505903b38331961f"
    static let tokenAsked = "616849d7552bedd114204a07b41b0b51"
    static let epusdtSent = "840dde9d5f611118b9159ab44081a3c6"
    static let bepusdtSent = "bccbe5f9e9072edb70e8491127ac9c7d"
}
