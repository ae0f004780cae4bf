/// Throw-away keys and signatures, made with the Python package `cryptography` 48.
enum RSAFixtures {
    static let message = "app_id=2021&out_trade_no=SG_RSA_0001"
    static let publicKey = """
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmhM2WiIZ/M3mujFVlCgdiWcM0wOvaRt2RQm1kHgpWyUv+9raVhCrc9e/\
        HSBEh7iVu3+6+7W+VrHHVJbul+yWlyGMT0j7U4toLWPWJf0ZcdabEXe3A0tOeOaGDyGibTw3uhrbFRZAXPaDNgTdcAajFmmTHTQC\
        hb+4eZEEWc2xbY6OvnWABIodIKZscTmD1+hDDhrKzHP7xDSFzbUj/AxgSYGF5R0rCygsHMPrtuwVJvRgV74Lgh+qdh2wi5NzouEN\
        dBMqQZYZHFr+4U5l+PiZlrd5Ap+8+rQuSP9TFZh1xdkUjkatRgh/MR7J657g2YNuo3atELcwB/gj79g4t7PNywIDAQAB
        """
    static let signature = """
        S7Axniho7u1BylirDM+2UJ0DrE7FCMTWMi4IBkcsQT4y90EKvHZfOZy3yADggmMJTjulgXeM5M96Xduf9OzskFuu5rfkmn+mzDJI\
        5p3elOic0jpZjqyglg/tS+cOrPtG1ap7rzi+KXM4qxY6TiJaAPhvoYMOgrOJZrBBWEmplBwQOmF5onRuAq03k+1bgnhYCkg+HJqe\
        PN3vKGCTm8cczNEDPTZ7jsRhtK17izvtEuWRAV7hDMrqWTZ7K8lXGG6wA8fdR4djYcHs/o81tr6026NZ2WYapr0EFRuJOEgMbueM\
        8FdW2czuQ20qZa6kIUw8UtO+tx/fewB1ZDbgkTkcIw==
        """
    static let pssSignature = """
        WuA0w8hi/GHkXGqc6DqDq1ozJCoKVKXnj2diweliTlA4arQLR5KArDNhSv2GHoRRB4rbtDtpgRwrmSItzwO/qSEsI4OvZlxX7VxK\
        h5UjMSxxialv6rf1XBxLigxVe6g5VGm8zEvAq5PctLTuK4+6Oyc47bFv+aHGiBnJ0HKtO+pZkXBurHOes2ID5bcwCXLhmS2aqqIc\
        DivQukOYay2rt75MGPU+Mq4c0EoqMko4T7FNkW59kkGQ7iizx5ykreveL7zy/mPgRYcNIyyKT9WUFfvat/Maasxjp8SL02XKD7BI\
        k9hrcV0TcbMWzTbPDHa0Z7zG58BHcXrqPxln9b1Fqg==
        """
    static let sha1Signature = """
        UZHJlAqxM9xmQwmTxtL/vaXGJrXdJH/K02usAW+JvW+fEdAR8VlOZY93yq9ofCRy0ZYOUKp44gaeTEAmnCWQt/ub5hnkJQYLOP1l\
        /Qf1FjVcDnJq58m/YceEb3FWmFyLLcrILJL1DihL0/x8jQ4ofu1YGNYaRIsVaE9hGAxIhk3lf/PJBgoW/TdWRW53Tkx6nvX8HeSu\
        EnLKbXGAMJ0vNNKdYlnZmJGf01Ar61SqqK0wwBuL8OzIFQineABJhe2CVcppjdu30XUQw1cZTLwojDZIhASnvK2Fd53SxHYmKErX\
        nFJV8X1V35r9pyq7MD50aNGteQjt08Kkn6z/7YnU7g==
        """
    static let shortKey = """
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCipwBLCmFDt2QP9wOzCY4fWuC/DRGvqyp2KEeTR+ss4/TJQ+Bs6Gc25S1RGiqn\
        sydTe37MS52afhvPAbVMwG9GRw3MEmkN7Z9KGm9u/LKohbzYIjjR524CP4uJsugubqyTe1hV8nmFu2BdUow+gqYIa3NNTu/g3ERN\
        2BK/gENx6QIDAQAB
        """
    static let ellipticKey = """
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAECoxrzGDlwd7oevXgM4MoHl9TnrGKUBDA8isj28zPptq5J9leq22ZbZFDuc8LhPod\
        WgSRflVvajkaZxyxI+Bd8Q==
        """
}
