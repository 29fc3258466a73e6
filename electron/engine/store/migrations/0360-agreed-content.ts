/** What somebody agreed to when an approval hold was released: another price or quantity is asked for again (A3). */
export const agreedContent = `ALTER TABLE order_holds ADD COLUMN release_content TEXT;`;
