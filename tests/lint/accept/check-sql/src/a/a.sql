-- reference: every council shares the postcodes; lower() is fine in a comment
CREATE TABLE postcode (
    postcode TEXT NOT NULL PRIMARY KEY,
    la SMALLINT
);
CREATE TABLE child (
    la SMALLINT NOT NULL,
    id BIGINT NOT NULL,
    postcode TEXT REFERENCES postcode (postcode),
    PRIMARY KEY (la, id),
    UNIQUE (la, postcode)
);
CREATE TABLE plan (
    la SMALLINT NOT NULL,
    id BIGINT NOT NULL,
    child_id BIGINT NOT NULL CHECK (child_id > 0),
    PRIMARY KEY (la, id),
    FOREIGN KEY (la, child_id) REFERENCES child (la, id)
);
CREATE INDEX plan_by_child ON plan (la, child_id);
SELECT max(id), 'LIKE "this"', CAST(code AS INTEGER) -- cast ok
FROM child;
