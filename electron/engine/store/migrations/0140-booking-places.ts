/** When a booking came to hold its slot, and the tender a cost comes from. */
export const bookingPlaces = `
ALTER TABLE bookings ADD COLUMN held_at INTEGER;
ALTER TABLE booking_charges ADD COLUMN tender_id TEXT;
`;
