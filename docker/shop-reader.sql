-- The account with which Alimflow reads the sample shop: it cannot write.
create user 'reader'@'%' identified by 'reader';
grant select on shop.* to 'reader'@'%';
