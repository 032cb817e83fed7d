-- Registers: entries as texts define them. An entry's versions are the truth;
-- the tables named reg_... (made from the definitions, see src/register) and
-- `work` are derived from them and can be made anew.

-- One case: what it is now, as far as every register has it.
CREATE TABLE entry (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  register TEXT NOT NULL,      -- ehe
  subject BIGINT NOT NULL,     -- the child; 0: the register has none
  state TEXT NOT NULL,
  is_open SMALLINT NOT NULL,
  opened DATE NOT NULL,
  closed DATE,
  since DATE NOT NULL,         -- in this state
  owner TEXT NOT NULL,         -- login; empty: nobody yet
  team TEXT NOT NULL,
  version INTEGER NOT NULL,
  changed_at TEXT NOT NULL,    -- UTC instant
  PRIMARY KEY (la, id)
);
CREATE INDEX entry_register ON entry (la, register, is_open, id);
CREATE INDEX entry_subject ON entry (la, subject, register);

-- Every version of it that was ever known, whole; never changed.
CREATE TABLE entry_version (
  la SMALLINT NOT NULL,
  entry BIGINT NOT NULL,
  version INTEGER NOT NULL,    -- 1, 2, 3 without gaps
  at TEXT NOT NULL,            -- UTC instant: when it was entered
  on_day DATE NOT NULL,        -- the day of the event
  step TEXT NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,        -- of a correction; else empty
  definition TEXT NOT NULL,    -- SHA-256 of the text it was judged by
  document TEXT NOT NULL,      -- JSON: state, fields, parts
  digest TEXT NOT NULL,        -- SHA-256 of all of this
  audit_seq BIGINT NOT NULL,   -- its entry in the chain
  PRIMARY KEY (la, entry, version),
  FOREIGN KEY (la, entry) REFERENCES entry (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- The texts that entries were judged by.
CREATE TABLE definition_text (
  la SMALLINT NOT NULL,
  register TEXT NOT NULL,
  digest TEXT NOT NULL,
  since TEXT NOT NULL,         -- UTC instant: first used
  content TEXT NOT NULL,
  PRIMARY KEY (la, register, digest)
);

-- Shapes of the derived tables, so that a change of a text is noticed.
CREATE TABLE register_shape (
  la SMALLINT NOT NULL,
  register TEXT NOT NULL,
  shape TEXT NOT NULL,         -- SHA-256 of its tables
  PRIMARY KEY (la, register)
);

-- What is to be done by when, and what was: every clock of every entry.
CREATE TABLE work (
  la SMALLINT NOT NULL,
  entry BIGINT NOT NULL,
  clock TEXT NOT NULL,
  item BIGINT NOT NULL,        -- the part's row it runs for; 0: the entry
  register TEXT NOT NULL,
  subject BIGINT NOT NULL,
  starts DATE NOT NULL,
  due DATE,                    -- NULL: the school calendar ends before it
  warns DATE,
  done DATE,                   -- NULL: still to do
  owner TEXT NOT NULL,         -- login; empty: the team's
  team TEXT NOT NULL,
  PRIMARY KEY (la, entry, clock, item)
);
CREATE INDEX work_due ON work (la, register, done, due);
CREATE INDEX work_owner ON work (la, owner, done, due);

-- Steps that somebody else must agree to.
CREATE TABLE proposal (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  register TEXT NOT NULL,
  step TEXT NOT NULL,
  entry_version INTEGER NOT NULL, -- that it was made on
  item BIGINT NOT NULL,        -- the row to be changed; 0: none
  on_day DATE NOT NULL,
  input TEXT NOT NULL,         -- JSON: what was asked for
  asked_by TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  state TEXT NOT NULL,         -- waiting, approved, returned, withdrawn
  decided_by TEXT,
  decided_at TEXT,
  reason TEXT,                 -- why it was returned
  PRIMARY KEY (la, id)
);
CREATE INDEX proposal_state ON proposal (la, state, register, id);

-- Forms begun and not sent.
CREATE TABLE draft (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  login TEXT NOT NULL,
  register TEXT NOT NULL,
  entry BIGINT NOT NULL,       -- 0: a new one
  step TEXT NOT NULL,
  input TEXT NOT NULL,         -- JSON
  saved_at TEXT NOT NULL,
  PRIMARY KEY (la, id)
);
CREATE INDEX draft_login ON draft (la, login, id);

-- Letters as they were made and sent.
CREATE TABLE letter_sent (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  item BIGINT NOT NULL,
  entry_version INTEGER NOT NULL,
  letter TEXT NOT NULL,
  recipient TEXT NOT NULL,     -- as it stands on the cover
  audience TEXT NOT NULL,
  sent_on DATE NOT NULL,
  sent_by TEXT NOT NULL,
  how TEXT NOT NULL,           -- post, hand, email
  digest TEXT NOT NULL,        -- SHA-256 of the content
  content TEXT NOT NULL,       -- HTML, as sent
  PRIMARY KEY (la, id)
);
CREATE INDEX letter_sent_entry ON letter_sent (la, entry, id);

-- Children whose records answer "not found" to all but those named.
CREATE TABLE restriction (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  child BIGINT NOT NULL,
  reason TEXT NOT NULL,        -- code: adoption, staff-family, protection ...
  guardian TEXT NOT NULL,      -- login: told when the glass is broken
  starts DATE NOT NULL,
  ends DATE,
  set_by TEXT NOT NULL,
  PRIMARY KEY (la, id)
);
CREATE INDEX restriction_child ON restriction (la, child);

-- Who may see a restricted child all the same.
CREATE TABLE restriction_member (
  la SMALLINT NOT NULL,
  restriction BIGINT NOT NULL,
  login TEXT NOT NULL,
  PRIMARY KEY (la, restriction, login)
);

-- Restricted records opened with a reason, for an hour, and looked at after.
CREATE TABLE break_glass (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  child BIGINT NOT NULL,
  login TEXT NOT NULL,
  reason TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  until TEXT NOT NULL,
  guardian TEXT NOT NULL,
  review_due DATE NOT NULL,
  reviewed_by TEXT,
  reviewed_at TEXT,
  verdict TEXT,                -- justified, not-justified
  PRIMARY KEY (la, id)
);
CREATE INDEX break_glass_login ON break_glass (la, login, child, until);

-- Messages to be sent: by mail, or shown in a person's list.
CREATE TABLE outbox (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,          -- told, reminder, glass
  login TEXT NOT NULL,         -- empty: everybody with the role
  role TEXT NOT NULL,
  entry BIGINT NOT NULL,       -- 0: about none
  subject TEXT NOT NULL,       -- names no child
  content TEXT NOT NULL,
  made_at TEXT NOT NULL,
  sent_at TEXT,
  seen_at TEXT,
  PRIMARY KEY (la, id)
);
CREATE INDEX outbox_sent ON outbox (la, sent_at, id);

-- Records destroyed under the retention rules: that they were, not what.
CREATE TABLE disposal (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  register TEXT NOT NULL,
  versions INTEGER NOT NULL,
  due DATE NOT NULL,
  rule TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  approved_by TEXT,            -- not the asker
  destroyed_at TEXT,
  reason TEXT NOT NULL,
  PRIMARY KEY (la, id)
);
CREATE INDEX disposal_entry ON disposal (la, entry);

-- Holds that stop destruction, of an entry or of all about a child.
CREATE TABLE legal_hold (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  entry BIGINT NOT NULL,       -- 0: all about the child
  child BIGINT NOT NULL,
  reason TEXT NOT NULL,
  starts DATE NOT NULL,
  ends DATE,
  set_by TEXT NOT NULL,
  PRIMARY KEY (la, id)
);
