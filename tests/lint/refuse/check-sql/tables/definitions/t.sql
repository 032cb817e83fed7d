CREATE TABLE child (
    la SMALLINT NOT NULL,
    id BIGINT NOT NULL,
    upn TEXT UNIQUE,
    born TIMESTAMP,
    PRIMARY KEY (id)
);
CREATE TABLE plan (
    id BIGINT NOT NULL,
    child_id BIGINT NOT NULL,
    FOREIGN KEY (child_id) REFERENCES child (id)
);
CREATE INDEX plan_by_child ON plan (child_id);
