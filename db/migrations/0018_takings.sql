-- What came in and went back, by the day on which it did: sums, and the lists behind them. Each of these indexes holds only rows
-- that have got so far, so that making a link or beginning a payment costs what it did.
create index payment_takings on payment (merchant_id, mode, paid_at, id) include (link_id, currency, amount_minor)
    where paid_at is not null and not surplus;
create index refund_takings on refund (merchant_id, mode, refunded_at, id) where refunded_at is not null;
create index dispute_takings on dispute (merchant_id, mode, received_at, id);
create index dispute_reversed on dispute (merchant_id, mode, reversed_at, id) where reversed_at is not null;

-- What somebody should look at.
create index message_not_arrived on message (merchant_id, mode, created_at) include (link_id)
    where (status in ('undelivered', 'failed') or status = 'suppressed' and reason = 'opted_out') and purpose in ('link', 'reminder');
create index link_unpaid on link (merchant_id, mode, expires_at) where status = 'expired';
create index payment_refused on payment (merchant_id, mode, created_at) include (link_id) where status = 'failed';
create index refund_failed on refund (merchant_id, mode, created_at) where status = 'failed';

-- Staff search by the last digits of the card that a customer reads out; only of cards that have paid.
create index payment_by_last4 on payment (merchant_id, mode, card_last4) include (link_id)
    where card_last4 is not null and paid_at is not null;
