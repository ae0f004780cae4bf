import Templates

/// The names of the page models as interned keys: interning takes a lock, so it is done once.
enum Name {
    static let after = Key("after"), before = Key("before"), hasLinks = Key("hasLinks"), links = Key("links")
    static let alt = Key("alt"), alternates = Key("alternates"), answer = Key("answer")
    static let body = Key("body"), breadcrumbs = Key("breadcrumbs")
    static let card = Key("card"), categories = Key("categories"), category = Key("category"), checkout = Key("checkout"),
        compareAt = Key("compareAt")
    static let count = Key("count"), csp = Key("csp"), css = Key("css"), currency = Key("currency"), current = Key("current")
    static let data = Key("data"), delivery = Key("delivery"), description = Key("description"), document = Key("document")
    static let faq = Key("faq"), feedUrl = Key("feedUrl"), first = Key("first"), forSale = Key("forSale"), from = Key("from")
    static let gallery = Key("gallery"), gap = Key("gap"), gateways = Key("gateways"), hasFaq = Key("hasFaq"),
        hasGallery = Key("hasGallery"), hasHeadings = Key("hasHeadings"), hasRelated = Key("hasRelated"),
        headings = Key("headings"),
        height = Key("height"), homeUrl = Key("homeUrl"), href = Key("href")
    static let icon = Key("icon"), id = Key("id"), image = Key("image"), images = Key("images"), integrity = Key("integrity")
    static let isCategory = Key("isCategory"), isFile = Key("isFile"), isGenerated = Key("isGenerated"), isKey = Key("isKey")
    static let isCard = Key("isCard"), isShared = Key("isShared"), isTag = Key("isTag")
    static let jsonld = Key("jsonld"), kind = Key("kind")
    static let label = Key("label"), lang = Key("lang"), last = Key("last"), lines = Key("lines"), listing = Key("listing"),
        lookupUrl = Key("lookupUrl")
    static let maxQuantity = Key("maxQuantity"), message = Key("message"), minQuantity = Key("minQuantity"), minor = Key("minor")
    static let more = Key("more")
    static let name = Key("name"), nav = Key("nav"), next = Key("next"), noindex = Key("noindex"), number = Key("number")
    static let page = Key("page"), pages = Key("pages"), pagination = Key("pagination"), poster = Key("poster"), previous = Key("previous")
    static let price = Key("price"), product = Key("product"), products = Key("products"), promoter = Key("promoter")
    static let quantity = Key("quantity"), question = Key("question")
    static let ref = Key("ref"), related = Key("related")
    static let scripts = Key("scripts"), searchUrl = Key("searchUrl"), set = Key("set"), sources = Key("sources"), shop = Key("shop"),
        single = Key("single"),
        sku = Key("sku"), slug = Key("slug")
    static let summary = Key("summary")
    static let tags = Key("tags"), text = Key("text"), tiers = Key("tiers"), title = Key("title"), token = Key("token")
    static let translations = Key("translations"), type = Key("type")
    static let url = Key("url"), validDays = Key("validDays"), variants = Key("variants"), width = Key("width")
}
