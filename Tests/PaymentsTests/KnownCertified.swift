/// Notices signed (and sealed) for these tests by another implementation, Python's cryptography 48, with the keys of
/// `CertificateFixtures`.
enum KnownCertified {
    static let wechatBody =
        #"""
        {"id":"EV-KNOWN-1","create_time":"2027-01-15T15:59:55+08:00","resource_type":"encrypt-resource","event_type":"TRANSACTION.SUCCESS","summary":"支付成功","resource":{"original_type":"transaction","algorithm":"AEAD_AES_256_GCM","ciphertext":"PqlK0c8s+eEnE8PJw4ht1J8sTD9mAUvDFxbhSk4lZzWLSbZ1qjInw04tpnDBvYlx9WUocG8M/11Q3uUfCFnaSaCRgK+60F0aQDii2oGTv5dqEbXMOqYvMFnNZqapBehviOm5HAZ364W9KeskBm9WUi8IMCKvtvOU4LtjRG6+oFyhmyjEmk7DaiNg+m15IXsPN01e5XMfwVT6RhVun72M/VUXfV9AjuwKkq5CKg+ck48IL2p2XFtyPk1FT9n+OW7lgutXkXF8wjJ3gokql3FbgBq46yvdBhZSTNcRflADKvBo/sqOYZlzjXbnHte+8FNTpEp14Km/9cX8BNIFxToeZWIh6B/T/N9UkPfC+PR1JAfi7OGVoeWM579+KO9i7JYwIOyu0dwGzccRhho0OzdplQ4dzVyvlYvf7slFALsB4vdHz90/Q94loWUiiATkD41Dif3ildF/Vyl4b3K3ehbw5kIohLzAojdifmSw7z8ZkJsoBlDudevFh+bq9z61H1RwX1yMNdvyD+EnUXl1PyBNiaqXKiwJb+dHJyYhLSR/oBasJC4rVhp48qSu","associated_data":"transaction","nonce":"nonce0000001"}}
        """#
    /// The signature of the public key, which is the first key.
    static let wechatByPublicKey =
        #"""
        I9ori/XGSnib+mCMkn3Jl8IjBc9pMCEce4G6MJSBgBQ6uerYDctCLUzOmQyQTYuA7AHIbnGm5bzMQ6NV/Sq17otdY/ahgyoP2Pq/mNvrme179YAFK269d8G8HTGK5vYNihUI4Nq/M6ZA6P31tPKP2ky1yXLzp5SZ6G6YfTYWCvSl+GPTHliHlozTOiTeXQEHistO0UeAAl1tUJHGyVGQGsnCO6pNtCB47CZycaloiVbPSjOqa2MnklLbHV4V6F3m6+K9UGGJPtUYmkV3bL1sHQcICVx2jIHoKPHvh/gys+xtIn/vpHsxSV5iBajAHXjHa02FTSE3TglE5XrBiGZWNw==
        """#
    /// The signature of the platform certificate.
    static let wechatByCertificate =
        #"""
        TILUMdUqSioOfGtedf57kWGpUt2uJF3WdsonYXXKwGytl/gwS/9w6DUjwSFh32EzB0m975KbuL5+D6Qkh8gTQgKABSRhuX+Ov31ncl/ZrNb3MUaexFlciTfxKwvnnQwXrIAB77sKpYIVieuQ6xYu+EV78eYFDYBdbANiDFmOahgkrbQlj/Q9tGA2f19HIIVu0bCmyy0t/WpzUgunbM1PhnAf9NnBSg4DyV7nQkUhIwD4DD71R1fQQKF59/0DteJ9tzNeaSi7L153F3aW26aab1s/Pu0ZmBAty0TNlXdJFd89GDndxB0Z6HByatnWK7LZ+Efy6uh32dJ9kXr+TZpJTg==
        """#
    static let wechatTime =
        #"""
        1799999995
        """#
    static let wechatNonce =
        #"""
        KnownNonce000000000000000000001
        """#
    static let paypalBody =
        #"""
        {"id":"WH-KNOWN-1","create_time":"2027-01-15T07:59:50Z","resource_type":"capture","event_type":"PAYMENT.CAPTURE.COMPLETED","summary":"付款完成","resource":{"id":"5DV00000000000001","status":"COMPLETED","amount":{"currency_code":"USD","value":"19.99"},"custom_id":"KF_KNOWN_02","invoice_id":"KF_KNOWN_02","supplementary_data":{"related_ids":{"order_id":"8MC00000000000001"}}}}
        """#
    /// Another payment with the same CRC-32: the signature below is good for it as well.
    static let paypalForgery =
        #"""
        {"id":"WH-KNOWN-1","create_time":"2027-01-15T07:59:50Z","resource_type":"capture","event_type":"PAYMENT.CAPTURE.COMPLETED","summary":"付款完成","resource":{"id":"5DV00000000000666","status":"COMPLETED","amount":{"currency_code":"USD","value":"999.00"},"custom_id":"KF_VICTIM_1","invoice_id":"KF_VICTIM_1","supplementary_data":{"related_ids":{"order_id":"8MC00000000000001"}}},"x":"moiaxp"}
        """#
    static let paypalSignature =
        #"""
        mwhdsFMHXMvn0mX+H+J2Z8w3ijeZC7TE3G3qiEMFHWAZozAwhTx3B4gQpxZbmGThFsLDU+w+1GlH520w5OB4PyrXT/IPO3PQxlTaHpzWK0az9bl/oi6Yz0f+jRbk/w/5u83JcM1WLaE0yTot9hY1EPYbYMSx1nMuW3AjDbW8DlDU28gDZHVihRj7UMDN9gY0upaAbz9lyvnR7fJ9cGzwVM8FFx+U5rlKFbP4NvuB9hYDFE6J+gOME2Qwv80v38dP6F99QeAZvluCA6WLOHZsr9KWQSioK2m87b7OBk2hq3fLTyTPzQdECErW7kJEZpeUbrfI/XgRooQ+I/vDZsZEYQ==
        """#
    static let paypalID =
        #"""
        69cd0001-d67a-11f0-baa3-778b53f40001
        """#
    static let paypalTime =
        #"""
        2027-01-15T07:59:58Z
        """#
    static let paypalWebhook =
        #"""
        0AB12345CD678901E
        """#
}
