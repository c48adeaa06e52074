-- Has no place for a link that is sent when it is made. Whoever makes or changes a link meanwhile waits, 0.3 s at a million.
create index link_unsent on link (merchant_id, mode, id desc) where unsent;
