/// Keys and certificates made for these tests with Python's cryptography 48; they open nothing anywhere.
enum CertificateFixtures {
    /// The key of `leaf` and its variants; also the merchant's own.
    static let firstKey = """
        -----BEGIN PRIVATE KEY-----
        MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQDRZhk43hw7OeZs
        KUk9i7lLZygpmVkz04dAZfQo8ybskxpM/AgGlpeJTyXcGTb/C4Zipye+tJPjjpiQ
        ryI/5NfA6jKfGJFIHA5Rfk9Ps4nb1GvXqhr2ydR7S0B6Q9K6iz0Ow/c0dAXBMZqS
        FY02PmV7Gw2I/pOB9A0dwNBV9aPgCgj8+WtOZ3YE1hCz9gHWeltQionOJ9pyJq2L
        Plr4P2RBr1ZUIbYj8OdNp8hiAvHboxHBvWMxH8hryVSMPG8tBC0/ojtRJqts8Ef/
        P+tC1RFAdP4z6eYSszUJ9U/zVx607AVQOQEeCs75q7xSC92lc88lxy9fJF25u9/r
        3Ur3hAiDAgMBAAECggEAH+szarQ3Ux3YeQydYe4jphHzkM0TyFnKPZpCQAsPGAkK
        Usl+LbGUfXUyR7Jo7DKlCZ0CQB3Fh0PhZKNAPMNqJzlr0vg148CHEYwH6esWV2CH
        ZHNFCJurscmUQAQzodop9KS8Jg44zFdT1khxDd+FV4vATJgbAw2hAYk2bfaeGWnC
        PgeG2gSvOuKOaiohFcTkALMV82Yn4iaTd/T0Wd8Md5nrDPBkUZ7r8pI/pvgjOCLO
        AO1mbyvcLibiM+Jzx1WZU595+ZWFY1n4l4AE/Dx7eK8hazI7BKVpPBacv7NrYk4D
        XrMNsilRVHPY9Fb985Bv+CIHvjOypsmXsoY3aIw/5QKBgQDtnC4mcupip4rEz6R/
        8dB2UADcaog6DYEOYnD2aRmSgGEsdJKakmT4lqzCD6YOHBwzJS44tLlxAYp0SWcG
        3clxoYG4mT8E/HpY/oI8bH9oG1Xosj0FDtXfXjbge9OxWPsKjrTdOOcFDKX+6WZN
        z48b0X7Q+aJTvJQminO6pTNn3wKBgQDhmvZowiFzrZyVSasV3WuvQfem5LHperZH
        pUQIlmPAzLQMgm1HahW57fb7nO1ff3YJyRdb8lg89cg34wJzGWjIdY2dhHTXhU6L
        Jb8TX9/u/1McXa8YKl+yi0IcSzKGCAKVm9SsOo0T8a6Lm7iHzfk2mv0/x74gmICp
        /TQx6IxD3QKBgQCI65e4dj3ULaGMee7b/3dVxhJI8WagtUlqBZX8mGGxByN335Df
        W36ttP3GMghJVy901XcGHDZEBVRIYEfrMAC15xB+VGh5Mhg6kiZwNUFRt3bQyWza
        LktWFM9gmlpJdvHqioN0eya8xSYed1aJfhKEQDtopoFA6YkhkGTR6AJwVwKBgQDa
        j+j2dlQ4IFKZIoR3q0o+wLbu3ZIqsnJTGJ2/gArl5qrrj5PU4sZnmU10V4RzxyUQ
        t9tEfZTUgfxVgDyIS26C/beTiZY0kXYVQh1J5NEqVfsreOs/ixWpAFas2ID67lmq
        nQw9SoAQeUxy/gqYrogoSaDdIGJma7gCd0YQr8zrlQKBgQCRhu7c1ba+HkPh16q2
        DqLmLsTsTnQ7hLWDlAuvmjQELJyRq0Xb5WO6fv0y07WIM6F3QKZnkNRU6zF2zo/o
        FXhjjXzkZIYFD/lvUkhnmG2lnzupr3d28XELgRhhC5FPB5fH1Z9tW33YP0K8uaSU
        hahAYbxDpaes/e/SOCu9rgBUfw==
        -----END PRIVATE KEY-----
        """
    /// The key of `platform`.
    static let secondKey = """
        -----BEGIN PRIVATE KEY-----
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQChjgIX52UigZp6
        nhFtjWoQUZ3IXGKvGn+jO3F4SXO44NZ/vBeWTPks62TkA0EuN5q4weeZShXiMUHb
        vDcKATTVnM9BmNNRdtXXFfN9B3pQ88foqVN/EYWpQoJG2YifiPOJEz2vy5fLw9kv
        xI+qqxn0A1Z8xrp5pIQzF6DxRMOQwusAYivi8GaGayuyOXp6a8WNDbl38weIH9xX
        Tj8rWunx1EvNEznJIwBQKYdiVOKSFWVyFfsBK4tL2s/gg/jdKfsL2aGmNJ+FZxul
        x8jCJzoQzYV/P7ulRuwl6+AkMQuwznGxpBy+Lx7dNsgzvhvqANe4928MCGJijoKm
        3zHhK99bAgMBAAECggEAEzYWkaPL/Fp6dZ0DvYn/ft6ga18bwm7dlsT5grBZY+F4
        yx/MPkH7r5fJG5mM0A4qBqZ9qquLW/viNQXLaxPRpe/2cCUtm+u3FNNgwmbNPisp
        2UT+z4bUj4LVMyT91jAsUF9KtUj5+BqGDTl2oXj5+8ZvK89bWskcNLyD6wJJBJcO
        MQT6emkIYhDxIMtg6wIl5fHs2MNSMGWjBaJGejHqNdgu9SDGb8CJxlKzJnJvD+uC
        IRmqwJtlN5/Pf3lm9dIadyWbKagR/Y+Cz8FulXBzz/J6t686sMzC6epj/C+Au9+I
        pelOcpj0ua98ULE78/yFu4yRWHoRQwKNknQLmFudIQKBgQDQkDtHGL582wlygFih
        W20OGYLB3+JMCroB5a8CRUIGjIN5A/uVo8xXxDpdNa2y8plrXN8iENXxWSoQrsUv
        A/enrjEuuErqC+8AWhWKP7XLAWxHryEeCx1CrhjG/Qpx8o4wEJUfWy7uLLdjHyAa
        UZgN2uXDRFWHO4imH9XFWp1TXwKBgQDGTKivHQiE9qCOb0RB5TZPeLeBeEMtrkhD
        zWFY9T0NXL2BA+DR/DOzfWCvU6tA48TKJdIHa+fqLLBs4JoBdCnGjsDbMW5XV7H+
        2dthoQCGZC9xbHVu3l/Zg6arF1tCbiKs7kxLnQJQk0cBNwkSSUAhl73Eqrk8vjhX
        b407lwHRhQKBgDeUiEeNH450bNMXwwbVL33XbJIwEMWFAkbpJ7dqL4tBPPQuDIi3
        SwiEoa0fVfffUOVcrZYNeIZF5cDmYmQCIaiM8kxqDoTKw1mLqDvceJzt9yYvVJsG
        CTkw3ieBXZw6MIw8jxD5IsuUHRcMP2jkH6ppkFt2RXixc9wZlcVvPYfvAoGAJ97X
        98WVpe5Un+7dQYaNofL6qox8rV2iaAeOcC125g3kiGE4PeBAoPEvlHD1OOnS8nYi
        QZ2/loT/wBR0wqARmjuvqSLKNcOLJVu2UW3mxh60r1CIWA9cJEblJvdeQQAV9sE/
        E+DwyzShjSv8pfGWdGqnHDjbX8w7VdE3C2k0U2UCgYEAkEgPIJMn3Ashjt1R6lh8
        AjRiK6gGFiytfft5r48m/K+ZSJaJy6GBDb3OZE96XJcEphk6jRw7vCdBinaf0n7j
        ZPgz0k/khWRL/NBoCQaUGqGOzq98zh1nfp8Fag2XRsxBo86X9yFhKz6AO8RNPk80
        H4rH/OQkxFK9wFLWRcryl5s=
        -----END PRIVATE KEY-----
        """
    static let firstPublicKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0WYZON4cOznmbClJPYu5
        S2coKZlZM9OHQGX0KPMm7JMaTPwIBpaXiU8l3Bk2/wuGYqcnvrST446YkK8iP+TX
        wOoynxiRSBwOUX5PT7OJ29Rr16oa9snUe0tAekPSuos9DsP3NHQFwTGakhWNNj5l
        exsNiP6TgfQNHcDQVfWj4AoI/PlrTmd2BNYQs/YB1npbUIqJzifaciatiz5a+D9k
        Qa9WVCG2I/DnTafIYgLx26MRwb1jMR/Ia8lUjDxvLQQtP6I7USarbPBH/z/rQtUR
        QHT+M+nmErM1CfVP81cetOwFUDkBHgrO+au8UgvdpXPPJccvXyRdubvf691K94QI
        gwIDAQAB
        -----END PUBLIC KEY-----
        """
    /// The authority that the tests trust.
    static let root = """
        -----BEGIN CERTIFICATE-----
        MIIDHTCCAgWgAwIBAgIUKnXgdjIad61q/PNmqr8qXsTDYQswDQYJKoZIhvcNAQEL
        BQAwNjEXMBUGA1UECgwOS2V5ZnJvbnQgdGVzdHMxGzAZBgNVBAMMEktleWZyb250
        IFRlc3QgUm9vdDAeFw0yNDAxMDEwMDAwMDBaFw00NjAxMDEwMDAwMDBaMDYxFzAV
        BgNVBAoMDktleWZyb250IHRlc3RzMRswGQYDVQQDDBJLZXlmcm9udCBUZXN0IFJv
        b3QwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDeQM1ofOLSJRUPZ962
        pB22b7OZ61M2cRBN0LaNA4sD8MfCZWkGqIf6auTEGUgPoXgDozGuf3QBiZdmm3EZ
        1/nGL8f6H8T754VsygVb8bhHD3nDQRIK5r7tr32kHyp9hgHs4En0DVkixJpi9Xeh
        CxN8CzVpH/qKPzA+2Zmj5DJMdjW6PutFn+uN2xTgjS3L1bwei4yT5ynXAiIFOUEY
        vwMBdd+CPJchS1rvc8m32wHTRTrsO9Pal+VPPQhlDkQDdMwQu5OqS7Vg0L7D7Suv
        qwK6QA9znW0bzU4mtSfm8C2PkFUIwR19d5KZCJHZCNXN6zAw126YUJrh7pATW2SI
        CQw7AgMBAAGjIzAhMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgEGMA0G
        CSqGSIb3DQEBCwUAA4IBAQAB+9dticw3+9OKTM/zDf4O1kTShQWGBhP6gvPnL/pM
        dT3erXGCMwVGuQXQRe2Kqk7AG2fAGPEkl71cpI5garWOOjwxz/6+/DcE0JyfA0gt
        xTAvBwz3bXFz5i0GdlaJ7BfPHFbKFZ8yXgm52jaXTF1iESEsGoo4VyUWG6qGH5vs
        TYYx9Rjk6L5pBEpf2YsLGZFvTOjogqmlgYvnCVd+d38cohsFR8G2su4/8ASpb2I3
        KGmTwvKpheE8WcB5vIKEATpDeUeOsBq5sikbI6gpOpMtWXCgFAvbbM3A+KPSZFX1
        LgOnlNMX8H+Pm0ppnoFdXVS1D8qfcJUvhyTghCS7KP26
        -----END CERTIFICATE-----
        """
    /// Signed by the root.
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIDIjCCAgqgAwIBAgIUEVykxUli+7ye/5T17aNLYoYgYbkwDQYJKoZIhvcNAQEL
        BQAwNjEXMBUGA1UECgwOS2V5ZnJvbnQgdGVzdHMxGzAZBgNVBAMMEktleWZyb250
        IFRlc3QgUm9vdDAeFw0yNDAxMDEwMDAwMDBaFw00NjAxMDEwMDAwMDBaMDsxFzAV
        BgNVBAoMDktleWZyb250IHRlc3RzMSAwHgYDVQQDDBdLZXlmcm9udCBUZXN0IEF1
        dGhvcml0eTCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAJxmqW5TB8bD
        3aAW4iqgUBFCbIoyeF9MhR2LIRRs2ozjcmFDURuqlA3ziHW9E+qIg7tBtR5RIb56
        N4IXeio379U8BKXGY1azfhWF6u2C5gEhiiF64vSULASY28tAjelbrRgDQ96QK3fl
        xldoNv39oLvHNQpiNh+8BgwJ7VPfbXexNow7j2VR2I49ftt3PVH+hEgH06vLZQnD
        1uqrx6jsQiZwO6lKV9z+iuu0CzD9cPPhaWywFP42Ude752t1yd1/phqXHs8vrTtu
        vWKSB7ZShfYtVQzVxQYGIYeBx+z78I4vFjIRcGIba05hFLNC40nrFUzo9KhT03Uu
        UZm0FkJSevUCAwEAAaMjMCEwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMC
        AQYwDQYJKoZIhvcNAQELBQADggEBAHrzZDHO8LxNbCruqtsRKiSQ1sE+JJnY5ldA
        dMxtWaFgskPJXAFxK7LGkprcgyXQ9yz8GX5BDS1G7scERNwj4ArAK1CtknbgJ+1U
        wWpbr8LEv/c2ooVMSJjK/sW/JhuiJUsl7/sqCRD1PD8xFgCZyXtA/OXo0Z0cD1IW
        /OkaXBlE4s+3rvBvwsF+R6dFleVO5QJU3vEKPGv2AvdPg7nudE5ksK4ujug8DqYN
        mgZI3wtbEnI9Q8iX6ORtd5fZaDMjK7xr86LlIJbTtOK+HeF/210ymRlfzN1sS9BF
        tl1eSEgKHZa4U9Flc4GTULeQH6hStSvrAvPXt60jycpid1E3o7Y=
        -----END CERTIFICATE-----
        """
    /// messageverificationcerts.paypal.com, signed by the authority, 2024 to 2046.
    static let leaf = """
        -----BEGIN CERTIFICATE-----
        MIIDMDCCAhigAwIBAgIUGuditpRXAshcTu1GWisZRmPVl/YwDQYJKoZIhvcNAQEL
        BQAwOzEXMBUGA1UECgwOS2V5ZnJvbnQgdGVzdHMxIDAeBgNVBAMMF0tleWZyb250
        IFRlc3QgQXV0aG9yaXR5MB4XDTI0MDEwMTAwMDAwMFoXDTQ2MDEwMTAwMDAwMFow
        RzEXMBUGA1UECgwOS2V5ZnJvbnQgdGVzdHMxLDAqBgNVBAMMI21lc3NhZ2V2ZXJp
        ZmljYXRpb25jZXJ0cy5wYXlwYWwuY29tMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A
        MIIBCgKCAQEA0WYZON4cOznmbClJPYu5S2coKZlZM9OHQGX0KPMm7JMaTPwIBpaX
        iU8l3Bk2/wuGYqcnvrST446YkK8iP+TXwOoynxiRSBwOUX5PT7OJ29Rr16oa9snU
        e0tAekPSuos9DsP3NHQFwTGakhWNNj5lexsNiP6TgfQNHcDQVfWj4AoI/PlrTmd2
        BNYQs/YB1npbUIqJzifaciatiz5a+D9kQa9WVCG2I/DnTafIYgLx26MRwb1jMR/I
        a8lUjDxvLQQtP6I7USarbPBH/z/rQtURQHT+M+nmErM1CfVP81cetOwFUDkBHgrO
        +au8UgvdpXPPJccvXyRdubvf691K94QIgwIDAQABoyAwHjAMBgNVHRMBAf8EAjAA
        MA4GA1UdDwEB/wQEAwIHgDANBgkqhkiG9w0BAQsFAAOCAQEAHY4M1TsRlcVJtayK
        PcHWTMQgpBcI5tLNQnzF3vOCB2oks0jG4x87dDd72vy2DTsIuLfb123QA7zZqr9N
        rhEws31AKEdtVawgj5j4jwPl+uj//W0cW6u5zV6DvLXya2Y+rRlFWCz/WgIWpFS+
        i22WRnRFYYeVnytSgu0TiAzWzicm1esGKhVH6/0iT1Yl6HjouKYLLebXX9OEmwoA
        o+yJ4HiwPy4/7DCKL8O/QZmPP2DYtMUYhCWE41Ej6xq2p/15xyhtJC1Wcp70tvPB
        GwcUzecwIJNkw/97ba4nBQPOPZgl86szOcNrah0gxz2d/henN8LuK8r7EF3g+AW/
        1wEuKw==
        -----END CERTIFICATE-----
        """
    /// The same until 2026-01-01.
    static let expired = """
        -----BEGIN CERTIFICATE-----
        MIIDMDCCAhigAwIBAgIURnZS3o5ovu1A+VtcPEsVo33nkRswDQYJKoZIhvcNAQEL
        BQAwOzEXMBUGA1UECgwOS2V5ZnJvbnQgdGVzdHMxIDAeBgNVBAMMF0tleWZyb250
        IFRlc3QgQXV0aG9yaXR5MB4XDTI0MDEwMTAwMDAwMFoXDTI2MDEwMTAwMDAwMFow
        RzEXMBUGA1UECgwOS2V5ZnJvbnQgdGVzdHMxLDAqBgNVBAMMI21lc3NhZ2V2ZXJp
        ZmljYXRpb25jZXJ0cy5wYXlwYWwuY29tMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A
        MIIBCgKCAQEA0WYZON4cOznmbClJPYu5S2coKZlZM9OHQGX0KPMm7JMaTPwIBpaX
        iU8l3Bk2/wuGYqcnvrST446YkK8iP+TXwOoynxiRSBwOUX5PT7OJ29Rr16oa9snU
        e0tAekPSuos9DsP3NHQFwTGakhWNNj5lexsNiP6TgfQNHcDQVfWj4AoI/PlrTmd2
        BNYQs/YB1npbUIqJzifaciatiz5a+D9kQa9WVCG2I/DnTafIYgLx26MRwb1jMR/I
        a8lUjDxvLQQtP6I7USarbPBH/z/rQtURQHT+M+nmErM1CfVP81cetOwFUDkBHgrO
        +au8UgvdpXPPJccvXyRdubvf691K94QIgwIDAQABoyAwHjAMBgNVHRMBAf8EAjAA
        MA4GA1UdDwEB/wQEAwIHgDANBgkqhkiG9w0BAQsFAAOCAQEAGqfcY0p0Rol03qQp
        7niTiRl40UeO5g5gPypa6IRUutOOpf5i8IgLtk67Et7N5omRvawd22lOKUuUvZ3K
        yx5LLlPwFNbyfUFLCFJUd6PM1uvjP760F70YJV4i9Sfkz6F9JVCq4WdfguNaNFOe
        DvrxAVy9RAIo9Mcx8OAxX6UYJE38Jq2F9Gf0MOt/gUDYbmVvS0P50d3gulFv1uAb
        m9UjtzJ7uwxricXPkxggwB6qtGn/4NjTD+Eb1TSG5+bGUF+8I/smiOg01ZTyCGEh
        mFw8DZgQWlY72IYL/bagpUWWczsjORd1FmDvz0fz2GoQE8p6GUzQzf+m8ybSP+k8
        FBhEkw==
        -----END CERTIFICATE-----
        """
    /// The same name, signed by itself.
    static let selfSigned = """
        -----BEGIN CERTIFICATE-----
        MIIDPDCCAiSgAwIBAgIUdd7cqI2gLl0mwKPPdhGX3CqHWBIwDQYJKoZIhvcNAQEL
        BQAwRzEXMBUGA1UECgwOS2V5ZnJvbnQgdGVzdHMxLDAqBgNVBAMMI21lc3NhZ2V2
        ZXJpZmljYXRpb25jZXJ0cy5wYXlwYWwuY29tMB4XDTI0MDEwMTAwMDAwMFoXDTQ2
        MDEwMTAwMDAwMFowRzEXMBUGA1UECgwOS2V5ZnJvbnQgdGVzdHMxLDAqBgNVBAMM
        I21lc3NhZ2V2ZXJpZmljYXRpb25jZXJ0cy5wYXlwYWwuY29tMIIBIjANBgkqhkiG
        9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0WYZON4cOznmbClJPYu5S2coKZlZM9OHQGX0
        KPMm7JMaTPwIBpaXiU8l3Bk2/wuGYqcnvrST446YkK8iP+TXwOoynxiRSBwOUX5P
        T7OJ29Rr16oa9snUe0tAekPSuos9DsP3NHQFwTGakhWNNj5lexsNiP6TgfQNHcDQ
        VfWj4AoI/PlrTmd2BNYQs/YB1npbUIqJzifaciatiz5a+D9kQa9WVCG2I/DnTafI
        YgLx26MRwb1jMR/Ia8lUjDxvLQQtP6I7USarbPBH/z/rQtURQHT+M+nmErM1CfVP
        81cetOwFUDkBHgrO+au8UgvdpXPPJccvXyRdubvf691K94QIgwIDAQABoyAwHjAM
        BgNVHRMBAf8EAjAAMA4GA1UdDwEB/wQEAwIHgDANBgkqhkiG9w0BAQsFAAOCAQEA
        WAUBZU3TWlNh0P5zLkgszgQDemmN7oqwg9fHfUpDEhEiIsZgNb+0ioTPYrHqTPYf
        V0VXMJMM672ervYeqKuCdsiojHBt6klf1PDbFbAcJseGjE8CZJcquX5n5kYNMR8I
        3kZ/bzttQQ1oWQGR0jj5eV6XLUWPmwcifGCJHuv07KImIfi/Ida1ZE8tYF3W3+PL
        IO7i0nlybe/+ZUTWxi+T7yhn9YkwCa1xAyWUGJQ3wwpFMHQjkrwtF0chp8ZgfYkp
        KSC3tVKkdsHBL+Pu2r0Y9iNOVzHAsKKtBlzWSrgaZK5ff6PS9tBtEJ+O5zd6AcGI
        oaA6zeFscezgPa7lMFDunw==
        -----END CERTIFICATE-----
        """
    /// messageverificationcerts.paypal.com.evil.example
    static let evilSuffix = """
        -----BEGIN CERTIFICATE-----
        MIIDPTCCAiWgAwIBAgIUMTfmMblrjeqxHuqb/ZggKyTQkjswDQYJKoZIhvcNAQEL
        BQAwOzEXMBUGA1UECgwOS2V5ZnJvbnQgdGVzdHMxIDAeBgNVBAMMF0tleWZyb250
        IFRlc3QgQXV0aG9yaXR5MB4XDTI0MDEwMTAwMDAwMFoXDTQ2MDEwMTAwMDAwMFow
        VDEXMBUGA1UECgwOS2V5ZnJvbnQgdGVzdHMxOTA3BgNVBAMMMG1lc3NhZ2V2ZXJp
        ZmljYXRpb25jZXJ0cy5wYXlwYWwuY29tLmV2aWwuZXhhbXBsZTCCASIwDQYJKoZI
        hvcNAQEBBQADggEPADCCAQoCggEBANFmGTjeHDs55mwpST2LuUtnKCmZWTPTh0Bl
        9CjzJuyTGkz8CAaWl4lPJdwZNv8LhmKnJ760k+OOmJCvIj/k18DqMp8YkUgcDlF+
        T0+zidvUa9eqGvbJ1HtLQHpD0rqLPQ7D9zR0BcExmpIVjTY+ZXsbDYj+k4H0DR3A
        0FX1o+AKCPz5a05ndgTWELP2AdZ6W1CKic4n2nImrYs+Wvg/ZEGvVlQhtiPw502n
        yGIC8dujEcG9YzEfyGvJVIw8by0ELT+iO1Emq2zwR/8/60LVEUB0/jPp5hKzNQn1
        T/NXHrTsBVA5AR4KzvmrvFIL3aVzzyXHL18kXbm73+vdSveECIMCAwEAAaMgMB4w
        DAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCB4AwDQYJKoZIhvcNAQELBQADggEB
        ACl7UpWsAPVpfyjl9XrLnjbmwKfu/+rCrgehY+2guBsgCd8+HBs4e7wPvAk2KBFP
        uPbxrZa4BJNzbKSZDhqIRkfHrY4Mt0W+qQqUXPQdgjtiunPWBQpe05rNIXdMBR5q
        Ko4WGPRiGYeJDwHCLE6s+k60AQnB6weeMrUGOnGeghRWbHlTlKk1hxHUy4eAqA9w
        8plUUxbniBYehX5HcmncNn5Neqn8QEQU3s9DFcIUVV+gm7oo4NTQsik7abvbumMM
        cMZeAbaYkK9MtkQscVQug7ZfxcpxSbPYzAQHE0w23jjIarWCZaHl9Qf6zs/N72yg
        CxXhX05nxQDNhiMFGi2o+6o=
        -----END CERTIFICATE-----
        """
    /// evilpaypal.com
    static let evilPrefix = """
        -----BEGIN CERTIFICATE-----
        MIIDGzCCAgOgAwIBAgIUfvqZv8/Y8L4qJxN5iHZ6XLuk7SUwDQYJKoZIhvcNAQEL
        BQAwOzEXMBUGA1UECgwOS2V5ZnJvbnQgdGVzdHMxIDAeBgNVBAMMF0tleWZyb250
        IFRlc3QgQXV0aG9yaXR5MB4XDTI0MDEwMTAwMDAwMFoXDTQ2MDEwMTAwMDAwMFow
        MjEXMBUGA1UECgwOS2V5ZnJvbnQgdGVzdHMxFzAVBgNVBAMMDmV2aWxwYXlwYWwu
        Y29tMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0WYZON4cOznmbClJ
        PYu5S2coKZlZM9OHQGX0KPMm7JMaTPwIBpaXiU8l3Bk2/wuGYqcnvrST446YkK8i
        P+TXwOoynxiRSBwOUX5PT7OJ29Rr16oa9snUe0tAekPSuos9DsP3NHQFwTGakhWN
        Nj5lexsNiP6TgfQNHcDQVfWj4AoI/PlrTmd2BNYQs/YB1npbUIqJzifaciatiz5a
        +D9kQa9WVCG2I/DnTafIYgLx26MRwb1jMR/Ia8lUjDxvLQQtP6I7USarbPBH/z/r
        QtURQHT+M+nmErM1CfVP81cetOwFUDkBHgrO+au8UgvdpXPPJccvXyRdubvf691K
        94QIgwIDAQABoyAwHjAMBgNVHRMBAf8EAjAAMA4GA1UdDwEB/wQEAwIHgDANBgkq
        hkiG9w0BAQsFAAOCAQEANUqo4HAF4n4W0NLVoeJWJTLtpQlGK6kMuFhjYArGoA1l
        61ago4vPeVz+rp7yik7c3OsZYgoUXzlRPX8l+Apkd6DXlHXET/hAZ3sEIiO8kVhc
        H5hyDSPxYxkxaihpb6vSanDeq7Ray6IvbAMDHsJEzv3lCKBTaGu0qo7scIFbgagP
        BBtzWEn5rLNGMc93BOgBX60VWT4+siUGQswzwJzqZCpO9DxS/m16NToBz/zZkmPH
        adJ7G8D/zfXNRAVHe5qf7Bu+6Uai94qHr8m7eh2cnSCTageQqJf2kLYL+Rhge+zn
        mc1jo3AseidCtnxy3hPWEy5lBaDEZvbcqbm+AKSVzQ==
        -----END CERTIFICATE-----
        """
    /// A platform certificate of WeChat Pay's kind, signed by itself.
    static let platform = """
        -----BEGIN CERTIFICATE-----
        MIIDKDCCAhCgAwIBAgIUca7O3SRb0evVkR1j/AIrguU6LIAwDQYJKoZIhvcNAQEL
        BQAwPTEXMBUGA1UECgwOS2V5ZnJvbnQgdGVzdHMxIjAgBgNVBAMMGVRlbnBheS5j
        b20gUm9vdCBDQSAodGVzdCkwHhcNMjQwMTAxMDAwMDAwWhcNNDYwMTAxMDAwMDAw
        WjA9MRcwFQYDVQQKDA5LZXlmcm9udCB0ZXN0czEiMCAGA1UEAwwZVGVucGF5LmNv
        bSBSb290IENBICh0ZXN0KTCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEB
        AKGOAhfnZSKBmnqeEW2NahBRnchcYq8af6M7cXhJc7jg1n+8F5ZM+SzrZOQDQS43
        mrjB55lKFeIxQdu8NwoBNNWcz0GY01F21dcV830HelDzx+ipU38RhalCgkbZiJ+I
        84kTPa/Ll8vD2S/Ej6qrGfQDVnzGunmkhDMXoPFEw5DC6wBiK+LwZoZrK7I5enpr
        xY0NuXfzB4gf3FdOPyta6fHUS80TOckjAFAph2JU4pIVZXIV+wEri0vaz+CD+N0p
        +wvZoaY0n4VnG6XHyMInOhDNhX8/u6VG7CXr4CQxC7DOcbGkHL4vHt02yDO+G+oA
        17j3bwwIYmKOgqbfMeEr31sCAwEAAaMgMB4wDAYDVR0TAQH/BAIwADAOBgNVHQ8B
        Af8EBAMCB4AwDQYJKoZIhvcNAQELBQADggEBAF/JOt1533w4re+HHASMubFm82ap
        u3i21XQ3qN179uz8ODsyAshIhrUd2F31JOHUsGTZ8OSbp+3oRDqOd2I4YUQ+kbWA
        23KJIqVFFyqwLO9BOPzCssUY4At1uXsO94vmodFUaEyJaTu6RRGcdguHDvdni88m
        3bgvB7zmSE6mUWyJPVwrDxsF4lBxbA8I79vkvlrDF2NtgdP+hreJXHOlmfoYI2cE
        De5jGt+YTozDQLA1i2cDMPC2nbgrgaWkeUm90xDbtjlNbv+Ok4EOW3+Zc0Jo3Sew
        FKKE8odWkmeBn6IpYvW8fxs0Df9/ITroAqDlmKa4hhUUdynZs4CjQQOTvyk=
        -----END CERTIFICATE-----
        """
    static let platformSerial = "71AECEDD245BD1EBD5911D63FC022B82E53A2C80"
}
