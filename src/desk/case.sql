-- name: restricted
-- Restricted children that the person is no member for.
SELECT DISTINCT r.child FROM restriction AS r
WHERE r.la = $1 AND r.starts <= $3 AND (r.ends IS NULL OR r.ends > $3)
  AND r.guardian <> $2
  AND NOT EXISTS (SELECT 1 FROM restriction_member AS m
    WHERE m.la = r.la AND m.restriction = r.id AND m.login = $2);

-- name: opened
-- Children whose glass the person broke, while it lasts.
SELECT DISTINCT child FROM break_glass
WHERE la = $1 AND login = $2 AND until > $3;

-- name: conflicts
-- Children of the person's own family.
SELECT child FROM account_child_conflict
WHERE la = $1 AND account = $2;

-- name: restriction_add
INSERT INTO restriction (la, id, child, reason, guardian, starts, ends, set_by)
VALUES ($1, $2, $3, $4, $5, $6, NULL, $7);

-- name: restriction_member_add
INSERT INTO restriction_member (la, restriction, login) VALUES ($1, $2, $3)
ON CONFLICT (la, restriction, login) DO NOTHING;

-- name: restriction_end
UPDATE restriction SET ends = $3
WHERE la = $1 AND child = $2 AND ends IS NULL RETURNING id;

-- name: restriction_of
-- The restriction in force on a child: its number and guardian.
SELECT id, guardian FROM restriction
WHERE la = $1 AND child = $2 AND starts <= $3 AND (ends IS NULL OR ends > $3)
ORDER BY starts, id;

-- name: glass_add
INSERT INTO break_glass (la, id, child, login, reason, opened_at, until,
  guardian, review_due)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: glass_waiting
-- Openings to be reviewed by a guardian; every guardian's if the login is empty.
SELECT id, child, login, reason, opened_at, until, review_due, guardian
FROM break_glass
WHERE la = $1 AND reviewed_at IS NULL AND (guardian = $2 OR $2 = '')
ORDER BY review_due, id;

-- name: glass_review
UPDATE break_glass SET reviewed_by = $3, reviewed_at = $4, verdict = $5
WHERE la = $1 AND id = $2 AND reviewed_at IS NULL AND login <> $3
RETURNING id;

-- name: told_add
INSERT INTO outbox (la, id, kind, login, role, entry, subject, content, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: told_to
-- What a person was told, newest first: by login, or by one of their roles.
SELECT id, kind, role, entry, subject, content, made_at, seen_at FROM outbox
WHERE la = $1 AND login = $2 ORDER BY made_at DESC, id DESC LIMIT 200;

-- name: told_role
SELECT id, kind, role, entry, subject, content, made_at, seen_at FROM outbox
WHERE la = $1 AND login = '' AND role = $2
ORDER BY made_at DESC, id DESC LIMIT 200;

-- name: child_by_number
-- Children with a number, in whatever scheme.
SELECT DISTINCT child FROM identifier
WHERE la = $1 AND value = $2 AND scheme IN ('child_id', 'upn', 'former_upn',
  'nhs', 'uln')
ORDER BY child;

-- name: child_by_name
-- Children whose folded name has the words at its beginning.
SELECT DISTINCT child FROM child_name
WHERE la = $1 AND folded >= $2 AND folded < $3 ORDER BY child LIMIT 200;

-- name: child_by_born
SELECT id FROM child WHERE la = $1 AND born = $2 ORDER BY id LIMIT 200;

-- name: child_card
-- One child as a card: born, sex, the names and numbers come apart.
SELECT born, sex, ethnicity, died, expected FROM child WHERE la = $1 AND id = $2;

-- name: child_names
SELECT kind, surname, forename, batch FROM child_name
WHERE la = $1 AND child = $2 ORDER BY kind, surname, forename;

-- name: child_numbers
SELECT i.scheme, i.value, i.grade, b.kind FROM identifier AS i
LEFT JOIN batch AS b ON b.la = i.la AND b.id = i.batch
WHERE i.la = $1 AND i.child = $2 ORDER BY i.scheme, i.value;

-- name: entry_head
-- What decides who may see an entry.
SELECT register, subject, owner, team, version, state, is_open FROM entry
WHERE la = $1 AND id = $2;

-- name: looked
-- Who has looked at, changed or exported a child's record.
SELECT at, actor, purpose, act, subject, detail FROM audit
WHERE la = $1 AND subject = 'child' AND subject_key = $2
ORDER BY seq DESC LIMIT 1000;

-- name: work_open
-- All that is still to be done, soonest first.
SELECT entry, clock, item, register, subject, starts, due, warns, owner, team
FROM work
WHERE la = $1 AND done IS NULL AND (register = $2 OR $2 = '')
ORDER BY due ASC NULLS LAST, entry, clock, item;

-- name: work_of_entry
SELECT clock, item, starts, due, warns, done FROM work
WHERE la = $1 AND entry = $2 ORDER BY due ASC NULLS LAST, clock, item;

-- name: proposal_add
INSERT INTO proposal (la, id, entry, register, step, entry_version, on_day, input,
  asked_by, asked_at, item, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting');

-- name: proposals
-- Those in a state, oldest first.
SELECT id, entry, register, step, on_day, input, asked_by, asked_at, state,
  decided_by, decided_at, reason
FROM proposal WHERE la = $1 AND state = $2 ORDER BY id LIMIT 1000;

-- name: proposal
SELECT entry, register, step, entry_version, on_day, input, asked_by, state, item
FROM proposal WHERE la = $1 AND id = $2;

-- name: proposal_decide
UPDATE proposal SET state = $3, decided_by = $4, decided_at = $5, reason = $6
WHERE la = $1 AND id = $2 AND state = 'waiting' RETURNING id;

-- name: draft_put
INSERT INTO draft (la, id, login, register, entry, step, input, saved_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (la, id) DO UPDATE SET input = excluded.input,
  saved_at = excluded.saved_at;

-- name: draft_find
-- The person's draft of a step on an entry.
SELECT id, input, saved_at FROM draft
WHERE la = $1 AND login = $2 AND register = $3 AND entry = $4 AND step = $5
ORDER BY id;

-- name: drafts
SELECT id, register, entry, step, input, saved_at FROM draft
WHERE la = $1 AND login = $2 ORDER BY saved_at DESC, id LIMIT 200;

-- name: draft_drop
DELETE FROM draft WHERE la = $1 AND login = $2 AND register = $3 AND entry = $4
  AND step = $5;

-- name: steps_taken
-- How often a step was taken in an entry.
SELECT count(*) FROM entry_version WHERE la = $1 AND entry = $2 AND step = $3;

-- name: child_is_known
SELECT id FROM child WHERE la = $1 AND id = $2;

-- name: letter_add
INSERT INTO letter_sent (la, id, entry, item, entry_version, letter, recipient,
  audience, sent_on, sent_by, how, digest, content)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: letters_of
-- Letters sent about an entry, newest first.
SELECT id, letter, recipient, how, sent_by, digest, sent_on FROM letter_sent
WHERE la = $1 AND entry = $2 ORDER BY sent_on DESC, id DESC LIMIT 500;

-- name: closed_entries
-- Closed entries with the child's birth, in the order of closing.
SELECT e.id, e.register, e.subject, e.closed, c.born, d.id, d.asked_by, d.reason
FROM entry AS e
LEFT JOIN child AS c ON c.la = e.la AND c.id = e.subject
LEFT JOIN disposal AS d
  ON d.la = e.la AND d.entry = e.id AND d.destroyed_at IS NULL
WHERE e.la = $1 AND e.is_open = 0 AND e.state <> 'DESTROYED'
ORDER BY e.closed ASC NULLS LAST, e.id;

-- name: holds
-- What is held back: entries, and children (all about them).
SELECT entry, child FROM legal_hold
WHERE la = $1 AND starts <= $2 AND (ends IS NULL OR ends > $2);

-- name: hold_add
INSERT INTO legal_hold (la, id, entry, child, reason, starts, ends, set_by)
VALUES ($1, $2, $3, $4, $5, $6, NULL, $7);

-- name: hold_end
UPDATE legal_hold SET ends = $4
WHERE la = $1 AND entry = $2 AND child = $3 AND ends IS NULL RETURNING id;

-- name: disposal_add
INSERT INTO disposal (la, id, entry, register, versions, due, rule, asked_by,
  approved_by, destroyed_at, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL, $9);

-- name: disposal
SELECT entry, register, asked_by, due FROM disposal
WHERE la = $1 AND id = $2 AND destroyed_at IS NULL;

-- name: disposal_done
UPDATE disposal SET approved_by = $3, destroyed_at = $4, versions = $5
WHERE la = $1 AND id = $2;

-- name: versions_of
SELECT count(*) FROM entry_version WHERE la = $1 AND entry = $2;

-- name: destroy_versions
DELETE FROM entry_version WHERE la = $1 AND entry = $2;

-- name: destroy_work
DELETE FROM work WHERE la = $1 AND entry = $2;

-- name: destroy_letters
DELETE FROM letter_sent WHERE la = $1 AND entry = $2;

-- name: destroy_proposals
DELETE FROM proposal WHERE la = $1 AND entry = $2;

-- name: destroy_drafts
DELETE FROM draft WHERE la = $1 AND entry = $2;

-- name: destroy_entry
-- What stays: that there was one.
UPDATE entry SET subject = 0, state = 'DESTROYED', is_open = 0, owner = '',
  team = '', changed_at = $3
WHERE la = $1 AND id = $2;
