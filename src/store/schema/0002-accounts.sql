-- Who a person is: accounts, roles, teams, sessions, tokens. Instants (_at) are
-- milliseconds since 1970 in UTC, because they are compared and subtracted;
-- NULL is "never". No secret stands here in the clear: passwords and recovery
-- codes are slow or keyed hashes, tokens are hashes, and what must be read again
-- is sealed with a key that is kept outside the database.

CREATE TABLE account (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  login TEXT NOT NULL,         -- folded e-mail address or name; what is typed
  email TEXT NOT NULL,         -- as written; where links go; may be empty
  name TEXT NOT NULL,          -- shown to colleagues and in the audit
  state TEXT NOT NULL,         -- invited, active, closed
  language TEXT NOT NULL,      -- en, or the person's own
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  used_at BIGINT,              -- last sign-in or return to a session
  closed_at BIGINT,
  closed_why TEXT,             -- unused, left, by hand
  roles_at BIGINT NOT NULL,    -- last change of roles: older sessions renew
  password TEXT,               -- argon2id with its parameters; NULL: none
  password_at BIGINT,          -- when it was set
  second_sealed BLOB,          -- secret of the second factor, sealed; NULL: none
  second_at BIGINT,            -- when the second factor was confirmed
  second_step BIGINT NOT NULL, -- last time step used: a code works once
  issuer TEXT,                 -- of the identity provider, where it signs in there
  subject TEXT,                -- the provider's name for the person
  version INTEGER NOT NULL,
  PRIMARY KEY (la, id)
);
CREATE UNIQUE INDEX account_login ON account (la, login);
CREATE UNIQUE INDEX account_subject ON account (la, issuer, subject);

CREATE TABLE account_role (
  la SMALLINT NOT NULL,
  account BIGINT NOT NULL,
  role TEXT NOT NULL,          -- code list roles
  given_at BIGINT NOT NULL,
  given_by TEXT NOT NULL,
  PRIMARY KEY (la, account, role),
  FOREIGN KEY (la, account) REFERENCES account (la, id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE team (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,        -- for finding: one team a name
  valid_from DATE,
  valid_to DATE,               -- its last day; NULL: still there
  PRIMARY KEY (la, id)
);
CREATE UNIQUE INDEX team_folded ON team (la, folded);

-- Who was in which team from when to when, so that a case's team of the time
-- can be told.
CREATE TABLE team_member (
  la SMALLINT NOT NULL,
  team BIGINT NOT NULL,
  account BIGINT NOT NULL,
  starts DATE NOT NULL,
  ends DATE,                   -- first day not a member any more; NULL: still one
  PRIMARY KEY (la, team, account, starts),
  FOREIGN KEY (la, team) REFERENCES team (la, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (la, account) REFERENCES account (la, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX team_member_account ON team_member (la, account);

-- Conflict of interest: a child of the person's own family or acquaintance. To
-- that account the child does not exist, whatever its roles.
CREATE TABLE account_child_conflict (
  la SMALLINT NOT NULL,
  account BIGINT NOT NULL,
  child BIGINT NOT NULL,
  reason TEXT NOT NULL,        -- own-family, friend, neighbour ...
  set_at BIGINT NOT NULL,
  set_by TEXT NOT NULL,
  PRIMARY KEY (la, account, child),
  FOREIGN KEY (la, account) REFERENCES account (la, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (la, child) REFERENCES child (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Recovery codes of the second factor: hashed, each used once.
CREATE TABLE account_recovery (
  la SMALLINT NOT NULL,
  account BIGINT NOT NULL,
  code_hash TEXT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (la, account, code_hash),
  FOREIGN KEY (la, account) REFERENCES account (la, id) DEFERRABLE INITIALLY DEFERRED
);

-- Links that work once: an invitation, a forgotten password, a new address.
CREATE TABLE account_link (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  account BIGINT NOT NULL,
  kind TEXT NOT NULL,          -- invitation, reset, email
  token_hash TEXT NOT NULL,
  detail TEXT NOT NULL,        -- the new address, for kind email
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,              -- used, or made void
  PRIMARY KEY (la, id),
  FOREIGN KEY (la, account) REFERENCES account (la, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX account_link_token ON account_link (la, token_hash);
CREATE INDEX account_link_account ON account_link (la, account);

CREATE TABLE session (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  account BIGINT NOT NULL,
  token_hash TEXT NOT NULL,
  stage TEXT NOT NULL,         -- full; half: waits for the second factor
  how TEXT NOT NULL,           -- password, second, provider
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,     -- last request, kept to the minute
  ends_at BIGINT NOT NULL,     -- whatever happens
  proved_at BIGINT NOT NULL,   -- last proof of who it is: sign-in or password
  renewed_at BIGINT NOT NULL,  -- when the present token was given
  agent TEXT NOT NULL,         -- browser family only: Firefox on Windows
  PRIMARY KEY (la, id),
  FOREIGN KEY (la, account) REFERENCES account (la, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX session_token ON session (la, token_hash);
CREATE INDEX session_account ON session (la, account);

CREATE TABLE api_token (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  account BIGINT NOT NULL,     -- whose rights it carries, at most
  token_hash TEXT NOT NULL,
  label TEXT NOT NULL,         -- what it is for, in its owner's words
  scopes TEXT NOT NULL,        -- read:ehe report
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  revoked_at BIGINT,
  PRIMARY KEY (la, id),
  FOREIGN KEY (la, account) REFERENCES account (la, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX api_token_hash ON api_token (la, token_hash);
CREATE INDEX api_token_account ON api_token (la, account);

-- Checks of a password or code, for slowing down guesses. Names and addresses
-- only as keyed hashes. Rows older than a day are removed as new ones come.
CREATE TABLE sign_in_attempt (
  la SMALLINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,          -- login, address, session
  subject TEXT NOT NULL,       -- keyed hash of the name typed, or the address
  at BIGINT NOT NULL,
  outcome TEXT NOT NULL,       -- checking, accepted; checking counts as a failure
  PRIMARY KEY (la, id)
);
CREATE INDEX sign_in_attempt_subject ON sign_in_attempt (la, kind, subject, at);
CREATE INDEX sign_in_attempt_at ON sign_in_attempt (la, at);

-- Identity providers (OpenID Connect) that a council trusts.
CREATE TABLE provider (
  la SMALLINT NOT NULL,
  issuer TEXT NOT NULL,        -- exactly as its tokens say
  label TEXT NOT NULL,         -- on the button
  client TEXT NOT NULL,
  secret_sealed BLOB,          -- NULL: a public client
  redirect TEXT NOT NULL,      -- our address for the answer
  roles_claim TEXT NOT NULL,   -- groups, roles
  set_at BIGINT NOT NULL,
  set_by TEXT NOT NULL,
  PRIMARY KEY (la, issuer)
);

-- What a group or app role of the provider means here.
CREATE TABLE provider_role (
  la SMALLINT NOT NULL,
  issuer TEXT NOT NULL,
  value TEXT NOT NULL,         -- the group's id or the app role's name
  role TEXT NOT NULL,          -- code list roles
  PRIMARY KEY (la, issuer, value, role),
  FOREIGN KEY (la, issuer) REFERENCES provider (la, issuer) DEFERRABLE INITIALLY DEFERRED
);

-- Sign-ins on their way to a provider and back; each row is used once.
CREATE TABLE provider_visit (
  la SMALLINT NOT NULL,
  state_hash TEXT NOT NULL,
  issuer TEXT NOT NULL,
  nonce TEXT NOT NULL,
  verifier_sealed BLOB NOT NULL, -- PKCE
  goes_to TEXT NOT NULL,       -- the page asked for, a path of ours
  created_at BIGINT NOT NULL,
  PRIMARY KEY (la, state_hash),
  FOREIGN KEY (la, issuer) REFERENCES provider (la, issuer) DEFERRABLE INITIALLY DEFERRED
);
