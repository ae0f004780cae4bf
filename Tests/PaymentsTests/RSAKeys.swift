/// Throw-away RSA keys, made for these tests alone with `openssl genrsa 2048`.
enum RSAKeys {
    /// The merchant's: signs what we send. PKCS #8 without armour.
    static let merchantPrivate = """
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC6Tu4dVvK8CHLUuc7WGJ2s4S2ZMI6W4UOT7GZ6PmGfAmHWF4cB\
        j0yc/+2GV7oCxGm5F/XIQIAO14cpx2v6aoigikJuf1mgvvYgS3bncaX+KRzJxS01bTSuM4HXCCU9Dd0k3hD5gluNqUPFE74nkfgO\
        okDpTQuKu53rKR1PGjJhPZWK7WATjlSxGeBoRxCr0Aw0gN7ZjtUyxlpesW2qRQmaIg4/Kq/3nQBJoD3OxuOH7YhE6ekcFDEr9KRu\
        mWx//Hm97JOw+RYI5LJHpeb6Z3LABlpZZBNT7VprBg6UU8IUf7M1vVz7OUWnXgYOBP5v/FEaeXjQp0X1dmSvnYjT/GJRAgMBAAEC\
        ggEADpgtRftwLgj5ZIRJBB4kh+I8g1y5kW8vBIZHFs9j2qQXTEFGkE7h67COskXqqoR+sFhZ/BMKv7Q5gIKAiRAnCMXGjh0IGolV\
        rXz2i7XW5ic2ppr9aiCBDnO2zu9H6ir3sQd7oUK0Gk+b9p26eSNm9k/WhuVuqzJRnMDOl3TlZRbeguNklJ3mtmuBj34ZQ0drQSPb\
        bzUE1wtNAGzyQcOL9mGWXiVHCT4ytzfOlddfpn+F+27sJpk5Mnq5m9Zf9cVjg5fK4VNCjtcQxH1pA9hfQsSTI+QfY80IyclW+/SG\
        0/69HQOsWJh44Nt3coMkdVpoV9l4UubpUJ6CI4+3HTue+wKBgQD8gHwVkEt2jmm1/mGJo0ln/BCNx33h2p0ssCGyqTmCjX4034IK\
        XlNUcxQnfgYffCtDDXh7vEX7veK4F9RT+dwh+GULB+vCtmVyHYjlNUA+RJoAv64f73PZepZhCPh0hbdKs9I3dLqcTmwiaJrcGiGA\
        ghxZkiAGTJFo5tS9apZIuwKBgQC84691Py3sq/1VSh/djB6hEVSawGoGMtim7SL7WmFRWRsfbDnUMESlLUuHnlqM/ASIs/yBb4cT\
        6Q7rJ9sWkmi3ZcGWL0Hn6nBPhS7xCTEOcc60nVRZtAWWX6NCIvAvwPxLw6BuMMsynDAH9zsQEXrBlust+B15PopoMj10NU+mYwKB\
        gGRmhnBgltEGYZw/EPOUnNyfCsoFV9WVgsfBJTUQOtDhiBxn/yI2TXYX6Byn7LFaQy1/TrgMrdsiruK6fvABOvm69hqDxMgAlKfi\
        fIt/OBNKXd4MWaVTJkKEjwT4dyqF/NLUW7M3U/hQ6ohoBaOdNFMP6UvoYZl/mpYWquLCXg1/AoGAVjbySei5dHIYIkq/+qZPAKNh\
        Y3T5r7SbkK1iLynUi4XJTHFgf8o8OsxO0irkF7+b7i2Azi9yjxLsPUcmx8mxxCvMzVjqkwk9k/4tK9VPL9GgUG4TJxJ1Dmq+oJxD\
        1vgV8Brtaf4ZcRM7FReyPKZNynixBX1fLozuLZro09bVcRMCgYEAyYMKCpw7dnRYvRGlORGYgBUQ3KavfSbHp8DEkjaRaoMsyrvr\
        CjkHthNvbpdujPmxJPRkGxruILDCK8LKIxvuRv3yEG+QWcVI5xKpiqs0KNFJlHShWgVj5On2L8oknxJJsZa1+NnSxtxEsrAPjVTd\
        dRltj9KJgQw/D6AT2oKWOsI=
        """
    static let merchantPublic = """
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuk7uHVbyvAhy1LnO1hidrOEtmTCOluFDk+xmej5hnwJh1heHAY9MnP/t\
        hle6AsRpuRf1yECADteHKcdr+mqIoIpCbn9ZoL72IEt253Gl/ikcycUtNW00rjOB1wglPQ3dJN4Q+YJbjalDxRO+J5H4DqJA6U0L\
        irud6ykdTxoyYT2Viu1gE45UsRngaEcQq9AMNIDe2Y7VMsZaXrFtqkUJmiIOPyqv950ASaA9zsbjh+2IROnpHBQxK/Skbplsf/x5\
        veyTsPkWCOSyR6Xm+mdywAZaWWQTU+1aawYOlFPCFH+zNb1c+zlFp14GDgT+b/xRGnl40KdF9XZkr52I0/xiUQIDAQAB
        """
    /// The gateway's: signs notices and answers. PKCS #1 without armour.
    static let gatewayPrivate = """
        MIIEpAIBAAKCAQEA7hzlkAkLin0FYbk8pl4/raj/CEiAnvuwD9I02sMXxRtFzs0LpmtWqn2mWVbqgXrSkKPkMniAeusVFAOdgjaN\
        W1s14G0tAxLDFckgWW/Njea1uFvurl85RAhdbQJTt7k2D1xUg/BTnekHPj0USHCUy3H19bJvIaYQorXrQ6dUwwo31fyfmLUQmMwm\
        V8yzin/VWbuI9ebyQlk46VxO/tqPgq9Rjx0Kni+y1Q6bY/ubREB9eDNHLkajld1xMx42zt0HpJxScsY0h4wlU8zl+tZ5MRfy8/W4\
        XmVyqtMFY0GFNsUjDFUL9D2AAC7LJTYDjz/Qh6d7lY+LCRVShir4jwO01wIDAQABAoIBAFh3Wf8arTQF4SL+rH7vU19VA3PzY/4t\
        aqtmIQcKJuGvkU8VNXfeN3PefRiCR1xV4rekfJsX1DxW7RzjfvirBffkOm8ogOm8ZcjJUgCInmlTRz64wUP90wvow7VFgQ8oe+JX\
        HntqpdZshqlkDg4f7dhsfcKMSefJiDK7vi4DlGVlxgMvDkhHi3ML5DxkTAYiA774Vy2HgRd/A+drnSfgY2f/JwTP2x5rM/0Olwvx\
        fufSW3rwKMYhW94CfwxwIxeBA/MPXUHfpuk7l/bgdYBZPOemhI22sFond0vtgEab7x0sa5f4uVELralaSXIwqf5NKln3qOCy4K41\
        gwOREahYkakCgYEA+R2pm4l7t8odYeIxZ0gnYB5D/l0wGHwBOS5ChQ4yBodG162Gjmzc3x6tw0dfKl08UZfr+j6K7Al7ERmrLV4n\
        ANlK0GtEJRtwnxHc6Fs+t4jIOjnkU4i2HG3Mk1VJ54DeB6e2BlJnQTuT28/Z9O4SDjE4Rdyjwo4UmycI18uMR3UCgYEA9LFlHZ1s\
        uFcAMZQ05lrnwxOTp1ezTQ7wtRbGg34a4UXRmmv2A5jD5f4+kXQckEL88fvu/OGqGI4df78foCClwcft/d5eW5Mmf653fQKoB3Wp\
        fyFCFR7yY5Y0hnid56cgErcObvjeuO1g0RygR3T6JpBoQwofG38R0eL0Rmi1jZsCgYEA3lwNwpmrZtfv9ikys+AB1ZfuVSPVBGXb\
        qbCTC7UqDg29vFJVotelJzt5Gq+gUG48oxAaQJqG4j1sLk1dL/e0lNtgHj1A7GZb1oDZUEXx610abG60UaPb+fBABNrCRvQOO4MF\
        xQrUw7NsPW6APFIsp6JjemiBe+3aksr657P2mOkCgYB1t/ZGdhr84FYmg/+jJu7C6eMqKcYH930UEd31GrEB2Z4KJZBYkKEGP/eH\
        8I1hVejs3eBO5p33bD+C2sbzOWGlRXMYpGdOtQ9bc+rmSGXgGNovYCezk4zXHkcsvlBxRvTmLA0UlERKQWFHmPb/Cabi8KxIPFFU\
        4CAJkp8kVHGrqwKBgQCDEDQcsuTFV4DCBrPUCyBuYB6S/7LfZCqOzcLLaj5Sxj3hGCfWEwfwiIsvYUwqTsgu9I/RpsYm1FWpgNgQ\
        ZAx66w+ewbFImdAf5LrR78o5L4Euy88H1hbgv7al6NQKDVWFCOStKHbYuBDeZkRS5FZrLCzPgLopTeUufS7i/zwsjA==
        """
    static let gatewayPublic = """
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA7hzlkAkLin0FYbk8pl4/raj/CEiAnvuwD9I02sMXxRtFzs0LpmtWqn2m\
        WVbqgXrSkKPkMniAeusVFAOdgjaNW1s14G0tAxLDFckgWW/Njea1uFvurl85RAhdbQJTt7k2D1xUg/BTnekHPj0USHCUy3H19bJv\
        IaYQorXrQ6dUwwo31fyfmLUQmMwmV8yzin/VWbuI9ebyQlk46VxO/tqPgq9Rjx0Kni+y1Q6bY/ubREB9eDNHLkajld1xMx42zt0H\
        pJxScsY0h4wlU8zl+tZ5MRfy8/W4XmVyqtMFY0GFNsUjDFUL9D2AAC7LJTYDjz/Qh6d7lY+LCRVShir4jwO01wIDAQAB
        """
}
