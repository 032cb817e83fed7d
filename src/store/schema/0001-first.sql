-- The first schema. Written once for both engines: the migration tool turns
-- DATE into checked TEXT for SQLite and BLOB into BYTEA for PostgreSQL, and
-- makes every SQLite table STRICT. One column a line. Tables of a council
-- begin with `la` and key on it; tables marked `reference` hold public data
-- and are the same for every council.

-- reference: financial years, so that a return's year has days.
CREATE TABLE financial_year (
  year SMALLINT NOT NULL,      -- 2023 is 2023-24
  first DATE NOT NULL,
  last DATE NOT NULL,
  PRIMARY KEY (year)
);
INSERT INTO financial_year (year, first, last) VALUES
  (2000, '2000-04-01', '2001-03-31'),
  (2001, '2001-04-01', '2002-03-31'),
  (2002, '2002-04-01', '2003-03-31'),
  (2003, '2003-04-01', '2004-03-31'),
  (2004, '2004-04-01', '2005-03-31'),
  (2005, '2005-04-01', '2006-03-31'),
  (2006, '2006-04-01', '2007-03-31'),
  (2007, '2007-04-01', '2008-03-31'),
  (2008, '2008-04-01', '2009-03-31'),
  (2009, '2009-04-01', '2010-03-31'),
  (2010, '2010-04-01', '2011-03-31'),
  (2011, '2011-04-01', '2012-03-31'),
  (2012, '2012-04-01', '2013-03-31'),
  (2013, '2013-04-01', '2014-03-31'),
  (2014, '2014-04-01', '2015-03-31'),
  (2015, '2015-04-01', '2016-03-31'),
  (2016, '2016-04-01', '2017-03-31'),
  (2017, '2017-04-01', '2018-03-31'),
  (2018, '2018-04-01', '2019-03-31'),
  (2019, '2019-04-01', '2020-03-31'),
  (2020, '2020-04-01', '2021-03-31'),
  (2021, '2021-04-01', '2022-03-31'),
  (2022, '2022-04-01', '2023-03-31'),
  (2023, '2023-04-01', '2024-03-31'),
  (2024, '2024-04-01', '2025-03-31'),
  (2025, '2025-04-01', '2026-03-31'),
  (2026, '2026-04-01', '2027-03-31'),
  (2027, '2027-04-01', '2028-03-31'),
  (2028, '2028-04-01', '2029-03-31'),
  (2029, '2029-04-01', '2030-03-31'),
  (2030, '2030-04-01', '2031-03-31'),
  (2031, '2031-04-01', '2032-03-31'),
  (2032, '2032-04-01', '2033-03-31'),
  (2033, '2033-04-01', '2034-03-31'),
  (2034, '2034-04-01', '2035-03-31'),
  (2035, '2035-04-01', '2036-03-31'),
  (2036, '2036-04-01', '2037-03-31'),
  (2037, '2037-04-01', '2038-03-31'),
  (2038, '2038-04-01', '2039-03-31'),
  (2039, '2039-04-01', '2040-03-31'),
  (2040, '2040-04-01', '2041-03-31'),
  (2041, '2041-04-01', '2042-03-31'),
  (2042, '2042-04-01', '2043-03-31'),
  (2043, '2043-04-01', '2044-03-31'),
  (2044, '2044-04-01', '2045-03-31'),
  (2045, '2045-04-01', '2046-03-31'),
  (2046, '2046-04-01', '2047-03-31'),
  (2047, '2047-04-01', '2048-03-31'),
  (2048, '2048-04-01', '2049-03-31'),
  (2049, '2049-04-01', '2050-03-31'),
  (2050, '2050-04-01', '2051-03-31'),
  (2051, '2051-04-01', '2052-03-31'),
  (2052, '2052-04-01', '2053-03-31'),
  (2053, '2053-04-01', '2054-03-31'),
  (2054, '2054-04-01', '2055-03-31'),
  (2055, '2055-04-01', '2056-03-31'),
  (2056, '2056-04-01', '2057-03-31'),
  (2057, '2057-04-01', '2058-03-31'),
  (2058, '2058-04-01', '2059-03-31'),
  (2059, '2059-04-01', '2060-03-31'),
  (2060, '2060-04-01', '2061-03-31');

-- Which authorities' records this database holds.
CREATE TABLE authority (
  la SMALLINT NOT NULL,        -- DfE number, Islington is 206
  name TEXT NOT NULL,
  ons_code TEXT,               -- E09000019
  region_code TEXT,            -- E13000001
  PRIMARY KEY (la)
);

-- A council's choices where the rules leave one; the latest row before the
-- day asked about counts.
CREATE TABLE setting (
  la SMALLINT NOT NULL,
  name TEXT NOT NULL,          -- placement_break_rule
  valid_from DATE NOT NULL,
  value TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at TEXT NOT NULL,        -- UTC instant
  PRIMARY KEY (la, name, valid_from)
);

-- Everything done, in one chain an authority: each row's hash covers the row
-- and the hash before it.
CREATE TABLE audit (
  la SMALLINT NOT NULL,
  seq BIGINT NOT NULL,         -- 1, 2, 3 without gaps
  at TEXT NOT NULL,            -- UTC instant
  actor TEXT NOT NULL,
  purpose TEXT NOT NULL,
  act TEXT NOT NULL,           -- import, read-children, freeze ...
  subject TEXT NOT NULL,       -- table or measure the act was about
  subject_key TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL,      -- hash of the entry before; 64 zeros for the first
  hash TEXT NOT NULL,          -- SHA-256 in hexadecimal
  PRIMARY KEY (la, seq)
);

-- One import: a return or extract as it came.
CREATE TABLE batch (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,          -- ssda903, cin ...
  label TEXT NOT NULL,         -- 2023-24, or what the file calls itself
  covers_first DATE,           -- first day the data speak about
  covers_last DATE,
  origin TEXT,                 -- another authority whose return it is; NULL: ours
  received_at TEXT NOT NULL,
  received_by TEXT NOT NULL,
  rows_in BIGINT NOT NULL,
  refused BIGINT NOT NULL,     -- kept aside, not used
  repaired BIGINT NOT NULL,
  warned BIGINT NOT NULL,
  children BIGINT NOT NULL,    -- different children named
  linked BIGINT NOT NULL,      -- of them, already known from another feed
  PRIMARY KEY (la, id)
);

-- The files of a batch.
CREATE TABLE batch_file (
  la SMALLINT NOT NULL,
  batch BIGINT NOT NULL,
  file SMALLINT NOT NULL,      -- 0, 1, 2 within the batch
  name TEXT NOT NULL,          -- without its folder
  content TEXT NOT NULL,       -- what the columns say it is: Header, Episodes
  digest TEXT NOT NULL,        -- SHA-256 of the bytes
  encoding TEXT NOT NULL,
  size BIGINT NOT NULL,        -- bytes
  rows_in BIGINT NOT NULL,
  PRIMARY KEY (la, batch, file),
  FOREIGN KEY (la, batch) REFERENCES batch (la, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX batch_file_digest ON batch_file (la, digest);

-- The bytes of a file as they came, compressed, so that any row can be shown
-- as it stood.
CREATE TABLE batch_chunk (
  la SMALLINT NOT NULL,
  batch BIGINT NOT NULL,
  file SMALLINT NOT NULL,
  chunk INTEGER NOT NULL,      -- 0, 1, 2
  size BIGINT NOT NULL,        -- bytes before compression
  content BLOB NOT NULL,       -- zstd
  PRIMARY KEY (la, batch, file, chunk),
FOREIGN KEY (la, batch, file) REFERENCES batch_file (la, batch, file) DEFERRABLE INITIALLY DEFERRED
);

-- What was found wrong on import, by file, row and column. A refused row is
-- in no other table; its text stands here and in the chunks.
CREATE TABLE import_fault (
  la SMALLINT NOT NULL,
  batch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  file SMALLINT NOT NULL,
  row_number BIGINT NOT NULL,  -- 1 is the heading; for XML the line
  column_name TEXT NOT NULL,
  value TEXT NOT NULL,
  rule TEXT NOT NULL,          -- code of the check
  severity TEXT NOT NULL,      -- refused, warned, noted
  message TEXT NOT NULL,
  PRIMARY KEY (la, batch, seq),
  FOREIGN KEY (la, batch) REFERENCES batch (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- What the merge of returns changed, beside the untouched row.
CREATE TABLE repair (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  table_name TEXT NOT NULL,    -- episode
  record_key TEXT NOT NULL,    -- DECOM of the episode
  rule TEXT NOT NULL,          -- a open before another, b left unseen, c overlap,
                               -- d gap after X1, e duplicate
  field TEXT NOT NULL,
  was TEXT NOT NULL,
  became TEXT NOT NULL,
  batch BIGINT NOT NULL,
  file SMALLINT NOT NULL,
  row_number BIGINT NOT NULL,
  PRIMARY KEY (la, table_name, child, record_key, rule, batch, file,
    row_number)
);

-- The child index: one row a child.
CREATE TABLE child (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  born DATE,
  expected DATE,               -- unborn: the day expected, then never born too
  died DATE,
  sex TEXT,                    -- M, F, U
  ethnicity TEXT,              -- the 20 codes
  ethnicity_source TEXT,       -- as supplied, where longer
  is_uasc SMALLINT NOT NULL,   -- 1: in the UASC table of any return
  mother_of DATE,              -- birth of her first child, where she is a mother
  batch BIGINT NOT NULL,       -- that last changed the row
  version INTEGER NOT NULL,
  PRIMARY KEY (la, id)
);

-- Every number a child is known by, and who said so.
CREATE TABLE identifier (
  la SMALLINT NOT NULL,
  scheme TEXT NOT NULL,        -- child_id, upn, former_upn, nhs, uln
  value TEXT NOT NULL,
  child BIGINT NOT NULL,
  grade TEXT NOT NULL,         -- valid, temporary, check (letter wrong), form, placeholder
  batch BIGINT NOT NULL,       -- first seen in
  PRIMARY KEY (la, scheme, value, child),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX identifier_child ON identifier (la, child);

-- Pairs of records that must never be linked: a child before and after
-- adoption.
CREATE TABLE kept_apart (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  other BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (la, child, other)
);

-- Names, folded for search; only feeds that carry names fill it.
CREATE TABLE child_name (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  kind TEXT NOT NULL,          -- legal, preferred, former
  surname TEXT NOT NULL,
  forename TEXT NOT NULL,
  folded TEXT NOT NULL,        -- surname forename without accents and case
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, kind, surname, forename),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX child_name_folded ON child_name (la, folded);

-- Where a child lives, from a day on.
CREATE TABLE address (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  starts DATE NOT NULL,
  postcode TEXT NOT NULL,      -- without spaces
  uprn TEXT NOT NULL,          -- empty: not given
  feed TEXT NOT NULL,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, starts, postcode, uprn),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- reference: postcodes of the ONS directory.
CREATE TABLE postcode (
  pcd TEXT NOT NULL,           -- without spaces
  laua TEXT NOT NULL,          -- E09000019
  ward TEXT NOT NULL,          -- may be empty: the extract has none
  lsoa TEXT NOT NULL,
  east INTEGER,                -- metres
  north INTEGER,
  PRIMARY KEY (pcd)
);

-- reference: published statistics, one row a figure, text and symbols kept.
CREATE TABLE published (
  publication TEXT NOT NULL,   -- the file
  seq BIGINT NOT NULL,
  time_period TEXT NOT NULL,   -- 202324, 2024
  time_identifier TEXT NOT NULL,
  level TEXT NOT NULL,         -- National, Regional, Local authority, School
  area TEXT NOT NULL,          -- ONS code of the area, or the school's LAESTAB
  area_name TEXT NOT NULL,
  filters TEXT NOT NULL,       -- name=value joined by ;
  indicator TEXT NOT NULL,
  value TEXT NOT NULL,         -- as published, symbols too
  PRIMARY KEY (publication, seq)
);
CREATE INDEX published_indicator ON published (indicator, area, time_period);

-- SSDA903 episodes as each return gives them.
CREATE TABLE episode_return (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  decom DATE NOT NULL,         -- the episode began
  year SMALLINT NOT NULL,      -- return year: 2023 is 2023-24
  batch BIGINT NOT NULL,
  file SMALLINT NOT NULL,
  row_number BIGINT NOT NULL,
  rne TEXT,                    -- reason for new episode
  ls TEXT,                     -- legal status
  cin TEXT,                    -- category of need
  place TEXT,
  provider TEXT,
  dec DATE,                    -- the episode ceased; NULL: open
  rec TEXT,                    -- reason it ceased; only means something with dec
  reason TEXT,                 -- reason for place change
  home_post TEXT,              -- postcodes without spaces
  pl_post TEXT,
  urn TEXT,
  PRIMARY KEY (la, child, decom, year, batch, file, row_number),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- One history from all returns: the rules of the merge are in feeds/episodes.h.
CREATE TABLE episode (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  decom DATE NOT NULL,
  dec DATE,                    -- after repair; NULL: open
  dec_supplied DATE,           -- as the return has it
  rne TEXT,
  ls TEXT,
  cin TEXT,
  place TEXT,
  provider TEXT,
  rec TEXT,                    -- NULL where dec was not supplied
  reason TEXT,
  home_post TEXT,
  pl_post TEXT,
  urn TEXT,
  repairs TEXT NOT NULL,       -- letters of the rules applied
  pl_laua TEXT,                -- authority containing pl_post
  pl_location TEXT,            -- IN, OUT
  distance_tenths INTEGER,     -- miles; 9999 not known
  batch BIGINT NOT NULL,
  file SMALLINT NOT NULL,
  row_number BIGINT NOT NULL,
  PRIMARY KEY (la, child, decom),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX episode_dec ON episode (la, dec);

-- A continuous period of being looked after, short breaks (V3, V4) left out.
CREATE TABLE care_period (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  starts DATE NOT NULL,
  ends DATE,                   -- first day not in it; NULL: open
  rec TEXT,                    -- how it ended
  first_review_due DATE NOT NULL, -- 20 working days after it began
  PRIMARY KEY (la, child, starts),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Placements: a run of episodes that counts as one. basis C: a new carer
-- begins a new one; P: any new placement does.
CREATE TABLE placement_spell (
  la SMALLINT NOT NULL,
  basis TEXT NOT NULL,
  child BIGINT NOT NULL,
  starts DATE NOT NULL,
  ends DATE,
  place TEXT,                  -- of its first episode
  pl_post TEXT,
  rne TEXT,
  PRIMARY KEY (la, basis, child, starts),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- On every day from starts to before ends, the number of placements that
-- overlap the twelve months to that day. basis C and P as above; D: carers in
-- the two years to the day; W: social workers in the twelve months.
CREATE TABLE placement_count (
  la SMALLINT NOT NULL,
  basis TEXT NOT NULL,
  child BIGINT NOT NULL,
  starts DATE NOT NULL,
  ends DATE,
  placements SMALLINT NOT NULL,
  PRIMARY KEY (la, basis, child, starts),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- On every day from starts to before ends, the child has been in the same
-- placement, or in an adoptive one and the one before it, since `since`.
CREATE TABLE placement_stay (
  la SMALLINT NOT NULL,
  basis TEXT NOT NULL,
  child BIGINT NOT NULL,
  starts DATE NOT NULL,
  ends DATE,
  since DATE NOT NULL,
  PRIMARY KEY (la, basis, child, starts),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Reviews of looked-after children.
CREATE TABLE lac_review (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  held DATE NOT NULL,
  code TEXT,                   -- PN0 to PN7: how the child took part
  year SMALLINT NOT NULL,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, held),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Outcomes of children looked after for twelve months (OC2).
CREATE TABLE lac_outcome (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  year SMALLINT NOT NULL,      -- return year
  sdq_score SMALLINT,
  sdq_reason TEXT,
  convicted SMALLINT,
  health_check SMALLINT,
  immunisations SMALLINT,
  teeth_check SMALLINT,
  health_assessment SMALLINT,
  substance_misuse SMALLINT,
  intervention_received SMALLINT,
  intervention_offered SMALLINT,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, year),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Care leavers around a birthday (OC3).
CREATE TABLE care_leaver (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  year SMALLINT NOT NULL,
  in_touch TEXT,
  activ TEXT,
  accom TEXT,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, year),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Adopted in the year (AD1).
CREATE TABLE adoption (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  year SMALLINT NOT NULL,
  date_int DATE,               -- decision that adoption is in the best interests
  date_match DATE,
  foster_care SMALLINT,        -- 1: adopted by the foster carer
  nb_adoptr SMALLINT,
  sex_adoptr TEXT,
  ls_adoptr TEXT,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, year),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Decisions to place for adoption.
CREATE TABLE placed_adoption (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  placed DATE NOT NULL,
  ceased DATE,
  reason TEXT,
  year SMALLINT NOT NULL,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, placed),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Had a permanence order before coming into care.
CREATE TABLE previous_permanence (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  year SMALLINT NOT NULL,
  prev_perm TEXT,
  la_perm TEXT,
  date_perm TEXT,              -- parts may be zz: not known
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, year),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Missing from care, or away without authorisation.
CREATE TABLE missing (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  starts DATE NOT NULL,
  kind TEXT NOT NULL,          -- M, A
  ends DATE,
  year SMALLINT NOT NULL,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, starts, kind),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Unaccompanied asylum-seeking children.
CREATE TABLE uasc (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  until DATE,                  -- ceased to be one
  year SMALLINT NOT NULL,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Who was the child's social worker.
CREATE TABLE sw_episode (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  starts DATE NOT NULL,
  sw_id TEXT NOT NULL,
  ends DATE,
  reason TEXT,
  year SMALLINT NOT NULL,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, starts, sw_id),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Deprivation of liberty orders.
CREATE TABLE dolo (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  starts DATE NOT NULL,
  ends DATE,
  year SMALLINT NOT NULL,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, starts),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Referrals to children's social care. feed: cin or annex-a; a measure reads
-- one of them, never both.
CREATE TABLE referral (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  child BIGINT NOT NULL,
  feed TEXT NOT NULL,
  referred DATE NOT NULL,
  source TEXT,
  need TEXT,
  nfa SMALLINT,                -- 1: no further action
  closed DATE,
  closure_reason TEXT,
  transfer_cpc DATE,           -- conference of a child who moved in
  year SMALLINT NOT NULL,      -- year of the return it stands in
  batch BIGINT NOT NULL,
  file SMALLINT NOT NULL,
  row_number BIGINT NOT NULL,
  PRIMARY KEY (la, id),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX referral_child ON referral (la, feed, child, referred, nfa, closed);

-- The days from starts to before ends on which a child had an open episode of
-- need, however many of them; no two overlap. Derived from the referrals of
-- the census, but for those with no further action.
CREATE TABLE need_period (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  starts DATE NOT NULL,
  ends DATE,                   -- NULL: open
  PRIMARY KEY (la, child, starts),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE assessment (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  referral BIGINT,             -- NULL: the feed does not say
  child BIGINT NOT NULL,
  feed TEXT NOT NULL,
  started DATE NOT NULL,
  reviewed DATE,               -- internal review
  authorised DATE,
  days SMALLINT,               -- working days from start to authorisation
  days_from_referral SMALLINT, -- the same, from the referral
  referred DATE,               -- the referral it stands under
  year SMALLINT,               -- of the return it stands in; NULL: no return
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, id),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX assessment_child ON assessment (la, feed, child, started);

CREATE TABLE assessment_factor (
  la SMALLINT NOT NULL,
  assessment BIGINT NOT NULL,
  factor TEXT NOT NULL,
  PRIMARY KEY (la, assessment, factor),
  FOREIGN KEY (la, assessment) REFERENCES assessment (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Enquiries under section 47 of the Children Act 1989.
CREATE TABLE section47 (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  referral BIGINT,
  child BIGINT NOT NULL,
  feed TEXT NOT NULL,
  started DATE NOT NULL,       -- strategy discussion
  target DATE,                 -- for the conference
  icpc DATE,                   -- initial child protection conference
  icpc_days SMALLINT,          -- working days from start to conference
  icpc_not_required SMALLINT,
  referred DATE,               -- the referral it stands under
  year SMALLINT,               -- of the return it stands in; NULL: no return
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, id),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX section47_child ON section47 (la, feed, child, started);

CREATE TABLE cin_plan (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  referral BIGINT,
  child BIGINT NOT NULL,
  feed TEXT NOT NULL,
  starts DATE NOT NULL,
  ends DATE,
  last_visit DATE,
  referred DATE,               -- the referral it stands under
  year SMALLINT,               -- of the return it stands in; NULL: no return
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, id),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX cin_plan_child ON cin_plan (la, feed, child, starts);

CREATE TABLE cp_plan (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  referral BIGINT,
  child BIGINT NOT NULL,
  feed TEXT NOT NULL,
  starts DATE NOT NULL,
  ends DATE,
  initial_category TEXT,
  latest_category TEXT,
  previous_supplied SMALLINT,  -- NumberOfPreviousCPP
  previous_counted SMALLINT NOT NULL, -- earlier plans held here
  last_visit DATE,
  seen_alone SMALLINT,
  referred DATE,               -- the referral it stands under
  year SMALLINT,               -- of the return it stands in; NULL: no return
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, id),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX cp_plan_child ON cp_plan (la, feed, child, starts);

CREATE TABLE cp_review (
  la SMALLINT NOT NULL,
  plan BIGINT NOT NULL,
  held DATE NOT NULL,
  PRIMARY KEY (la, plan, held),
  FOREIGN KEY (la, plan) REFERENCES cp_plan (la, id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE disability (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  code TEXT NOT NULL,
  feed TEXT NOT NULL,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, code),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- The lists of Annex A as they stand, cleaned value beside the cell; child is
-- NULL in the list of adopters.
CREATE TABLE annex_value (
  la SMALLINT NOT NULL,
  batch BIGINT NOT NULL,
  list SMALLINT NOT NULL,      -- 1 to 11
  row_number BIGINT NOT NULL,
  column_name TEXT NOT NULL,
  child BIGINT,
  value TEXT NOT NULL,         -- code or ISO date where one was found
  cell TEXT NOT NULL,          -- as written
  PRIMARY KEY (la, batch, list, row_number, column_name)
);

-- Contacts made with children's services (Annex A, list 1).
CREATE TABLE contact (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  child BIGINT NOT NULL,
  made DATE NOT NULL,
  source TEXT,                 -- codes of referral-source
  batch BIGINT NOT NULL,
  file SMALLINT NOT NULL,
  row_number BIGINT NOT NULL,
  PRIMARY KEY (la, id),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Early help assessments (Annex A, list 2).
CREATE TABLE early_help (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  child BIGINT NOT NULL,
  starts DATE NOT NULL,
  completed DATE,
  organisation TEXT,           -- that made it, in its words
  batch BIGINT NOT NULL,
  file SMALLINT NOT NULL,
  row_number BIGINT NOT NULL,
  PRIMARY KEY (la, id),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Looked-after children as the latest Annex A shows them (list 8): of each
-- kind of event the latest only. Their history is in care_period and episode.
CREATE TABLE care_snapshot (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  child BIGINT NOT NULL,
  starts DATE NOT NULL,        -- of this period of care
  ends DATE,
  legal_status TEXT,
  permanence TEXT,             -- the plan, in words
  is_lasting SMALLINT,         -- 1: to stay in the placement until 18
  placed DATE,                 -- start of the latest placement
  placements SMALLINT,         -- in the twelve months before
  last_review DATE,
  last_visit DATE,             -- by the social worker
  last_health DATE,            -- health assessment
  last_dental DATE,
  missing SMALLINT,            -- episodes in the twelve months before
  absent SMALLINT,
  interview_offered SMALLINT,  -- after the last missing episode
  interview_accepted SMALLINT,
  batch BIGINT NOT NULL,
  file SMALLINT NOT NULL,
  row_number BIGINT NOT NULL,
  PRIMARY KEY (la, id),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Care leavers as the latest Annex A shows them (list 9), as on its day.
CREATE TABLE leaver_snapshot (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  child BIGINT NOT NULL,
  eligibility TEXT,            -- Relevant child, Former relevant child ...
  pathway_review DATE,         -- latest review of the pathway plan
  in_touch TEXT,
  latest_contact DATE,
  accommodation TEXT,
  suitability TEXT,
  activ TEXT,                  -- codes of activ
  batch BIGINT NOT NULL,
  file SMALLINT NOT NULL,
  row_number BIGINT NOT NULL,
  PRIMARY KEY (la, id),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Schools as the census names them.
CREATE TABLE school (
  la SMALLINT NOT NULL,
  school TEXT NOT NULL,        -- NativeId, or URN
  name TEXT,
  urn TEXT,
  estab TEXT,
  phase TEXT,                  -- primary, secondary, special, all-through ...
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, school)
);

-- A pupil's place at a school.
CREATE TABLE enrolment (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  school TEXT NOT NULL,
  starts DATE NOT NULL,        -- entry date
  ends DATE,                   -- leaving date
  status TEXT,                 -- C, M, S ...
  is_boarder SMALLINT,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, school, starts),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- What one census says of a pupil: facts that hold from the census on.
CREATE TABLE census_pupil (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  school TEXT NOT NULL,
  census DATE NOT NULL,        -- reference date: third Thursday of January ...
  year_group TEXT,
  sen TEXT,                    -- N, K, E
  is_part_time SMALLINT,
  language TEXT,
  plaa TEXT,                   -- post looked-after arrangements
  young_carer TEXT,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, school, census),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Free school meals, by eligibility period.
CREATE TABLE fsm (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  starts DATE NOT NULL,
  ends DATE,
  country TEXT,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, starts),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE sen_need (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  census DATE NOT NULL,
  rank SMALLINT NOT NULL,
  kind TEXT NOT NULL,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, census, rank, kind),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE exclusion (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  school TEXT NOT NULL,
  starts DATE NOT NULL,
  category TEXT NOT NULL,      -- SUSP, PERM, LNCH
  sessions SMALLINT,
  reasons TEXT,                -- up to three codes, joined by a space
  sen TEXT,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, school, starts, category),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Sessions of one pupil at one school in one term. feed: census or marks.
CREATE TABLE attendance_term (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  school TEXT NOT NULL,
  year SMALLINT NOT NULL,      -- absence year: 2023 is 2023/24
  term SMALLINT NOT NULL,      -- 0 autumn, 1 spring, 2 and 3 summer halves
  feed TEXT NOT NULL,
  possible INTEGER NOT NULL,   -- sessions
  authorised INTEGER NOT NULL,
  unauthorised INTEGER NOT NULL,
  unmapped INTEGER NOT NULL,   -- codes we do not know: counted, never dropped
  year_group TEXT,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, school, year, term, feed),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE attendance_reason (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  school TEXT NOT NULL,
  year SMALLINT NOT NULL,
  term SMALLINT NOT NULL,
  feed TEXT NOT NULL,
  code TEXT NOT NULL,
  sessions INTEGER NOT NULL,
  PRIMARY KEY (la, child, school, year, term, feed, code),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- On every day from starts to before ends, the pupil's absence in the terms
-- of the year that have ended, at this school. Derived from the terms.
CREATE TABLE absence_state (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  phase TEXT NOT NULL,         -- primary, secondary, special, other
  school TEXT NOT NULL,
  starts DATE NOT NULL,
  ends DATE,
  status SMALLINT NOT NULL,    -- 0 neither, 1 persistent, 2 severe (so persistent)
  PRIMARY KEY (la, child, phase, school, starts),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- A pupil's year of marks: one byte a session at a fixed place for each date.
CREATE TABLE mark_year (
  la SMALLINT NOT NULL,
  child BIGINT NOT NULL,
  school TEXT NOT NULL,
  year SMALLINT NOT NULL,
  marks TEXT NOT NULL,         -- 732 bytes from 1 August, am and pm
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, child, school, year),
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Figures kept by hand.
CREATE TABLE aggregate (
  la SMALLINT NOT NULL,
  measure TEXT NOT NULL,
  covers_first DATE NOT NULL,
  covers_last DATE NOT NULL,
  numerator BIGINT,
  denominator BIGINT,
  value_tenths BIGINT,         -- of the measure's unit
  note TEXT NOT NULL,
  source TEXT NOT NULL,
  entered_by TEXT NOT NULL,
  batch BIGINT NOT NULL,
  PRIMARY KEY (la, measure, covers_first, covers_last)
);

-- Values as they stood when a quarter was frozen.
CREATE TABLE frozen_value (
  la SMALLINT NOT NULL,
  report TEXT NOT NULL,        -- quarterly
  period TEXT NOT NULL,        -- 2024-25Q1
  measure TEXT NOT NULL,
  numerator BIGINT NOT NULL,
  denominator BIGINT NOT NULL,
  value_tenths BIGINT,         -- NULL where there was a symbol
  symbol TEXT NOT NULL,
  definition TEXT NOT NULL,    -- digest of the measure's text
  frozen_at TEXT NOT NULL,
  frozen_by TEXT NOT NULL,
  PRIMARY KEY (la, report, period, measure)
);

-- Words beside a measure in a quarter.
CREATE TABLE commentary (
  la SMALLINT NOT NULL,
  report TEXT NOT NULL,
  period TEXT NOT NULL,
  measure TEXT NOT NULL,
  why TEXT NOT NULL,
  so_what TEXT NOT NULL,
  what_next TEXT NOT NULL,
  by_when TEXT NOT NULL,
  written_by TEXT NOT NULL,
  written_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (la, report, period, measure)
);
