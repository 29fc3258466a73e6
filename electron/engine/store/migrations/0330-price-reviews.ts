/** What the prices say of lines that were agreed on at others (P9): looked up on this device, never sent. */
export const priceReviews = `
CREATE TABLE price_reviews(n INTEGER PRIMARY KEY, says INTEGER NOT NULL) STRICT;
CREATE TABLE price_looks(id INTEGER PRIMARY KEY CHECK (id = 1), of TEXT NOT NULL) STRICT;
`;
