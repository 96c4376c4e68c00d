window functions
select name, row_number() over (partition by plan order by joined desc), lag(name) over w, sum(id) over (w rows between 1 preceding and current row) from companies window w as (order by id)
====
rank with nulls
select name, dense_rank() over (order by score desc nulls last), ntile(4) over (order by id), first_value(name) over (partition by plan order by id) from companies
====
recursive CTE
with recursive n(i) as (values (1) union all select i + 1 from n where i < 10) select i from n
====
recursive CTE with a search order
with recursive n(i) as (values (1) union all select i + 1 from n where i < 5) search depth first by i set o select i from n order by o
====
several CTEs, one materialized
with a as materialized (select * from companies), b as not materialized (select * from reviews) select a.name, b.rating from a join b on b.company_id = a.id
====
JSON
select data ->> 'city' as city, data -> 'tags' -> 0, data #>> '{tags,1}', jsonb_path_query_first(data, '$.tags[*] ? (@ like_regex "^a")'), data @> '{"city": "Seoul"}', data ? 'city' from companies
====
JSON made
select jsonb_build_object('이름', name, 'n', count(*)), jsonb_agg(name order by name), json_object_agg(id, name), to_jsonb(c) from companies c group by id, name
====
JSON rows
select x.* from companies c, jsonb_to_recordset('[{"a":1,"b":"x"}]') as x(a int, b text)
====
JSON_TABLE
select t.* from companies, json_table(data, '$.tags[*]' columns (tag text path '$')) t
====
JSON elements
select c.name, tag from companies c cross join lateral jsonb_array_elements_text(c.data -> 'tags') tag
====
Korean names, bare
select 이름, 별점 as 점수 from 손님 where 별점 >= 3 order by 이름
====
Korean names, quoted
select "이름" as "손님 이름", "가입한 날" from "손님"
====
Korean CTE and aliases
with 최근손님 as (select 이름 as 손님이름 from 손님) select 최근손님.손님이름 from 최근손님
====
inner, left, right and full joins
select c.name from companies c join reviews r on r.company_id = c.id left join 손님 s on s.번호 = c.id right outer join companies d on d.id = c.id full join companies e on e.id = c.id
====
cross and natural joins
select 1 as one from companies cross join reviews cross join (select 1 as a) x natural join (select 1 as a) y
====
lateral join
select c.name, last.rating from companies c left join lateral (select rating from reviews r where r.company_id = c.id order by r.id desc limit 1) last on true
====
subqueries
select name, (select count(*) from reviews r where r.company_id = c.id) as n from companies c where exists (select 1 from reviews r where r.company_id = c.id) and id in (select company_id from reviews) and id <> all (select 0)
====
GROUPING SETS
select plan, score, count(*), grouping(plan, score) from companies group by grouping sets ((plan), (score), ())
====
CUBE and ROLLUP
select plan, count(*) from companies group by cube (plan), rollup (score)
====
filtered and ordered aggregates
select count(*) filter (where score > 1), string_agg(name, ', ' order by name), percentile_cont(0.5) within group (order by id), mode() within group (order by plan), array_agg(distinct plan) from companies
====
strings that contain dangerous words
select 'delete; drop table victim' as a, 'pg_sleep(10)' as b, $$insert into x; nextval('y')$$ as c, E'it\'s into outfile; --' as d, U&'\0041 delete' as e
====
a string with everything a comment has
select '-- no comment' as a, '/* none */' as b, '/*! none */' as c
====
columns that are called as dangerous things are
select "sleep", "into", "delete", "update", nextval, dblink from words
====
tables and aliases that are called as dangerous things are
select "update".id as "delete", "nextval".id as setval from words "update" join words "nextval" on true
====
comments
-- all companies; delete from nothing
select /* pg_sleep(1) /* nested */ */ name -- for update
from companies
====
functions with similar names
select lower(name), replace(name, 'a', 'b'), overlay(name placing 'x' from 1), insert_word(name), translate(name, 'a', 'b'), left(name, 1) from companies
====
a function of one's own that reads, without a word on volatility
select tier(id), tier_of(c) from companies c
====
a function of one's own, as if it were a column
select c.tier_of from companies c
====
a function of one's own that is immutable, in plpgsql
select clean_phone('010-1234-5678')
====
an operator of one's own
select 1 <<>> 2
====
a domain of one's own
select 3::positive, positive(4)
====
a view
select * from summary
====
intervals and dates
select now() - interval '7 days', date_trunc('month', current_timestamp), extract(dow from joined), age(joined), joined + '1 month'::interval, joined at time zone 'Asia/Seoul', make_date(2026, 1, 2), current_date - 7, localtimestamp from companies
====
OVERLAPS and generated days
select d::date from generate_series(current_date - 3, current_date, '1 day') d where (d, d + interval '1 day') overlaps (now() - interval '30 days', now())
====
casts
select '1'::int, cast('2' as numeric(10, 2)), date '2026-01-01', 'a'::varchar(10)::text, id::text || '번', int4 '7', '{1,2}'::int[] from companies
====
arrays
select array[1, 2, 3], (array[1, 2, 3])[2], (array[1, 2, 3])[1:2], 1 = any(array[1, 2]), array[1] || array[2], array_length('{1,2}'::int[], 1), unnest(array['a', 'b'])
====
rows and composite values
select row(1, 'a'), (c).name, (c.*) is null, (1, 2) < (1, 3) from companies c
====
regular expressions and patterns
select name ~ '^[가-힣]+$', name !~* 'x', name similar to '%(a|b)%', regexp_replace(name, '(.)', '\1\1'), regexp_matches(name, '.'), name ilike '%a\_b%' escape '\' from companies
====
VALUES
values (1, 'a'), (2, 'b') order by 1
====
VALUES as a table
select v.* from (values (1, 'a'), (2, 'b')) as v(id, name)
====
TABLE
table companies
====
set operations
select id from companies union select id from words intersect (select 1 except all select 2) order by 1 limit 3 offset 0
====
in brackets
((select 1) union all (select 2))
====
DISTINCT ON and FETCH
select distinct on (plan) plan, name from companies order by plan, id desc fetch first 3 rows with ties
====
CASE, COALESCE, NULLIF, GREATEST
select case plan when 'pro' then 1 else 0 end, case when score is null then 'none' end, coalesce(score, 0), nullif(plan, ''), greatest(1, 2), least(1, 2), score is distinct from 1, id between symmetric 5 and 1 from companies
====
full text
select to_tsvector('simple', name) @@ plainto_tsquery('simple', 'a'), ts_rank(to_tsvector(name), to_tsquery('a & b')), ts_headline(name, to_tsquery('a')) from companies
====
random rows and ids
select name, random(), gen_random_uuid(), clock_timestamp(), md5(name) from companies order by random() limit 2
====
a sample of a table
select * from companies tablesample bernoulli (50) repeatable (1)
====
ranges
select int4range(1, 5) @> 3, daterange('2026-01-01', '2026-02-01', '[]') && daterange('2026-01-15', null)
====
XML and bytes
select xmlelement(name a, 'b'), encode('\xff'::bytea, 'base64'), digest_free(name) from companies
====
COLLATE, ESCAPE and operators with a schema
select name collate "C" from companies where name operator(pg_catalog.<>) 'x'
====
parameters
select name from companies where id = :id and name <> :이름 and plan::text = any(array['pro', :plan]) and '12:30'::text <> ':id'
====
the catalog
select table_name, column_name from information_schema.columns where table_schema = 'public' union select relname, relkind::text from pg_class limit 5
====
sizes and settings
select current_setting('TimeZone'), pg_size_pretty(pg_total_relation_size('companies')), version(), current_user, has_table_privilege('companies', 'select')
====
a long list
select id from companies where id in ({1..2000})
====
many brackets
select ((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))
====
a semicolon at the end
select 1;
====
a semicolon and a comment at the end
select 1; -- done
