-- Imported plans, networks and prices: one SQLite file that anyone can open.
-- Texts that repeat (names, cost-share strings, notes) stand once, in "word".
PRAGMA application_id = 0x57505031;  -- "WPP1"
PRAGMA user_version = 2;
CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,           -- marketplace, pbp, providers, prices
    title TEXT NOT NULL, publisher TEXT NOT NULL, url TEXT NOT NULL,
    as_of TEXT NOT NULL, sha256 TEXT NOT NULL,
    year INTEGER NOT NULL, rows INTEGER NOT NULL, kept INTEGER NOT NULL, refused TEXT NOT NULL
);
CREATE TABLE plan (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,      -- 14 characters and the variant: 40220TX0080024-01
    file INTEGER NOT NULL, year INTEGER NOT NULL, state TEXT NOT NULL,
    market TEXT NOT NULL,         -- Individual, SHOP (Small Group), or '' where no file says
    issuer INTEGER NOT NULL, name INTEGER NOT NULL,
    deductible INTEGER, maximum INTEGER,  -- cents, one person, in the network
    benefits_url INTEGER NOT NULL, network TEXT NOT NULL, area TEXT NOT NULL
);
CREATE TABLE benefit (
    plan INTEGER NOT NULL, kind TEXT NOT NULL,
    copay INTEGER NOT NULL, coinsurance INTEGER NOT NULL,          -- words, tier 1
    copay_2 INTEGER NOT NULL, coinsurance_2 INTEGER NOT NULL,      -- words, tier 2
    copay_out INTEGER NOT NULL, coinsurance_out INTEGER NOT NULL,  -- words, out of network
    covered INTEGER, limits INTEGER NOT NULL, note INTEGER NOT NULL,
    PRIMARY KEY (plan, kind)
) WITHOUT ROWID;
CREATE TABLE area (
    issuer TEXT NOT NULL, area TEXT NOT NULL, state TEXT NOT NULL, county TEXT NOT NULL,
    PRIMARY KEY (issuer, area, state, county)
) WITHOUT ROWID;
CREATE TABLE network (
    issuer TEXT NOT NULL, network TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL,
    PRIMARY KEY (issuer, network)
) WITHOUT ROWID;
CREATE TABLE segment (
    id TEXT PRIMARY KEY,          -- H0104_012_0
    file INTEGER NOT NULL, year INTEGER NOT NULL,
    organization TEXT NOT NULL, name TEXT NOT NULL,
    copay_low INTEGER, copay_high INTEGER,              -- cents
    coinsurance_low INTEGER, coinsurance_high INTEGER,  -- basis points
    service_deductible INTEGER, deductible INTEGER, maximum INTEGER,
    authorization INTEGER, referral INTEGER
) WITHOUT ROWID;
CREATE TABLE provider (
    plan TEXT NOT NULL,           -- 14 characters
    npi TEXT NOT NULL, year INTEGER NOT NULL, tier TEXT NOT NULL, file INTEGER NOT NULL,
    PRIMARY KEY (plan, year, npi, tier, file)
) WITHOUT ROWID;
CREATE TABLE provider_plan (     -- plans and years of which a file spoke at all
    plan TEXT NOT NULL, year INTEGER NOT NULL, file INTEGER NOT NULL,
    PRIMARY KEY (plan, year, file)
) WITHOUT ROWID;
CREATE TABLE price (
    number TEXT NOT NULL,         -- an NPI, or a tax id: tin:123456789
    code TEXT NOT NULL, cents INTEGER NOT NULL,
    ends TEXT NOT NULL,           -- the last day on which it holds
    kind TEXT NOT NULL,           -- negotiated, fee schedule, per diem
    class TEXT NOT NULL, modifiers TEXT NOT NULL, network TEXT NOT NULL, file INTEGER NOT NULL,
    PRIMARY KEY (number, code, cents, ends, kind, class, modifiers, network, file)
) WITHOUT ROWID;
CREATE TABLE price_owner (       -- whose prices a file holds: issuer, plan (id or its beginning), name
    file INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (file, kind, value)
) WITHOUT ROWID;
