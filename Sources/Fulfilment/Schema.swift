package import Database

/// The tables of the books. Every key leads with `shop`; what is open (holds, owed orders, waiting commissions,
/// mail to send) is found by an index that what is finished has left.
package enum Schema {
    /// All migrations, for `Database.open`.
    package static let migrations: [Migration] = [
        Migration(number: 1, name: "orders and stock", sql: orders + stock),
        Migration(number: 2, name: "promoters and ledger", sql: promoters + ledger),
        Migration(number: 3, name: "outbox and audit", sql: outbox + audit),
        Migration(number: 4, name: "ignored facts under names of their own", sql: ignored),
        Migration(number: 5, name: "refunds through gateways", sql: refunds),
        Migration(number: 6, name: "questions to gateways", sql: queries),
        Migration(number: 7, name: "payouts to promoters", sql: payouts),
        Migration(number: 8, name: "ends of the audit chains", sql: chains),
        Migration(number: 9, name: "deliveries of gateways that sign a checksum", sql: transmissions),
        Migration(number: 10, name: "batches that end", sql: lapsing),
    ]

    /// Orders with all that was agreed at checkout; the inbox of facts; holds of unpaid orders; the owed queue.
    private static let orders = """
        CREATE TABLE orders (
            shop TEXT NOT NULL, id TEXT NOT NULL, created_at BIGINT NOT NULL, state TEXT NOT NULL,
            sku TEXT NOT NULL, product TEXT NOT NULL, title TEXT NOT NULL, delivery TEXT NOT NULL,
            quantity BIGINT NOT NULL, unit_minor BIGINT NOT NULL, amount_minor BIGINT NOT NULL, currency TEXT NOT NULL,
            gateway TEXT NOT NULL, language TEXT NOT NULL, rates TEXT NOT NULL, hold_days BIGINT NOT NULL,
            buyer BLOB NOT NULL, person BLOB NOT NULL, address BLOB NOT NULL, mask TEXT NOT NULL,
            token BLOB NOT NULL, token_sealed BLOB NOT NULL, promoter TEXT, expires_at BIGINT NOT NULL,
            reference TEXT, pay_url TEXT, paid_at BIGINT, matures_at BIGINT, granted BIGINT NOT NULL,
            shared_key BIGINT, shares TEXT,
            PRIMARY KEY (shop, id));
        CREATE UNIQUE INDEX orders_token ON orders (shop, token);
        CREATE INDEX orders_buyer ON orders (shop, buyer, id);
        CREATE TABLE facts (
            shop TEXT NOT NULL, account TEXT NOT NULL, dedupe_key TEXT NOT NULL, kind TEXT NOT NULL, order_id TEXT,
            amount_minor BIGINT, currency TEXT, transaction_id TEXT, refund_meaning TEXT, full_refund BIGINT NOT NULL,
            dispute TEXT, foreign_transaction BIGINT NOT NULL, body_digest BLOB NOT NULL, received_at BIGINT NOT NULL,
            PRIMARY KEY (shop, account, dedupe_key));
        CREATE INDEX facts_order ON facts (shop, order_id);
        CREATE INDEX facts_transaction ON facts (shop, account, transaction_id);
        CREATE TABLE holds (
            shop TEXT NOT NULL, order_id TEXT NOT NULL, sku TEXT NOT NULL, expires_at BIGINT NOT NULL,
            buyer BLOB NOT NULL, client BLOB NOT NULL,
            PRIMARY KEY (shop, order_id));
        CREATE INDEX holds_expiry ON holds (shop, expires_at, order_id);
        CREATE INDEX holds_buyer ON holds (shop, buyer);
        CREATE INDEX holds_client ON holds (shop, client);
        CREATE TABLE owed (
            shop TEXT NOT NULL, sku TEXT NOT NULL, since BIGINT NOT NULL, order_id TEXT NOT NULL,
            PRIMARY KEY (shop, sku, since, order_id));
        CREATE TABLE rejections (
            shop TEXT NOT NULL, account TEXT NOT NULL, category TEXT NOT NULL, reason TEXT NOT NULL,
            seen BIGINT NOT NULL, last_at BIGINT NOT NULL,
            PRIMARY KEY (shop, account, category, reason));

        """

    /// Sealed keys and the batches they came in. The state stands before the id, so the next free key is the first
    /// entry of a range whatever was sold before it.
    private static let stock = """
        CREATE TABLE batches (
            shop TEXT NOT NULL, id TEXT NOT NULL, sku TEXT NOT NULL, data_key BLOB NOT NULL, created_at BIGINT NOT NULL,
            source TEXT, note TEXT, cost_minor BIGINT, expires_at BIGINT,
            PRIMARY KEY (shop, id));
        CREATE TABLE stock (
            shop TEXT NOT NULL, id BIGINT NOT NULL, sku TEXT NOT NULL, state TEXT NOT NULL, batch TEXT NOT NULL,
            sealed BLOB NOT NULL, digest BLOB NOT NULL, order_id TEXT, uses BIGINT NOT NULL,
            PRIMARY KEY (shop, id));
        CREATE UNIQUE INDEX stock_digest ON stock (shop, digest);
        CREATE INDEX stock_next ON stock (shop, sku, state, id);
        CREATE INDEX stock_order ON stock (shop, order_id);
        CREATE TABLE data_keys (
            shop TEXT NOT NULL, number BIGINT NOT NULL, wrapped BLOB NOT NULL, created_at BIGINT NOT NULL,
            PRIMARY KEY (shop, number));

        """

    /// Every buyer becomes a promoter; `parent` is the binding.
    private static let promoters = """
        CREATE TABLE promoters (
            shop TEXT NOT NULL, id TEXT NOT NULL, buyer BLOB NOT NULL, person BLOB NOT NULL, address BLOB NOT NULL,
            language TEXT NOT NULL, parent TEXT, bound_at BIGINT, token TEXT NOT NULL,
            link BLOB NOT NULL, link_sealed BLOB NOT NULL, created_at BIGINT NOT NULL, active BIGINT NOT NULL,
            PRIMARY KEY (shop, id));
        CREATE UNIQUE INDEX promoters_buyer ON promoters (shop, buyer);
        CREATE UNIQUE INDEX promoters_link ON promoters (shop, link);

        """

    /// Transfers are only ever inserted; `balances` is their fold for promoters, kept beside them; `maturing` is the
    /// queue of orders with commissions that wait for T+N.
    private static let ledger = """
        CREATE TABLE transfers (
            shop TEXT NOT NULL, order_id TEXT NOT NULL, id BLOB NOT NULL, kind TEXT NOT NULL, level BIGINT NOT NULL,
            debit TEXT NOT NULL, credit TEXT NOT NULL, amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
            currency TEXT NOT NULL, cause TEXT NOT NULL, resolves BLOB, rate BIGINT NOT NULL, base_minor BIGINT NOT NULL,
            promoter TEXT NOT NULL, at BIGINT NOT NULL,
            PRIMARY KEY (shop, order_id, id));
        CREATE INDEX transfers_promoter ON transfers (shop, promoter, at);
        CREATE TABLE balances (
            shop TEXT NOT NULL, promoter TEXT NOT NULL, currency TEXT NOT NULL,
            pending_minor BIGINT NOT NULL, available_minor BIGINT NOT NULL, paid_minor BIGINT NOT NULL,
            PRIMARY KEY (shop, promoter, currency));
        CREATE TABLE maturing (
            shop TEXT NOT NULL, due_at BIGINT NOT NULL, order_id TEXT NOT NULL,
            PRIMARY KEY (shop, due_at, order_id));

        """

    /// `other` facts as `Fact.inboxKey` names them.
    private static let ignored = "UPDATE facts SET dedupe_key = 'ignored|' || dedupe_key WHERE kind = 'other';"

    /// What gateways were asked to send back, written before they are asked.
    private static let refunds = """
        CREATE TABLE refunds (
            shop TEXT NOT NULL, order_id TEXT NOT NULL, refund_key TEXT NOT NULL, account TEXT NOT NULL, transaction_id TEXT NOT NULL,
            amount_minor BIGINT NOT NULL, currency TEXT NOT NULL, gateway_key TEXT NOT NULL, attempt BIGINT NOT NULL,
            before_minor BIGINT NOT NULL, state TEXT NOT NULL, reference TEXT, created_at BIGINT NOT NULL, next_at BIGINT NOT NULL,
            PRIMARY KEY (shop, order_id, refund_key));
        CREATE INDEX refunds_open ON refunds (shop, state, next_at);

        """

    /// The batches whose keys end, until they have.
    private static let lapsing = """
        CREATE TABLE lapsing (
            shop TEXT NOT NULL, due_at BIGINT NOT NULL, batch TEXT NOT NULL, sku TEXT NOT NULL,
            PRIMARY KEY (shop, due_at, batch));
        INSERT INTO lapsing (shop, due_at, batch, sku) SELECT shop, expires_at, id, sku FROM batches WHERE expires_at IS NOT NULL;

        """

    /// A delivery's id stands for one body.
    private static let transmissions = """
        CREATE TABLE transmissions (
            shop TEXT NOT NULL, account TEXT NOT NULL, id BLOB NOT NULL, body_digest BLOB NOT NULL, at BIGINT NOT NULL,
            PRIMARY KEY (shop, account, id));

        """

    /// The unpaid orders that gateways are asked about, and the text that a buyer scans to pay.
    private static let queries = """
        CREATE TABLE queries (
            shop TEXT NOT NULL, order_id TEXT NOT NULL, next_query_at BIGINT NOT NULL,
            PRIMARY KEY (shop, order_id));
        CREATE INDEX queries_due ON queries (shop, next_query_at, order_id);
        INSERT INTO queries (shop, order_id, next_query_at) SELECT shop, id, created_at FROM orders WHERE state = 'pending';
        ALTER TABLE orders ADD COLUMN pay_qr TEXT;

        """

    /// What promoters are to be paid, run by run: booked when the row is made.
    private static let payouts = """
        CREATE TABLE payouts (
            shop TEXT NOT NULL, id TEXT NOT NULL, run TEXT NOT NULL, promoter TEXT NOT NULL,
            amount_minor BIGINT NOT NULL CHECK (amount_minor > 0), currency TEXT NOT NULL, state TEXT NOT NULL, reference TEXT, created_at BIGINT NOT NULL, settled_at BIGINT,
            PRIMARY KEY (shop, id));
        CREATE INDEX payouts_run ON payouts (shop, run, id);
        CREATE INDEX payouts_state ON payouts (shop, state, id);

        """

    /// What is to be sent. An item is leased by moving `due_at` to the end of the lease and raising `fence`.
    private static let outbox = """
        CREATE TABLE outbox (
            shop TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, state TEXT NOT NULL,
            attempt BIGINT NOT NULL, fence BIGINT NOT NULL, due_at BIGINT NOT NULL, created_at BIGINT NOT NULL,
            finished_at BIGINT, reason TEXT,
            PRIMARY KEY (shop, id));
        CREATE INDEX outbox_due ON outbox (shop, state, due_at, id);

        """

    /// The end of each audit chain: a transaction takes one that nobody else holds, and adds to its chain.
    private static let chains = """
        CREATE TABLE audit_heads (
            shop TEXT NOT NULL, chain TEXT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, hash BLOB NOT NULL,
            PRIMARY KEY (shop, chain));
        INSERT INTO audit_heads (shop, chain, number, at, hash) SELECT a.shop, a.chain, a.number, a.at, a.hash FROM audit a
            WHERE a.number = (SELECT max(b.number) FROM audit b WHERE b.shop = a.shop AND b.chain = a.chain);

        """

    /// What was done, each row covering all before it in its chain.
    private static let audit = """
        CREATE TABLE audit (
            shop TEXT NOT NULL, chain TEXT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL,
            action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL, hash BLOB NOT NULL,
            PRIMARY KEY (shop, chain, number));

        """
}
