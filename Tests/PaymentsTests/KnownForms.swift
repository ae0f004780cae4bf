/// Notices signed by Python (`cryptography`, `hashlib`) with the keys of `RSAKeys` and `FormSigner.epayKey`.
enum KnownForms {
    static let alipay = """
        gmt_create=2027-01-15+15%3A59%3A00&charset=utf-\
        8&subject=%E5%B9%B4%E5%BA%A6%E4%BC%9A%E5%91%98+C%2B%2B+100%25+%26+more&notify_id=2027011500222155900\
        012345&notify_type=trade_status_sync&notify_time=2027-01-15+16%3A00%3A00&gmt_payment=2027-01-\
        15+15%3A59%3A10&app_id=2021000000001234&seller_id=2088000000005678&out_trade_no=KF_KNOWN_03&trade_no\
        =2027011522001400000000000003&total_amount=68.00&trade_status=TRADE_SUCCESS&body=&passback_params=01\
        23abcd0123abcd&version=1.0&sign=eXpu%2BVJyWE%2BRYoOPr1A%2FdpcO6rEAF9s%2FpyQAXleWzzty4W9alyqfV9dBx4Ex\
        XOHhjKO2S9FCjcCgt8Dmed%2BkUmBIDc%2F9Bc7KTGYVprdtK0eQaMv7wAtrIQglwUp85uVWzN8bxM5Y1BMiSRuijsIo2E5WOEDy\
        lEM6YeWJ7T2qlwDZa3XvKQOoYFeno65l0ND7Ezr2feInc%2BR0CU862SpKYjJQMrdyg%2FEkaAfuDLDjRyMAmb%2BCWPiR%2Fqm2\
        4iZcbwy%2BBobWOUZLfgmKMqZTuTvDMKFI43D9SZF9cUcsQiqeuxR9YL4Kj7hhJsz97mDxQNysgo8GVlDdyA0EkHoTJ0SG2g%3D%\
        3D&sign_type=RSA2
        """
    static let alipayGBK = """
        gmt_create=2027-01-\
        15+15%3A59%3A00&notify_id=2027011500222155900012345&notify_type=trade_status_sync&notify_time=2027-\
        01-15+16%3A00%3A00&gmt_payment=2027-01-\
        15+15%3A59%3A10&app_id=2021000000001234&seller_id=2088000000005678&out_trade_no=KF_KNOWN_03&trade_no\
        =2027011522001400000000000003&total_amount=68.00&trade_status=TRADE_SUCCESS&body=&passback_params=01\
        23abcd0123abcd&version=1.0&subject=%C4%EA%B6%C8%BB%E1%D4%B1&charset=GBK&sign=gWdYtfF87SdQhz51b5NKy9q\
        M5LJ3Ief4JMqRChKzvPQVjFqSj4rmspj57n6fgVjubTpmXzhCk%2BR73AAsPlWnzhxmtXC%2Fc0uSpkZxAx7te63WOxN%2FKi3%2\
        FWRqUNXpgxrdAO7aqtvo4dS%2FztM3myoKPf2BBRSgQsnHSUVFEjXRihk87ofF%2FEb%2F6GXNgzILt3BWQ8OFzw%2BdflvCe0da\
        piUBvrdyHfxMeQYX2yq26De3Apg%2BMwU9PH4NoU9xZTAKzK%2BRMp2B3wVAFZQateyuTaQVsVfKs%2FNg7mclFgRLea6iXR6TL3\
        n0bJfik49%2BxcIQfC203T5UnkWS5yk4xYiS%2BT9h8pQ%3D%3D&sign_type=RSA2
        """
    static let epayMD5 = """
        pid=1001&trade_no=2027011516000012345&out_trade_no=KF_KNOWN_04&type=alipay&name=%E5%B9%B4%E5%BA%A6%E\
        4%BC%9A%E5%91%98&money=68&trade_status=TRADE_SUCCESS&param=&sign=9a5adce408baa9f45cf10c670142180a&si\
        gn_type=MD5
        """
    static let epayRSA = """
        pid=1001&trade_no=2027011516000012345&out_trade_no=KF_KNOWN_04&type=alipay&name=%E5%B9%B4%E5%BA%A6%E\
        4%BC%9A%E5%91%98&money=68&trade_status=TRADE_SUCCESS&buyer=+&timestamp=1800000000&endtime=2027-01-\
        15+15%3A59%3A10&sign=I7bsiZ7nvjoQWLQaN1ADRcqKdViDL56lcliFfX%2BVvVrl7vPEMRvH7k2NULRQcbUx%2F51OwgRgLLQ\
        kYdl7vGyzh8DP%2B8GdeqCGsVPI%2BQKEyA8kgNSDBa1l9yLuFY9QpQPSAnwN5tZjtQLEvPVAsjAE2i6VGODHR%2BpjKP4SvWJEE\
        KtQtMyONlTe%2FPEqmrhrUg%2Br6V4fpkUr7UKjJIRUEpqEPqgJvO9xEW%2BJutYKkS8wqfsu24f3gOEd%2F%2FJTPc4dCjzp0li\
        zOmkFApY%2FJwnZFj%2FoubkVzS2LcceMltg9V6mis2w3vABWCgwwUe84qPDUn5GIguh%2BHpqcuwlBmUMuW9jW%2Bw%3D%3D&si\
        gn_type=RSA
        """
}
