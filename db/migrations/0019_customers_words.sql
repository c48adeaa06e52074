-- What a customer has said without paying, of which a notice tells the merchant: that they want a new link, or do not recognise
-- the request.
alter table message
    add column customer_said text check (customer_said in ('asked', 'declined')),
    add constraint only_a_notice_tells_what_a_customer_said check (customer_said is null or purpose = 'notice');
