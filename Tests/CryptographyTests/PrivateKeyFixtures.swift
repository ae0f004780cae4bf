/// A throw-away private key in its forms, and what OpenSSL's own tool signs with it.
enum PrivateKeyFixtures {
    static let message = "app_id=2021&out_trade_no=SG_RSA_0001"
    static let pkcs8 = """
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
    static let pkcs1 = """
        MIIEowIBAAKCAQEAuk7uHVbyvAhy1LnO1hidrOEtmTCOluFDk+xmej5hnwJh1heHAY9MnP/thle6AsRpuRf1yECADteHKcdr+mqI\
        oIpCbn9ZoL72IEt253Gl/ikcycUtNW00rjOB1wglPQ3dJN4Q+YJbjalDxRO+J5H4DqJA6U0Lirud6ykdTxoyYT2Viu1gE45UsRng\
        aEcQq9AMNIDe2Y7VMsZaXrFtqkUJmiIOPyqv950ASaA9zsbjh+2IROnpHBQxK/Skbplsf/x5veyTsPkWCOSyR6Xm+mdywAZaWWQT\
        U+1aawYOlFPCFH+zNb1c+zlFp14GDgT+b/xRGnl40KdF9XZkr52I0/xiUQIDAQABAoIBAA6YLUX7cC4I+WSESQQeJIfiPINcuZFv\
        LwSGRxbPY9qkF0xBRpBO4euwjrJF6qqEfrBYWfwTCr+0OYCCgIkQJwjFxo4dCBqJVa189ou11uYnNqaa/WoggQ5zts7vR+oq97EH\
        e6FCtBpPm/adunkjZvZP1oblbqsyUZzAzpd05WUW3oLjZJSd5rZrgY9+GUNHa0Ej2281BNcLTQBs8kHDi/Zhll4lRwk+Mrc3zpXX\
        X6Z/hftu7CaZOTJ6uZvWX/XFY4OXyuFTQo7XEMR9aQPYX0LEkyPkH2PNCMnJVvv0htP+vR0DrFiYeODbd3KDJHVaaFfZeFLm6VCe\
        giOPtx07nvsCgYEA/IB8FZBLdo5ptf5hiaNJZ/wQjcd94dqdLLAhsqk5go1+NN+CCl5TVHMUJ34GH3wrQw14e7xF+73iuBfUU/nc\
        IfhlCwfrwrZlch2I5TVAPkSaAL+uH+9z2XqWYQj4dIW3SrPSN3S6nE5sImia3BohgIIcWZIgBkyRaObUvWqWSLsCgYEAvOOvdT8t\
        7Kv9VUof3YweoRFUmsBqBjLYpu0i+1phUVkbH2w51DBEpS1Lh55ajPwEiLP8gW+HE+kO6yfbFpJot2XBli9B5+pwT4Uu8QkxDnHO\
        tJ1UWbQFll+jQiLwL8D8S8OgbjDLMpwwB/c7EBF6wZbrLfgdeT6KaDI9dDVPpmMCgYBkZoZwYJbRBmGcPxDzlJzcnwrKBVfVlYLH\
        wSU1EDrQ4YgcZ/8iNk12F+gcp+yxWkMtf064DK3bIq7iun7wATr5uvYag8TIAJSn4nyLfzgTSl3eDFmlUyZChI8E+HcqhfzS1Fuz\
        N1P4UOqIaAWjnTRTD+lL6GGZf5qWFqriwl4NfwKBgFY28knouXRyGCJKv/qmTwCjYWN0+a+0m5CtYi8p1IuFyUxxYH/KPDrMTtIq\
        5Be/m+4tgM4vco8S7D1HJsfJscQrzM1Y6pMJPZP+LSvVTy/RoFBuEycSdQ5qvqCcQ9b4FfAa7Wn+GXETOxUXsjymTcp4sQV9Xy6M\
        7i2a6NPW1XETAoGBAMmDCgqcO3Z0WL0RpTkRmIAVENymr30mx6fAxJI2kWqDLMq76wo5B7YTb26Xboz5sST0ZBsa7iCwwivCyiMb\
        7kb98hBvkFnFSOcSqYqrNCjRSZR0oVoFY+Tp9i/KJJ8SSbGWtfjZ0sbcRLKwD41U3XUZbY/SiYEMPw+gE9qCljrC
        """
    static let publicKey = """
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuk7uHVbyvAhy1LnO1hidrOEtmTCOluFDk+xmej5hnwJh1heHAY9MnP/t\
        hle6AsRpuRf1yECADteHKcdr+mqIoIpCbn9ZoL72IEt253Gl/ikcycUtNW00rjOB1wglPQ3dJN4Q+YJbjalDxRO+J5H4DqJA6U0L\
        irud6ykdTxoyYT2Viu1gE45UsRngaEcQq9AMNIDe2Y7VMsZaXrFtqkUJmiIOPyqv950ASaA9zsbjh+2IROnpHBQxK/Skbplsf/x5\
        veyTsPkWCOSyR6Xm+mdywAZaWWQTU+1aawYOlFPCFH+zNb1c+zlFp14GDgT+b/xRGnl40KdF9XZkr52I0/xiUQIDAQAB
        """
    /// `openssl dgst -sha256 -sign`
    static let signature = """
        DVVWswfnjbN4EaAeMqyv8aqO5PZxz+voLVVUhX5cJFRuXn5vIT+TBGZxlF7IPFhSMfwMQCuYXMf/bPBrJRzKyjzIRRCGPwwfqyA8\
        ZJW9yDoW2NVdZlwi4iutflCqxwKXngnSSKJcg3zwcEyss12Beot/b0ybh5YtRILWDBXTHCGSjCdYN2dPZYlmCvJxbcTaeEgO6tI1\
        6FLJXyYGsyfBQeHzPTbF0Akc6rAp5jvG5hD7koVbWPFw+76eC+nmB8rDEInh3W66iu0TS+ukhlrc+6Ow8Zhr6vBmo9owfQ1HYDJf\
        OuCA7yPA4wAMjFpG0RaqDuPERKDqULKWwAvRLbTT8w==
        """
    static let ellipticKey = """
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1X8PCutab9AXEFyoOcj3fNHyJNUIHWRdDYd4Dfuy692hRANCAAS7\
        eyRsJR67KttgHwv73RhHvvQlSM/yZ/d3LwG67JhIDZ1W3mcPQy9KvRMrdmhM1rzg+ROpt6vxF4H6XVlIoPIP
        """
    static let shortKey = """
        MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBAOqcRVsQ5P4J45zsYOPubHiODs2JTbuehOUTa+JryPhM430dpk6c\
        ongwO0uVkuNTPujI4QIDs7eeLEpdISyRTux/EfJwL3u4SOASxo2sCxHg59RYHni9nl8GTEA0sLaMe4i57uEGvks8/H7xcS9QWzzJ\
        EHn1gEV33ifIrTIzAbspAgMBAAECgYEA1h2xHp+YnlEgLoN9GgjrbksYL3V0QBs4ZmkHOSntzM8/f1yj/3LsxIwgUac828OJ0qIi\
        2NfQGXB+M5AzSp2DTIx8SqhGtIFMXIdQ2RrWgTBqmfhHlAMaIZK7WlECdWPgP/DK2flmjsWRsmVYZFa7cF+HtSHu93i6Vl5g41Gi\
        hgECQQD4ZBZi3AJ7GQ/olpc3PdiP3ptr5n1ZuYowfH57CTGHIc38aaWkomyj+25JfXL32hrnxzM7kLxB1nIctokVlqwZAkEA8cwd\
        ZdlvyeC1oTOtEBWkh07tEUKp7/ruSha3R7/n4XWVwYghbYI7KqlowuM1GVk6jgeiWOFWVK9SRKVHzzRpkQJATAd2wrPNHpjBQdQ2\
        XPZVP1RIBnL6k2gzYDv7CvX5bv9t6YD87rO4xUjErUH02uCrs55JlEXtGcnmC9vjgfQooQJAYCEdIuvSNLlgnGkWCcoA8kZfm7gc\
        JatmZxAm56CVCJ6d3iZH2+ilqy1U1/5KkvxVejfwxFM55ksZcu8e4HLe8QJAOkead3JR4HyC1VAjLAjqXn0Rpw+I9+5wm2T8mUrk\
        gblihyyZIJN0zNjFwq3aZ33zXZMCO/U1HmUie3uj8cB9lA==
        """
    /// With a password.
    static let encryptedKey = """
        MIIFLTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQIgfoq834jlIYCAggAMAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEq\
        BBDpR/+yVOyr9Q0KBzNnaNpyBIIE0F1kHso/22/AmKiwtNqGtXmvxD5FsSHgtxiVaGGJ/kyeb1HDLKva1tsdD+msCsKu4TXNWBLk\
        UVE9GOjKAE4DpOKpCDKdwpyDRcfJakQeUyYWCGyo0hHRgc3Dm/3Funmjt6DojMhLC9wXkkU9TWTIO7xWI68RDgGl8vOfMNApuL4F\
        bmVA8PUIy5CjEtJ+rz5cihwxgKbpsVtNSIHkLosDGnckZYg5JRxuA88Xn4VNIZ12x/bvXADIrl2TvS+pEtdbGWsU/bGZsT9SGC/B\
        OA1MvuXDDZnzh/EgPN0evRmrqhualEfLpMUomW64nagi4jw6P/A1qYADTa3lc3ofVZ5wHM5hAuLf+DDCvGmB2vdImJFyrAq7eWtB\
        Q0u8YrlxhDlz+JrRTCenko8yQjo2yTnrQZcKrpKaapZpcC2ntEX0yXVzxVxRfUBftPuaOwDQrgboIuU6/q7bCwYmi6xSco0r7a+p\
        uoUNGriUbh4Uk2+PsW6rSmBl458vrIQ4Trbuy1RVMppwgNpKMmk0tWSnAAUqdYoiXjkVGtIIOPs67X5fim57LWkRZCgAPhgMZdsA\
        iF4m18pSo2dlfG4tgf6DrJV9vpIVf2s8PlkiQ+DcRruVCv18/HArHoh6WtM495shC7qGLD5t8wdg/x9rQ1yDttj06WXVZKWKTvOd\
        l2C2WmW6hj4GwJ8EatMgTqts9/5WSfsyb8y8qJRAOwxe0TcE/p74beHw0g+wAXjCQHOS0MFqYUW+29fFxcLz+sv4IkglPH7n4+xb\
        9bLMU5HsK8qNxBF/FOSuf8CoK1R2c2kCHdEr/nRsDuI01afuUh6tlpAa7DaZErn1gPOuTHJbCrHP8Shgi6gabAXW9fabuB+yg0Gg\
        FBzy2RtKuEENr5w9G6k6o7oA3DU/WXv9Vhh5DdSWv7RLgMgRC83UCLANdfe/H6PjlCubqRufERWRAcfk77T0LlSrfh3U3MiB/OlJ\
        y5dV87IVCntFAYCuNdXVOUDodN/yl37US4sD1KsWvg8BvgcyPaeEN+nJ5PcxD3uCY02ngEYy/5s7d+yzg/zUxQOR/ISpXMn60bT5\
        7M8Jr+WqkAtyQU6af/1qoEsplPHFZDosBGyUXaP1i/pCOf5L8R7WfX+A3uKEZ9+ZzIDM0xdOQ9gyMCOgjQAILtUD6OZ7wC4KGoPw\
        k41niM/ymCYpuV+bE5Lsao8GrkFqUacXJ4ip4GTojG2sm9kbz7I9f6hauUc8Inzo3XJ28xFCaXQR1XvXeSmkWk1Z1VAG008h1Bd4\
        dwBHFXUNhGm3D2vmBLVh8MrCSNBzx+6ojcxi7H475FrNALK+kd6zVDVQ+J3f+eBcFpZXRZ+YPzGoj+piwmaQL+HBt+c/MOIZvMBE\
        6BvIBqwSIrHK+7AssbA3poOiskTboqOEvuf+/xvxnJTK4QKKqbL/Qvts3fAub8q+hE9PpuJlojyvaxpBWhrSZ536VjRcXS6IiqE+\
        UTiofqgqK0drV632vWWQ78NKmvF6RgykOWDGsjb4+gs5nB2syea+13kKz6UfKnu2aeOTbAdInq4NSHLtQDf3Rd7PfLQx0vQ/IQgT\
        BFqvr0mYorjJCmDAUlFHt4x+t3Kg7bb7PYTXHlXLyGXg7hA8XIuygyOYxhbvfv2uL8nWmhuJ
        """
}
