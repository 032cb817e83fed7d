-- name: account_add
INSERT INTO account (la, id, login, email, name, state, language, created_at,
  created_by, roles_at, second_step, version)
VALUES ($1, $2, $3, $4, $5, 'invited', $6, $7, $8, $7, 0, 1);

-- name: account_by_id
-- The columns that account.c reads, in its order.
SELECT id, login, email, name, language, state, created_at, used_at, closed_at,
  roles_at, password IS NOT NULL AS has_password,
  second_at IS NOT NULL AS has_second, issuer IS NOT NULL AS has_provider
FROM account WHERE la = $1 AND id = $2;

-- name: account_by_login
SELECT id FROM account WHERE la = $1 AND login = $2;

-- name: account_by_subject
SELECT id FROM account WHERE la = $1 AND issuer = $2 AND subject = $3;

-- name: accounts_all
SELECT id, login, email, name, language, state, created_at, used_at, closed_at,
  roles_at, password IS NOT NULL AS has_password,
  second_at IS NOT NULL AS has_second, issuer IS NOT NULL AS has_provider
FROM account WHERE la = $1 ORDER BY login;

-- name: account_roles
SELECT role FROM account_role WHERE la = $1 AND account = $2 ORDER BY role;

-- name: accounts_roles
-- Of all accounts.
SELECT account, role FROM account_role WHERE la = $1 ORDER BY account, role;

-- name: account_teams
-- The teams of the day.
SELECT team FROM team_member
WHERE la = $1 AND account = $2 AND starts <= $3
  AND (ends IS NULL OR ends > $3)
ORDER BY team;

-- name: accounts_teams
-- Of all accounts, of the day.
SELECT account, team FROM team_member
WHERE la = $1 AND starts <= $2 AND (ends IS NULL OR ends > $2)
ORDER BY account, team;

-- name: account_role_add
INSERT INTO account_role (la, account, role, given_at, given_by)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (la, account, role) DO NOTHING
RETURNING account;

-- name: account_role_remove
DELETE FROM account_role WHERE la = $1 AND account = $2 AND role = $3
RETURNING account;

-- name: account_roles_changed
UPDATE account SET roles_at = $3, version = version + 1
WHERE la = $1 AND id = $2;

-- name: account_close
UPDATE account SET state = 'closed', closed_at = $3, closed_why = $4,
  version = version + 1
WHERE la = $1 AND id = $2 AND state <> 'closed'
RETURNING id;

-- name: account_reopen
UPDATE account SET state = 'invited', closed_at = NULL, closed_why = NULL,
  used_at = $3, password = NULL, password_at = NULL, second_sealed = NULL,
  second_at = NULL, second_step = 0, issuer = NULL, subject = NULL,
  version = version + 1
WHERE la = $1 AND id = $2 AND state = 'closed'
RETURNING id;

-- name: account_void_links
-- Links not yet used become void.
UPDATE account_link SET used_at = $3
WHERE la = $1 AND account = $2 AND used_at IS NULL;

-- name: account_void_tokens
UPDATE api_token SET revoked_at = $3
WHERE la = $1 AND account = $2 AND revoked_at IS NULL;

-- name: accounts_unused
-- Open accounts not used since $2; those never used count from their making.
SELECT id FROM account
WHERE la = $1 AND state <> 'closed' AND coalesce(used_at, created_at) < $2
ORDER BY id;

-- name: sweep_sessions
DELETE FROM session WHERE la = $1 AND (ends_at <= $2 OR seen_at <= $3);

-- name: sweep_links
DELETE FROM account_link WHERE la = $1 AND expires_at <= $2;

-- name: sweep_visits
DELETE FROM provider_visit WHERE la = $1 AND created_at <= $2;

-- name: account_email
UPDATE account SET email = $3, login = $4, version = version + 1
WHERE la = $1 AND id = $2
RETURNING id;

-- name: account_password
UPDATE account SET password = $3, password_at = $4, state = 'active',
  used_at = coalesce(used_at, $4), version = version + 1
WHERE la = $1 AND id = $2 AND state <> 'closed'
RETURNING id;

-- name: account_rehash
-- The same password hashed with newer parameters, if it is still the same.
UPDATE account SET password = $4 WHERE la = $1 AND id = $2 AND password = $3;

-- name: account_used
UPDATE account SET used_at = $3 WHERE la = $1 AND id = $2;

-- name: conflict_add
INSERT INTO account_child_conflict (la, account, child, reason, set_at, set_by)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (la, account, child) DO UPDATE SET reason = excluded.reason,
  set_at = excluded.set_at, set_by = excluded.set_by;

-- name: conflict_remove
DELETE FROM account_child_conflict WHERE la = $1 AND account = $2 AND child = $3
RETURNING child;

-- name: conflicts
SELECT child FROM account_child_conflict
WHERE la = $1 AND account = $2 ORDER BY child;

-- name: team_add
INSERT INTO team (la, id, name, folded, valid_from) VALUES ($1, $2, $3, $4, $5);

-- name: team_by_name
SELECT id FROM team WHERE la = $1 AND folded = $2;

-- name: teams
SELECT t.id, t.name, t.valid_from, t.valid_to,
  (SELECT count(*) FROM team_member AS m
   WHERE m.la = t.la AND m.team = t.id AND m.starts <= $2
     AND (m.ends IS NULL OR m.ends > $2)) AS members
FROM team AS t WHERE t.la = $1 ORDER BY t.folded;

-- name: team_close
UPDATE team SET valid_to = $3 WHERE la = $1 AND id = $2 AND valid_to IS NULL
RETURNING id;

-- name: team_empty
-- Ends every membership that is open.
UPDATE team_member SET ends = $3 WHERE la = $1 AND team = $2 AND ends IS NULL;

-- name: team_is_member
SELECT count(*) FROM team_member
WHERE la = $1 AND team = $2 AND account = $3 AND ends IS NULL;

-- name: team_join
INSERT INTO team_member (la, team, account, starts) VALUES ($1, $2, $3, $4)
ON CONFLICT (la, team, account, starts) DO UPDATE SET ends = NULL;

-- name: team_leave
UPDATE team_member SET ends = $4
WHERE la = $1 AND team = $2 AND account = $3 AND ends IS NULL
RETURNING team;

-- name: account_end_teams
UPDATE team_member SET ends = $3 WHERE la = $1 AND account = $2 AND ends IS NULL;

-- name: session_add
INSERT INTO session (la, id, account, token_hash, stage, how, created_at,
  seen_at, ends_at, proved_at, renewed_at, agent)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $7, $7, $9);

-- name: session_find
-- The session of a token, and when its account's roles last changed.
SELECT s.id, s.account, s.stage, s.how, s.created_at, s.seen_at, s.ends_at,
  s.proved_at, s.renewed_at, s.agent, a.roles_at, a.state
FROM session AS s JOIN account AS a ON a.la = s.la AND a.id = s.account
WHERE s.la = $1 AND s.token_hash = $2;

-- name: sessions_of
SELECT s.id, s.account, s.stage, s.how, s.created_at, s.seen_at, s.ends_at,
  s.proved_at, s.renewed_at, s.agent, a.roles_at, a.state
FROM session AS s JOIN account AS a ON a.la = s.la AND a.id = s.account
WHERE s.la = $1 AND s.account = $2 AND s.stage = 'full'
ORDER BY s.seen_at DESC, s.id;

-- name: session_touch
UPDATE session SET seen_at = $3 WHERE la = $1 AND id = $2 AND seen_at < $3;

-- name: session_renew
-- A new token in place of the old one.
UPDATE session SET token_hash = $4, renewed_at = $5
WHERE la = $1 AND id = $2 AND token_hash = $3
RETURNING id;

-- name: session_proved
UPDATE session SET proved_at = $3 WHERE la = $1 AND id = $2;

-- name: session_end
DELETE FROM session WHERE la = $1 AND account = $2 AND id = $3
RETURNING id;

-- name: session_end_others
DELETE FROM session WHERE la = $1 AND account = $2 AND id <> $3;

-- name: link_add
INSERT INTO account_link (la, id, account, kind, token_hash, detail, created_at,
  expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: link_void_kind
-- A newer link makes older ones of its kind void.
UPDATE account_link SET used_at = $4
WHERE la = $1 AND account = $2 AND kind = $3 AND used_at IS NULL;

-- name: link_find
SELECT l.id, l.account, l.kind, l.detail, l.expires_at,
  coalesce(l.used_at, 0) AS used_at, a.state
FROM account_link AS l JOIN account AS a ON a.la = l.la AND a.id = l.account
WHERE l.la = $1 AND l.token_hash = $2;

-- name: link_use
UPDATE account_link SET used_at = $3
WHERE la = $1 AND id = $2 AND used_at IS NULL
RETURNING id;

-- name: token_add
INSERT INTO api_token (la, id, account, token_hash, label, scopes, created_at,
  expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: token_find
SELECT t.id, t.account, t.label, t.scopes, t.created_at, t.expires_at,
  coalesce(t.used_at, 0) AS used_at, coalesce(t.revoked_at, 0) AS revoked_at,
  a.state
FROM api_token AS t JOIN account AS a ON a.la = t.la AND a.id = t.account
WHERE t.la = $1 AND t.token_hash = $2;

-- name: tokens_of
SELECT t.id, t.account, t.label, t.scopes, t.created_at, t.expires_at,
  coalesce(t.used_at, 0) AS used_at, coalesce(t.revoked_at, 0) AS revoked_at,
  a.state
FROM api_token AS t JOIN account AS a ON a.la = t.la AND a.id = t.account
WHERE t.la = $1 AND t.account = $2 ORDER BY t.created_at, t.id;

-- name: token_used
UPDATE api_token SET used_at = $3 WHERE la = $1 AND id = $2;

-- name: token_revoke
UPDATE api_token SET revoked_at = $4
WHERE la = $1 AND account = $2 AND id = $3 AND revoked_at IS NULL
RETURNING id;

-- name: secrets
-- What a sign-in is checked against.
SELECT id, name, login, state, created_at, used_at, password, second_sealed,
  second_at, second_step
FROM account WHERE la = $1 AND login = $2;

-- name: secrets_by_id
SELECT id, name, login, state, created_at, used_at, password, second_sealed,
  second_at, second_step
FROM account WHERE la = $1 AND id = $2;

-- name: second_set
-- A new second factor, not yet confirmed.
UPDATE account SET second_sealed = $3, second_at = NULL, second_step = 0,
  version = version + 1
WHERE la = $1 AND id = $2 AND state <> 'closed'
RETURNING id;

-- name: second_confirm
UPDATE account SET second_at = $3, version = version + 1
WHERE la = $1 AND id = $2 AND second_sealed IS NOT NULL
RETURNING id;

-- name: second_remove
UPDATE account SET second_sealed = NULL, second_at = NULL, second_step = 0,
  version = version + 1
WHERE la = $1 AND id = $2
RETURNING id;

-- name: second_step
-- Takes a time step; a step already taken changes nothing.
UPDATE account SET second_step = $3
WHERE la = $1 AND id = $2 AND second_step < $3 RETURNING id;

-- name: recovery_clear
DELETE FROM account_recovery WHERE la = $1 AND account = $2;

-- name: recovery_add
INSERT INTO account_recovery (la, account, code_hash) VALUES ($1, $2, $3);

-- name: recovery_use
UPDATE account_recovery SET used_at = $4
WHERE la = $1 AND account = $2 AND code_hash = $3 AND used_at IS NULL
RETURNING account;

-- name: recovery_left
SELECT count(*) FROM account_recovery
WHERE la = $1 AND account = $2 AND used_at IS NULL;

-- name: attempts_of
-- Failures since $4 and since the last success, and the newest; then, since $5,
-- all checks, the failed ones, and the oldest of each.
SELECT count(*) FILTER (WHERE a.outcome = 'checking' AND a.id > s.id) AS failures,
  coalesce(max(a.at) FILTER (WHERE a.outcome = 'checking'), 0) AS newest,
  count(*) FILTER (WHERE a.at > $5) AS checks,
  coalesce(min(a.at) FILTER (WHERE a.at > $5), 0) AS oldest_check,
  count(*) FILTER (WHERE a.at > $5 AND a.outcome = 'checking') AS failed,
  coalesce(min(a.at) FILTER (WHERE a.at > $5 AND a.outcome = 'checking'), 0)
    AS oldest_failed
FROM sign_in_attempt AS a
CROSS JOIN (SELECT coalesce(max(b.id), 0) AS id FROM sign_in_attempt AS b
  WHERE b.la = $1 AND b.kind = $2 AND b.subject = $3
    AND b.outcome = 'accepted') AS s
WHERE a.la = $1 AND a.kind = $2 AND a.subject = $3 AND a.at > $4;

-- name: attempt_add
INSERT INTO sign_in_attempt (la, id, kind, subject, at, outcome)
VALUES ($1, $2, $3, $4, $5, 'checking');

-- name: attempt_accepted
UPDATE sign_in_attempt SET outcome = 'accepted' WHERE la = $1 AND id = $2;

-- name: attempts_forget
DELETE FROM sign_in_attempt WHERE la = $1 AND at <= $2;

-- name: provider_set
INSERT INTO provider (la, issuer, label, client, secret_sealed, redirect,
  roles_claim, set_at, set_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (la, issuer) DO UPDATE SET label = excluded.label,
  client = excluded.client, secret_sealed = excluded.secret_sealed,
  redirect = excluded.redirect, roles_claim = excluded.roles_claim,
  set_at = excluded.set_at, set_by = excluded.set_by;

-- name: providers
SELECT issuer, label, client, secret_sealed, redirect, roles_claim
FROM provider WHERE la = $1 ORDER BY label, issuer;

-- name: provider_find
SELECT issuer, label, client, secret_sealed, redirect, roles_claim
FROM provider WHERE la = $1 AND issuer = $2;

-- name: provider_role_add
INSERT INTO provider_role (la, issuer, value, role) VALUES ($1, $2, $3, $4)
ON CONFLICT (la, issuer, value, role) DO NOTHING;

-- name: provider_role_remove
DELETE FROM provider_role
WHERE la = $1 AND issuer = $2 AND value = $3 AND role = $4 RETURNING la;

-- name: provider_roles
SELECT value, role FROM provider_role
WHERE la = $1 AND issuer = $2 ORDER BY value, role;

-- name: visit_add
INSERT INTO provider_visit (la, state_hash, issuer, nonce, verifier_sealed,
  goes_to, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: visit_take
-- The visit of a state, which is then used up.
DELETE FROM provider_visit WHERE la = $1 AND state_hash = $2
RETURNING issuer, nonce, verifier_sealed, goes_to, created_at;

-- name: account_adopt
-- An invited account that signs in at a provider from now on.
UPDATE account SET issuer = $3, subject = $4, state = 'active',
  version = version + 1
WHERE la = $1 AND id = $2 AND state = 'invited' AND issuer IS NULL
RETURNING id;
